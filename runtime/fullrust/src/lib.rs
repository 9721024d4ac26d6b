//! Rust programs without libc: an entry point, printing, an allocator and the kernel's calls for `no_std` crates.
//!
//! ```ignore
//! #![no_std]
//! #![no_main]
//! use fullrust::prelude::*;
//!
//! fn main() {
//!     println!("hello from libc-free rust");
//! }
//! fullrust::entry!(main);
//! ```
//!
//! Feature `rt` (default) gates exactly three things: `_start`, the panic handler and the global allocator. Everything
//! else is always there.
#![no_std]

extern crate alloc;
// Found in the sysroot with `--cfg fullrust_on_std`.
extern crate fullrust_rt;
extern crate fullrust_sys;

pub mod env;
pub mod io;
mod macros;
mod policy;
pub mod prelude;
pub mod rt;
pub mod syscall;

/// The machine: `syscall0` … `syscall6` and the syscall numbers [`arch::nr`].
pub mod arch {
    pub use fullrust_sys::arch::{nr, syscall0, syscall1, syscall2, syscall3, syscall4, syscall5, syscall6};
}

pub use fullrust_rt::alloc::Allocator;
pub use fullrust_sys::Errno;
