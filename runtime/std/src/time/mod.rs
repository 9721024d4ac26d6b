//! Time: spans from `core`, and the two clocks.

mod instant;
mod system_time;

pub use core::time::*;

pub use self::instant::Instant;
pub use self::system_time::{SystemTime, SystemTimeError, UNIX_EPOCH};
