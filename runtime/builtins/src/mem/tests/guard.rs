//! Every size and many alignments, with the block against a page that cannot be touched, before it or behind it.

extern crate std;

use core::ffi::{c_int, c_long};
use std::vec::Vec;

use super::{pattern, with_each_variant};
use crate::mem;

unsafe extern "C" {
    safe fn mmap(place: usize, length: usize, access: c_int, flags: c_int, file: c_int, offset: c_long) -> *mut u8;
    fn mprotect(place: *mut u8, length: usize, access: c_int) -> c_int;
    fn munmap(place: *mut u8, length: usize) -> c_int;
}

const PAGE: usize = 4096;
/// Bytes between the two guards.
const ROOM: usize = 2 * PAGE;

/// Memory between two pages without access.
struct Guarded(*mut u8);

impl Guarded {
    fn new() -> Self {
        const READ_AND_WRITE: c_int = 3;
        const PRIVATE_ANONYMOUS: c_int = 0x22;
        let place = mmap(0, ROOM + 2 * PAGE, READ_AND_WRITE, PRIVATE_ANONYMOUS, -1, 0);
        assert!(place.addr().is_multiple_of(PAGE));
        let room = place.wrapping_add(PAGE);
        // SAFETY: both pages are this mapping's.
        unsafe { assert!(mprotect(place, PAGE, 0) == 0 && mprotect(room.add(ROOM), PAGE, 0) == 0) };
        Self(room)
    }

    fn bytes(&mut self) -> &mut [u8] {
        // SAFETY: the mapping lives as long as this does.
        unsafe { core::slice::from_raw_parts_mut(self.0, ROOM) }
    }

    /// Where blocks of a size are put: the first ones close to the guard before, the last ones close to that behind.
    fn places(size: usize) -> impl Iterator<Item = usize> {
        [0, 1, 7, 15, 16, 33, 63]
            .into_iter()
            .chain([0, 1, 2, 9, 16, 31, 64].into_iter().map(move |gap| ROOM - size - gap))
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        // SAFETY: nobody uses it any more.
        unsafe { munmap(self.0.wrapping_sub(PAGE), ROOM + 2 * PAGE) };
    }
}

fn sizes() -> impl Iterator<Item = usize> {
    (0..=300).chain([383, 384, 385, 511, 512, 513, 600, 767, 768, 1000, 1023, 1024, 1025, 2047, 2048, 2500, 4096])
}

/// Whether all is `before` but for the bytes from `at` on, which are `now`.
fn only(bytes: &[u8], before: &[u8], at: usize, now: &[u8]) -> bool {
    bytes[..at] == before[..at]
        && bytes[at..at + now.len()] == *now
        && bytes[at + now.len()..] == before[at + now.len()..]
}

#[test]
fn no_byte_outside_of_the_blocks_is_touched_by_copying_or_filling() {
    let (mut from, mut to) = (Guarded::new(), Guarded::new());
    let (source, target, filled) = (pattern(ROOM, 1), pattern(ROOM, 90), [0xa5; ROOM]);
    from.bytes().copy_from_slice(&source);
    with_each_variant(|| {
        for size in sizes() {
            for (index, at) in Guarded::places(size).enumerate() {
                // Each target place with two source places.
                for start in [
                    Guarded::places(size).nth(13 - index).unwrap(),
                    Guarded::places(size).nth((index * 5) % 14).unwrap(),
                ] {
                    to.bytes().copy_from_slice(&target);
                    // SAFETY: both places have room for the size.
                    unsafe { mem::memcpy(to.0.add(at).cast(), from.0.add(start).cast(), size) };
                    assert!(
                        only(to.bytes(), &target, at, &source[start..start + size]),
                        "copy {size} from {start} to {at}"
                    );
                }
                to.bytes().copy_from_slice(&target);
                // SAFETY: as above.
                unsafe { mem::memset(to.0.add(at).cast(), 0x1a5, size) };
                assert!(only(to.bytes(), &target, at, &filled[..size]), "fill {size} at {at}");
            }
        }
    });
}

#[test]
fn comparing_and_measuring_read_nothing_outside_of_the_blocks() {
    let (mut left, mut right) = (Guarded::new(), Guarded::new());
    with_each_variant(|| {
        for size in sizes() {
            for (index, a) in Guarded::places(size).enumerate() {
                let b = Guarded::places(size).nth((index * 5 + 3) % 14).unwrap();
                let block: Vec<u8> = pattern(size, 40).into_iter().map(|byte| byte | 1).collect();
                left.bytes()[a..a + size].copy_from_slice(&block);
                right.bytes()[b..b + size].copy_from_slice(&block);
                let (x, y) = (left.0.wrapping_add(a), right.0.wrapping_add(b));
                // SAFETY: both places have room for the size, and the string has a NUL at its end.
                unsafe {
                    assert_eq!(mem::memcmp(x.cast(), y.cast(), size), 0, "compare {size} at {a} and {b}");
                    assert_eq!(mem::find_byte(x.cast(), 0x100, size), size, "search {size} at {a}");
                    if size > 0 {
                        y.add(size - 1).write(0);
                        assert_eq!(mem::find_byte(y.cast(), 0, size), size - 1, "search {size} at {b}");
                        assert!(mem::memcmp(x.cast(), y.cast(), size) > 0 && mem::bcmp(y.cast(), x.cast(), size) != 0);
                        assert_eq!(mem::strlen(y.cast()), size - 1, "measure {size} at {b}");
                    }
                }
            }
        }
    });
}
