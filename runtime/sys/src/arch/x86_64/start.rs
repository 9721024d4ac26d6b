//! The first instruction of a program.
//!
//! The kernel enters with `rsp` at `argc` and no return address (x86-64 psABI 3.4.1). A macro, because exactly one
//! crate of a program may define the symbol, and that crate is chosen by policy.

/// Defines `_start`, which calls the given `unsafe extern "C" fn(*const usize) -> !` with the kernel's stack pointer.
#[macro_export]
macro_rules! define_start {
    ($enter:path) => {
        /// The program's entry: marks the outermost frame, aligns the stack and never returns.
        #[unsafe(naked)]
        #[unsafe(no_mangle)]
        pub unsafe extern "C" fn _start() -> ! {
            core::arch::naked_asm!(
                ".cfi_startproc",
                ".cfi_undefined rip", // backtraces end here
                "xor ebp, ebp",       // and so do frame-pointer walks
                "mov rdi, rsp",       // argc, argv, envp, auxv
                "and rsp, -16",       // psABI 3.2.2: aligned at the call
                "call {enter}",
                "ud2",
                ".cfi_endproc",
                enter = sym $enter,
            )
        }
    };
}
