//! How a program's main function ends.

use core::fmt::Debug;

pub use fullrust_rt::abort;
pub use fullrust_rt::exit::exit;

/// What main may return, turned into the process's status.
pub trait Termination {
    /// The status; a failure prints its reason to stderr first.
    fn report(self) -> i32;
}

/// Behind `entry!`.
#[doc(hidden)]
pub fn run<T: Termination>(main: fn() -> T) -> i32 {
    main().report()
}

/// A status by name or number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExitCode(u8);

impl ExitCode {
    /// Status 0.
    pub const SUCCESS: Self = Self(0);
    /// Status 1.
    pub const FAILURE: Self = Self(1);
}

impl From<u8> for ExitCode {
    fn from(status: u8) -> Self {
        Self(status)
    }
}

impl Termination for ExitCode {
    fn report(self) -> i32 {
        self.0.into()
    }
}

impl Termination for () {
    fn report(self) -> i32 {
        0
    }
}

impl Termination for i32 {
    fn report(self) -> i32 {
        self
    }
}

mod never {
    /// Leads to `!`, which stable Rust can write as a function's result but not as a type.
    pub trait Returns {
        type Value;
    }

    impl<R> Returns for fn() -> R {
        type Value = R;
    }
}

impl Termination for <fn() -> ! as never::Returns>::Value {
    fn report(self) -> i32 {
        self
    }
}

impl Termination for core::convert::Infallible {
    fn report(self) -> i32 {
        match self {}
    }
}

impl<T: Termination, E: Debug> Termination for Result<T, E> {
    fn report(self) -> i32 {
        match self {
            Ok(value) => value.report(),
            Err(error) => {
                crate::eprintln!("Error: {error:?}");
                1
            }
        }
    }
}
