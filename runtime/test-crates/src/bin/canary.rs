//! The stack-protector value lies at %fs:0x28, is random and has a zero in its low byte; threads share it.
//# stdout: ok
#![no_std]
#![no_main]

use fullrust::prelude::*;

fn canary() -> u64 {
    let value;
    // SAFETY: the control block has this word.
    unsafe { core::arch::asm!("mov {}, fs:[0x28]", out(reg) value) };
    value
}

fn main() {
    let main = canary();
    assert_ne!(main, 0);
    assert_eq!(main & 0xff, 0);
    let thread = test_crates::thread(Default::default(), move || assert_eq!(canary(), main));
    thread.expect("a thread").join();
    println!("ok");
}

fullrust::entry!(main);
