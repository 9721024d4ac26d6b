//! With 64-byte registers. The first 64 bytes are two loads of half a register: a whole one that lies across two cache lines
//! takes longer.

use core::arch::naked_asm;

/// Looks for zeros among the 32 bytes at a place, with `ymm20` zero: on to a label with a bit in `rax` for each.
macro_rules! find_32 {
    ($place:literal, $found:literal) => {
        concat!("vpcmpeqb k1, ymm20, [", $place, "]\nkmovd eax, k1\ntest eax, eax\njnz ", $found)
    };
}

/// The same for 64 bytes, with `zmm20` zero.
macro_rules! find_64 {
    ($place:literal, $found:literal) => {
        concat!("vpcmpeqb k1, zmm20, [", $place, "]\nkmovq rax, k1\ntest rax, rax\njnz ", $found)
    };
}

/// As `strlen`.
#[unsafe(naked)]
pub(super) unsafe extern "C" fn length() {
    naked_asm!(
        ".cfi_startproc",
        "vpxorq xmm20, xmm20, xmm20",
        "mov eax, edi",
        "and eax, 4095",
        "cmp eax, 4096 - 64",
        "ja 30f", // what follows might be absent
        find_32!("rdi", "26f"),
        find_32!("rdi + 32", "25f"),
        "mov rdx, rdi",
        "and rdx, -64",
        // four single ones, then four at a time, aligned
        "10:",
        find_64!("rdx + 64", "23f"),
        find_64!("rdx + 128", "22f"),
        find_64!("rdx + 192", "21f"),
        find_64!("rdx + 256", "20f"),
        "and rdx, -256",
        ".p2align 6",
        "11:",
        "add rdx, 256",
        "vmovdqa64 zmm21, [rdx]",
        "vmovdqa64 zmm22, [rdx + 128]",
        "vpminub zmm21, zmm21, [rdx + 64]",
        "vpminub zmm22, zmm22, [rdx + 192]",
        "vpminub zmm21, zmm21, zmm22",
        "vptestnmb k1, zmm21, zmm21",
        "kortestq k1, k1",
        "jz 11b",
        find_64!("rdx", "24f"), // which of the four
        find_64!("rdx + 64", "23f"),
        find_64!("rdx + 128", "22f"),
        "vpcmpeqb k1, zmm20, [rdx + 192]",
        "kmovq rax, k1",
        "jmp 21f",
        "20:",
        "add rdx, 64",
        "21:",
        "add rdx, 64",
        "22:",
        "add rdx, 64",
        "23:",
        "add rdx, 64",
        "24:",
        "tzcnt rax, rax",
        "sub rdx, rdi",
        "add rax, rdx",
        "ret",
        "25:",
        "tzcnt eax, eax",
        "add eax, 32",
        "ret",
        "26:",
        "tzcnt eax, eax",
        "ret",
        "30:", // the aligned place below, without what lies before the start
        "mov rdx, rdi",
        "and rdx, -64",
        "vpcmpeqb k1, zmm20, [rdx]",
        "kmovq rax, k1",
        "shrx rax, rax, rdi",
        "test rax, rax",
        "jz 10b",
        "tzcnt rax, rax",
        "ret",
        ".cfi_endproc",
    )
}
