//! With signals set up, writing to a pipe that nobody reads is an error, not a death.
//# stdout: ok
#![no_std]
#![no_main]

use fullrust::prelude::*;
use fullrust_sys::{Errno, io as kernel};

fn main() {
    fullrust_rt::signal::set_up();
    let (reader, writer) = kernel::pipe2(0).expect("a pipe");
    kernel::close(reader).expect("to close");
    assert_eq!(kernel::write(writer, b"x"), Err(Errno::EPIPE));
    println!("ok");
}

fullrust::entry!(main);
