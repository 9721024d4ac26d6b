//! An empty environment is no obstacle.
//# stdout: ok
#![no_std]
#![no_main]

use fullrust::prelude::*;

fn main() {
    assert_eq!(env::vars().count(), 0);
    assert_eq!(env::var("PATH"), None);
    println!("ok");
}

fullrust::entry!(main);
