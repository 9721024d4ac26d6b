//! How processes end.

use super::{ExitCode, ExitStatus};
use crate::fmt;

impl ExitStatus {
    /// Whether the child ended with status 0.
    #[must_use]
    pub fn success(&self) -> bool {
        self.0.raw() == 0
    }

    /// The status, unless a signal ended the child.
    #[must_use]
    pub fn code(&self) -> Option<i32> {
        self.0.code()
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

impl ExitCode {
    /// Status 0.
    pub const SUCCESS: ExitCode = ExitCode(0);
    /// Status 1.
    pub const FAILURE: ExitCode = ExitCode(1);

    #[doc(hidden)]
    #[inline]
    pub fn __to_i32(self) -> i32 {
        i32::from(self.0)
    }
}

impl fmt::Debug for ExitCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = fmt::from_fn(|f| f.debug_tuple("unix_exit_status").field(&self.0).finish());
        f.debug_tuple("ExitCode").field(&shown).finish()
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
