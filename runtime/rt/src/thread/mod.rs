//! Threads of the kernel: created by `clone`, joined by the tid word, gone with all their memory.
//!
//! One mapping holds everything of a thread, and is removed by whoever comes last, the thread or its owner:
//!
//! ```text
//!  guard | stack … ← grows down | guard | signal stack | TLS block, Tcb, Record | name
//! ```
//!
//! The second guard and the signal stack exist where stack overflows are reported ([`crate::signal`]).

pub(crate) mod destructors;
mod mapping;
pub(crate) mod record;
mod spawn;
mod state;

pub use destructors::{Destructor, register_destructor, run_destructors};
pub use record::Panics;
pub use spawn::{Handle, Options, spawn};

/// Size of a stack where nothing else is asked for: 2 MiB, as in Rust's std.
pub const DEFAULT_STACK_SIZE: usize = 2 << 20;

/// The calling thread's number: a process-wide counter, never reused; 1 is the main thread.
#[inline]
pub fn current_id() -> u64 {
    record::current().id
}

/// The calling thread's name, if it has one; the main thread's is `main`.
#[inline]
pub fn current_name() -> Option<&'static [u8]> {
    record::current().name()
}

/// Whether this is the main thread.
#[inline]
pub fn is_main() -> bool {
    record::current().id == 1
}

/// The calling thread's panics.
#[inline]
pub fn panics() -> &'static Panics {
    &record::current().panics
}
