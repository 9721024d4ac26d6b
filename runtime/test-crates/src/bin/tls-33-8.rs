//! Thread-local storage of 33 bytes, aligned to 8, is where the linker says.
//# stdout: ok
#![no_std]
#![no_main]

test_crates::tls_case!(33, 8);
