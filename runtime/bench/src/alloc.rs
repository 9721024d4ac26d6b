//! The allocator under the usual loads, in nanoseconds an operation. Compiled twice from this one source, against the
//! real std and against ours, it compares the C library's allocator with this runtime's; `bench/compare` does both.

use std::alloc::{GlobalAlloc, Layout, System};
use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::mpsc;
use std::thread;
use std::time::Instant;

/// A generator of pseudo-random numbers (xorshift).
struct Random(u64);

impl Random {
    fn next(&mut self) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 as usize
    }
}

fn layout(size: usize) -> Layout {
    Layout::from_size_align(size, 8).expect("a small size")
}

/// One block at a time.
fn pairs(size: usize, count: usize) {
    for _ in 0..count {
        // SAFETY: the layout has a size, and the block is freed once.
        unsafe {
            let block = black_box(System.alloc(layout(size)));
            block.write(1);
            System.dealloc(block, layout(size));
        }
    }
}

/// A thousand blocks, then all of them freed in order.
fn batches(size: usize, count: usize) {
    let mut blocks = Vec::with_capacity(1000);
    for _ in 0..count / 1000 {
        for _ in 0..1000 {
            // SAFETY: the layout has a size.
            let block = unsafe { System.alloc(layout(size)) };
            // SAFETY: the block is ours.
            unsafe { block.write(1) };
            blocks.push(block);
        }
        for block in blocks.drain(..) {
            // SAFETY: each block is freed once.
            unsafe { System.dealloc(block, layout(size)) };
        }
    }
}

/// Replaces random ones of many live blocks of random sizes.
fn churn(seed: u64, largest: usize, live: usize, count: usize) {
    let mut random = Random(seed);
    let mut blocks: Vec<Vec<u8>> = (0..live).map(|_| Vec::new()).collect();
    for _ in 0..count {
        let size = 1 + random.next() % largest;
        let mut new = Vec::with_capacity(size);
        new.push(1);
        blocks[random.next() % live] = new;
    }
    black_box(blocks);
}

/// Vectors that grow by one element at a time.
fn growth(count: usize) {
    for _ in 0..count / 100_000 {
        let mut vector = Vec::new();
        for value in 0..100_000u64 {
            vector.push(value);
        }
        black_box(vector);
    }
}

/// What programs do: maps of strings.
fn strings(count: usize) {
    let mut random = Random(7);
    let mut map = BTreeMap::new();
    for value in 0..count {
        map.insert(format!("key {}", random.next() % 50_000), value.to_string());
    }
    black_box(map);
}

/// Blocks that one thread allocates and another frees.
fn handed_over(count: usize) {
    let (sender, receiver) = mpsc::sync_channel::<Vec<Box<[u8; 64]>>>(16);
    let consumer = thread::spawn(move || receiver.into_iter().map(|batch| batch.len()).sum::<usize>());
    for _ in 0..count / 1000 {
        sender.send((0..1000).map(|_| Box::new([1u8; 64])).collect()).expect("a consumer");
    }
    drop(sender);
    assert_eq!(consumer.join().expect("the sum"), count / 1000 * 1000);
}

fn in_threads(threads: usize, body: impl Fn(u64) + Sync) {
    thread::scope(|scope| {
        for index in 0..threads {
            let body = &body;
            scope.spawn(move || body(index as u64 + 1));
        }
    });
}

fn measure(name: &str, operations: usize, mut body: impl FnMut()) {
    let best = (0..5)
        .map(|_| {
            let start = Instant::now();
            body();
            start.elapsed().as_nanos() as f64 / operations as f64
        })
        .fold(f64::MAX, f64::min);
    println!("{name}\t{best:.2}");
}

fn main() {
    const MANY: usize = 2_000_000;
    for size in [16, 64, 1000, 8000] {
        measure(&format!("pairs of {size}"), MANY, || pairs(size, MANY));
        measure(&format!("batches of {size}"), MANY / 4, || batches(size, MANY / 4));
    }
    measure("pairs of 100000", MANY / 20, || pairs(100_000, MANY / 20));
    measure("pairs of 1000000", MANY / 20, || pairs(1_000_000, MANY / 20));
    measure("churn up to 256", MANY, || churn(1, 256, 10_000, MANY));
    measure("churn up to 4000", MANY, || churn(1, 4000, 10_000, MANY));
    measure("churn up to 100000", MANY / 4, || churn(1, 100_000, 200, MANY / 4));
    measure("growth", MANY, || growth(MANY));
    measure("strings", MANY / 4, || strings(MANY / 4));
    measure("handed over", MANY, || handed_over(MANY));
    for threads in [2, 4, 8] {
        let each = MANY / threads;
        measure(&format!("pairs of 64, {threads} threads"), MANY, || in_threads(threads, |_| pairs(64, each)));
        measure(&format!("churn up to 256, {threads} threads"), MANY, || {
            in_threads(threads, |seed| churn(seed, 256, 2000, each));
        });
    }
}
