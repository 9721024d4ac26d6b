//! A panic inside a destructor's own catch, catches inside catches, panics thrown again, and many in a row.
//# stdout: inside a destructor: second
//# stdout: outside: first
//# stdout: again: third
//# stdout: 10000 caught
#![no_std]
#![no_main]

use fullrust::prelude::*;
use test_unwind::catch;

struct Catches;

impl Drop for Catches {
    fn drop(&mut self) {
        let inner: Result<(), _> = catch(|| panic!("second"));
        println!("inside a destructor: {}", inner.unwrap_err());
    }
}

fn main() {
    let outer: Result<(), _> = catch(|| {
        let _catches = Catches;
        panic!("first");
    });
    println!("outside: {}", outer.unwrap_err());
    let again: Result<(), _> = catch(|| {
        let inner: Result<(), _> = catch(|| panic!("third"));
        panic!("{}", inner.unwrap_err());
    });
    println!("again: {}", again.unwrap_err());
    let caught = (0..10_000).filter(|&number| catch(|| assert_ne!(number, number)).is_err()).count();
    println!("{caught} caught");
}

fullrust::entry!(main);
