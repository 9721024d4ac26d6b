//! Memory that was freed goes back to the kernel, small blocks and large ones, but for a bounded rest.
//# stdout: ok
#![no_std]
#![no_main]

use fullrust::prelude::*;
use test_crates::resident_pages;

fn main() {
    let before = resident_pages();
    let small: Vec<Box<[u8; 100]>> = (0..500_000).map(|_| Box::new([1; 100])).collect();
    let large = vec![1u8; 32 << 20];
    let during = resident_pages();
    drop((small, large));
    let after = resident_pages();
    assert!(during - before > 20_000, "{before} {during}");
    // A few large mappings are kept, 32 MiB at most.
    assert!(after - before < 9_000, "{before} {after}");
    println!("ok");
}

fullrust::entry!(main);
