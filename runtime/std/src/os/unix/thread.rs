//! Threads as the platform sees them.

pub use crate::os::linux::raw::pthread_t as RawPthread;
