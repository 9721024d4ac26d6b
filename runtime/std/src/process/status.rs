//! How processes end.

use crate::num::NonZero;
use crate::sys::process::WaitStatus;
use crate::{error, fmt};

/// How a child ended.
#[derive(PartialEq, Eq, Clone, Copy, Default)]
pub struct ExitStatus(pub(crate) WaitStatus);

impl ExitStatus {
    /// Whether the child ended with status 0.
    #[must_use]
    pub fn success(&self) -> bool {
        self.exit_ok().is_ok()
    }

    /// The status, unless a signal ended the child.
    #[must_use]
    pub fn code(&self) -> Option<i32> {
        self.0.code()
    }

    /// An error unless the child ended with status 0.
    #[doc(hidden)]
    pub fn exit_ok(&self) -> Result<(), ExitStatusError> {
        NonZero::new(self.0.raw()).map_or(Ok(()), |status| Err(ExitStatusError(status)))
    }
}

impl fmt::Debug for ExitStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ExitStatus").field(&self.0).finish()
    }
}

impl fmt::Display for ExitStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// A status that is not success.
#[derive(PartialEq, Eq, Clone, Copy)]
#[doc(hidden)]
pub struct ExitStatusError(NonZero<i32>);

impl ExitStatusError {
    /// The status, unless a signal ended the child.
    #[must_use]
    pub fn code(&self) -> Option<i32> {
        self.into_status().code()
    }

    /// The status, which is not 0, unless a signal ended the child.
    #[must_use]
    pub fn code_nonzero(&self) -> Option<NonZero<i32>> {
        self.code().and_then(NonZero::new)
    }

    /// Back to the general form.
    #[must_use]
    pub fn into_status(&self) -> ExitStatus {
        ExitStatus(WaitStatus::from_raw(self.0.get()))
    }
}

impl fmt::Debug for ExitStatusError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ExitStatusError").field(&self.into_status().0).finish()
    }
}

impl fmt::Display for ExitStatusError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "process exited unsuccessfully: {}", self.into_status())
    }
}

impl From<ExitStatusError> for ExitStatus {
    fn from(error: ExitStatusError) -> Self {
        error.into_status()
    }
}

impl error::Error for ExitStatusError {}

/// The status that this process ends with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ExitCode(u8);

impl ExitCode {
    /// Status 0.
    pub const SUCCESS: ExitCode = ExitCode(0);
    /// Status 1.
    pub const FAILURE: ExitCode = ExitCode(1);

    #[doc(hidden)]
    #[inline]
    pub fn to_i32(self) -> i32 {
        i32::from(self.0)
    }

    /// Ends the process with this status.
    #[doc(hidden)]
    pub fn exit_process(self) -> ! {
        super::exit(self.to_i32())
    }
}

impl fmt::Debug for ExitCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ExitCode").field(&format_args!("unix_exit_status({})", self.0)).finish()
    }
}

impl Default for ExitCode {
    fn default() -> Self {
        ExitCode::SUCCESS
    }
}

impl From<u8> for ExitCode {
    fn from(code: u8) -> Self {
        ExitCode(code)
    }
}
