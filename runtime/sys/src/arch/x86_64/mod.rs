//! x86-64: registers, calling convention, entry and exit sequences.

mod clone;
mod exit_thread;
pub mod nr;
mod restorer;
mod start;
mod syscall;
mod thread_pointer;
pub mod unwind;

pub use clone::clone;
pub use exit_thread::unmap_and_exit;
pub use restorer::signal_restorer;
pub use syscall::{syscall0, syscall1, syscall2, syscall3, syscall4, syscall5, syscall6};
pub use thread_pointer::{set_thread_pointer, thread_heap, thread_pointer, thread_record};

/// Size of a page: the architecture's only one for ordinary mappings (AMD APM volume 2, 5.3).
pub const PAGE_SIZE: usize = 4096;

/// Stops the program at this instruction (SIGILL). For faults before anything can be printed.
#[inline(always)]
pub fn trap() -> ! {
    // SAFETY: `ud2` raises SIGILL and does not return.
    unsafe { core::arch::asm!("ud2", options(noreturn, nomem, nostack)) }
}
