//! `memcmp` and `bcmp`: which variant compares, and what is short.
//!
//! Up to 32 bytes are compared without a branch on the size, which is as good as random: under a mask with 64-byte registers
//! (and so up to 64), else whole with what lies behind, unless that is another page. Without long registers fewer than 16 are
//! compared as numbers. The rest is in `avx512`, `avx2` and `sse2`: both ends of a block up to a few registers, then a loop and
//! the end once more, so there is no byte loop. That blocks are equal is told by a constant, which nobody has to wait for.

mod avx2;
mod avx512;
mod sse2;

use core::arch::naked_asm;
use core::ffi::{c_int, c_void};

use super::features::{AVX2, AVX512, FEATURES};

unsafe extern "C" {
    /// C's `bcmp`: another name of [`memcmp`].
    ///
    /// # Safety
    /// Both blocks must be readable for `size` bytes.
    pub fn bcmp(a: *const c_void, b: *const c_void, size: usize) -> c_int;

    /// C's `memcmp`.
    ///
    /// # Safety
    /// Both blocks must be readable for `size` bytes.
    pub fn memcmp(a: *const c_void, b: *const c_void, size: usize) -> c_int;
}

/// Says that the blocks are equal.
macro_rules! equal {
    () => {
        "xor eax, eax\nret"
    };
}

/// The difference of the bytes at `rax` of both blocks.
macro_rules! difference {
    () => {
        "movzx edx, byte ptr [rsi + rax]\nmovzx eax, byte ptr [rdi + rax]\nsub eax, edx\nret"
    };
}

/// Which of two numbers of bytes in memory order is the larger: compared as if the first byte were the highest.
macro_rules! order {
    ($a:literal, $b:literal) => {
        concat!(
            concat!("bswap ", $a, "\nbswap ", $b, "\n"),
            concat!("cmp ", $a, ", ", $b, "\n"),
            "sbb eax, eax\nor eax, 1\nret"
        )
    };
}

/// Compares both ends of the blocks as numbers; on to a label if they differ.
macro_rules! compare_ends {
    ($a:literal, $b:literal, $size:literal, $label:literal) => {
        concat!(
            concat!("mov ", $a, ", [rdi]\nmov ", $b, ", [rsi]\n"),
            concat!("cmp ", $a, ", ", $b, "\njne ", $label, "\n"),
            concat!("mov ", $a, ", [rdi + rdx - ", $size, "]\nmov ", $b, ", [rsi + rdx - ", $size, "]\n"),
            concat!("cmp ", $a, ", ", $b, "\njne ", $label)
        )
    };
}

/// Compares what the ones of a mask stand for; the bytes behind cannot fault.
macro_rules! compare_masked {
    ($move:literal, $test:literal, $register:literal, $mask:literal, $result:literal) => {
        concat!(
            concat!($move, " k1, ", $mask, "\n"),
            concat!("vmovdqu8 ", $register, " {{k1}}{{z}}, [rsi]\n"),
            concat!("vpcmpub k1 {{k1}}, ", $register, ", [rdi], 4\n"), // not equal
            concat!($test, " k1, k1\njnz 19f\n"),
            equal!(),
            "\n19:\n", // the lowest bit that is set is the first byte that differs
            concat!($move, " ", $result, ", k1\ntzcnt ", $result, ", ", $result, "\n"),
            difference!()
        )
    };
}

use {difference, equal};

function! {
    "memcmp", "bcmp";
    "test byte ptr [rip + {features}], {avx512}",
    "jnz 20f",
    "test byte ptr [rip + {features}], {avx2}",
    "jnz {with_avx2}",
    "cmp rdx, 16",
    "jb {by_numbers}",
    "jmp {with_sse2}",
    "20:", // with 64-byte registers
    "mov rcx, -1",
    "bzhi rcx, rcx, rdx",
    "cmp rdx, 32",
    "ja 22f",
    compare_masked!("kmovd", "kortestd", "ymm20", "ecx", "eax"),
    "22:",
    "cmp rdx, 64",
    "ja {with_avx512}",
    compare_masked!("kmovq", "kortestq", "zmm20", "rcx", "rax"),
    ;
    features = sym FEATURES,
    avx2 = const AVX2,
    avx512 = const AVX512,
    with_avx512 = sym avx512::compare,
    with_avx2 = sym avx2::compare,
    with_sse2 = sym sse2::compare,
    by_numbers = sym compare_by_numbers,
}

/// As `memcmp` for fewer than 16 bytes.
#[unsafe(naked)]
unsafe extern "C" fn compare_by_numbers() {
    naked_asm!(
        ".cfi_startproc",
        "cmp edx, 8",
        "jae 14f",
        "cmp edx, 4",
        "jae 13f",
        "cmp edx, 1",
        "ja 12f",
        "jb 17f",
        "xor eax, eax",
        difference!(),
        "17:",
        equal!(),
        "12:", // 2 and 3
        "movzx eax, word ptr [rdi]",
        "movzx ecx, word ptr [rsi]",
        "cmp eax, ecx",
        "jne 15f",
        "movzx eax, byte ptr [rdi + rdx - 1]",
        "movzx ecx, byte ptr [rsi + rdx - 1]",
        "cmp eax, ecx",
        "jne 15f",
        equal!(),
        "13:", // 4 to 7
        compare_ends!("eax", "ecx", 4, "15f"),
        equal!(),
        "15:",
        order!("eax", "ecx"),
        "14:", // 8 to 15
        compare_ends!("rax", "rcx", 8, "16f"),
        equal!(),
        "16:",
        order!("rax", "rcx"),
        ".cfi_endproc",
    )
}
