//! Numbers: the types of `core`, and the methods of floats that need more than it has.

mod float;

pub use core::num::*;
