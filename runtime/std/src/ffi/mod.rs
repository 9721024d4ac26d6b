//! Strings of the platform and C's types.

pub use alloc_crate::ffi::{CString, FromVecWithNulError, IntoStringError, NulError};
pub use core::ffi::{
    CStr, FromBytesUntilNulError, FromBytesWithNulError, c_char, c_double, c_float, c_int, c_long, c_longlong, c_schar,
    c_short, c_uchar, c_uint, c_ulong, c_ulonglong, c_ushort, c_void,
};

#[doc(inline)]
pub use self::os_str::{OsStr, OsString};

/// C strings, as a module.
pub mod c_str {
    pub use alloc_crate::ffi::c_str::{CString, FromVecWithNulError, IntoStringError, NulError};
    pub use core::ffi::c_str::{CStr, FromBytesUntilNulError, FromBytesWithNulError};
}

pub mod os_str;
mod os_str_impls;
pub(crate) mod pair;
