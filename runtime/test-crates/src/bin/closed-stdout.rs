//! A closed stdout takes everything; opened at start-up, its number cannot become a file's.
//# close: 1
#![no_std]
#![no_main]

use fullrust::prelude::*;
use fullrust_sys::{fs, io as kernel};

fn main() {
    println!("into the void");
    fullrust_rt::start::open_standard_descriptors();
    let fd = fs::openat(fs::AT_FDCWD, c"/proc/self/status", fs::O_RDONLY, 0).expect("a file");
    assert!(fd > 2);
    assert_eq!(kernel::write(1, b"x"), Ok(1));
}

fullrust::entry!(main);
