//! `strlen`: after the first register's bytes only aligned loads, which never touch a page that the string does not.

use core::ffi::c_char;

use super::features::{AVX2, AVX512, FEATURES, KNOWN, ask};

unsafe extern "C" {
    /// C's `strlen`.
    ///
    /// # Safety
    /// `text` must be readable up to and including a NUL.
    pub fn strlen(text: *const c_char) -> usize;
}

/// Bits in `rax` for the zeros among the 64 bytes at a place; if there are none, on to a label.
macro_rules! zeros_64 {
    ($place:literal, $otherwise:literal) => {
        concat!(
            "vmovdqu64 zmm20, [",
            $place,
            "]\n",
            "vptestnmb k1, zmm20, zmm20\n",
            "kmovq rax, k1\n",
            "test rax, rax\n",
            "jz ",
            $otherwise
        )
    };
}

/// The same for 32 bytes, with `ymm0` zero, in `eax`.
macro_rules! zeros_32 {
    ($place:literal, $otherwise:literal) => {
        concat!("vpcmpeqb ymm1, ymm0, [", $place, "]\n", "vpmovmskb eax, ymm1\n", "test eax, eax\n", "jz ", $otherwise)
    };
}

function! {
    "strlen";
    "test byte ptr [rip + {features}], {avx512}",
    "jz 40f",
    "mov eax, edi",
    "and eax, 4095",
    "cmp eax, 4096 - 64",
    "ja 30f", // what follows might be absent
    zeros_64!("rdi", "11f"),
    "tzcnt rax, rax",
    "ret",
    "30:", // the aligned place below, without what lies before the start
    "mov rdx, rdi",
    "and rdx, -64",
    zeros_64!("rdx", "12f"),
    "shrx rax, rax, rdi",
    "test rax, rax",
    "jz 12f",
    "tzcnt rax, rax",
    "ret",
    "11:",
    "mov rdx, rdi",
    "and rdx, -64",
    "12:",
    // four single ones, then four at a time within a page
    zeros_64!("rdx + 64", "13f"),
    "add rdx, 64",
    "jmp 20f",
    "13:",
    zeros_64!("rdx + 128", "14f"),
    "sub rdx, -128",
    "jmp 20f",
    "14:",
    zeros_64!("rdx + 192", "25f"),
    "add rdx, 192",
    "jmp 20f",
    "25:",
    zeros_64!("rdx + 256", "15f"),
    "add rdx, 256",
    "20:",
    "tzcnt rax, rax",
    "sub rdx, rdi",
    "add rax, rdx",
    "ret",
    "15:",
    "and rdx, -256",
    ".p2align 6",
    "16:",
    "add rdx, 256",
    "vmovdqa64 zmm20, [rdx]",
    "vmovdqa64 zmm22, [rdx + 128]",
    "vpminub zmm21, zmm20, [rdx + 64]",
    "vpminub zmm23, zmm22, [rdx + 192]",
    "vpminub zmm24, zmm21, zmm23",
    "vptestnmb k1, zmm24, zmm24",
    "kortestq k1, k1",
    "jz 16b",
    zeros_64!("rdx", "17f"),
    "jmp 20b",
    "17:",
    "add rdx, 64",
    zeros_64!("rdx", "18f"),
    "jmp 20b",
    "18:",
    "add rdx, 64",
    zeros_64!("rdx", "19f"),
    "jmp 20b",
    "19:",
    "add rdx, 64",
    zeros_64!("rdx", "19b"),
    "jmp 20b",

    "40:",
    "test byte ptr [rip + {features}], {avx2}",
    "jz 70f",
    "vpxor xmm0, xmm0, xmm0",
    "mov rdx, rdi",
    "mov eax, edi",
    "and eax, 4095",
    "cmp eax, 4096 - 32",
    "ja 50f",
    zeros_32!("rdi", "41f"),
    "tzcnt eax, eax",
    "vzeroupper",
    "ret",
    "50:",
    "and rdx, -32",
    zeros_32!("rdx", "42f"),
    "shrx eax, eax, edi",
    "test eax, eax",
    "jz 42f",
    "tzcnt eax, eax",
    "vzeroupper",
    "ret",
    "41:",
    "and rdx, -32",
    "42:", // single ones up to a multiple of 128
    "add rdx, 32",
    "test dl, 127",
    "jz 43f",
    zeros_32!("rdx", "42b"),
    "46:",
    "tzcnt eax, eax",
    "sub rdx, rdi",
    "add rax, rdx",
    "vzeroupper",
    "ret",
    ".p2align 5",
    "43:",
    "vmovdqa ymm1, [rdx]",
    "vmovdqa ymm2, [rdx + 64]",
    "vpminub ymm1, ymm1, [rdx + 32]",
    "vpminub ymm2, ymm2, [rdx + 96]",
    "vpminub ymm1, ymm1, ymm2",
    "vpcmpeqb ymm1, ymm0, ymm1",
    "vpmovmskb eax, ymm1",
    "sub rdx, -128",
    "test eax, eax",
    "jz 43b",
    "add rdx, -128 - 32",
    "44:", // which of the four
    "add rdx, 32",
    zeros_32!("rdx", "44b"),
    "jmp 46b",

    // with 16-byte registers
    "70:",
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
    "73:", // a long one: perhaps nobody has asked yet what the processor can do
    "test byte ptr [rip + {features}], {known}",
    "jnz 74f",
    "push rdi",
    ".cfi_adjust_cfa_offset 8",
    "call {ask}",
    "pop rdi",
    ".cfi_adjust_cfa_offset -8",
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
    ;
    features = sym FEATURES,
    avx2 = const AVX2,
    avx512 = const AVX512,
    known = const KNOWN,
    ask = sym ask,
    again = sym strlen,
}
