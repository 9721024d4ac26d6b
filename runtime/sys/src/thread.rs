//! What threads are made of: futexes, ids, the clone flags' companions. `clone` itself is in [`crate::arch`].

use core::sync::atomic::AtomicU32;

use crate::Result;
pub use crate::abi::thread::*;
use crate::arch;
pub use crate::arch::clone;
use crate::reg::syscall;
use crate::time::Timespec;

/// `gettid(2)`.
#[inline]
pub fn gettid() -> i32 {
    // SAFETY: no memory is involved; the call cannot fail.
    unsafe { arch::syscall0(arch::nr::GETTID) as i32 }
}

/// `set_tid_address(2)`: the word that the kernel clears and wakes when the calling thread ends (null: none).
/// Returns the thread's id.
///
/// # Safety
/// The word must live until the thread has ended.
#[inline]
pub unsafe fn set_tid_address(word: *mut i32) -> i32 {
    // SAFETY: the caller's promise; the call cannot fail.
    unsafe { arch::syscall1(arch::nr::SET_TID_ADDRESS, word as usize) as i32 }
}

/// `exit(2)`: ends the calling thread only.
#[inline]
pub fn exit(status: i32) -> ! {
    // SAFETY: no memory is involved.
    unsafe { arch::syscall1(arch::nr::EXIT, status as usize) };
    arch::trap()
}

/// `sched_yield(2)`.
#[inline]
pub fn sched_yield() {
    // SAFETY: no memory is involved; the call cannot fail on Linux.
    unsafe { arch::syscall0(arch::nr::SCHED_YIELD) };
}

/// `FUTEX_WAIT_BITSET`: sleeps while the word has the expected value, until woken or until the absolute deadline
/// (monotonic unless `flags` has `FUTEX_CLOCK_REALTIME`). `flags` is `FUTEX_PRIVATE_FLAG` or 0 for shared words.
#[inline]
pub fn futex_wait(word: &AtomicU32, expected: u32, deadline: Option<&Timespec>, flags: i32) -> Result<()> {
    let deadline = deadline.map_or(core::ptr::null(), |time| time as *const Timespec);
    let operation = FUTEX_WAIT_BITSET | flags;
    // SAFETY: the word is alive, the deadline is readable or null.
    unsafe { syscall!(FUTEX, word.as_ptr(), operation, expected, deadline, 0usize, FUTEX_BITSET_MATCH_ANY) }.map(drop)
}

/// `FUTEX_WAKE`: wakes up to `count` sleepers, returns how many.
///
/// # Safety
/// None for memory: a stale address wakes nobody or causes a spurious wake-up elsewhere, which every waiter allows.
/// The function takes a pointer because the word may be gone by the time of the call.
#[inline]
pub unsafe fn futex_wake_raw(word: *const AtomicU32, count: i32, flags: i32) -> Result<usize> {
    // SAFETY: the kernel only uses the address as a key.
    unsafe { syscall!(FUTEX, word, FUTEX_WAKE | flags, count) }
}

/// [`futex_wake_raw`] for a word that is alive.
#[inline]
pub fn futex_wake(word: &AtomicU32, count: i32, flags: i32) -> Result<usize> {
    // SAFETY: the word is alive.
    unsafe { futex_wake_raw(word, count, flags) }
}

/// `FUTEX_CMP_REQUEUE` on private words: if `word` still has the expected value, wakes up to `wake` sleepers and moves
/// up to `requeue` others to `target`. Returns how many were woken or moved.
#[inline]
pub fn futex_requeue(word: &AtomicU32, expected: u32, wake: i32, requeue: i32, target: &AtomicU32) -> Result<usize> {
    let operation = FUTEX_CMP_REQUEUE | FUTEX_PRIVATE_FLAG;
    // SAFETY: both words are alive.
    unsafe { syscall!(FUTEX, word.as_ptr(), operation, wake, requeue as usize, target.as_ptr(), expected) }
}
