//! Errors of the kernel arrive with number, name and text.
//# stdout: 2 ENOENT No such file or directory
//# stdout: 9 EBADF Bad file descriptor
//# stdout: 4000 Errno(4000) Unknown error 4000
#![no_std]
#![no_main]

use fullrust::prelude::*;
use fullrust_sys::{Errno, fs, io as kernel};

fn main() {
    let missing = fs::openat(fs::AT_FDCWD, c"/no/such/file", fs::O_RDONLY, 0).unwrap_err();
    let closed = kernel::close(-1).unwrap_err();
    for errno in [missing, closed, Errno::from_raw(4000)] {
        println!("{} {errno:?} {errno}", errno.raw());
    }
}

fullrust::entry!(main);
