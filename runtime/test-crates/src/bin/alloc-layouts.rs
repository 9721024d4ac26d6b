//! Every size and alignment up to 4 MiB: aligned, apart from its neighbours, zeroed where asked, kept by realloc.
//# stdout: ok
#![no_std]
#![no_main]

use core::alloc::Layout;

use fullrust::prelude::*;
use fullrust_rt::alloc::{allocate, allocate_zeroed, deallocate, reallocate};

const SIZES: [usize; 20] = [
    1,
    8,
    15,
    16,
    17,
    100,
    129,
    512,
    1000,
    4095,
    4096,
    4097,
    10_000,
    32_769,
    65_535,
    65_536,
    65_537,
    300_000,
    1 << 20,
    4 << 20,
];

fn fill(block: *mut u8, length: usize, value: u8) {
    // SAFETY: the callers' blocks have that length.
    unsafe { block.write_bytes(value, length) };
}

fn holds(block: *mut u8, length: usize, value: u8) -> bool {
    // SAFETY: the callers' blocks have that length and are initialised.
    unsafe { core::slice::from_raw_parts(block, length) }.iter().all(|&byte| byte == value)
}

fn check(size: usize, alignment: usize) {
    let layout = Layout::from_size_align(size, alignment).expect("a layout");
    let blocks = [allocate(layout), allocate_zeroed(layout), allocate(layout)];
    for block in blocks {
        assert!(!block.is_null() && block.addr() % alignment == 0);
    }
    assert!(holds(blocks[1], size, 0));
    for (block, value) in blocks.into_iter().zip(1..) {
        fill(block, size, value);
    }
    for (block, value) in blocks.into_iter().zip(1..) {
        assert!(holds(block, size, value));
        let new_size = size * 3 / 2 + 1;
        // SAFETY: the block came from above with this layout.
        let moved = unsafe { reallocate(block, layout, new_size) };
        assert!(!moved.is_null() && moved.addr() % alignment == 0 && holds(moved, size, value));
        let new_layout = Layout::from_size_align(new_size, alignment).expect("a layout");
        fill(moved, new_size, 0xee);
        // SAFETY: as above.
        let shrunk = unsafe { reallocate(moved, new_layout, 1) };
        assert!(holds(shrunk, 1, 0xee));
        // SAFETY: as above.
        unsafe { deallocate(shrunk, Layout::from_size_align(1, alignment).expect("a layout")) };
    }
    let again = allocate_zeroed(layout);
    assert!(holds(again, size, 0), "recycled memory is not zeroed");
    // SAFETY: the block came from above.
    unsafe { deallocate(again, layout) };
}

fn main() {
    for size in SIZES {
        for bits in 0..=22 {
            check(size, 1 << bits);
        }
    }
    println!("ok");
}

fullrust::entry!(main);
