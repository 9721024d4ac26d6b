//! An overflow of the main thread's stack is reported and ends by SIGABRT.
//# status: 134
//# stderr: thread 'main' (
//# stderr: ) has overflowed its stack
#![no_std]
#![no_main]

use core::hint::black_box;

fn recurse(depth: u64) -> u64 {
    let frame = black_box([depth; 64]);
    if depth == u64::MAX { 0 } else { recurse(depth + 1) + frame[(depth % 64) as usize] }
}

fn main() -> i32 {
    fullrust_rt::signal::set_up();
    recurse(black_box(0)) as i32
}

fullrust::entry!(main);
