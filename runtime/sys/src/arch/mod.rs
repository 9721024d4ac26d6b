//! The machine: the only place with assembly, and the only one that asks for the target's architecture.
//!
//! A port is one more folder with the same names.

#[cfg(target_arch = "x86_64")]
mod x86_64;
#[cfg(target_arch = "x86_64")]
pub use x86_64::*;

#[cfg(not(target_arch = "x86_64"))]
compile_error!("fullrust runs on x86-64 Linux only; a port adds a folder beside arch/x86_64");
