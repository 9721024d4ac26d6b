//! Arguments and variables as a shell passes them; the status is main's result.
//# arg: one
//# arg: two words
//# env: KEY=value
//# status: 3
//# stdout: one
//# stdout: two words
//# stdout: value
#![no_std]
#![no_main]

use fullrust::prelude::*;

fn main() -> i32 {
    for argument in env::args().skip(1) {
        println!("{argument}");
    }
    println!("{}", env::var("KEY").unwrap_or("none"));
    env::argc() as i32
}

fullrust::entry!(main);
