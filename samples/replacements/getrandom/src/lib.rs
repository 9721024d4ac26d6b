//! The interface of `getrandom` 0.2 on `rustix`. (`getrandom` 0.3 and newer need no replacement: `cargo fullrust` chooses their
//! `linux_raw` backend.)

use rustix::rand::{GetRandomFlags, getrandom as random};
use std::fmt;
use std::num::NonZeroU32;

/// Why there are no random bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Error(NonZeroU32);

impl Error {
    /// The kernel's error number as a code.
    pub fn code(self) -> NonZeroU32 {
        self.0
    }

    /// The kernel's error number.
    pub fn raw_os_error(self) -> Option<i32> {
        i32::try_from(self.0.get()).ok()
    }
}

impl From<NonZeroU32> for Error {
    fn from(code: NonZeroU32) -> Self {
        Error(code)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", std::io::Error::from(*self))
    }
}

impl std::error::Error for Error {}

impl From<Error> for std::io::Error {
    fn from(error: Error) -> Self {
        std::io::Error::from_raw_os_error(error.0.get().cast_signed())
    }
}

/// Fills a buffer with random bytes.
///
/// # Errors
/// What the kernel says.
pub fn getrandom(mut rest: &mut [u8]) -> Result<(), Error> {
    while !rest.is_empty() {
        match random(rest, GetRandomFlags::empty()) {
            Ok(count) => rest = &mut rest[count..],
            Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(Error(error.raw_os_error().unsigned_abs().try_into().unwrap_or(NonZeroU32::MIN))),
        }
    }
    Ok(())
}
