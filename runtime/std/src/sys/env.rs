//! The environment: the kernel's until the program changes it, then a table of our own.

use super::late::Late;
use crate::ffi::{CString, OsStr, OsString};
use crate::io::{Error, ErrorKind, Result, const_error};
use fullrust_rt::lock::Lock;
use fullrust_sys::Errno;

/// `None` until the first change. Entries are `KEY=VALUE`; those of the kernel without `=` stay, but are not listed.
static CHANGED: Lock<Option<Vec<CString>>> = Lock::new(None);

const NUL_INSIDE: Error = const_error!(ErrorKind::InvalidInput, "file name contained an unexpected NUL byte");

/// Splits at the first `=` that is not the first byte.
fn split(entry: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = entry.iter().skip(1).position(|byte| *byte == b'=')? + 1;
    Some((&entry[..at], &entry[at + 1..]))
}

fn os_string(bytes: &[u8]) -> OsString {
    OsString { inner: bytes.to_vec() }
}

/// Every pair, in order.
pub(crate) fn all() -> Vec<(OsString, OsString)> {
    let owned = |entry: &[u8]| split(entry).map(|(key, value)| (os_string(key), os_string(value)));
    match &*CHANGED.lock() {
        Some(table) => table.iter().filter_map(|entry| owned(entry.as_bytes())).collect(),
        None => fullrust_rt::env::iter().filter_map(|entry| owned(entry.to_bytes())).collect(),
    }
}

/// Every entry as the next program should see it.
pub(crate) fn entries() -> Vec<CString> {
    match &*CHANGED.lock() {
        Some(table) => table.clone(),
        None => fullrust_rt::env::iter().map(CString::from).collect(),
    }
}

fn value_of<'a>(entry: &'a [u8], key: &[u8]) -> Option<&'a [u8]> {
    entry.strip_prefix(key)?.strip_prefix(b"=")
}

/// The value of the first entry with that key.
pub(crate) fn get(key: &OsStr) -> Option<OsString> {
    with_value(key.as_encoded_bytes(), |value| value.map(os_string))
}

/// Looks a value up without copying it.
pub(crate) fn with_value<R>(key: &[u8], use_value: impl FnOnce(Option<&[u8]>) -> R) -> R {
    if key.is_empty() || key.contains(&b'=') {
        return use_value(None);
    }
    match &*CHANGED.lock() {
        Some(table) => use_value(table.iter().find_map(|entry| value_of(entry.as_bytes(), key))),
        None => use_value(fullrust_rt::env::get(key)),
    }
}

fn check_key(key: &[u8]) -> Result<()> {
    if key.contains(&0) {
        return Err(NUL_INSIDE);
    }
    if key.is_empty() || key.contains(&b'=') {
        return Err(Errno::EINVAL.into());
    }
    Ok(())
}

/// How to look for the switch in the table; set with the first change.
static IS_BACKTRACE_WANTED: Late<fn() -> bool> = Late::new();

const BACKTRACE_SWITCH: &[u8] = b"RUST_BACKTRACE";

fn says_yes(value: Option<&[u8]>) -> bool {
    value.is_some_and(|value| value != b"0")
}

fn is_backtrace_wanted_by_table() -> bool {
    with_value(BACKTRACE_SWITCH, says_yes)
}

/// Whether `RUST_BACKTRACE` is there and not `0`.
#[optimize(size)]
pub(crate) fn is_backtrace_wanted() -> bool {
    match IS_BACKTRACE_WANTED.get() {
        Some(ask) => ask(),
        // SAFETY: a value ends with a zero, so its first two bytes are there unless the first one is the end.
        None => fullrust_rt::env::find(BACKTRACE_SWITCH)
            .is_some_and(|value| unsafe { *value as u8 != b'0' || *value.add(1) != 0 }),
    }
}

/// Whether a library that captures backtraces should: a switch of its own goes before the common one.
pub(crate) fn is_library_backtrace_wanted() -> bool {
    let own = with_value(b"RUST_LIB_BACKTRACE", |value| value.map(|value| value != b"0"));
    own.unwrap_or_else(is_backtrace_wanted)
}

/// Whether the switch is `full`.
pub(crate) fn is_full_backtrace_wanted() -> bool {
    with_value(BACKTRACE_SWITCH, |value| value == Some(b"full"))
}

fn change(edit: impl FnOnce(&mut Vec<CString>)) {
    let mut table = CHANGED.lock();
    IS_BACKTRACE_WANTED.set(is_backtrace_wanted_by_table);
    edit(table.get_or_insert_with(|| fullrust_rt::env::iter().map(CString::from).collect()));
}

/// Sets or replaces a value.
pub(crate) fn set(key: &OsStr, value: &OsStr) -> Result<()> {
    let (key, value) = (key.as_encoded_bytes(), value.as_encoded_bytes());
    check_key(key)?;
    let entry = CString::new([key, b"=", value].concat()).map_err(|_| NUL_INSIDE)?;
    change(|table| match table.iter_mut().find(|old| value_of(old.as_bytes(), key).is_some()) {
        Some(old) => *old = entry,
        None => table.push(entry),
    });
    Ok(())
}

/// Removes every entry with that key.
pub(crate) fn unset(key: &OsStr) -> Result<()> {
    let key = key.as_encoded_bytes();
    check_key(key)?;
    change(|table| table.retain(|entry| value_of(entry.as_bytes(), key).is_none()));
    Ok(())
}

/// The user's home as `/etc/passwd` has it: `name:password:uid:gid:comment:home:shell`.
pub(crate) fn home_from_passwd() -> Option<OsString> {
    let uid = fullrust_sys::process::getuid();
    let table = crate::fs::read("/etc/passwd").ok()?;
    table.split(|byte| *byte == b'\n').find_map(|line| {
        let mut fields = line.split(|byte| *byte == b':');
        let number = core::str::from_utf8(fields.nth(2)?).ok()?;
        if number.parse::<u32>() != Ok(uid) {
            return None;
        }
        fields.nth(2).filter(|home| !home.is_empty()).map(os_string)
    })
}
