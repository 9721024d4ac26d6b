//! Numbers: the types of `core`, and the methods of floats that need more than it has.

mod f32;
mod f64;

pub use core::num::*;
