//! Panics of several threads at once, each caught on its own.
//# stdout: 8000
#![no_std]
#![no_main]

use core::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use fullrust::prelude::*;
use fullrust_rt::thread::spawn;
use test_unwind::catch;

static CAUGHT: AtomicUsize = AtomicUsize::new(0);

unsafe fn throw(_: *mut u8) {
    for number in 0..1000 {
        let text = vec![number; 10];
        if catch(|| panic!("{}", text[text.len() - 1])).is_err_and(|message: String| message == number.to_string()) {
            CAUGHT.fetch_add(1, SeqCst);
        }
    }
}

fn main() {
    // SAFETY: the function ignores its argument and catches its panics.
    let threads: Vec<_> = (0..8).map(|_| unsafe { spawn(Default::default(), throw, core::ptr::null_mut()) }).collect();
    for thread in threads {
        thread.expect("a thread").join();
    }
    println!("{}", CAUGHT.load(SeqCst));
}

fullrust::entry!(main);
