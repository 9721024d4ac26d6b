//! Thread-local storage of 17 bytes, aligned to 16, is where the linker says.
//# stdout: ok
#![no_std]
#![no_main]

test_crates::tls_case!(17, 16);
