//! 16 bytes and more with 16-byte registers, and the question of what the processor can do.

use core::arch::naked_asm;

use super::super::features::{FEATURES, KNOWN, ask};
use super::super::vectors::ask_first;
use super::{difference, equal, memcmp};

/// Compares 16 bytes at two places; on to a label if they differ. At the label the lowest one in `eax` is the first byte
/// that does.
macro_rules! differ {
    ($a:literal, $b:literal, $label:literal) => {
        concat!(
            concat!("movdqu xmm0, [", $a, "]\nmovdqu xmm1, [", $b, "]\n"),
            "pcmpeqb xmm0, xmm1\npmovmskb eax, xmm0\n",
            concat!("sub eax, 0xffff\njnz ", $label)
        )
    };
}

/// As `memcmp` for 16 bytes and more. In a program that has not asked yet, a long block is a reason to ask.
#[unsafe(naked)]
pub(super) unsafe extern "C" fn compare() {
    naked_asm!(
        ".cfi_startproc",
        "cmp rdx, 64",
        "ja 30f",
        "10:",
        differ!("rdi", "rsi", "21f"),
        "cmp rdx, 32",
        "jbe 20f",
        differ!("rdi + 16", "rsi + 16", "22f"),
        "sub rdx, 32",
        "add rdi, 32",
        "add rsi, 32",
        "cmp rdx, 16",
        "ja 10b",
        "20:", // the last 16
        "lea rdi, [rdi + rdx - 16]",
        "lea rsi, [rsi + rdx - 16]",
        differ!("rdi", "rsi", "21f"),
        equal!(),
        "22:",
        "add rdi, 16",
        "add rsi, 16",
        "21:",
        "bsf eax, eax",
        difference!(),
        "30:",
        "test byte ptr [rip + {features}], {known}",
        "jnz 10b",
        ask_first!(),
        "jmp {again}",
        ".cfi_endproc",
        features = sym FEATURES,
        known = const KNOWN,
        ask = sym ask,
        again = sym memcmp,
    )
}
