//! `strlen`: aligned 16-byte loads, which never touch a page that the string does not.

use core::arch::naked_asm;
use core::ffi::c_char;

/// C's `strlen`.
///
/// # Safety
/// `text` must be readable up to and including a NUL.
#[unsafe(naked)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn strlen(text: *const c_char) -> usize {
    naked_asm!(
        ".cfi_startproc",
        "pxor xmm0, xmm0",
        "mov rax, rdi",
        "and rax, -16",
        "movdqa xmm1, [rax]", // the block that holds the start
        "pcmpeqb xmm1, xmm0",
        "pmovmskb edx, xmm1",
        "mov ecx, edi",
        "and ecx, 15",
        "shr edx, cl", // without what lies before it
        "test edx, edx",
        "jz 20f",
        "bsf eax, edx",
        "ret",
        "20:",
        // single blocks up to a multiple of 64
        "add rax, 16",
        "test al, 63",
        "jz 30f",
        "movdqa xmm1, [rax]",
        "pcmpeqb xmm1, xmm0",
        "pmovmskb edx, xmm1",
        "test edx, edx",
        "jz 20b",
        "21:",
        "bsf edx, edx",
        "sub rax, rdi",
        "add rax, rdx",
        "ret",
        ".p2align 4",
        "30:",
        "movdqa xmm1, [rax]",
        "movdqa xmm2, [rax + 16]",
        "movdqa xmm3, [rax + 32]",
        "movdqa xmm4, [rax + 48]",
        "pminub xmm1, xmm2",
        "pminub xmm3, xmm4",
        "pminub xmm1, xmm3",
        "pcmpeqb xmm1, xmm0",
        "pmovmskb edx, xmm1",
        "add rax, 64",
        "test edx, edx",
        "jz 30b",
        // which of the four
        "sub rax, 64",
        "31:",
        "movdqa xmm1, [rax]",
        "pcmpeqb xmm1, xmm0",
        "pmovmskb edx, xmm1",
        "test edx, edx",
        "jnz 21b",
        "add rax, 16",
        "jmp 31b",
        ".cfi_endproc",
    )
}
