//! Ten thousand detached threads remove their own memory.
//# stdout: ok
#![no_std]
#![no_main]

use core::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use fullrust::prelude::*;
use fullrust_sys::thread::sched_yield;
use test_crates::{mapping_count, thread};

static RUNNING: AtomicUsize = AtomicUsize::new(0);
static RUN: AtomicUsize = AtomicUsize::new(0);

fn main() {
    let before = mapping_count();
    for _ in 0..10_000 {
        while RUNNING.load(SeqCst) > 32 {
            sched_yield();
        }
        RUNNING.fetch_add(1, SeqCst);
        let body = || {
            RUN.fetch_add(1, SeqCst);
            RUNNING.fetch_sub(1, SeqCst);
        };
        drop(thread(Default::default(), body).expect("a thread"));
    }
    while RUNNING.load(SeqCst) > 0 || mapping_count() > before + 60 {
        sched_yield();
    }
    assert_eq!(RUN.load(SeqCst), 10_000);
    println!("ok");
}

fullrust::entry!(main);
