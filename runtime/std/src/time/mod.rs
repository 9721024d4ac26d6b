//! Time.

pub use core::time::*;

/// A point in time of the system's clock.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct SystemTime(Duration);
/// 1970.
pub const UNIX_EPOCH: SystemTime = SystemTime(Duration::ZERO);
/// Error.
#[derive(Clone, Debug)]
pub struct SystemTimeError(Duration);
impl SystemTimeError { /// x
 pub fn duration(&self) -> Duration { self.0 } }
impl SystemTime {
 /// x
 pub fn checked_add(&self, d: Duration) -> Option<SystemTime> { self.0.checked_add(d).map(SystemTime) }
 /// x
 pub fn checked_sub(&self, d: Duration) -> Option<SystemTime> { self.0.checked_sub(d).map(SystemTime) }
 /// x
 pub fn duration_since(&self, e: SystemTime) -> Result<Duration, SystemTimeError> { self.0.checked_sub(e.0).ok_or(SystemTimeError(e.0)) }
}
