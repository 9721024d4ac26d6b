//! Freeing a block twice in a row is noticed.
//# status: 134
//# stderr: memory was freed twice
#![no_std]
#![no_main]

use core::alloc::Layout;

use fullrust_rt::alloc::{allocate, deallocate};

fn main() {
    let layout = Layout::new::<[u64; 4]>();
    let (block, _other) = (allocate(layout), allocate(layout));
    // SAFETY: none for the second; the mistake is the point.
    unsafe {
        deallocate(block, layout);
        deallocate(block, layout);
    }
}

fullrust::entry!(main);
