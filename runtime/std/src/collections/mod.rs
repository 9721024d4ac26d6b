//! Collection types.

pub use alloc_crate::collections::*;
