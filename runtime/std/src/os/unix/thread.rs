//! Threads as the platform sees them.

/// What a thread is to the platform.
pub type RawPthread = crate::os::linux::raw::pthread_t;
