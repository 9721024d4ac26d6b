//! What compiled code calls by name and no precompiled crate provides: math functions.
#![no_std]
#![no_builtins]

// A negated comparison is how "or NaN" is said; constants are written as their two parts.
#[allow(clippy::neg_cmp_op_on_partial_ord, clippy::approx_constant, clippy::excessive_precision)]
pub mod math;
