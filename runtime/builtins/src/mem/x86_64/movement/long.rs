//! Moving long blocks in a program with a heap: all of a block at once up to eight registers, then a loop with aligned stores
//! in the direction that an overlap allows. What a loop may overwrite at both ends of its way is loaded before it begins.

use core::arch::naked_asm;

use super::super::features::{NON_TEMPORAL, REPEAT};
use super::super::vectors::{both_ends, load, store};

/// The way forwards: loads the first register and the last four; `rcx` is the first aligned place behind the start, `rsi` what
/// goes there, `r9` the place of the last four.
macro_rules! begin_forwards {
    ($any:literal, $register:literal, $size:literal) => {
        concat!(
            load!($any, $register, "rsi + rdx", $size: 8=-1 7=-2 6=-3 5=-4),
            load!($any, $register, "rsi", $size: 0=0),
            concat!("lea r9, [rdi + rdx - ", $size, "*4]\n"),
            concat!("mov rcx, rdi\nor rcx, ", $size, "-1\ninc rcx\n"),
            "sub rsi, rdi\nadd rsi, rcx"
        )
    };
}

/// A variant of what moves long blocks, with one kind of register (`vectors.rs`) and its non-temporal store. `$short` are
/// the lines for what fits into two registers, `$leave` what comes before a return.
macro_rules! move_with {
    ($(#[$doc:meta])* $name:ident, [$any:literal, $aligned:literal, $register:literal], $size:literal, $past_caches:literal,
     [$($short:expr),*], [$($leave:literal)?]) => {
        $(#[$doc])*
        #[unsafe(naked)]
        pub(in crate::mem::x86_64) unsafe extern "C" fn $name() {
            naked_asm!(
                ".cfi_startproc",
                $($short,)*
                concat!("cmp rdx, ", $size, "*8"),
                "ja 60f",
                load!($any, $register, "rsi", $size: 0=0 1=1),
                concat!("cmp rdx, ", $size, "*4"),
                "ja 52f",
                // up to four registers
                load!($any, $register, "rsi + rdx", $size: 2=-2 3=-1),
                store!($any, $register, "rdi", $size: 0=0 1=1),
                store!($any, $register, "rdi + rdx", $size: 3=-1 2=-2),
                $($leave,)?
                "ret",
                "52:", // up to eight
                load!($any, $register, "rsi", $size: 2=2 3=3),
                load!($any, $register, "rsi + rdx", $size: 4=-4 5=-3 6=-2 7=-1),
                store!($any, $register, "rdi", $size: 0=0 1=1 2=2 3=3),
                store!($any, $register, "rdi + rdx", $size: 7=-1 6=-2 5=-3 4=-4),
                $($leave,)?
                "ret",
                "60:",
                "mov r8, rdi",
                "sub r8, rsi",
                "cmp r8, rdx",
                "jb 80f", // the target starts inside the source: backwards
                "cmp rdx, [rip + {repeat}]",
                "jae 70f",
                "61:", // forwards
                begin_forwards!($any, $register, $size),
                ".p2align 5",
                "62:",
                load!($any, $register, "rsi", $size: 1=0 2=1 3=2 4=3),
                concat!("add rsi, ", $size, "*4"),
                store!($aligned, $register, "rcx", $size: 1=0 2=1 3=2 4=3),
                concat!("add rcx, ", $size, "*4"),
                "cmp rcx, r9",
                "jb 62b",
                "63:",
                store!($any, $register, "r9", $size: 8=3 7=2 6=1 5=0),
                store!($any, $register, "rax", $size: 0=0),
                $($leave,)?
                "ret",
                // the processor's own loop, unless the blocks overlap closely or do not fit the caches
                "70:",
                "cmp rdx, [rip + {non_temporal}]",
                "jae 75f",
                "cmp r8, -4096",
                "ja 61b",
                load!($any, $register, "rsi", $size: 0=0 1=1 2=2 3=3),
                "mov rcx, rdi",
                "or rdi, 63",
                "inc rdi", // to the start of a cache line
                "sub rcx, rdi",
                "sub rsi, rcx",
                "add rcx, rdx",
                "rep movsb",
                store!($any, $register, "rax", $size: 0=0 1=1 2=2 3=3),
                $($leave,)?
                "ret",
                // too large for the caches; not with an overlap, where lines are read again soon
                "75:",
                "neg r8", // source - target
                "cmp r8, rdx",
                "jb 61b",
                begin_forwards!($any, $register, $size),
                ".p2align 6",
                "76:",
                "prefetcht0 [rsi + 512]",
                "prefetcht0 [rsi + 576]",
                load!($any, $register, "rsi", $size: 1=0 2=1 3=2 4=3),
                concat!("add rsi, ", $size, "*4"),
                store!($past_caches, $register, "rcx", $size: 1=0 2=1 3=2 4=3),
                concat!("add rcx, ", $size, "*4"),
                "cmp rcx, r9",
                "jb 76b",
                "sfence",
                "jmp 63b",
                // backwards: the tail, and the first four
                "80:",
                load!($any, $register, "rsi + rdx", $size: 0=-1),
                load!($any, $register, "rsi", $size: 5=0 6=1 7=2 8=3),
                concat!("lea r9, [rdi + ", $size, "*4]"),
                concat!("lea r10, [rdi + rdx - ", $size, "]"), // where the tail goes
                "lea rcx, [rdi + rdx - 1]",
                concat!("and rcx, -", $size), // the last aligned place before the end
                "sub rsi, rdi",
                "add rsi, rcx",
                ".p2align 5",
                "81:",
                load!($any, $register, "rsi", $size: 1=-1 2=-2 3=-3 4=-4),
                concat!("sub rsi, ", $size, "*4"),
                store!($aligned, $register, "rcx", $size: 1=-1 2=-2 3=-3 4=-4),
                concat!("sub rcx, ", $size, "*4"),
                "cmp rcx, r9",
                "ja 81b",
                store!($any, $register, "rax", $size: 5=0 6=1 7=2 8=3),
                store!($any, $register, "r10", $size: 0=0),
                $($leave,)?
                "ret",
                ".cfi_endproc",
                repeat = sym REPEAT,
                non_temporal = sym NON_TEMPORAL,
            )
        }
    };
}

move_with! {
    /// More than 32 bytes with 16-byte registers.
    move_sse, ["movups", "movaps", "xmm"], "16", "movntps", [], []
}

move_with! {
    /// More than 32 bytes with 32-byte registers.
    move_avx, ["vmovdqu", "vmovdqa", "ymm"], "32", "vmovntdq",
    ["cmp rdx, 64", "ja 50f", both_ends!("vmovdqu", "ymm0", "ymm1", 32), "vzeroupper", "ret", "50:"],
    ["vzeroupper"]
}

move_with! {
    /// More than 32 bytes with 64-byte registers.
    move_avx512, ["vmovdqu64", "vmovdqa64", "zmm2"], "64", "vmovntdq",
    [
        "cmp rdx, 128",
        "ja 51f",
        "cmp rdx, 64",
        "jb 50f",
        both_ends!("vmovdqu64", "zmm20", "zmm21", 64),
        "ret",
        "50:",
        both_ends!("vmovdqu64", "ymm20", "ymm21", 32),
        "ret",
        "51:"
    ],
    []
}
