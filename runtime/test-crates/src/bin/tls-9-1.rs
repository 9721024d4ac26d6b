//! Thread-local storage of 9 bytes, aligned to 1, is where the linker says.
//# stdout: ok
#![no_std]
#![no_main]

test_crates::tls_case!(9, 1);
