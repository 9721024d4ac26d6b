//! A panic that reaches a function which must not unwind, as the C-shaped `__fullrust_main`, ends the process there.
//# status: 134
//# stdout: dropped
//# stderr: panic in a function that cannot unwind
#![no_std]
#![no_main]

use fullrust::prelude::*;
use test_unwind as _;

struct Noisy;

impl Drop for Noisy {
    fn drop(&mut self) {
        println!("dropped");
    }
}

fn main() {
    let _noisy = Noisy;
    panic!("nobody");
}

fullrust::entry!(main);
