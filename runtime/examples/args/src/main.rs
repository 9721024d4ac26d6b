//! Prints how many arguments it got, each of them and `HOME`; its status is the number of arguments.
#![no_std]
#![no_main]

use fullrust::prelude::*;

fn main() -> i32 {
    println!("argc = {}", env::argc());
    for (index, argument) in env::args().enumerate() {
        println!("argv[{index}] = {argument}");
    }
    match env::var("HOME") {
        Some(home) => println!("HOME = {home}"),
        None => println!("HOME is not set"),
    }
    env::argc() as i32
}

fullrust::entry!(main);
