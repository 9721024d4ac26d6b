//! `clone` with a new stack: the child enters a function and can never return into its parent's frame.

use crate::{Errno, Result};

/// Starts a task on its own stack; returns its id in the parent.
///
/// In the child `entry(argument)` runs with the stack aligned as at a call and must not return. `parent_tid`,
/// `child_tid` and `tls` are used as `flags` say; null where they do not. `tls` is the child's thread pointer.
///
/// # Safety
/// `stack_top` must be 16-byte aligned and end a writable region that is the child's alone. Pointers that `flags`
/// make the kernel use must live as long as the kernel uses them. With `CLONE_VM`, what `entry` touches is shared.
#[inline]
pub unsafe fn clone(
    flags: usize,
    stack_top: *mut u8,
    parent_tid: *mut i32,
    child_tid: *mut i32,
    tls: *mut u8,
    entry: unsafe extern "C" fn(*mut u8) -> !,
    argument: *mut u8,
) -> Result<i32> {
    // SAFETY: the caller's promises are those of the trampoline.
    let raw = unsafe { trampoline(flags, stack_top, parent_tid, child_tid, tls, entry, argument) };
    Errno::check(raw).map(|tid| tid as i32)
}

#[unsafe(naked)]
unsafe extern "C" fn trampoline(
    flags: usize,
    stack_top: *mut u8,
    parent_tid: *mut i32,
    child_tid: *mut i32,
    tls: *mut u8,
    entry: unsafe extern "C" fn(*mut u8) -> !,
    argument: *mut u8,
) -> isize {
    core::arch::naked_asm!(
        ".cfi_startproc",
        "mov rax, [rsp + 8]", // the seventh argument
        "sub rsi, 16",
        "mov [rsi], rax", // handed over on the child's stack
        "mov r10, rcx",   // the kernel takes the fourth argument here
        "mov eax, {clone}",
        "syscall",
        "test eax, eax",
        "jz 2f",
        "ret",
        "2:",
        ".cfi_undefined rip", // the child's outermost frame
        "xor ebp, ebp",
        "mov rdi, [rsp]",
        "call r9", // entry; r9 survives the syscall
        "ud2",
        ".cfi_endproc",
        clone = const crate::arch::nr::CLONE,
    )
}
