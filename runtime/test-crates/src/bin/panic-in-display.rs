//! A panic while a panic is printed ends at once.
//# status: 134
//# stderr: thread panicked while processing panic
#![no_std]
#![no_main]

use core::fmt;

struct Bad;

impl fmt::Display for Bad {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        panic!("inner")
    }
}

fn main() {
    panic!("{}", Bad);
}

fullrust::entry!(main);
