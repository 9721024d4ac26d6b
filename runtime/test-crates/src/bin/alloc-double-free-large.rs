//! Freeing a block with a mapping of its own twice in a row is noticed.
//# status: 134
//# stderr: memory was freed twice
#![no_std]
#![no_main]

use core::alloc::Layout;

use fullrust_rt::alloc::{allocate, deallocate};

fn main() {
    let (small, large) = (Layout::new::<u64>(), Layout::new::<[u64; 40_000]>());
    let (_heap, block) = (allocate(small), allocate(large));
    // SAFETY: none for the second; the mistake is the point.
    unsafe {
        deallocate(block, large);
        deallocate(block, large);
    }
}

fullrust::entry!(main);
