//! Where a signal handler returns to: x86-64 needs it from user space (`SA_RESTORER`).

/// Returns from a signal handler by `rt_sigreturn`. The two instructions are the form that debuggers recognise.
///
/// # Safety
/// Only the kernel may make this a return address.
#[unsafe(naked)]
pub unsafe extern "C" fn signal_restorer() -> ! {
    core::arch::naked_asm!("mov rax, {sigreturn}", "syscall", sigreturn = const crate::arch::nr::RT_SIGRETURN)
}
