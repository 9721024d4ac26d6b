//! Numeric types.

pub use core::num::*;
