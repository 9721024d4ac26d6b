//! Functions that compiled code calls by name without anybody having written the call: memory and math.
//!
//! A crate of its own, because the optimiser must not recognise the loop inside `memcpy` as a `memcpy` (the crate
//! attribute below), and because nothing else here is called by C's names.
#![no_std]
#![no_builtins]

// A negated comparison is how "or NaN" is said; constants are written as their two parts.
#[allow(clippy::neg_cmp_op_on_partial_ord, clippy::approx_constant, clippy::excessive_precision)]
pub mod math;
pub mod mem;
