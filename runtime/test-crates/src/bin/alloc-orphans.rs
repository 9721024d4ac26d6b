//! Blocks of threads that have ended, freed by another one afterwards, are used again: memory does not grow.
//# stdout: ok
#![no_std]
#![no_main]

use core::sync::atomic::{AtomicPtr, Ordering::SeqCst};

use fullrust::prelude::*;
use test_crates::{resident_pages, thread};

type Blocks = Vec<Box<[u8; 1000]>>;

static HANDED_OVER: AtomicPtr<Blocks> = AtomicPtr::new(core::ptr::null_mut());

/// Eight megabytes of a thread that is gone when they are freed.
fn orphans() -> Box<Blocks> {
    let body = || {
        let blocks: Blocks = (0..8000).map(|_| Box::new([1; 1000])).collect();
        HANDED_OVER.store(Box::into_raw(Box::new(blocks)), SeqCst);
    };
    thread(Default::default(), body).expect("a thread").join();
    // SAFETY: the thread has stored its box, once.
    unsafe { Box::from_raw(HANDED_OVER.load(SeqCst)) }
}

fn main() {
    // Two at once, so that two heaps wait with blocks to be collected.
    drop((orphans(), orphans()));
    let before = resident_pages();
    for _ in 0..20 {
        drop((orphans(), orphans()));
    }
    let own: Blocks = (0..8000).map(|_| Box::new([1; 1000])).collect();
    assert!(resident_pages() < before + 2_500, "{before} {}", resident_pages());
    drop(own);
    println!("ok");
}

fullrust::entry!(main);
