//! The environment as the kernel passed it: `KEY=VALUE` bytes. Changing it is `std`'s work, on a copy.
//!
//! A program that has more rights than its caller (`AT_SECURE`: set-user-id, file capabilities) does not see what would
//! tell libraries of programs that it starts what to load, or where to look things up: as under the C library, which
//! removes these variables (ld.so(8), "Secure-execution mode").

use core::ffi::{CStr, c_char};

use crate::auxv::auxv;
use crate::write_once::WriteOnce;

#[derive(Clone, Copy)]
struct Environment(*const *const c_char);

// SAFETY: the vector lies on the initial stack, which stays, and nobody changes it.
unsafe impl Sync for Environment {}

static ENVIRONMENT: WriteOnce<Environment> = WriteOnce::new(Environment(core::ptr::null()));

/// # Safety
/// Start-up only; `values` must be C strings up to a null pointer that live for ever.
pub(crate) unsafe fn remember(values: *const *const c_char) {
    // SAFETY: one thread, no reader yet.
    unsafe { ENVIRONMENT.set(Environment(values)) };
}

/// Variables that are withheld; besides them all whose names begin with [`WITHHELD_PREFIX`].
const WITHHELD: [&[u8]; 13] = [
    b"GCONV_PATH",
    b"GETCONF_DIR",
    b"GLIBC_TUNABLES",
    b"HOSTALIASES",
    b"LOCALDOMAIN",
    b"LOCPATH",
    b"MALLOC_TRACE",
    b"NIS_PATH",
    b"NLSPATH",
    b"RESOLV_HOST_CONF",
    b"RES_OPTIONS",
    b"TMPDIR",
    b"TZDIR",
];

/// The dynamic linkers' variables.
const WITHHELD_PREFIX: &[u8] = b"LD_";

fn is_dangerous(entry: &[u8]) -> bool {
    let key = entry.split(|byte| *byte == b'=').next().unwrap_or_default();
    key.starts_with(WITHHELD_PREFIX) || WITHHELD.contains(&key)
}

fn is_withheld(entry: &[u8]) -> bool {
    auxv().is_secure() && is_dangerous(entry)
}

/// The initial `envp`, whole: C strings up to a null pointer. Never null once the program runs.
#[inline]
pub fn initial() -> *const *const c_char {
    ENVIRONMENT.get().0
}

/// All entries in order, also those without `=`; not those that are withheld.
pub fn iter() -> impl Iterator<Item = &'static CStr> + Clone {
    Entries(*ENVIRONMENT.get()).filter(|entry| !is_withheld(entry.to_bytes()))
}

/// The value of the first entry with that key, unless it is withheld.
pub fn get(key: &[u8]) -> Option<&'static [u8]> {
    if is_withheld(key) {
        return None;
    }
    // SAFETY: what is found is the end of a C string that lives for ever.
    find(key).map(|value| unsafe { CStr::from_ptr(value) }.to_bytes())
}

/// As [`get`], up to the zero at the value's end: for code that must stay small and asks for none that is withheld.
#[cfg_attr(fullrust_sysroot, optimize(size))]
pub fn find(key: &[u8]) -> Option<*const c_char> {
    let mut place = initial();
    if place.is_null() {
        return None;
    }
    loop {
        // SAFETY: the vector ends with a null pointer, which is never passed.
        let entry = unsafe { *place };
        if entry.is_null() {
            return None;
        }
        // SAFETY: entries are C strings, and the next one or the end follows.
        unsafe {
            if let Some(value) = value_of(entry, key) {
                return Some(value);
            }
            place = place.add(1);
        }
    }
}

/// The value if the entry has that key. Byte by byte, for most entries differ in the first one.
///
/// # Safety
/// `entry` must be a C string.
#[inline]
unsafe fn value_of(mut entry: *const c_char, key: &[u8]) -> Option<*const c_char> {
    for byte in key {
        // SAFETY: all bytes before this one were the key's, none of them the zero at the end.
        if unsafe { *entry } as u8 != *byte || *byte == 0 {
            return None;
        }
        entry = entry.wrapping_add(1);
    }
    // SAFETY: as above.
    (unsafe { *entry } as u8 == b'=').then(|| entry.wrapping_add(1))
}

/// Iterator over the initial environment.
#[derive(Clone)]
struct Entries(Environment);

impl Iterator for Entries {
    type Item = &'static CStr;

    fn next(&mut self) -> Option<&'static CStr> {
        let place = self.0.0;
        if place.is_null() {
            return None;
        }
        // SAFETY: the vector ends with a null pointer, which is never passed.
        let entry = unsafe { *place };
        if entry.is_null() {
            return None;
        }
        // SAFETY: entries are C strings; another entry or the end follows.
        unsafe {
            self.0 = Environment(place.add(1));
            Some(CStr::from_ptr(entry))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_dangerous;

    #[test]
    fn what_says_where_to_load_from_is_dangerous_and_nothing_else() {
        for entry in ["LD_PRELOAD=x", "LD_LIBRARY_PATH=", "LD_", "TMPDIR=/x", "GLIBC_TUNABLES=a=b", "TZDIR"] {
            assert!(is_dangerous(entry.as_bytes()), "{entry}");
        }
        for entry in ["", "=", "PATH=LD_", "TMPDIRS=x", "TMP=TMPDIR=", "ld_preload=x", "LD", "RUST_BACKTRACE=1"] {
            assert!(!is_dangerous(entry.as_bytes()), "{entry}");
        }
    }
}
