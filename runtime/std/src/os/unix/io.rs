//! Descriptors under their old path.

pub use crate::os::fd::*;
