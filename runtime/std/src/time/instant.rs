//! `Instant`, of the clock that never goes back.

use super::Instant;
use core::ops::{Add, AddAssign, Sub, SubAssign};
use core::time::Duration;

use crate::fmt;
use crate::sys::time::TimePoint;

impl Instant {
    /// Now.
    #[must_use]
    pub fn now() -> Instant {
        Instant(TimePoint::monotonic())
    }

    /// The time from the earlier point to this one; zero if that is later.
    #[must_use]
    pub fn duration_since(&self, earlier: Instant) -> Duration {
        self.checked_duration_since(earlier).unwrap_or_default()
    }

    /// The time from the earlier point to this one; `None` if that is later.
    #[must_use]
    pub fn checked_duration_since(&self, earlier: Instant) -> Option<Duration> {
        self.0.since(&earlier.0).ok()
    }

    /// The time from the earlier point to this one; zero if that is later.
    #[must_use]
    pub fn saturating_duration_since(&self, earlier: Instant) -> Duration {
        self.checked_duration_since(earlier).unwrap_or_default()
    }

    /// The time from this point to now.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        Instant::now().duration_since(*self)
    }

    /// A later point, if the clock can count so far.
    pub fn checked_add(&self, duration: Duration) -> Option<Instant> {
        self.0.checked_add(&duration).map(Instant)
    }

    /// An earlier point, if the clock can count so far.
    pub fn checked_sub(&self, duration: Duration) -> Option<Instant> {
        self.0.checked_sub(&duration).map(Instant)
    }
}

impl Add<Duration> for Instant {
    type Output = Instant;

    #[cfg_attr(version("1.97"), track_caller)]
    fn add(self, other: Duration) -> Instant {
        self.checked_add(other).expect("overflow when adding duration to instant")
    }
}

impl AddAssign<Duration> for Instant {
    fn add_assign(&mut self, other: Duration) {
        *self = *self + other;
    }
}

impl Sub<Duration> for Instant {
    type Output = Instant;

    #[cfg_attr(version("1.97"), track_caller)]
    fn sub(self, other: Duration) -> Instant {
        self.checked_sub(other).expect("overflow when subtracting duration from instant")
    }
}

impl SubAssign<Duration> for Instant {
    fn sub_assign(&mut self, other: Duration) {
        *self = *self - other;
    }
}

impl Sub<Instant> for Instant {
    type Output = Duration;

    fn sub(self, other: Instant) -> Duration {
        self.duration_since(other)
    }
}

impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.debug("Instant", f)
    }
}
