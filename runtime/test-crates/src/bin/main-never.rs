//! A main that never returns is a main.
//# status: 9
//# stdout: ok
#![no_std]
#![no_main]

use fullrust::prelude::*;

fn main() -> ! {
    println!("ok");
    rt::exit(9)
}

fullrust::entry!(main);
