//! C's types under their old path.

#![allow(non_camel_case_types)]

pub use core::ffi::{
    c_char, c_double, c_float, c_int, c_long, c_longlong, c_schar, c_short, c_uchar, c_uint, c_ulong, c_ulonglong,
    c_ushort,
};

/// C's `void` behind a pointer.
pub type c_void = core::ffi::c_void;
