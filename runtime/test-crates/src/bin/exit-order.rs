//! `exit` calls the flush, then the destructors, then `.fini_array`; a nested `exit` ends at once with its own status.
//# status: 7
//# stdout: flush
//# stdout: destructor
//# stdout: fini
#![no_std]
#![no_main]

use fullrust::prelude::*;
use fullrust_rt::exit::{exit, set_flush};
use fullrust_rt::thread::register_destructor;

unsafe extern "C" fn destructor(_: *mut u8) {
    println!("destructor");
}

extern "C" fn fini() {
    println!("fini");
    exit(7);
}

#[used]
#[unsafe(link_section = ".fini_array")]
static FINI: extern "C" fn() = fini;

fn main() {
    set_flush(|| println!("flush"));
    // SAFETY: it only prints.
    unsafe { register_destructor(core::ptr::null_mut(), destructor) };
    exit(3);
}

fullrust::entry!(main);
