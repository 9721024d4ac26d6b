//! Hashing: the traits of `core`, and the default hasher with its random keys.

mod random;

#[allow(deprecated)]
pub use core::hash::*;
pub use random::{DefaultHasher, RandomState};
