//! An overflow of a thread's stack hits the guard page and is reported with the thread's name.
//# status: 134
//# stderr: thread 'deep' (
//# stderr: ) has overflowed its stack
#![no_std]
#![no_main]

use core::hint::black_box;

use fullrust_rt::thread::Options;

fn recurse(depth: u64) -> u64 {
    let frame = black_box([depth; 64]);
    if depth == u64::MAX { 0 } else { recurse(depth + 1) + frame[(depth % 64) as usize] }
}

fn main() {
    fullrust_rt::signal::set_up();
    let options = Options { name: Some(b"deep"), stack_size: 64 << 10 };
    let thread = test_crates::thread(options, || assert_ne!(recurse(black_box(0)), 1));
    thread.expect("a thread").join();
}

fullrust::entry!(main);
