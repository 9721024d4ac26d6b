//! Any size with 32-byte registers.

use core::arch::naked_asm;

use super::{difference, equal};

/// Bytes that are equal become ones in a register.
macro_rules! alike {
    ($register:literal, $a:literal, $b:literal) => {
        concat!("vmovdqu ", $register, ", [", $a, "]\nvpcmpeqb ", $register, ", ", $register, ", [", $b, "]")
    };
}

/// To a label unless all bytes of a register are ones. At the label `eax` has a one at the first byte that is not, and
/// zeros below.
macro_rules! unless_all {
    ($register:literal, $label:literal) => {
        concat!("vpmovmskb eax, ", $register, "\ninc eax\njnz ", $label)
    };
}

/// Compares four registers' contents; on to a label if they differ, with `ymm0` to `ymm3` saying where.
macro_rules! compare_four {
    ($a:literal, $b:literal, $label:literal) => {
        concat!(
            alike!("ymm0", $a, $b),
            "\n",
            concat!("vmovdqu ymm1, [", $a, " + 32]\nvpcmpeqb ymm1, ymm1, [", $b, " + 32]\n"),
            concat!("vmovdqu ymm2, [", $a, " + 64]\nvpcmpeqb ymm2, ymm2, [", $b, " + 64]\n"),
            concat!("vmovdqu ymm3, [", $a, " + 96]\nvpcmpeqb ymm3, ymm3, [", $b, " + 96]\n"),
            "vpand ymm4, ymm0, ymm1\nvpand ymm5, ymm2, ymm3\nvpand ymm4, ymm4, ymm5\n",
            unless_all!("ymm4", $label)
        )
    };
}

/// As `memcmp`.
#[unsafe(naked)]
pub(super) unsafe extern "C" fn compare() {
    naked_asm!(
        ".cfi_startproc",
        "cmp rdx, 32",
        "jbe 10f",
        "cmp rdx, 64",
        "ja 30f",
        // 33 to 64
        alike!("ymm0", "rdi", "rsi"),
        unless_all!("ymm0", "22f"),
        alike!("ymm1", "rdi + rdx - 32", "rsi + rdx - 32"),
        unless_all!("ymm1", "21f"),
        "vzeroupper",
        equal!(),
        "21:",
        "lea rdi, [rdi + rdx - 32]",
        "lea rsi, [rsi + rdx - 32]",
        "22:",
        "tzcnt eax, eax",
        "vzeroupper",
        difference!(),
        "10:",          // up to 32: those behind the end do not count
        "test edx, edx", // where there are none, nothing may be read: the stack instead
        "cmovz rdi, rsp",
        "cmovz rsi, rsp",
        "mov eax, edi",
        "or eax, esi",
        "and eax, 4095",
        "cmp eax, 4096 - 32",
        "ja 15f",
        alike!("ymm0", "rdi", "rsi"),
        "vpmovmskb eax, ymm0",
        "not eax",
        "bzhi eax, eax, edx",
        "jnz 22b",
        "vzeroupper",
        equal!(),
        "15:", // on another page, which might be absent: both ends
        "cmp edx, 16",
        "jb {by_numbers}",
        "vmovdqu xmm0, [rdi]",
        "vpcmpeqb xmm0, xmm0, [rsi]",
        "vpmovmskb eax, xmm0",
        "sub eax, 0xffff",
        "jnz 12f",
        "vmovdqu xmm0, [rdi + rdx - 16]",
        "vpcmpeqb xmm0, xmm0, [rsi + rdx - 16]",
        "vpmovmskb eax, xmm0",
        "sub eax, 0xffff",
        "jnz 11f",
        equal!(),
        "11:",
        "lea rdi, [rdi + rdx - 16]",
        "lea rsi, [rsi + rdx - 16]",
        "12:",
        "tzcnt eax, eax",
        difference!(),
        "30:",
        "cmp rdx, 128",
        "ja 40f",
        // 65 to 128
        alike!("ymm0", "rdi", "rsi"),
        alike!("ymm1", "rdi + 32", "rsi + 32"),
        alike!("ymm2", "rdi + rdx - 64", "rsi + rdx - 64"),
        alike!("ymm3", "rdi + rdx - 32", "rsi + rdx - 32"),
        "vpand ymm4, ymm0, ymm1",
        "vpand ymm5, ymm2, ymm3",
        "vpand ymm4, ymm4, ymm5",
        unless_all!("ymm4", "31f"),
        "vzeroupper",
        equal!(),
        "31:",
        unless_all!("ymm0", "22b"),
        "lea rdi, [rdi + 32]",
        "lea rsi, [rsi + 32]",
        unless_all!("ymm1", "22b"),
        "lea rdi, [rdi + rdx - 96]",
        "lea rsi, [rsi + rdx - 96]",
        unless_all!("ymm2", "22b"),
        "add rdi, 32",
        "add rsi, 32",
        unless_all!("ymm3", "22b"),
        "ud2", // one of them differs
        "40:",
        compare_four!("rdi", "rsi", "51f"),
        "cmp rdx, 256",
        "ja 42f",
        "lea rdi, [rdi + rdx - 128]",
        "lea rsi, [rsi + rdx - 128]",
        compare_four!("rdi", "rsi", "51f"),
        "vzeroupper",
        equal!(),
        "42:",                       // more than 256: one side is aligned
        "lea r8, [rdi + rdx - 128]", // the last ones
        "sub rsi, rdi",
        "sub rdi, -128",
        "and rdi, -32",
        ".p2align 6",
        "43:",
        compare_four!("rdi", "rdi + rsi", "50f"),
        "sub rdi, -128",
        "cmp rdi, r8",
        "jb 43b",
        "sub rdi, r8",
        "cmp edi, 64",
        "jae 44f",
        "mov rdi, r8",
        compare_four!("rdi", "rdi + rsi", "50f"),
        "vzeroupper",
        equal!(),
        "44:", // no more than two registers' contents are left
        "lea rdi, [r8 + 64]",
        alike!("ymm0", "rdi", "rdi + rsi"),
        alike!("ymm1", "rdi + 32", "rdi + rsi + 32"),
        "vpand ymm4, ymm0, ymm1",
        unless_all!("ymm4", "50f"),
        "vzeroupper",
        equal!(),
        "50:",
        "add rsi, rdi",
        "51:", // which of the four
        unless_all!("ymm0", "22b"),
        "add rdi, 32",
        "add rsi, 32",
        unless_all!("ymm1", "22b"),
        "add rdi, 32",
        "add rsi, 32",
        unless_all!("ymm2", "22b"),
        "add rdi, 32",
        "add rsi, 32",
        unless_all!("ymm3", "22b"),
        "ud2", // one of them differs
        ".cfi_endproc",
        by_numbers = sym super::compare_by_numbers,
    )
}
