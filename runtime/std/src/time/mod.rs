//! Time: spans from `core`, and the two clocks.

mod instant;
mod system_time;

pub use core::time::*;

pub use self::system_time::UNIX_EPOCH;
use crate::sys::time::TimePoint;

/// A point in time that can only be compared with others of the same run of the machine.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(not(test), rustc_diagnostic_item = "Instant")]
pub struct Instant(TimePoint);

/// A point in time as files and people know it; the clock may be set back.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(not(test), rustc_diagnostic_item = "SystemTime")]
pub struct SystemTime(TimePoint);

/// The other point is later; the distance is inside.
#[derive(Clone, Debug)]
pub struct SystemTimeError(Duration);
