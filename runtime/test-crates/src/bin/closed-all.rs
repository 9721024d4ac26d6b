//! With all three standard descriptors closed the program runs, and they lead to /dev/null afterwards.
//# close: 0
//# close: 1
//# close: 2
//# status: 5
#![no_std]
#![no_main]

use fullrust_sys::io;

fn main() -> i32 {
    fullrust_rt::start::open_standard_descriptors();
    let all_open = (0..3).all(|fd| io::fcntl(fd, io::F_GETFD, 0).is_ok());
    let is_null = io::read(0, &mut [0; 8]) == Ok(0);
    if all_open && is_null { 5 } else { 1 }
}

fullrust::entry!(main);
