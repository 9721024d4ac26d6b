//! Panics: hooks, messages, the end of the process.

mod hook;
pub use core::panic::*;

#[doc(hidden)]
pub use hook::begin_panic;
pub(crate) use hook::{Message, begin_panic_handler, panic_with, panicking, push_backtrace};
pub use hook::{set_hook, take_hook};

use crate::any::Any;
use crate::thread::Result;

/// The old name of [`PanicHookInfo`].
#[deprecated(since = "1.82.0", note = "use `PanicHookInfo` instead")]
pub type PanicInfo<'a> = PanicHookInfo<'a>;

/// The `panic!` of editions 2015 and 2018: one argument may be any value.
#[doc(hidden)]
#[allow_internal_unstable(panic_internals, edition_panic)]
#[rustc_macro_transparency = "semiopaque"]
pub macro panic_2015 {
    () => ({
        $crate::rt::begin_panic("explicit panic")
    }),
    ($msg:expr $(,)?) => ({
        $crate::rt::begin_panic($msg)
    }),
    ($fmt:expr, $($arg:tt)+) => ({
        $crate::rt::panic_fmt($crate::format_args!($fmt, $($arg)+))
    }),
}

#[doc(hidden)]
pub use core::panic::{panic_2021, unreachable_2015, unreachable_2021};

/// What a panic hook learns.
#[derive(Debug)]
pub struct PanicHookInfo<'a> {
    payload: &'a (dyn Any + Send),
    location: &'a Location<'a>,
    can_unwind: bool,
    force_no_backtrace: bool,
}

/// Panics with any value.
#[inline]
#[track_caller]
pub fn panic_any<M: 'static + Any + Send>(msg: M) -> ! {
    begin_panic(msg)
}

/// Runs a function and catches its panic, where panics unwind.
pub fn catch_unwind<F: FnOnce() -> R + UnwindSafe, R>(f: F) -> Result<R> {
    crate::sys::panic::catch(f)
}

/// Goes on panicking with a payload that was caught; no hook runs.
pub fn resume_unwind(payload: Box<dyn Any + Send>) -> ! {
    crate::sys::panic::enter_quietly();
    crate::sys::panic::end(|| payload)
}
