//! Files as Linux has them.

pub use crate::os::unix::fs::linux::MetadataExt;
