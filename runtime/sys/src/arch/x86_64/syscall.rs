//! The `syscall` instruction: number in `rax`, arguments in `rdi rsi rdx r10 r8 r9`, result in `rax`.
//!
//! The kernel destroys `rcx` and `r11` and keeps every other register (x86-64 psABI A.2.1).

use core::arch::asm;

macro_rules! syscalls {
    ($($name:ident($($argument:ident in $register:tt),*);)*) => {
        $(
            /// Calls the kernel and returns its raw result.
            ///
            /// # Safety
            /// The number and the arguments must be what the kernel may be given: pointers valid for what the call
            /// does with them, no mapping taken away that Rust code still uses.
            #[inline(always)]
            pub unsafe fn $name(number: usize, $($argument: usize),*) -> isize {
                let result: isize;
                // SAFETY: registers are as the kernel's convention asks; memory counts as read and written.
                unsafe {
                    asm!(
                        "syscall",
                        inlateout("rax") number => result,
                        $(in($register) $argument,)*
                        lateout("rcx") _,
                        lateout("r11") _,
                        options(nostack),
                    );
                }
                result
            }
        )*
    };
}

syscalls! {
    syscall0();
    syscall1(a in "rdi");
    syscall2(a in "rdi", b in "rsi");
    syscall3(a in "rdi", b in "rsi", c in "rdx");
    syscall4(a in "rdi", b in "rsi", c in "rdx", d in "r10");
    syscall5(a in "rdi", b in "rsi", c in "rdx", d in "r10", e in "r8");
    syscall6(a in "rdi", b in "rsi", c in "rdx", d in "r10", e in "r8", f in "r9");
}
