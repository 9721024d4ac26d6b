//! Measuring for the programs that are compiled against both standard libraries: one line a load, name and nanoseconds.
//!
//! Rounds are short and the best one counts, so that what else the machine does falls out.
#![allow(dead_code)] // each program uses its part

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

/// A generator of pseudo-random numbers (xorshift).
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 as usize
    }
}

const TIME: Duration = Duration::from_millis(400);
const LEAST_ROUNDS: usize = 5;
const MOST_ROUNDS: usize = 400;

fn best(operations: usize, mut round: impl FnMut() -> u64) -> f64 {
    let start = Instant::now();
    let mut best = u64::MAX;
    let mut rounds = 0;
    while rounds < LEAST_ROUNDS || (rounds < MOST_ROUNDS && start.elapsed() < TIME) {
        best = best.min(round());
        rounds += 1;
    }
    best as f64 / operations as f64
}

/// A load: the least time of its rounds.
pub fn measure(name: &str, operations: usize, mut body: impl FnMut()) {
    let nanoseconds = best(operations, || {
        let start = Instant::now();
        body();
        start.elapsed().as_nanos() as u64
    });
    println!("{name}\t{nanoseconds:.2}");
}

/// Threads with numbers from 1 on.
pub fn in_threads(threads: usize, body: impl Fn(u64) + Sync) {
    thread::scope(|scope| {
        for index in 0..threads {
            let body = &body;
            scope.spawn(move || body(index as u64 + 1));
        }
    });
}

/// A folder for files, removed by the caller.
pub fn scratch_folder() -> std::path::PathBuf {
    let folder = std::env::temp_dir().join(format!("fullrust-bench-{}", std::process::id()));
    fs::create_dir_all(&folder).expect("a folder for temporary files");
    folder
}
