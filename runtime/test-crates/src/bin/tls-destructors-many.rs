//! Ten thousand destructors of one thread all run, and one that registers itself again and again does not hang it.
//# stdout: ok
#![no_std]
#![no_main]

use core::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use fullrust::prelude::*;
use fullrust_rt::thread::register_destructor;

static RUN: AtomicUsize = AtomicUsize::new(0);

unsafe extern "C" fn count(_: *mut u8) {
    RUN.fetch_add(1, SeqCst);
}

unsafe extern "C" fn again(value: *mut u8) {
    // SAFETY: it is sound at any time.
    unsafe { register_destructor(value, again) };
}

fn main() {
    let thread = test_crates::thread(Default::default(), || {
        // SAFETY: both are sound at any time.
        unsafe { register_destructor(core::ptr::null_mut(), again) };
        for _ in 0..10_000 {
            // SAFETY: as above.
            unsafe { register_destructor(core::ptr::null_mut(), count) };
        }
    });
    thread.expect("a thread").join();
    assert_eq!(RUN.load(SeqCst), 10_000);
    println!("ok");
}

fullrust::entry!(main);
