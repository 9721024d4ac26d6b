//! A function's address gives its name and its line, from the program's own file; nonsense gives nothing.
//# stdout: ok
#![no_std]
#![no_main]

use core::hint::black_box;

use fullrust::prelude::*;
use fullrust_rt::symbols::Image;

#[inline(never)]
#[unsafe(no_mangle)]
extern "C" fn a_function_with_a_name() -> u32 {
    black_box(line!())
}

fn main() {
    let line = a_function_with_a_name();
    let image = Image::of_this_program().expect("the program's file");
    let address = a_function_with_a_name as *const () as usize;
    // A release build of this workspace has no symbols; that must be no error.
    if let Some((name, distance)) = image.function(address + 1) {
        assert_eq!((name, distance), (&b"a_function_with_a_name"[..], 1));
        let place = image.line(address + 1).expect("a line");
        assert!(place.file.ends_with(b"symbols.rs"), "{}", String::from_utf8_lossy(place.file));
        assert!((line - 3..=line).contains(&place.line), "{place:?}");
    }
    assert_eq!(image.function(16), None);
    assert_eq!(image.line(16), None);
    println!("ok");
}

fullrust::entry!(main);
