//! More than 32 bytes with 64-byte registers.

use core::arch::naked_asm;

use super::{difference, equal};

/// Whether the registers' contents at two places differ: bit by bit in `k1`, then to a label.
macro_rules! differ {
    ($register:literal, $a:literal, $b:literal, $label:literal) => {
        concat!(
            concat!("vmovdqu8 ", $register, ", [", $b, "]\n"),
            concat!("vpcmpub k1, ", $register, ", [", $a, "], 4\n"), // not equal
            "kortestq k1, k1\n",
            concat!("jnz ", $label)
        )
    };
}

/// As `memcmp` for more than 32 bytes.
#[unsafe(naked)]
pub(super) unsafe extern "C" fn compare() {
    naked_asm!(
        ".cfi_startproc",
        "cmp rdx, 64",
        "ja 10f",
        // 33 to 64
        differ!("ymm20", "rdi", "rsi", "31f"),
        "lea rdi, [rdi + rdx - 32]",
        "lea rsi, [rsi + rdx - 32]",
        differ!("ymm20", "rdi", "rsi", "31f"),
        equal!(),
        "10:",
        differ!("zmm20", "rdi", "rsi", "31f"),
        "cmp rdx, 128",
        "ja 20f",
        "11:", // the last 64
        "lea rdi, [rdi + rdx - 64]",
        "lea rsi, [rsi + rdx - 64]",
        differ!("zmm20", "rdi", "rsi", "31f"),
        equal!(),
        "20:",
        "cmp rdx, 256",
        "ja 40f",
        // 129 to 256
        differ!("zmm20", "rdi + 64", "rsi + 64", "30f"),
        "sub rdx, 64",
        "add rdi, 64",
        "add rsi, 64",
        "cmp rdx, 128",
        "jbe 11b",
        differ!("zmm20", "rdi + 64", "rsi + 64", "30f"),
        "jmp 11b",
        "30:",
        "add rdi, 64",
        "add rsi, 64",
        "31:", // the lowest bit that is set is the first byte that differs
        "kmovq rax, k1",
        "tzcnt rax, rax",
        difference!(),
        // more than 256: four at a time, of which one side is aligned
        "40:",
        "lea r8, [rdi + rdx - 256]", // the last ones
        "sub rsi, rdi",
        "add rdi, 64",
        "and rdi, -64",
        "cmp rdi, r8",
        "cmova rdi, r8",
        ".p2align 6",
        "41:",
        "vmovdqu64 zmm20, [rdi]",
        "vmovdqu64 zmm21, [rdi + 128]",
        "vmovdqu64 zmm22, [rdi + 64]",
        "vmovdqu64 zmm23, [rdi + 192]",
        "vpxorq zmm20, zmm20, [rdi + rsi]",
        "vpxorq zmm21, zmm21, [rdi + rsi + 128]",
        "vpternlogq zmm20, zmm22, [rdi + rsi + 64], 0xf6", // first or (second xor third)
        "vpternlogq zmm21, zmm23, [rdi + rsi + 192], 0xf6",
        "vporq zmm20, zmm20, zmm21",
        "vptestmb k1, zmm20, zmm20",
        "kortestq k1, k1",
        "jnz 43f",
        "cmp rdi, r8",
        "jae 42f",
        "add rdi, 256",
        "cmp rdi, r8",
        "jb 41b",
        "mov rdi, r8",
        "jmp 41b",
        "42:",
        equal!(),
        "43:", // which of the four
        "add rsi, rdi",
        differ!("zmm20", "rdi", "rsi", "31b"),
        differ!("zmm20", "rdi + 64", "rsi + 64", "30b"),
        "sub rdi, -128",
        "sub rsi, -128",
        differ!("zmm20", "rdi", "rsi", "31b"),
        differ!("zmm20", "rdi + 64", "rsi + 64", "30b"),
        "ud2", // one of them does
        ".cfi_endproc",
    )
}
