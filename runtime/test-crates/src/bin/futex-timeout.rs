//! Waiting ends at its deadline, by a wake-up, and at once if the word has changed.
//# stdout: ok
#![no_std]
#![no_main]

use core::sync::atomic::{AtomicU32, Ordering::SeqCst};
use core::time::Duration;

use fullrust::prelude::*;
use fullrust_rt::{futex, time};
use fullrust_sys::time::CLOCK_MONOTONIC;

static WORD: AtomicU32 = AtomicU32::new(0);

fn milliseconds() -> i64 {
    let now = time::now(CLOCK_MONOTONIC);
    now.tv_sec * 1000 + now.tv_nsec / 1_000_000
}

fn main() {
    let start = milliseconds();
    assert!(!futex::wait(&WORD, 0, Some(Duration::from_millis(30))));
    let passed = milliseconds() - start;
    assert!((29..2000).contains(&passed), "{passed}");
    assert!(futex::wait(&WORD, 1, None));
    let waker = test_crates::thread(Default::default(), || {
        WORD.store(1, SeqCst);
        futex::wake_all(&WORD);
    });
    while WORD.load(SeqCst) == 0 {
        assert!(futex::wait(&WORD, 0, Some(Duration::MAX)));
    }
    waker.expect("a thread").join();
    println!("ok");
}

fullrust::entry!(main);
