//! `mem*` and `strlen` beside the C library's in one process: cycles of the time stamp counter per call, and their ratio.
//!
//! A host program: `memory [--plain] [--features NAME] [--above RATIO] [--short] [NAME]`. The sides take turns in batches of a
//! few microseconds, the quickest batch of each counts, and a row that looks slow is measured again, so that whatever else
//! the machine does falls out. The C library's takes part twice: how far it is from itself says what a row is worth.
//!
//! `--plain` measures what a program without a heap uses; `--features avx2` or `sse2` what older processors do (with
//! `GLIBC_TUNABLES` saying the same to the C library); `--short` leaves out what is longer than 64 KiB.

mod loops;

use std::arch::x86_64::{__rdtscp, _mm_lfence};
use std::ffi::{CStr, c_char, c_int, c_void};

use fullrust_builtins::mem;
use loops::{Arguments, Loop, Loops, MIXED};

unsafe extern "C" {
    safe fn dlopen(file: *const c_char, flags: c_int) -> *mut c_void;
    fn dlsym(library: *mut c_void, name: *const c_char) -> *mut c_void;
}

/// A function of the C library, which a plain name would not reach: this program's own definitions come first.
fn library(name: &CStr) -> *mut () {
    const RTLD_NOW: c_int = 2;
    let libc = dlopen(c"libc.so.6".as_ptr(), RTLD_NOW);
    // SAFETY: the library is loaded, the name is a C string.
    let function = unsafe { dlsym(libc, name.as_ptr()) };
    assert!(!function.is_null());
    function.cast()
}

const LARGEST: usize = 64 << 20;

/// Every size up to 64 bytes, then ever wider steps with what lies around the powers of two.
fn sizes(short: bool) -> impl Iterator<Item = usize> {
    let middle = [
        65, 80, 96, 112, 127, 128, 129, 144, 160, 176, 192, 208, 224, 255, 256, 257, 300, 320, 384, 448, 511, 512, 513,
        640, 768, 1000, 1024, 1280, 1536, 2000, 2048, 3072, 4096, 6000, 8192, 12_288, 16_384, 24_576, 32_768, 49_152,
        65_536,
    ];
    let large = [96usize, 128, 256, 512, 1 << 10, 2 << 10, 4 << 10, 8 << 10, 12 << 10, 16 << 10, 32 << 10, 64 << 10];
    let large = large.into_iter().take(if short { 0 } else { usize::MAX });
    (1..=64).chain(middle).chain(large.map(|kibibytes| kibibytes << 10))
}

fn now() -> u64 {
    // SAFETY: x86-64 has both; the fence keeps what follows from starting early.
    unsafe {
        let ticks = __rdtscp(&mut 0);
        _mm_lfence();
        ticks
    }
}

/// Least ticks per call of ours and, twice, of the C library's function.
fn measure(size: usize, [ours, theirs]: [Loop; 2], arguments: &Arguments) -> [f64; 3] {
    const SUSPECT: f64 = 1.05;
    let calls = if arguments.sizes.is_null() { (200_000 / (size + 20)).clamp(1, 2000) } else { MIXED };
    let rounds = (1_200_000_000 / (calls * (size + 20) * 20)).clamp(16, 120);
    let mut best = [u64::MAX; 3];
    for _ in 0..5 {
        for round in 0..rounds * 3 {
            let side = (round + round / 3) % 3; // in an order that changes
            let start = now();
            // SAFETY: the caller's arguments are right for the function.
            unsafe { [ours, theirs, theirs][side](calls, arguments) };
            best[side] = best[side].min(now() - start);
        }
        if (best[0] as f64) < best[1].min(best[2]) as f64 * SUSPECT {
            break;
        }
    }
    best.map(|ticks| ticks as f64 / calls as f64)
}

/// Room for the largest block at some offset from a page's start.
struct Buffer(Vec<u8>);

impl Buffer {
    fn new() -> Self {
        Self(vec![1; LARGEST + (3 << 12)])
    }

    fn at(&mut self, offset: usize) -> usize {
        let start = self.0.as_mut_ptr();
        start.wrapping_add(start.align_offset(4096) + offset) as usize
    }
}

struct Table {
    only: Option<String>,
    above: f64,
    ratios: Vec<f64>,
}

impl Table {
    fn wants(&self, name: &str) -> bool {
        self.only.as_deref().is_none_or(|only| name.starts_with(only))
    }

    fn row(&mut self, name: &str, size: &str, [ours, first, second]: [f64; 3]) {
        let (theirs, noise) = (first.min(second), first.max(second) / first.min(second));
        self.ratios.push(ours / theirs);
        if ours / theirs > self.above {
            println!("{name}\t{size}\t{ours:.1}\t{theirs:.1}\t{:.2}\t{noise:.2}", ours / theirs);
        }
    }

    /// Calls with one size: free ones, and up to 4 KiB such that wait for each other.
    fn sized(&mut self, name: &str, size: usize, [ours, theirs]: [Loops; 2], values: [usize; 3]) {
        let arguments = Arguments { values, sizes: std::ptr::null() };
        if self.wants(name) {
            let free = measure(size, [ours.independent, theirs.independent], &arguments);
            self.row(name, &size.to_string(), free);
            if size <= 4096 {
                let linked = measure(size, [ours.dependent, theirs.dependent], &arguments);
                self.row(&format!("{name}, chained"), &size.to_string(), linked);
            }
        }
    }

    /// Calls whose sizes change.
    fn mixed(&mut self, name: &str, [ours, theirs]: [Loops; 2], values: [usize; 3]) {
        if !self.wants(name) {
            return;
        }
        for (least, most) in [(0, 7), (1, 15), (0, 32), (0, 64), (1, 128), (0, 300), (0, 1000)] {
            let mut state = 88_172_645_463_325_252_u64;
            let sizes: Vec<usize> = std::iter::repeat_with(|| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                least + (state >> 20) as usize % (most - least + 1)
            })
            .take(MIXED)
            .collect();
            let arguments = Arguments { values, sizes: sizes.as_ptr() };
            let ticks = measure((least + most) / 2, [ours.mixed, theirs.mixed], &arguments);
            self.row(&format!("{name}, changing"), &format!("{least}-{most}"), ticks);
        }
    }
}

fn main() {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut option = |name: &str, values: usize| {
        let at = arguments.iter().position(|argument| argument == name)?;
        Some(arguments.drain(at..=at + values).next_back().expect("drained"))
    };
    let plain = option("--plain", 0).is_some();
    match option("--features", 1).as_deref() {
        Some("sse2") => mem::limit_registers(16),
        Some("avx2") => mem::limit_registers(32),
        Some(other) => panic!("no features are called {other}"),
        None => mem::limit_registers(64),
    }
    if !plain {
        mem::prepare_for_heap(); // after the limit: the first long call makes the choice
    }
    let above = option("--above", 1).map_or(0.0, |ratio| ratio.parse().expect("a ratio"));
    let short = option("--short", 0).is_some();
    let mut table = Table { only: arguments.pop(), above, ratios: Vec::new() };
    println!("function\tbytes\tours\tglibc\tratio\tglibc to itself");
    let mut buffers = (Buffer::new(), Buffer::new());
    for size in sizes(short) {
        blocks(&mut table, &mut buffers, Some(size));
    }
    blocks(&mut table, &mut buffers, None);
    table.ratios.sort_by(f64::total_cmp);
    let at = |part: f64| table.ratios[((table.ratios.len() - 1) as f64 * part) as usize];
    eprintln!(
        "{} rows; ratio: median {:.2}, 95 % below {:.2}, 99 % below {:.2}, largest {:.2}",
        table.ratios.len(),
        at(0.5),
        at(0.95),
        at(0.99),
        at(1.0)
    );
}

/// Measures all functions with one size, or with changing ones.
fn blocks(table: &mut Table, (a, b): &mut (Buffer, Buffer), size: Option<usize>) {
    let mut row = |name: &str, loops: [Loops; 2], first: usize, second: usize| match size {
        Some(size) => table.sized(name, size, loops, [first, second, size]),
        None => table.mixed(name, loops, [first, second, 0]),
    };
    let copy = loops::memcpy(library(c"memcpy"));
    row("memcpy", copy, b.at(0x840), a.at(0x40));
    row("memcpy to +5", copy, b.at(0x845), a.at(0x40));
    row("memcpy from +3", copy, b.at(0x840), a.at(0x43));
    row("memcpy odd", copy, b.at(0x84b), a.at(0x51));
    let movement = loops::memmove(library(c"memmove"));
    row("memmove forwards", movement, a.at(0x40), a.at(0x68));
    row("memmove backwards", movement, a.at(0x68), a.at(0x40));
    let fill = loops::memset(library(c"memset"));
    row("memset", fill, b.at(0x840), 1);
    row("memset +3", fill, b.at(0x843), 1);
    a.0.fill(1);
    b.0.fill(1);
    let order = loops::memcmp(library(c"memcmp"));
    row("memcmp", order, a.at(0x40), b.at(0x840));
    row("memcmp odd", order, a.at(0x49), b.at(0x851));
    row("bcmp", loops::bcmp(library(c"bcmp")), a.at(0x40), b.at(0x841));
    let Some(size) = size else { return };
    for (name, offset) in [("strlen", 0x40), ("strlen +7", 0x47)] {
        let text = a.at(offset);
        // SAFETY: the buffer has room for the largest size and more.
        unsafe { ((text + size) as *mut u8).write(0) };
        row(name, loops::strlen(library(c"strlen")), text, 0);
        // SAFETY: as above.
        unsafe { ((text + size) as *mut u8).write(1) };
    }
}
