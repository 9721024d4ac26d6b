//! `memcpy memmove memset memcmp bcmp strlen`: C's names and signatures, called by compiled code and by `core`.
//!
//! Written in assembly, one folder per machine, so that they are the same code at every optimisation level and the
//! optimiser cannot recognise what they do and replace it by a call of themselves.

#[cfg(test)]
mod tests;
#[cfg(target_arch = "x86_64")]
mod x86_64;

#[cfg(target_arch = "x86_64")]
#[doc(hidden)]
pub use x86_64::limit_registers;
#[cfg(target_arch = "x86_64")]
pub(crate) use x86_64::{ask, fused_multiply_add};
#[cfg(target_arch = "x86_64")]
pub use x86_64::{bcmp, find_byte, memcmp, memcpy, memmove, memset, prepare_for_heap, strlen};
