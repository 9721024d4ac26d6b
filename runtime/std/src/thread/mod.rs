//! Threads.

/// Declares variables that each thread has its own copy of.
#[macro_export]
macro_rules! thread_local {
    () => {};
}

/// The result of a thread: its value, or what it panicked with.
pub type Result<T> = core::result::Result<T, Box<dyn core::any::Any + Send + 'static>>;
