//! Destructors run newest first, those registered by destructors too, at a thread's end and at the end of main.
//# stdout: thread ends
//# stdout: value 2
//# stdout: value 3
//# stdout: value 1
//# stdout: main ends
//# stdout: value 5
//# stdout: value 4
#![no_std]
#![no_main]

use fullrust::prelude::*;
use fullrust_rt::thread::register_destructor;

unsafe extern "C" fn show(value: *mut u8) {
    println!("value {}", value.addr());
    if value.addr() == 2 {
        register(3);
    }
}

fn register(value: usize) {
    // SAFETY: the destructor only prints the number.
    unsafe { register_destructor(core::ptr::without_provenance_mut(value), show) };
}

fn main() {
    let thread = test_crates::thread(Default::default(), || {
        register(1);
        register(2);
        println!("thread ends");
    });
    thread.expect("a thread").join();
    register(4);
    register(5);
    println!("main ends");
}

fullrust::entry!(main);
