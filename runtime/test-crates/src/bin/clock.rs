//! Clocks go forward, and reading one enters the kernel only where there is no vDSO.
//# stdout: ok
#![no_std]
#![no_main]

use fullrust::prelude::*;
use fullrust_rt::{auxv::auxv, time};
use fullrust_sys::time::{CLOCK_MONOTONIC, CLOCK_REALTIME, clock_gettime};
use fullrust_sys::vdso;

fn main() {
    let mut last = time::now(CLOCK_MONOTONIC);
    for _ in 0..10_000 {
        let now = time::now(CLOCK_MONOTONIC);
        assert!(now >= last);
        last = now;
    }
    let by_syscall = clock_gettime(CLOCK_REALTIME).expect("a clock");
    assert!((time::now(CLOCK_REALTIME).tv_sec - by_syscall.tv_sec).abs() <= 1);
    let image = auxv().vdso();
    if !image.is_null() {
        // SAFETY: the kernel says that this is the vDSO.
        unsafe {
            assert!(vdso::find(image, c"__vdso_clock_gettime").is_some());
            assert!(vdso::find(image, c"__vdso_no_such_thing").is_none());
        }
    }
    println!("ok");
}

fullrust::entry!(main);
