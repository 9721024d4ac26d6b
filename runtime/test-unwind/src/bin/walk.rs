//! Walking the stack shows each caller up to `_start`, from the main thread and from another one.
//# stdout: main: deep 20, ends: true
//# stdout: thread: deep 20, ends: true
#![no_std]
#![no_main]

use core::hint::black_box;

use fullrust::prelude::*;
use fullrust_rt::thread::spawn;
use fullrust_rt::unwind::walk;
use test_unwind as _;

/// How many frames return into the recursive call, and whether the walk came to its end before its limit.
#[inline(never)]
fn recurse(depth: usize) -> (usize, bool) {
    if depth > 0 {
        let result = recurse(black_box(depth - 1));
        return black_box(result);
    }
    // The frames of the recursive calls have one and the same return address, that of the second frame.
    let (mut address, mut own, mut frames) = (0, 0, 0);
    walk(|frame| {
        if frames == 1 {
            address = frame.instruction_pointer();
        }
        own += usize::from(frames > 0 && frame.instruction_pointer() == address);
        frames += 1;
        frames < 1000
    });
    (own, frames < 1000)
}

fn report(name: &str) {
    let (deep, ends) = recurse(black_box(20));
    println!("{name}: deep {deep}, ends: {ends}");
}

unsafe fn body(_: *mut u8) {
    report("thread");
}

fn main() {
    report("main");
    // SAFETY: the function ignores its argument.
    unsafe { spawn(Default::default(), body, core::ptr::null_mut()) }.expect("a thread").join();
}

fullrust::entry!(main);
