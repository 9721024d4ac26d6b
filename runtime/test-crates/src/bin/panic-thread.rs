//! A panic of a thread ends the whole process, and its message has the thread's name.
//# status: 134
//# stderr: thread 'worker' panicked at
#![no_std]
#![no_main]

use fullrust::prelude::*;
use fullrust_rt::thread::Options;

fn main() {
    let options = Options { name: Some(b"worker"), ..Default::default() };
    test_crates::thread(options, || panic!("on purpose")).expect("a thread").join();
    println!("not reached");
}

fullrust::entry!(main);
