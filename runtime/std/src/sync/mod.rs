//! Synchronisation.

pub use alloc_crate::sync::*;
pub use core::sync::*;
