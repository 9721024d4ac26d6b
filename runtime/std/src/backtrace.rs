//! Backtraces: the type exists, capturing is not supported.

use crate::fmt;

/// A captured stack.
pub struct Backtrace {
    inner: BacktraceStatus,
}

/// What a [`Backtrace`] holds.
#[non_exhaustive]
#[derive(Debug, PartialEq, Eq)]
pub enum BacktraceStatus {
    /// Capturing is not supported here.
    Unsupported,
    /// Capturing was not asked for.
    Disabled,
    /// There are frames.
    Captured,
}

impl Backtrace {
    /// Captures if the environment asks for it.
    #[inline(never)]
    pub fn capture() -> Backtrace {
        if crate::env::backtrace_is_wanted() { Self::force_capture() } else { Self::disabled() }
    }

    /// Captures in any case.
    #[inline(never)]
    pub fn force_capture() -> Backtrace {
        Backtrace { inner: BacktraceStatus::Unsupported }
    }

    /// An empty backtrace.
    pub const fn disabled() -> Backtrace {
        Backtrace { inner: BacktraceStatus::Disabled }
    }

    /// What it holds.
    #[must_use]
    pub fn status(&self) -> BacktraceStatus {
        match self.inner {
            BacktraceStatus::Unsupported => BacktraceStatus::Unsupported,
            BacktraceStatus::Disabled => BacktraceStatus::Disabled,
            BacktraceStatus::Captured => BacktraceStatus::Captured,
        }
    }
}

impl fmt::Debug for Backtrace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.inner {
            BacktraceStatus::Unsupported => "<unsupported>",
            BacktraceStatus::Disabled => "<disabled>",
            BacktraceStatus::Captured => "Backtrace []",
        })
    }
}

impl fmt::Display for Backtrace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.inner {
            BacktraceStatus::Unsupported => "unsupported backtrace",
            BacktraceStatus::Disabled => "disabled backtrace",
            BacktraceStatus::Captured => "",
        })
    }
}
