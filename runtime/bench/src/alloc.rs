//! The allocator under the usual loads, in nanoseconds an operation. Compiled twice from this one source, against the
//! real std and against ours, it compares the C library's allocator with this runtime's; `bench/compare` does both.
//!
//! The loads are named after the programs that made them known (larson, xmalloc, cache-scratch, sh6bench, sh8bench);
//! all are written here from their descriptions.

#[path = "rounds.rs"]
mod rounds;

use std::alloc::{GlobalAlloc, Layout, System};
use std::collections::BTreeMap;
use std::hint::black_box;
use std::sync::mpsc;
use std::thread;

use rounds::{Random, in_threads, measure};

fn layout(size: usize) -> Layout {
    Layout::from_size_align(size, 8).expect("a small size")
}

/// A block of the allocator, as the C library's users have them: with its size, freed by hand.
#[derive(Clone, Copy)]
struct Block(*mut u8, usize);

// SAFETY: a block has one owner at a time.
unsafe impl Send for Block {}

impl Block {
    const NONE: Self = Self(std::ptr::null_mut(), 0);

    fn new(size: usize) -> Self {
        // SAFETY: the layout has a size, and the first byte is ours.
        unsafe {
            let block = System.alloc(layout(size));
            block.write(1);
            Self(block, size)
        }
    }

    fn free(self) {
        if self.1 != 0 {
            // SAFETY: each block is freed once.
            unsafe { System.dealloc(self.0, layout(self.1)) };
        }
    }
}

/// One block at a time.
fn pairs(size: usize, count: usize) {
    for _ in 0..count {
        black_box(Block::new(size)).free();
    }
}

/// A thousand blocks, then all of them freed in order.
fn batches(size: usize, count: usize) {
    let mut blocks = Vec::with_capacity(1000);
    for _ in 0..count / 1000 {
        blocks.extend((0..1000).map(|_| Block::new(size)));
        blocks.drain(..).for_each(Block::free);
    }
}

/// Replaces random ones of many live blocks of random sizes: larson, without the handing on.
struct Churn {
    random: Random,
    largest: usize,
    live: Vec<Block>,
}

impl Churn {
    fn new(seed: u64, largest: usize, live: usize) -> Self {
        Self { random: Random(seed), largest, live: vec![Block::NONE; live] }
    }

    fn run(&mut self, count: usize) {
        for _ in 0..count {
            let size = 1 + self.random.next() % self.largest;
            let place = self.random.next() % self.live.len();
            std::mem::replace(&mut self.live[place], Block::new(size)).free();
        }
    }
}

impl Drop for Churn {
    fn drop(&mut self) {
        self.live.drain(..).for_each(Block::free);
    }
}

/// sh6bench: runs of blocks of growing sizes; most are freed in order, some much later.
fn sh6bench(count: usize) {
    let mut late: Vec<Block> = Vec::new();
    let mut run = Vec::with_capacity(64);
    for index in 0..count / 50 {
        let size = 1 + (index * 37) % 1000;
        run.extend((0..50).map(|_| Block::new(size)));
        let kept = run.split_off(45);
        run.drain(..).rev().for_each(Block::free);
        late.extend(kept);
        if late.len() > 5000 {
            late.drain(..2500).for_each(Block::free);
        }
    }
    late.into_iter().for_each(Block::free);
}

/// sh8bench: as the former, with sizes from a skewed distribution, freed alternately from both ends.
fn sh8bench(seed: u64, count: usize) {
    let mut random = Random(seed);
    let mut live = std::collections::VecDeque::with_capacity(4096);
    for index in 0..count {
        let size = 8 << (random.next() % 10).min(random.next() % 10);
        live.push_back(Block::new(size + random.next() % 8));
        if live.len() == 4000 {
            for _ in 0..2000 {
                let end = if index & 1 == 0 { live.pop_front() } else { live.pop_back() };
                end.into_iter().for_each(Block::free);
            }
        }
    }
    live.into_iter().for_each(Block::free);
}

/// Vectors that grow by one element at a time.
fn growth(count: usize) {
    let mut vector = Vec::new();
    for value in 0..count as u64 {
        vector.push(value);
    }
    black_box(vector);
}

/// What programs do: maps of strings.
fn strings(count: usize) {
    let mut random = Random(7);
    let mut map = BTreeMap::new();
    for value in 0..count {
        map.insert(format!("key {}", random.next() % 5_000), value.to_string());
    }
    black_box(map);
}

/// xmalloc: half of the threads allocate, the others free.
fn xmalloc(pairs: usize, count: usize) {
    thread::scope(|scope| {
        for _ in 0..pairs {
            let (sender, receiver) = mpsc::sync_channel::<Vec<Block>>(16);
            scope.spawn(move || receiver.into_iter().flatten().for_each(Block::free));
            scope.spawn(move || {
                for batch in 0..count / pairs / 100 {
                    sender
                        .send((0..100).map(|index| Block::new(16 + (batch + index) % 200)).collect())
                        .expect("a consumer");
                }
            });
        }
    });
}

/// larson: threads churn, and hand their blocks to a thread that goes on with them.
fn larson(threads: usize, count: usize) {
    let mut states: Vec<Churn> = (0..threads).map(|index| Churn::new(index as u64 + 1, 500, 1000)).collect();
    for _ in 0..4 {
        states.rotate_left(1);
        thread::scope(|scope| {
            for state in &mut states {
                scope.spawn(move || state.run(count / threads / 4));
            }
        });
    }
}

/// cache-scratch: each thread frees a block that came from its parent, and writes to small ones of its own.
fn cache_scratch(threads: usize, count: usize) {
    thread::scope(|scope| {
        for _ in 0..threads {
            let first = Block::new(8);
            scope.spawn(move || {
                let first = first;
                first.free();
                for _ in 0..count / threads / 10 {
                    let block = Block::new(8);
                    for _ in 0..10 {
                        // SAFETY: the block is ours.
                        unsafe { block.0.write_volatile(block.0.read_volatile().wrapping_add(1)) };
                    }
                    block.free();
                }
            });
        }
    });
}

fn main() {
    for size in [16, 64, 1000, 8000] {
        measure(&format!("pairs of {size}"), 20_000, || pairs(size, 20_000));
        measure(&format!("batches of {size}"), 20_000, || batches(size, 20_000));
    }
    measure("pairs of 100000", 1000, || pairs(100_000, 1000));
    measure("pairs of 1000000", 1000, || pairs(1_000_000, 1000));
    for (largest, live) in [(256, 10_000), (4000, 10_000), (100_000, 200)] {
        let mut churn = Churn::new(1, largest, live);
        churn.run(50_000);
        measure(&format!("churn up to {largest}"), 20_000, || churn.run(20_000));
    }
    measure("sh6bench", 20_000, || sh6bench(20_000));
    measure("sh8bench", 20_000, || sh8bench(3, 20_000));
    measure("growth", 100_000, || growth(100_000));
    measure("strings", 10_000, || strings(10_000));
    measure("xmalloc, 2 threads", 100_000, || xmalloc(1, 100_000));
    measure("xmalloc, 4 threads", 100_000, || xmalloc(2, 100_000));
    for threads in [2, 4, 8] {
        measure(&format!("larson, {threads} threads"), 200_000, || larson(threads, 200_000));
        measure(&format!("cache-scratch, {threads} threads"), 400_000, || cache_scratch(threads, 400_000));
        measure(&format!("pairs of 64, {threads} threads"), 400_000, || {
            in_threads(threads, |_| pairs(64, 400_000 / threads));
        });
        measure(&format!("sh8bench, {threads} threads"), 200_000, || {
            in_threads(threads, |seed| sh8bench(seed, 200_000 / threads));
        });
    }
}
