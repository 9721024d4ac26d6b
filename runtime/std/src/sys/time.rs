//! Points in time as the kernel counts them: whole seconds and nanoseconds.

use core::num::niche_types::Nanoseconds;
use core::time::Duration;

use fullrust_sys::time::{CLOCK_MONOTONIC, CLOCK_REALTIME};

use crate::fmt;

const NANOS_PER_SEC: u32 = 1_000_000_000;

/// A point in time of some clock. The niche makes an `Option` of it no larger.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TimePoint {
    seconds: i64,
    nanoseconds: Nanoseconds,
}

impl TimePoint {
    pub(crate) const ZERO: TimePoint = TimePoint { seconds: 0, nanoseconds: Nanoseconds::ZERO };

    /// The point of that many seconds and nanoseconds, if the latter are less than a second.
    pub(crate) const fn new(seconds: i64, nanoseconds: u32) -> Option<TimePoint> {
        match Nanoseconds::new(nanoseconds) {
            Some(nanoseconds) => Some(TimePoint { seconds, nanoseconds }),
            None => None,
        }
    }

    fn now(clock: i32) -> TimePoint {
        let time = fullrust_rt::time::now(clock);
        TimePoint::new(time.tv_sec, time.tv_nsec as u32).unwrap_or(TimePoint::ZERO)
    }

    /// Now, of the clock that never goes back.
    pub(crate) fn monotonic() -> TimePoint {
        TimePoint::now(CLOCK_MONOTONIC)
    }

    /// Now, of the clock on the wall.
    pub(crate) fn real() -> TimePoint {
        TimePoint::now(CLOCK_REALTIME)
    }

    /// How far after `other`; or, as an error, how far before.
    pub(crate) fn since(&self, other: &TimePoint) -> Result<Duration, Duration> {
        if self < other {
            return match other.since(self) {
                Ok(span) | Err(span) => Err(span),
            };
        }
        let (own, others) = (self.nanoseconds.as_inner(), other.nanoseconds.as_inner());
        let seconds = self.seconds.wrapping_sub(other.seconds) as u64;
        Ok(if own >= others {
            Duration::new(seconds, own - others)
        } else {
            Duration::new(seconds - 1, own + NANOS_PER_SEC - others)
        })
    }

    pub(crate) fn checked_add(&self, span: &Duration) -> Option<TimePoint> {
        let mut seconds = self.seconds.checked_add_unsigned(span.as_secs())?;
        let mut nanoseconds = self.nanoseconds.as_inner() + span.subsec_nanos();
        if nanoseconds >= NANOS_PER_SEC {
            nanoseconds -= NANOS_PER_SEC;
            seconds = seconds.checked_add(1)?;
        }
        TimePoint::new(seconds, nanoseconds)
    }

    pub(crate) fn checked_sub(&self, span: &Duration) -> Option<TimePoint> {
        let mut seconds = self.seconds.checked_sub_unsigned(span.as_secs())?;
        let mut nanoseconds = self.nanoseconds.as_inner();
        if nanoseconds < span.subsec_nanos() {
            nanoseconds += NANOS_PER_SEC;
            seconds = seconds.checked_sub(1)?;
        }
        TimePoint::new(seconds, nanoseconds - span.subsec_nanos())
    }

    /// Prints the point as the fields of a structure of the given name.
    pub(crate) fn debug(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(name).field("tv_sec", &self.seconds).field("tv_nsec", &self.nanoseconds.as_inner()).finish()
    }
}
