//! From `_start` to `main` to exit: what lies between the kernel and a Rust program.
//!
//! This crate holds mechanisms. The symbols of which a program has exactly one (`_start`, the panic handler, the
//! global allocator) are policy and are emitted by the crate on top: `fullrust` with feature `rt`, or our `std`.
//! The start-up sequence is in [`start`]; `runtime/README.md` has the map and the promises.
#![no_std]
// In a sysroot this crate is compiled for speed, but for what runs once.
#![cfg_attr(fullrust_sysroot, feature(optimize_attribute))]

// Compiled code calls its functions by name; only the allocator names one.
extern crate fullrust_builtins;

pub mod abort;
mod align;
pub mod alloc;
pub mod args;
pub mod auxv;
pub mod env;
pub mod exit;
pub mod futex;
pub mod lock;
pub mod panic;
pub mod signal;
pub mod start;
pub mod symbols;
pub mod text;
pub mod thread;
pub mod time;
pub mod tls;
pub mod unwind;
mod write_once;

pub use abort::{abort, fatal};
