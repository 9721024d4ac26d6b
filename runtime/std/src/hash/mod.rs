//! Hashing.

pub use core::hash::*;
