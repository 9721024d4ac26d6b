//! Thread-local storage of 3 bytes, aligned to 4, is where the linker says.
//# stdout: ok
#![no_std]
#![no_main]

test_crates::tls_case!(3, 4);
