//! Constructors run before main in order, with the arguments; `.fini_array` runs at the end, backwards.
//# stdout: preinit 2
//# stdout: init a 2
//# stdout: init b 2
//# stdout: main
//# stdout: fini b
//# stdout: fini a
//# arg: x
#![no_std]
#![no_main]

use fullrust::prelude::*;

type Constructor = extern "C" fn(i32, *const *const u8, *const *const u8);

extern "C" fn preinit(argc: i32, _: *const *const u8, _: *const *const u8) {
    println!("preinit {argc}");
}
extern "C" fn init_a(argc: i32, _: *const *const u8, _: *const *const u8) {
    println!("init a {argc}");
}
extern "C" fn init_b(argc: i32, _: *const *const u8, _: *const *const u8) {
    println!("init b {argc}");
}
extern "C" fn fini_a() {
    println!("fini a");
}
extern "C" fn fini_b() {
    println!("fini b");
}

#[used]
#[unsafe(link_section = ".preinit_array")]
static PREINIT: Constructor = preinit;
#[used]
#[unsafe(link_section = ".init_array")]
static INIT: [Constructor; 2] = [init_a, init_b];
#[used]
#[unsafe(link_section = ".fini_array")]
static FINI: [extern "C" fn(); 2] = [fini_a, fini_b];

fn main() {
    println!("main");
}

fullrust::entry!(main);
