//! Thread-local storage of 65 bytes, aligned to 64, is where the linker says.
//# stdout: ok
#![no_std]
#![no_main]

test_crates::tls_case!(65, 64);
