//! `mem*` and `strlen` beside the C library's in one process: cycles of the time stamp counter per call, and their ratio.
//!
//! A host program: `cargo run --release -p runtime-bench --bin memory [-- [--plain] [--above RATIO] [NAME]]`. Both sides are called
//! through a pointer, in turns, in batches of a few microseconds, and the quickest batch of each counts: whatever else
//! the machine does then falls out. `--plain` measures what a program without a heap uses.

use std::arch::x86_64::{__rdtscp, _mm_lfence};
use std::ffi::{CStr, c_char, c_int, c_void};
use std::hint::black_box;

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
fn library(name: &CStr) -> *mut c_void {
    const RTLD_NOW: c_int = 2;
    let libc = dlopen(c"libc.so.6".as_ptr(), RTLD_NOW);
    // SAFETY: the library is loaded, the name is a C string.
    let function = unsafe { dlsym(libc, name.as_ptr()) };
    assert!(!function.is_null());
    function
}

const LARGEST: usize = 64 << 20;
/// Every size up to 64 bytes, then ever wider steps with what lies around the powers of two.
fn sizes() -> impl Iterator<Item = usize> {
    let middle = [
        65, 80, 96, 112, 127, 128, 129, 144, 160, 176, 192, 208, 224, 255, 256, 257, 300, 320, 384, 448, 511, 512, 513,
        640, 768, 1000, 1024, 1280, 1536, 2000, 2048, 3072, 4096, 6000, 8192, 12_288, 16_384, 24_576, 32_768, 49_152,
        65_536, 98_304, 131_072, 262_144, 524_288,
    ];
    let large = [1usize, 2, 4, 8, 12, 16, 24, 32, 48, 64];
    (1..=64).chain(middle).chain(large.map(|mebibytes| mebibytes << 20))
}

fn now() -> u64 {
    // SAFETY: x86-64 has both; the fence keeps what follows from starting early.
    unsafe {
        let ticks = __rdtscp(&mut 0);
        _mm_lfence();
        ticks
    }
}

/// Least ticks per call of two functions.
fn measure(size: usize, ours: &mut dyn FnMut(usize), theirs: &mut dyn FnMut(usize)) -> (f64, f64) {
    let calls = (200_000 / (size + 20)).clamp(1, 1000);
    let rounds = (800_000_000 / (calls * (size + 20) * 20)).clamp(7, 80);
    let mut best = (u64::MAX, u64::MAX);
    let batch = |call: &mut dyn FnMut(usize), best: &mut u64| {
        let start = now();
        call(calls);
        *best = (*best).min(now() - start);
    };
    for _ in 0..rounds {
        batch(ours, &mut best.0);
        batch(theirs, &mut best.1);
        batch(theirs, &mut best.1);
        batch(ours, &mut best.0);
    }
    (best.0 as f64 / calls as f64, best.1 as f64 / calls as f64)
}

/// Room for the largest block at some offset from a page's start.
struct Buffer(Vec<u8>);

impl Buffer {
    fn new() -> Self {
        Self(vec![1; LARGEST + (3 << 12)])
    }

    fn at(&mut self, offset: usize) -> *mut u8 {
        let start = self.0.as_mut_ptr();
        start.wrapping_add(start.align_offset(4096) + offset)
    }
}

struct Table {
    only: Option<String>,
    above: f64,
    worst: Vec<f64>,
}

impl Table {
    /// Measures a function where the blocks lie as `name` says.
    fn row<F: Copy>(&mut self, name: &str, size: usize, ours: F, theirs: F, call: impl Fn(F)) {
        if self.only.as_deref().is_some_and(|only| !name.starts_with(only)) {
            return;
        }
        let repeat = |function: F| {
            let call = &call;
            move |count| (0..count).for_each(|_| call(black_box(function)))
        };
        let (ours, theirs) = measure(size, &mut repeat(ours), &mut repeat(theirs));
        self.worst.push(ours / theirs);
        if ours / theirs > self.above {
            println!("{name}\t{size}\t{ours:.1}\t{theirs:.1}\t{:.2}", ours / theirs);
        }
    }
}

fn main() {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let plain = arguments.first().is_some_and(|first| first == "--plain");
    if plain {
        arguments.remove(0);
    } else {
        mem::prepare_for_heap();
    }
    let above = arguments.iter().position(|argument| argument == "--above").map_or(0.0, |at| {
        let ratio = arguments.remove(at + 1).parse().expect("a ratio");
        arguments.remove(at);
        ratio
    });
    let mut table = Table { only: arguments.pop(), above, worst: Vec::new() };
    println!("function\tbytes\tours\tglibc\tratio");
    for size in sizes() {
        blocks(&mut table, size);
    }
    table.worst.sort_by(f64::total_cmp);
    let at = |part: f64| table.worst[((table.worst.len() - 1) as f64 * part) as usize];
    eprintln!(
        "{} rows; ratio: median {:.2}, 95 % below {:.2}, largest {:.2}",
        table.worst.len(),
        at(0.5),
        at(0.95),
        at(1.0)
    );
}

/// Measures all functions with one size.
fn blocks(table: &mut Table, size: usize) {
    // SAFETY: the C library's functions have these types.
    let (copy, movement, fill, order, equal, length) = unsafe {
        (
            std::mem::transmute::<*mut c_void, Move>(library(c"memcpy")),
            std::mem::transmute::<*mut c_void, Move>(library(c"memmove")),
            std::mem::transmute::<*mut c_void, Fill>(library(c"memset")),
            std::mem::transmute::<*mut c_void, Compare>(library(c"memcmp")),
            std::mem::transmute::<*mut c_void, Compare>(library(c"bcmp")),
            std::mem::transmute::<*mut c_void, Length>(library(c"strlen")),
        )
    };
    thread_local!(static BUFFERS: std::cell::RefCell<(Buffer, Buffer)> = std::cell::RefCell::new((Buffer::new(), Buffer::new())));
    BUFFERS.with_borrow_mut(|(a, b)| {
        // SAFETY: the buffers hold the largest size and the offsets.
        unsafe {
            for (name, to, from) in [
                ("memcpy", 0x840, 0x40),
                ("memcpy to +5", 0x845, 0x40),
                ("memcpy from +3", 0x840, 0x43),
                ("memcpy odd", 0x84b, 0x51),
            ] {
                let (to, from) = (b.at(to).cast(), a.at(from).cast_const().cast());
                table.row(name, size, mem::memcpy as Move, copy, |f| {
                    black_box(f(black_box(to), black_box(from), black_box(size)));
                });
            }
            for (name, to, from) in [("memmove forwards", 0x40, 0x68), ("memmove backwards", 0x68, 0x40)] {
                let (to, from) = (a.at(to).cast(), a.at(from).cast_const().cast());
                table.row(name, size, mem::memmove as Move, movement, |f| {
                    black_box(f(black_box(to), black_box(from), black_box(size)));
                });
            }
            for (name, to) in [("memset", 0x840), ("memset +3", 0x843)] {
                let to = b.at(to).cast();
                table.row(name, size, mem::memset as Fill, fill, |f| {
                    black_box(f(black_box(to), black_box(1), black_box(size)));
                });
            }
            a.0.fill(1);
            b.0.fill(1);
            for (name, left, right) in [("memcmp", 0x40, 0x840), ("memcmp odd", 0x49, 0x851)] {
                let (left, right) = (a.at(left).cast_const().cast(), b.at(right).cast_const().cast());
                table.row(name, size, mem::memcmp as Compare, order, |f| {
                    black_box(f(black_box(left), black_box(right), black_box(size)));
                });
            }
            let (left, right) = (a.at(0x40).cast_const().cast(), b.at(0x841).cast_const().cast());
            table.row("bcmp", size, mem::bcmp as Compare, equal, |f| {
                black_box(f(black_box(left), black_box(right), black_box(size)));
            });
            for (name, offset) in [("strlen", 0x40), ("strlen +7", 0x47)] {
                let text = a.at(offset);
                text.add(size).write(0);
                table.row(name, size, mem::strlen as Length, length, |f| {
                    black_box(f(black_box(text.cast_const().cast())));
                });
                text.add(size).write(1);
            }
        }
    });
}
