//! `SystemTime`, of the clock on the wall.

use super::{SystemTime, SystemTimeError};
use core::ops::{Add, AddAssign, Sub, SubAssign};
use core::time::Duration;

use crate::error::Error;
use crate::fmt;
use crate::sys::time::TimePoint;

// Earlier releases word it as `Instant` does.
#[cfg(version("1.97"))]
const ADD_OVERFLOW: &str = "overflow when adding duration to `SystemTime`";
#[cfg(version("1.97"))]
const SUB_OVERFLOW: &str = "overflow when subtracting duration from `SystemTime`";
#[cfg(not(version("1.97")))]
const ADD_OVERFLOW: &str = "overflow when adding duration to instant";
#[cfg(not(version("1.97")))]
const SUB_OVERFLOW: &str = "overflow when subtracting duration from instant";

/// The start of 1970, UTC.
pub const UNIX_EPOCH: SystemTime = SystemTime(TimePoint::ZERO);

impl SystemTime {
    /// The start of 1970, UTC.
    pub const UNIX_EPOCH: SystemTime = UNIX_EPOCH;

    /// Now.
    #[must_use]
    pub fn now() -> SystemTime {
        SystemTime(TimePoint::real())
    }

    /// The time from the earlier point to this one; an error if that is later.
    pub fn duration_since(&self, earlier: SystemTime) -> Result<Duration, SystemTimeError> {
        self.0.since(&earlier.0).map_err(SystemTimeError)
    }

    /// The time from this point to now; an error if this is later.
    pub fn elapsed(&self) -> Result<Duration, SystemTimeError> {
        SystemTime::now().duration_since(*self)
    }

    /// A later point, if the clock can count so far.
    pub fn checked_add(&self, duration: Duration) -> Option<SystemTime> {
        self.0.checked_add(&duration).map(SystemTime)
    }

    /// An earlier point, if the clock can count so far.
    pub fn checked_sub(&self, duration: Duration) -> Option<SystemTime> {
        self.0.checked_sub(&duration).map(SystemTime)
    }
}

impl Add<Duration> for SystemTime {
    type Output = SystemTime;

    #[cfg_attr(version("1.97"), track_caller)]
    fn add(self, dur: Duration) -> SystemTime {
        self.checked_add(dur).expect(ADD_OVERFLOW)
    }
}

impl AddAssign<Duration> for SystemTime {
    fn add_assign(&mut self, other: Duration) {
        *self = *self + other;
    }
}

impl Sub<Duration> for SystemTime {
    type Output = SystemTime;

    #[cfg_attr(version("1.97"), track_caller)]
    fn sub(self, dur: Duration) -> SystemTime {
        self.checked_sub(dur).expect(SUB_OVERFLOW)
    }
}

impl SubAssign<Duration> for SystemTime {
    fn sub_assign(&mut self, other: Duration) {
        *self = *self - other;
    }
}

impl fmt::Debug for SystemTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.debug("SystemTime", f)
    }
}

impl SystemTimeError {
    /// How much later the other point is.
    #[must_use]
    pub fn duration(&self) -> Duration {
        self.0
    }
}

impl Error for SystemTimeError {}

impl fmt::Display for SystemTimeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("second time provided was later than self")
    }
}
