//! Random numbers from the kernel.

use fullrust_sys::random::{GRND_NONBLOCK, getrandom};
use fullrust_sys::time::{CLOCK_MONOTONIC, CLOCK_REALTIME};
use fullrust_sys::{Errno, thread};

/// Two random words, for the keys of hash tables and for ids that others must not guess.
///
/// Before the kernel's pool is ready, or without `getrandom`, they are mixed from what the kernel gave the process at
/// its start (`AT_RANDOM`), the thread and the clocks.
pub(crate) fn hash_keys() -> (u64, u64) {
    let mut bytes = [0u8; 16];
    loop {
        match getrandom(&mut bytes, GRND_NONBLOCK) {
            Ok(16) => return words(bytes),
            Err(Errno::EINTR) => {}
            _ => return fallback(),
        }
    }
}

fn words(bytes: [u8; 16]) -> (u64, u64) {
    let both = u128::from_ne_bytes(bytes);
    (both as u64, (both >> 64) as u64)
}

#[cold]
fn fallback() -> (u64, u64) {
    let [first, second] = fullrust_rt::auxv::auxv().random_words();
    let (monotonic, real) = (fullrust_rt::time::now(CLOCK_MONOTONIC), fullrust_rt::time::now(CLOCK_REALTIME));
    let salt = (thread::gettid() as u64) << 32 ^ monotonic.tv_nsec as u64 ^ (monotonic.tv_sec as u64) << 20;
    (mix(first ^ salt), mix(second ^ real.tv_nsec as u64 ^ mix(salt)))
}

/// A bijection in which every input bit changes about half of the output bits.
fn mix(mut x: u64) -> u64 {
    for _ in 0..3 {
        x = (x ^ x >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
    x ^ x >> 32
}
