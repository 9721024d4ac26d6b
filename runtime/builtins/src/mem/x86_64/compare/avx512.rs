//! More than 64 bytes with 64-byte registers.

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

/// The bits that differ at a place behind `rdi`, in a register.
macro_rules! differences {
    ($register:literal, $place:literal) => {
        concat!(
            concat!("vmovdqu64 ", $register, ", [rdi + ", $place, "]\n"),
            concat!("vpxorq ", $register, ", ", $register, ", [rdi + rsi + ", $place, "]")
        )
    };
}

/// Those at another place too, by way of a second register.
macro_rules! or_differences {
    ($register:literal, $second:literal, $place:literal) => {
        concat!(
            concat!("vmovdqu64 ", $second, ", [rdi + ", $place, "]\n"),
            concat!("vpternlogq ", $register, ", ", $second, ", [rdi + rsi + ", $place, "], 0xf6") // first or (second xor third)
        )
    };
}

/// As `memcmp` for more than 64 bytes.
#[unsafe(naked)]
pub(super) unsafe extern "C" fn compare() {
    naked_asm!(
        ".cfi_startproc",
        differ!("zmm20", "rdi", "rsi", "31f"),
        "cmp rdx, 128",
        "ja 20f",
        // the last 64
        "lea rdi, [rdi + rdx - 64]",
        "lea rsi, [rsi + rdx - 64]",
        differ!("zmm20", "rdi", "rsi", "31f"),
        equal!(),
        "20:",
        "cmp rdx, 256",
        "ja 39f",
        // 129 to 256
        differ!("zmm20", "rdi + 64", "rsi + 64", "30f"),
        "lea rdi, [rdi + rdx - 128]",
        "lea rsi, [rsi + rdx - 128]",
        differ!("zmm20", "rdi", "rsi", "31f"),
        differ!("zmm20", "rdi + 64", "rsi + 64", "30f"),
        equal!(),
        "30:",
        "add rdi, 64",
        "add rsi, 64",
        "31:", // the lowest bit that is set is the first byte that differs
        "kmovq rax, k1",
        "tzcnt rax, rax",
        difference!(),
        // more than 256: four at a time, of which one side is aligned
        "39:",
        "lea r8, [rdi + rdx - 256]", // the last ones
        "sub rsi, rdi",
        "add rdi, 64",
        "and rdi, -64",
        "cmp rdx, {beyond_second_cache}",
        "jae 45f",
        "40:",
        "cmp rdi, r8",
        "cmova rdi, r8",
        ".p2align 6",
        "41:",
        differences!("zmm20", 0),
        differences!("zmm21", 64),
        or_differences!("zmm20", "zmm22", 128),
        or_differences!("zmm21", "zmm23", 192),
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
        // so much that the caches beyond the second are the limit, and one side's registers would all cross lines: by halves
        "45:",
        "test sil, 63",
        "jz 40b",
        ".p2align 6",
        "46:",
        differences!("ymm20", 0),
        differences!("ymm21", 32),
        or_differences!("ymm20", "ymm22", 64),
        or_differences!("ymm21", "ymm23", 96),
        or_differences!("ymm20", "ymm22", 128),
        or_differences!("ymm21", "ymm23", 160),
        or_differences!("ymm20", "ymm22", 192),
        or_differences!("ymm21", "ymm23", 224),
        "vporq ymm20, ymm20, ymm21",
        "vptestmb k1, ymm20, ymm20",
        "kortestd k1, k1",
        "jnz 41b",
        "add rdi, 256",
        "cmp rdi, r8",
        "jb 46b",
        "jmp 40b",
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
        beyond_second_cache = const 4 << 20,
    )
}
