//! Time.

pub use core::time::*;
