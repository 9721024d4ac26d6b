//! Thread-local storage of 100 bytes, aligned to 256, is where the linker says.
//# stdout: ok
#![no_std]
#![no_main]

test_crates::tls_case!(100, 256);
