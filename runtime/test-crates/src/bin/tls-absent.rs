//! A program without PT_TLS starts, and its threads have control blocks all the same.
//# stdout: ok
#![no_std]
#![no_main]

use fullrust::prelude::*;
use fullrust_rt::thread;

fn main() {
    assert_eq!(thread::current_id(), 1);
    let other = test_crates::thread(Default::default(), || assert_ne!(thread::current_id(), 1));
    other.expect("a thread").join();
    println!("ok");
}

fullrust::entry!(main);
