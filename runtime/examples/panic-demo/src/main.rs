//! An index out of range: message and place on stderr, status 134.
#![no_std]
#![no_main]

use fullrust::prelude::*;

fn main() {
    let numbers = Vec::from([1, 2, 3]);
    let index = numbers.len() + env::argc();
    println!("about to read element {index} of {}", numbers.len());
    println!("it is {}", numbers[index]);
}

fullrust::entry!(main);
