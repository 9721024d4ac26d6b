//! The thread pointer: base of `%fs`. Word 0 of what it points to is its own address, word 2 our thread record.

use core::arch::asm;

use crate::Result;
use crate::reg::syscall;

const ARCH_SET_FS: i32 = 0x1002;

/// Sets the calling thread's pointer.
///
/// # Safety
/// `pointer` must be the thread's control block with the self pointer in its first word, and compiled code must
/// find its thread-locals below it.
#[inline]
pub unsafe fn set_thread_pointer(pointer: *mut u8) -> Result<()> {
    // SAFETY: the kernel only stores the address; what it must be is the caller's promise.
    unsafe { syscall!(ARCH_PRCTL, ARCH_SET_FS, pointer) }.map(drop)
}

/// The calling thread's pointer.
///
/// # Safety
/// It must have been set.
#[inline(always)]
pub unsafe fn thread_pointer() -> *mut u8 {
    let pointer: *mut u8;
    // SAFETY: word 0 of the control block is the self pointer.
    unsafe { asm!("mov {}, fs:[0]", out(reg) pointer, options(pure, readonly, nostack, preserves_flags)) };
    pointer
}

/// Word 2 of the control block: the runtime's record of the calling thread.
///
/// # Safety
/// The thread pointer must have been set.
#[inline(always)]
pub unsafe fn thread_record() -> *mut u8 {
    let record: *mut u8;
    // SAFETY: the control block has this word; it does not change while the thread lives.
    unsafe { asm!("mov {}, fs:[16]", out(reg) record, options(pure, readonly, nostack, preserves_flags)) };
    record
}
