//! The kernel's ABI: one typed function per syscall, its numbers, errors and structures. No allocation, no state.
//!
//! [`arch`] holds the only assembly; everything else is written against `arch::syscallN` and [`arch::nr`]. A wrapper
//! changes types and reports errors, nothing more: no retry on `EINTR`, no fallback, no buffering. Those are policy
//! and live in `rt` and `std`.
#![no_std]

pub mod abi;
pub mod arch;
mod errno;
pub mod fs;
pub mod io;
pub mod mm;
pub mod net;
pub mod process;
pub mod random;
mod reg;
pub mod signal;
pub mod thread;
pub mod time;
pub mod vdso;

pub use errno::{Errno, Result};
pub use reg::Reg;
