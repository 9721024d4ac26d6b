//! The arguments as the kernel passed them: bytes, nothing lost.

use core::ffi::{CStr, c_char};

use crate::write_once::WriteOnce;

struct Arguments {
    count: usize,
    values: *const *const c_char,
}

// SAFETY: the vector lies on the initial stack, which stays, and nobody changes it.
unsafe impl Sync for Arguments {}

static ARGUMENTS: WriteOnce<Arguments> = WriteOnce::new(Arguments { count: 0, values: core::ptr::null() });

/// # Safety
/// Start-up only; `values` must hold `count` C strings that live for ever.
pub(crate) unsafe fn remember(count: usize, values: *const *const c_char) {
    // SAFETY: one thread, no reader yet.
    unsafe { ARGUMENTS.set(Arguments { count, values }) };
}

/// The initial `argv`: C strings up to a null pointer.
#[inline]
pub fn initial() -> *const *const c_char {
    ARGUMENTS.get().values
}

/// `argc`; may be 0.
#[inline]
pub fn count() -> usize {
    ARGUMENTS.get().count
}

/// The argument with that index, the program's name being 0.
pub fn get(index: usize) -> Option<&'static CStr> {
    let arguments = ARGUMENTS.get();
    if index >= arguments.count {
        return None;
    }
    // SAFETY: the kernel's vector has `count` C strings.
    Some(unsafe { CStr::from_ptr(*arguments.values.add(index)) })
}

/// All arguments in order.
pub fn iter() -> impl DoubleEndedIterator<Item = &'static CStr> + ExactSizeIterator + Clone {
    // SAFETY: as in `get`; the range stays below `count`.
    (0..count()).map(|index| unsafe { CStr::from_ptr(*ARGUMENTS.get().values.add(index)) })
}
