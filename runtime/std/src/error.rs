//! Errors as values: the trait and its conversions are `core`'s and `alloc`'s.

pub use core::error::*;
