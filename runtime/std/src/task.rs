//! What asynchronous tasks are made of.

pub use alloc_crate::task::*;
pub use core::task::*;
