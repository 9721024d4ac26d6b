//! The end of a thread that removes the stack it runs on.

/// Unmaps a region, which may hold the current stack, and ends the calling thread.
///
/// # Safety
/// Nothing may use the region any more. Signals must be blocked and the kernel must have been told to forget the
/// thread's tid word if it lies inside, for the kernel writes to it at exit.
#[unsafe(naked)]
pub unsafe extern "C" fn unmap_and_exit(address: *mut u8, length: usize) -> ! {
    core::arch::naked_asm!(
        ".cfi_startproc",
        "mov eax, {munmap}",
        "syscall", // from here on there is no stack
        "xor edi, edi",
        "mov eax, {exit}",
        "syscall",
        "ud2",
        ".cfi_endproc",
        munmap = const crate::arch::nr::MUNMAP,
        exit = const crate::arch::nr::EXIT,
    )
}
