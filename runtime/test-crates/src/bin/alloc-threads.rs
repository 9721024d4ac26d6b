//! Blocks allocated by one thread and freed by others: contents hold, nothing is handed out twice, memory is bounded.
//# stdout: ok
#![no_std]
#![no_main]

use core::sync::atomic::{AtomicPtr, AtomicUsize, Ordering::*};

use fullrust::prelude::*;

const SLOTS: usize = 1024;
const THREADS: usize = 4;
const ROUNDS: usize = 200_000;

static TABLE: [AtomicPtr<Vec<usize>>; SLOTS] = [const { AtomicPtr::new(core::ptr::null_mut()) }; SLOTS];
static LIVE: AtomicUsize = AtomicUsize::new(0);

/// Swaps new vectors for those of whoever was there before, checks and frees them.
fn churn(mut seed: usize) {
    for _ in 0..ROUNDS {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        let length = 1 + (seed >> 20) % if seed & 127 == 0 { 20_000 } else { 60 };
        let new = Box::into_raw(Box::new(vec![seed; length]));
        LIVE.fetch_add(1, Relaxed);
        check(TABLE[seed % SLOTS].swap(new, AcqRel));
    }
}

fn check(old: *mut Vec<usize>) {
    if !old.is_null() {
        // SAFETY: the exchange gave the box to us alone.
        let old = unsafe { Box::from_raw(old) };
        assert!(old.iter().all(|&value| value == old[0]));
        LIVE.fetch_sub(1, Relaxed);
    }
}

fn main() {
    for round in 0..3 {
        let threads: Vec<_> = (0..THREADS)
            .map(|index| test_crates::thread(Default::default(), move || churn(round * 77 + index * 7919 + 1)))
            .collect();
        for thread in threads {
            thread.expect("a thread").join();
        }
    }
    for slot in &TABLE {
        check(slot.swap(core::ptr::null_mut(), AcqRel));
    }
    assert_eq!(LIVE.load(Relaxed), 0);
    println!("ok");
}

fullrust::entry!(main);
