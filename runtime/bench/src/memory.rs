//! `mem*` and `strlen` beside the C library's: nanoseconds per call and their ratio, the best of several rounds each.
//!
//! A host program: `cargo run --release -p runtime-bench --bin memory`.

use std::ffi::{c_char, c_int, c_void};
use std::hint::black_box;
use std::time::Instant;

use fullrust_builtins::mem;

type Move = unsafe extern "C" fn(*mut c_void, *const c_void, usize) -> *mut c_void;
type Fill = unsafe extern "C" fn(*mut c_void, c_int, usize) -> *mut c_void;
type Compare = unsafe extern "C" fn(*const c_void, *const c_void, usize) -> c_int;
type Length = unsafe extern "C" fn(*const c_char) -> usize;

unsafe extern "C" {
    safe fn dlopen(file: *const c_char, flags: c_int) -> *mut c_void;
    fn dlsym(library: *mut c_void, name: *const c_char) -> *mut c_void;
}

/// A function of the C library, which a plain name would not reach: this program's own definitions come first.
fn library(name: &std::ffi::CStr) -> *mut c_void {
    const RTLD_NOW: c_int = 2;
    let libc = dlopen(c"libc.so.6".as_ptr(), RTLD_NOW);
    // SAFETY: the library is loaded, the name is a C string.
    let function = unsafe { dlsym(libc, name.as_ptr()) };
    assert!(!function.is_null());
    function
}

const SIZES: [usize; 34] = [
    1,
    2,
    3,
    4,
    7,
    8,
    12,
    16,
    24,
    31,
    32,
    48,
    64,
    96,
    128,
    160,
    200,
    256,
    300,
    384,
    512,
    768,
    1024,
    2048,
    4096,
    8192,
    16384,
    65536,
    262144,
    1 << 20,
    4 << 20,
    16 << 20,
    32 << 20,
    64 << 20,
];

/// Best nanoseconds per call of two functions, measured in turns.
fn compare(size: usize, mut ours: impl FnMut(), mut theirs: impl FnMut()) -> (f64, f64) {
    let calls = (40_000_000 / (size + 20)).clamp(2, 400_000);
    let mut best = (f64::MAX, f64::MAX);
    for _ in 0..if size > 1 << 20 { 7 } else { 15 } {
        let measure = |call: &mut dyn FnMut(), best: &mut f64| {
            let start = Instant::now();
            for _ in 0..calls {
                call();
            }
            *best = best.min(start.elapsed().as_nanos() as f64 / calls as f64);
        };
        measure(&mut ours, &mut best.0);
        measure(&mut theirs, &mut best.1);
    }
    best
}

fn main() {
    let only = std::env::args().nth(1);
    // SAFETY: the C library's functions have these types.
    let (copy, movement, fill, order, length) = unsafe {
        (
            std::mem::transmute::<*mut c_void, Move>(library(c"memcpy")),
            std::mem::transmute::<*mut c_void, Move>(library(c"memmove")),
            std::mem::transmute::<*mut c_void, Fill>(library(c"memset")),
            std::mem::transmute::<*mut c_void, Compare>(library(c"memcmp")),
            std::mem::transmute::<*mut c_void, Length>(library(c"strlen")),
        )
    };
    let mut a = vec![1u8; (64 << 20) + 8192];
    let mut b = vec![1u8; (64 << 20) + 8192];
    let (from, to) = (a.as_mut_ptr().wrapping_add(64), b.as_mut_ptr().wrapping_add(64));
    println!("{:>9} {:>9} {:>12} {:>12} {:>6}", "", "bytes", "ours ns", "libc ns", "ratio");
    let row = |name: &str, size: usize, (ours, theirs): (f64, f64)| {
        println!("{name:>9} {size:>9} {ours:>12.2} {theirs:>12.2} {:>6.2}", ours / theirs);
    };
    let wanted = |name: &str| only.as_deref().is_none_or(|only| only == name);
    for size in SIZES {
        let n = || black_box(size);
        // SAFETY: both buffers hold the largest size and the offsets.
        unsafe {
            for (name, offset) in [("memcpy", 0usize), ("memcpy+5", 5)] {
                if wanted(name) {
                    let (to, from) = (to.add(offset).cast(), from.cast());
                    row(
                        name,
                        size,
                        compare(
                            size,
                            || {
                                black_box(mem::memcpy(black_box(to), from, n()));
                            },
                            || {
                                black_box(copy(black_box(to), from, n()));
                            },
                        ),
                    );
                }
            }
            if wanted("memmove") {
                let (to, from) = (from.add(40).cast(), from.cast());
                row(
                    "memmove",
                    size,
                    compare(
                        size,
                        || {
                            black_box(mem::memmove(black_box(to), from, n()));
                        },
                        || {
                            black_box(movement(black_box(to), from, n()));
                        },
                    ),
                );
            }
            if wanted("memset") {
                let to = to.add(3).cast();
                row(
                    "memset",
                    size,
                    compare(
                        size,
                        || {
                            black_box(mem::memset(black_box(to), 1, n()));
                        },
                        || {
                            black_box(fill(black_box(to), 1, n()));
                        },
                    ),
                );
            }
            if wanted("memcmp") {
                from.write_bytes(1, size);
                to.write_bytes(1, size + 8);
                let (x, y) = (from.cast_const().cast(), to.add(1).cast_const().cast());
                row(
                    "memcmp",
                    size,
                    compare(
                        size,
                        || {
                            black_box(mem::memcmp(black_box(x), y, n()));
                        },
                        || {
                            black_box(order(black_box(x), y, n()));
                        },
                    ),
                );
                row(
                    "bcmp",
                    size,
                    compare(
                        size,
                        || {
                            black_box(mem::bcmp(black_box(x), y, n()));
                        },
                        || {
                            black_box(order(black_box(x), y, n()));
                        },
                    ),
                );
            }
            if wanted("strlen") {
                from.write_bytes(1, size);
                from.add(size).write(0);
                let text = from.cast_const().cast::<c_char>();
                row(
                    "strlen",
                    size,
                    compare(
                        size,
                        || {
                            black_box(mem::strlen(black_box(text)));
                        },
                        || {
                            black_box(length(black_box(text)));
                        },
                    ),
                );
                from.add(size).write(1);
            }
        }
    }
}
