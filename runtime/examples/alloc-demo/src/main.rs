//! The heap at work: a vector, a string, a box, and a vector too large for the arenas.
#![no_std]
#![no_main]

use fullrust::prelude::*;

fn main() {
    let numbers: Vec<u64> = (1..=1000).collect();
    println!("sum of 1..=1000 = {}", numbers.iter().sum::<u64>());

    let words = ["collected", "in", "one", "string"].map(String::from).join(" ");
    println!("{words}: {} bytes", words.len());

    let boxed = Box::new([7u8; 64]);
    println!("boxed sum = {}", boxed.iter().map(|&byte| u32::from(byte)).sum::<u32>());

    let mut large = vec![1u8; 8 << 20];
    large.resize(16 << 20, 2);
    println!("large vector: {} bytes, sum {}", large.len(), large.iter().map(|&byte| u64::from(byte)).sum::<u64>());
}

fullrust::entry!(main);
