//! The thread pointer: base of `%fs`. What it points to holds its own address in word 0, the runtime's record of the
//! thread in word 2 and the thread's heap in word 3.

use core::arch::asm;

use crate::Result;
use crate::reg::syscall;

const ARCH_SET_FS: i32 = 0x1002;
/// Linux 5.9 and later: programs may set the base of `%fs` themselves.
const HWCAP2_FSGSBASE: usize = 1 << 1;

/// Sets the calling thread's pointer.
///
/// `hardware` is `AT_HWCAP2`: where the kernel allows it, one instruction spares the syscall.
///
/// # Safety
/// `pointer` must be the thread's control block with the self pointer in its first word, and compiled code must
/// find its thread-locals below it.
#[inline]
pub unsafe fn set_thread_pointer(pointer: *mut u8, hardware: usize) -> Result<()> {
    if hardware & HWCAP2_FSGSBASE != 0 {
        // SAFETY: the kernel has enabled the instruction and says so; what the pointer must be is the caller's promise.
        unsafe { asm!("wrfsbase {}", in(reg) pointer, options(nostack, preserves_flags)) };
        return Ok(());
    }
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

/// Word 3 of the control block: the calling thread's heap, null until it has one. For the allocator, which calls this
/// on every path; the thread pointer must have been set, as it is in every program once start-up has passed.
#[inline(always)]
pub fn thread_heap() -> *mut u8 {
    let heap: *mut u8;
    // SAFETY: the control block has this word.
    unsafe { asm!("mov {}, fs:[24]", out(reg) heap, options(readonly, nostack, preserves_flags)) };
    heap
}
