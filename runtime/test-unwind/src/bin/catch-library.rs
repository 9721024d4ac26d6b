//! Panics raised inside the precompiled core and alloc pass their frames: indexing, slicing, sorting, formatting.
//# stdout: index out of bounds: the len is 3 but the index is 9
//# stdout: end byte index 1 is not a char boundary; it is inside 'ä' (bytes 0..2) of `äb`
//# stdout: compared
//# stdout: displayed
//# stdout: called `Option::unwrap()` on a `None` value
//# stdout: capacity overflow
#![no_std]
#![no_main]

use core::fmt;
use core::hint::black_box;

use fullrust::prelude::*;
use test_unwind::catch;

struct Bad;

impl fmt::Display for Bad {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        panic!("displayed")
    }
}

fn show<R>(result: Result<R, String>) {
    match result {
        Ok(_) => println!("not thrown"),
        Err(message) => println!("{message}"),
    }
}

fn main() {
    show(catch(|| [1, 2, 3][black_box(9)]));
    show(catch(|| "äb"[..black_box(1)].len()));
    show(catch(|| {
        let mut strings: Vec<String> = (0..100).map(|number| number.to_string()).collect();
        strings.sort_by(|_, _| panic!("compared"));
    }));
    show(catch(|| format!("{:>10}", Bad)));
    show(catch(|| black_box(None::<u32>).unwrap()));
    show(catch(|| Vec::<u64>::with_capacity(black_box(usize::MAX))));
}

fullrust::entry!(main);
