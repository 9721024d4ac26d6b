//! A panic is caught, and the destructors on its way run, innermost first.
//# stdout: drop inner
//# stdout: drop outer
//# stdout: caught: thrown 7
//# stdout: result 42
#![no_std]
#![no_main]

use fullrust::prelude::*;
use test_unwind::catch;

struct Noisy(&'static str);

impl Drop for Noisy {
    fn drop(&mut self) {
        println!("drop {}", self.0);
    }
}

#[inline(never)]
fn inner(value: u32) {
    let _noisy = Noisy("inner");
    if value == 7 {
        panic!("thrown {value}");
    }
}

fn main() {
    let error = catch(|| {
        let _noisy = Noisy("outer");
        inner(core::hint::black_box(7));
    });
    println!("caught: {}", error.unwrap_err());
    println!("result {}", catch(|| 42).unwrap_or(0));
}

fullrust::entry!(main);
