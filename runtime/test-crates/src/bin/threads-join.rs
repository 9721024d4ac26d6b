//! Ten thousand threads, one after the other and in groups, leave no mapping and no memory behind.
//# stdout: ok
#![no_std]
#![no_main]

use core::sync::atomic::{AtomicUsize, Ordering::SeqCst};

use fullrust::prelude::*;
use test_crates::{mapping_count, resident_pages, thread};

static RUN: AtomicUsize = AtomicUsize::new(0);

fn body() {
    let text = format!("thread {}", fullrust_rt::thread::current_id());
    RUN.fetch_add(text.len().min(1), SeqCst);
}

fn main() {
    thread(Default::default(), body).expect("a thread").join();
    let (mappings, pages) = (mapping_count(), resident_pages());
    for _ in 0..1000 {
        let group: Vec<_> = (0..10).map(|_| thread(Default::default(), body).expect("a thread")).collect();
        for thread in group {
            thread.join();
        }
    }
    assert_eq!(RUN.load(SeqCst), 10_001);
    assert!(mapping_count() <= mappings + 12, "{mappings} {}", mapping_count());
    assert!(resident_pages() <= pages + 200, "{pages} {}", resident_pages());
    println!("ok");
}

fullrust::entry!(main);
