//! A panic prints thread, place and message, and ends the process with status 134.
//# status: 134
//# stderr: thread 'main' panicked at test-crates/src/bin/panic-text.rs:
//# stderr: answer is 42
#![no_std]
#![no_main]

fn main() {
    panic!("answer is {}", core::hint::black_box(42));
}

fullrust::entry!(main);
