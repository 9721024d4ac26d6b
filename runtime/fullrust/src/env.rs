//! Arguments and environment, as bytes and as text.

use core::ffi::CStr;

use alloc::string::String;

use fullrust_rt::{args as arguments, env as environment};

/// Number of arguments, the program's name among them; may be 0.
pub fn argc() -> usize {
    arguments::count()
}

/// The arguments as bytes, nothing lost.
pub fn args_bytes() -> impl DoubleEndedIterator<Item = &'static [u8]> + ExactSizeIterator + Clone {
    arguments::iter().map(CStr::to_bytes)
}

/// The arguments as text; bytes that are not UTF-8 are replaced.
pub fn args() -> impl DoubleEndedIterator<Item = String> + ExactSizeIterator + Clone {
    args_bytes().map(|argument| String::from_utf8_lossy(argument).into_owned())
}

/// The environment as pairs of bytes; entries without `=` are left out.
pub fn vars_bytes() -> impl Iterator<Item = (&'static [u8], &'static [u8])> + Clone {
    environment::iter().filter_map(|entry| {
        let entry = entry.to_bytes();
        // A key may start with `=`, but is not empty.
        let end = entry.iter().skip(1).position(|&byte| byte == b'=')? + 1;
        Some((&entry[..end], &entry[end + 1..]))
    })
}

/// The environment as pairs of text; bytes that are not UTF-8 are replaced.
pub fn vars() -> impl Iterator<Item = (String, String)> + Clone {
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    vars_bytes().map(move |(key, value)| (text(key), text(value)))
}

/// The value of a variable as bytes.
pub fn var_bytes(key: &str) -> Option<&'static [u8]> {
    environment::get(key.as_bytes())
}

/// The value of a variable, if it is set and is UTF-8.
pub fn var(key: &str) -> Option<&'static str> {
    core::str::from_utf8(var_bytes(key)?).ok()
}
