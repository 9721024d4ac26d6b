//! What a function may expect of the machine when it is called (x86-64 psABI 3.2.1, 3.2.2), in the main thread and in others:
//! floating-point control words as the kernel sets them, the direction flag clear, the stack aligned.
//# stdout: main 1f80 37f 0 0
//# stdout: thread 1f80 37f 0 0
#![no_std]
#![no_main]

use core::arch::asm;

use fullrust::prelude::*;
use test_crates::thread;

#[repr(align(16))]
struct Aligned(u8);

fn report(who: &str) {
    let (mut vector, mut x87, flags): (u32, u16, u64);
    (vector, x87) = (0, 0);
    // SAFETY: the instructions write to these variables and keep the flags.
    unsafe {
        asm!("stmxcsr [{}]", in(reg) &raw mut vector, options(nostack));
        asm!("fnstcw [{}]", in(reg) &raw mut x87, options(nostack));
        asm!("pushfq", "pop {}", out(reg) flags);
    }
    let aligned = core::hint::black_box(Aligned(1));
    let place = (&raw const aligned.0).addr();
    println!("{who} {vector:x} {x87:x} {} {}", flags >> 10 & 1, place % 16);
}

fn main() {
    report("main");
    thread(Default::default(), || report("thread")).expect("a thread").join();
}

fullrust::entry!(main);
