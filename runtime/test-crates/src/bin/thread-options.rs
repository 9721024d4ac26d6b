//! Stack size and name are as asked; a stack that cannot be had is an error, and nothing runs.
//# stdout: a-name-that-is-
//# stdout: a-name-that-is-too-long
//# stdout: ok
#![no_std]
#![no_main]

use core::hint::black_box;

use fullrust::prelude::*;
use fullrust_rt::thread::{Options, current_name};
use fullrust_sys::Errno;

fn use_stack() {
    let large = black_box([1u8; 3 << 20]);
    assert_eq!(large[large.len() - 1], 1);
}

fn main() {
    let name: &[u8] = b"a-name-that-is-too-long";
    let thread = test_crates::thread(Options { name: Some(name), ..Default::default() }, || {
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        print!("{}", text(&test_crates::read_file(c"/proc/thread-self/comm").expect("a name")));
        println!("{}", text(current_name().unwrap_or_default()));
    });
    thread.expect("a thread").join();
    let big = Options { stack_size: 8 << 20, ..Default::default() };
    test_crates::thread(big, use_stack).expect("a thread").join();
    let absurd = Options { stack_size: usize::MAX, ..Default::default() };
    let refused = test_crates::thread(absurd, || panic!("it runs"));
    assert_eq!(refused.err(), Some(Errno::EINVAL));
    println!("ok");
}

fullrust::entry!(main);
