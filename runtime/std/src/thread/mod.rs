//! Threads.

/// Declares variables that each thread has its own copy of.
#[macro_export]
macro_rules! thread_local {
    () => {};
}
