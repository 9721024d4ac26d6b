//! Reading clocks without entering the kernel, by the vDSO's `__vdso_clock_gettime`; the syscall where there is none.

use core::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use fullrust_sys::time::{Timespec, clock_gettime};
use fullrust_sys::vdso;

use crate::auxv::auxv;

type ClockGettime = unsafe extern "C" fn(clock: i32, time: *mut Timespec) -> i32;

/// Address of the vDSO's function, or one of the two values below.
static FUNCTION: AtomicUsize = AtomicUsize::new(UNKNOWN);
const UNKNOWN: usize = 0;
const ABSENT: usize = 1;

/// The time of a clock. For the clocks that every kernel has (`CLOCK_REALTIME`, `CLOCK_MONOTONIC`, …); another one
/// reads as zero.
#[inline]
pub fn now(clock: i32) -> Timespec {
    let function = match FUNCTION.load(Relaxed) {
        UNKNOWN => find(),
        found => found,
    };
    let mut time = Timespec::default();
    if function != ABSENT {
        // SAFETY: the address is that of the vDSO's function of this type, which writes one timespec.
        let status = unsafe { core::mem::transmute::<usize, ClockGettime>(function)(clock, &mut time) };
        if status == 0 {
            return time;
        }
    }
    clock_gettime(clock).unwrap_or_default()
}

#[cold]
fn find() -> usize {
    let image = auxv().vdso();
    let found = if image.is_null() {
        None
    } else {
        // SAFETY: the kernel says that this is the vDSO's image.
        unsafe { vdso::find(image, c"__vdso_clock_gettime") }
    };
    let address = found.map_or(ABSENT, |function| function as usize);
    FUNCTION.store(address, Relaxed);
    address
}
