//! Arguments and environment arrive byte for byte, also what is not UTF-8 and what has no `=`.
//# stdout: ok
#![no_std]
#![no_main]

use fullrust::prelude::*;
use fullrust_sys::process::execve;

fn main() {
    if env::argc() == 1 {
        let argv = [c"self".as_ptr(), c"\xff\xfe".as_ptr(), c"".as_ptr(), c"a b".as_ptr(), core::ptr::null()];
        let envp = [c"KEY=\xff=\x01".as_ptr(), c"bare".as_ptr(), c"=odd=1".as_ptr(), core::ptr::null()];
        // SAFETY: both lists end with null.
        let errno = unsafe { execve(c"/proc/self/exe", argv.as_ptr(), envp.as_ptr()) };
        panic!("execve: {errno}");
    }
    let arguments: Vec<&[u8]> = env::args_bytes().collect();
    assert_eq!(arguments, [&b"self"[..], b"\xff\xfe", b"", b"a b"]);
    assert_eq!(env::args().nth(1).as_deref(), Some("\u{fffd}\u{fffd}"));
    let variables: Vec<_> = env::vars_bytes().collect();
    assert_eq!(variables, [(&b"KEY"[..], &b"\xff=\x01"[..]), (b"=odd", b"1")]);
    assert_eq!(env::var_bytes("KEY"), Some(&b"\xff=\x01"[..]));
    assert_eq!(env::var("KEY"), None);
    assert_eq!(env::var("bare"), None);
    println!("ok");
}

fullrust::entry!(main);
