//! The memory functions against their definition, over sizes, alignments and overlaps; every byte around is watched.
//! Each test runs with and without the processor's longer registers.

extern crate std;

mod guard;

use core::ffi::{c_int, c_void};
use core::sync::atomic::Ordering::Relaxed;
use std::sync::Mutex;
use std::vec;
use std::vec::Vec;

use super::x86_64::features::{AVX2, AVX512, FEATURES, KNOWN, ask};
use super::x86_64::{forget_heap, prepare_for_heap};
use crate::mem;

/// Runs a check with and without a heap, with 16-byte registers, with those of 32 and 64 bytes if the processor has them,
/// and from before anybody has asked.
fn with_each_variant(mut check: impl FnMut()) {
    static VARIANT: Mutex<()> = Mutex::new(());
    let _guard = VARIANT.lock();
    ask();
    let all = FEATURES.load(Relaxed);
    let mut last = 0;
    for wanted in [KNOWN, KNOWN | AVX2, KNOWN | AVX2 | AVX512] {
        let features = wanted & all;
        if core::mem::replace(&mut last, features) == features {
            continue;
        }
        for set_up in [forget_heap, heap_is_there] {
            FEATURES.store(features, Relaxed);
            set_up();
            check();
        }
    }
    FEATURES.store(0, Relaxed);
    prepare_for_heap();
    check();
}

fn heap_is_there() {
    prepare_for_heap();
}

const SIZES: [usize; 44] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 15, 16, 17, 24, 31, 32, 33, 48, 63, 64, 65, 96, 127, 128, 129, 130, 159, 160,
    192, 255, 256, 257, 258, 300, 383, 384, 385, 511, 512, 513, 1000, 4096, 5003,
];
const AROUND: usize = 160;

fn pattern(length: usize, seed: usize) -> Vec<u8> {
    (0..length).map(|index| (index * 7 + index / 251 + seed) as u8).collect()
}

fn pointer(bytes: &mut [u8], at: usize) -> *mut c_void {
    (&raw mut bytes[at]).cast()
}

#[test]
fn memcpy_copies_exactly_the_bytes() {
    with_each_variant(|| {
        for size in SIZES {
            for from in [0, 1, 7, 16, 31] {
                for to in [0, 3, 15, 16, 33] {
                    let mut source = pattern(size + 2 * AROUND, 1);
                    let mut target = pattern(size + 2 * AROUND, 101);
                    let mut expected = target.clone();
                    expected[AROUND + to..AROUND + to + size]
                        .copy_from_slice(&source[AROUND + from..AROUND + from + size]);
                    let place = pointer(&mut target, AROUND + to);
                    // SAFETY: both buffers have room on either side.
                    let result = unsafe { mem::memcpy(place, pointer(&mut source, AROUND + from), size) };
                    assert_eq!(result, place);
                    assert!(target == expected, "size {size} from {from} to {to}");
                }
            }
        }
    });
}

#[test]
fn memmove_moves_over_any_overlap() {
    with_each_variant(|| {
        for size in SIZES {
            for distance in (-140isize..=140).chain([-1000, 1000]) {
                let start = 1200 + (size & 15);
                let target_start = start.checked_add_signed(distance).unwrap();
                let mut bytes = pattern(size + 2600, 5);
                let mut expected = bytes.clone();
                expected.copy_within(start..start + size, target_start);
                let source = pointer(&mut bytes, start);
                // SAFETY: both ranges lie in the buffer.
                unsafe { mem::memmove(pointer(&mut bytes, target_start), source, size) };
                assert!(bytes == expected, "size {size} distance {distance}");
            }
        }
    });
}

#[test]
fn memmove_moves_long_blocks_over_close_and_wide_overlaps() {
    with_each_variant(|| {
        for size in [9_000, 16_384, 20_001, 70_000] {
            for distance in [-9000isize, -4097, -4096, -4095, -333, -64, -1, 1, 63, 64, 4096, 4097, 15_000] {
                for start in [20_000usize, 20_033] {
                    let mut bytes = pattern(size + 40_000, 3);
                    let mut expected = bytes.clone();
                    let target_start = start.checked_add_signed(distance).unwrap();
                    expected.copy_within(start..start + size, target_start);
                    let source = pointer(&mut bytes, start);
                    // SAFETY: both ranges lie in the buffer.
                    unsafe { mem::memmove(pointer(&mut bytes, target_start), source, size) };
                    assert!(bytes == expected, "size {size} distance {distance}");
                }
            }
        }
    });
}

#[test]
fn memset_fills_exactly_the_bytes() {
    with_each_variant(|| {
        for size in SIZES {
            for at in 0..34 {
                let mut bytes = pattern(size + 2 * AROUND, 9);
                let mut expected = bytes.clone();
                expected[AROUND + at..AROUND + at + size].fill(0xc3);
                // SAFETY: the buffer has room on either side. Only the low byte of the value counts.
                unsafe { mem::memset(pointer(&mut bytes, AROUND + at), 0x7fff_ffc3, size) };
                assert!(bytes == expected, "size {size} at {at}");
            }
        }
    });
}

fn sign_by_definition(a: &[u8], b: &[u8]) -> c_int {
    match a.cmp(b) {
        core::cmp::Ordering::Less => -1,
        core::cmp::Ordering::Equal => 0,
        core::cmp::Ordering::Greater => 1,
    }
}

fn check_comparison(a: &[u8], b: &[u8]) {
    let (left, right) = (a.as_ptr().cast(), b.as_ptr().cast());
    // SAFETY: both slices have that length.
    let (order, difference) = unsafe { (mem::memcmp(left, right, a.len()), mem::bcmp(left, right, a.len())) };
    assert_eq!(order.signum(), sign_by_definition(a, b), "length {}", a.len());
    assert_eq!(difference == 0, a == b, "length {}", a.len());
}

#[test]
fn comparison_finds_the_first_difference_wherever_it_is() {
    with_each_variant(|| {
        for size in SIZES.into_iter().filter(|&size| size <= 520) {
            let a = pattern(size + 3, 77);
            let mut b = vec![0];
            b.extend_from_slice(&a[2..]);
            check_comparison(&a[2..2 + size], &b[1..1 + size]);
            for position in 0..size {
                for value in [0u8, 0x7f, 0x80, 0xff] {
                    let kept = core::mem::replace(&mut b[1 + position], value);
                    check_comparison(&a[2..2 + size], &b[1..1 + size]);
                    // A second difference behind the first must not count.
                    let last = core::mem::replace(&mut b[size], !value);
                    check_comparison(&a[2..2 + size], &b[1..1 + size]);
                    b[size] = last;
                    b[1 + position] = kept;
                }
            }
        }
    });
}

#[test]
fn comparison_of_long_blocks_finds_the_first_difference_at_any_alignment() {
    with_each_variant(|| {
        let size = (4 << 20) + 333;
        let bytes = pattern(size + 64, 7);
        for at in [0, 1, 33] {
            let a = &bytes[at..at + size];
            let mut other = vec![0; 3];
            other.extend_from_slice(a);
            let b = &mut other[3..];
            check_comparison(a, b);
            for position in [0, 63, 64, 300, 4096, size / 2 + 31, size - 300, size - 255, size - 1] {
                b[position] ^= 0x80;
                check_comparison(a, b);
                b[position] ^= 0x80;
            }
        }
    });
}

#[test]
fn strlen_stops_at_the_first_nul() {
    with_each_variant(|| {
        for length in 0..300 {
            for at in 0..65 {
                let mut bytes = vec![0u8; at];
                bytes.extend((0..length).map(|index| 1 + (index % 255) as u8));
                bytes.extend([0, 1, 0]);
                // SAFETY: a NUL follows.
                assert_eq!(unsafe { mem::strlen(bytes[at..].as_ptr().cast()) }, length);
            }
        }
    });
}

#[test]
fn find_byte_gives_the_first_of_several() {
    with_each_variant(|| {
        for size in [1, 15, 16, 17, 33, 64, 65, 100, 128, 200, 300] {
            for first in 0..size {
                let mut bytes = vec![3u8; size];
                bytes[first..].fill(0xfe);
                // SAFETY: the block has that size.
                assert_eq!(unsafe { mem::find_byte(bytes.as_ptr().cast(), 0xfe, size) }, first, "size {size}");
            }
        }
    });
}

#[test]
fn blocks_larger_than_the_caches_are_copied_and_filled() {
    with_each_variant(|| {
        let size = (96 << 20) + 77;
        let source = pattern(size, 3);
        let mut target = vec![0u8; size];
        // SAFETY: both have that size.
        unsafe { mem::memcpy(target.as_mut_ptr().cast(), source.as_ptr().cast(), size) };
        assert!(source == target);
        // SAFETY: as above.
        unsafe { mem::memset(target.as_mut_ptr().cast(), 0xab, size) };
        assert!(target.iter().all(|&byte| byte == 0xab));
    });
}
