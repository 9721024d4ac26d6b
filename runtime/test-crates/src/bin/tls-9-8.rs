//! Thread-local storage of 9 bytes, aligned to 8, is where the linker says.
//# stdout: ok
#![no_std]
#![no_main]

test_crates::tls_case!(9, 8);
