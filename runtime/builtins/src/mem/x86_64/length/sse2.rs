//! With 16-byte registers, and the question of what the processor can do.

use core::arch::naked_asm;

use super::super::features::{FEATURES, KNOWN, ask};
use super::super::vectors::ask_first;
use super::strlen;

/// As `strlen`. In a program that has not asked yet, a long string is a reason to ask.
#[unsafe(naked)]
pub(super) unsafe extern "C" fn length() {
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
        "jz 72f",
        "bsf eax, edx",
        "ret",
        "72:",
        // single blocks up to a multiple of 64
        "add rax, 16",
        "test al, 63",
        "jz 73f",
        "movdqa xmm1, [rax]",
        "pcmpeqb xmm1, xmm0",
        "pmovmskb edx, xmm1",
        "test edx, edx",
        "jz 72b",
        "71:",
        "bsf edx, edx",
        "sub rax, rdi",
        "add rax, rdx",
        "ret",
        "73:",
        "test byte ptr [rip + {features}], {known}",
        "jnz 74f",
        ask_first!(),
        "jmp {again}",
        ".p2align 4",
        "74:",
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
        "jz 74b",
        // which of the four
        "sub rax, 64",
        "75:",
        "movdqa xmm1, [rax]",
        "pcmpeqb xmm1, xmm0",
        "pmovmskb edx, xmm1",
        "test edx, edx",
        "jnz 71b",
        "add rax, 16",
        "jmp 75b",
        ".cfi_endproc",
        features = sym FEATURES,
        known = const KNOWN,
        ask = sym ask,
        again = sym strlen,
    )
}
