//! `memcpy` and `memmove`: one routine, correct for overlapping blocks in both directions.
//!
//! Short blocks are loaded whole before anything is stored, from both ends, overlapping in the middle: no loop and few
//! branches. Above, a loop with aligned stores runs in the direction that an overlap allows; the last bytes of its way,
//! and the first ones, are loaded before it starts and stored when it is done. What is longer than 64 bytes goes through
//! a pointer (`mod.rs` says where to), unless this processor is known to have 64-byte registers: two or four of them are
//! used at once.

use core::arch::naked_asm;
use core::ffi::c_void;
use core::sync::atomic::AtomicPtr;

use super::features::{AVX2, AVX512, FEATURES, KNOWN, NON_TEMPORAL, REPEAT, ask};
use super::vectors::{ask_first, both_ends, load, store};

unsafe extern "C" {
    /// C's `memcpy`: another name of [`memmove`], so overlapping blocks are fine too.
    ///
    /// # Safety
    /// `source` must be readable and `target` writable for `size` bytes.
    pub fn memcpy(target: *mut c_void, source: *const c_void, size: usize) -> *mut c_void;

    /// C's `memmove`: moves short blocks by itself.
    ///
    /// # Safety
    /// `source` must be readable and `target` writable for `size` bytes.
    pub fn memmove(target: *mut c_void, source: *const c_void, size: usize) -> *mut c_void;
}

/// What moves more than 64 bytes, or more than 256 with 64-byte registers; null in a program without a heap.
pub(in crate::mem) static MOVE: AtomicPtr<()> = AtomicPtr::new(core::ptr::null_mut());

function! {
    "memmove", "memcpy";
    "mov rax, rdi", // the result
    "cmp rdx, 64",
    "ja 40f",
    "cmp edx, 32",
    "ja 30f",
    "cmp edx, 16",
    "jae 26f",
    "cmp edx, 8",
    "jae 25f",
    "cmp edx, 4",
    "jae 24f",
    "cmp edx, 1",
    "ja 23f",
    "jb 22f",
    "movzx ecx, byte ptr [rsi]",
    "mov [rdi], cl",
    "22:",
    "ret",
    "23:", // 2 and 3
    "movzx ecx, word ptr [rsi]",
    "movzx r8d, word ptr [rsi + rdx - 2]",
    "mov [rdi], cx",
    "mov [rdi + rdx - 2], r8w",
    "ret",
    "24:", // 4 to 7
    both_ends!("mov", "ecx", "r8d", 4),
    "ret",
    "25:", // 8 to 15
    both_ends!("mov", "rcx", "r8", 8),
    "ret",
    "26:", // 16 to 32
    both_ends!("movups", "xmm0", "xmm1", 16),
    "ret",
    "30:", // 33 to 64
    "test byte ptr [rip + {features}], {avx512}",
    "jz 31f",
    both_ends!("vmovdqu64", "ymm20", "ymm21", 32),
    "ret",
    "31:",
    "movups xmm0, [rsi]",
    "movups xmm1, [rsi + 16]",
    "movups xmm2, [rsi + rdx - 32]",
    "movups xmm3, [rsi + rdx - 16]",
    "movups [rdi], xmm0",
    "movups [rdi + 16], xmm1",
    "movups [rdi + rdx - 32], xmm2",
    "movups [rdi + rdx - 16], xmm3",
    "ret",
    "40:",
    "cmp rdx, 256",
    "ja 50f",
    "test byte ptr [rip + {features}], {avx512}",
    "jz 50f",
    // 65 to 128
    "vmovdqu64 zmm21, [rsi + rdx - 64]",
    "vmovdqu64 zmm20, [rsi]",
    "cmp rdx, 128",
    "ja 41f",
    "vmovdqu64 [rdi], zmm20",
    "vmovdqu64 [rdi + rdx - 64], zmm21",
    "ret",
    "41:", // 129 to 256
    "vmovdqu64 zmm22, [rsi + 64]",
    "vmovdqu64 zmm23, [rsi + rdx - 128]",
    "vmovdqu64 [rdi + rdx - 64], zmm21",
    "vmovdqu64 [rdi], zmm20",
    "vmovdqu64 [rdi + 64], zmm22",
    "vmovdqu64 [rdi + rdx - 128], zmm23",
    "ret",
    "50:",
    "mov rcx, [rip + {longer}]",
    "test rcx, rcx",
    "jz 60f",
    "jmp rcx",
    "60:", // no heap
    "mov r8, rdi",
    "sub r8, rsi",
    "cmp r8, rdx",
    "jb 80f", // the target starts inside the source: backwards
    // forwards; the last 32 bytes are loaded before they may be overwritten
    "movups xmm2, [rsi + rdx - 32]",
    "movups xmm3, [rsi + rdx - 16]",
    "lea rdx, [rdi + rdx - 32]",
    "61:",
    "movups xmm0, [rsi]",
    "movups xmm1, [rsi + 16]",
    "add rsi, 32",
    "movups [rdi], xmm0",
    "movups [rdi + 16], xmm1",
    "add rdi, 32",
    "cmp rdi, rdx",
    "jb 61b",
    "movups [rdx], xmm2",
    "movups [rdx + 16], xmm3",
    "ret",
    "80:",
    "movups xmm2, [rsi]",
    "movups xmm3, [rsi + 16]",
    "81:",
    "movups xmm0, [rsi + rdx - 16]",
    "movups xmm1, [rsi + rdx - 32]",
    "movups [rdi + rdx - 16], xmm0",
    "movups [rdi + rdx - 32], xmm1",
    "sub rdx, 32",
    "cmp rdx, 32",
    "ja 81b",
    "movups [rdi], xmm2",
    "movups [rdi + 16], xmm3",
    "ret",
    ;
    features = sym FEATURES,
    avx512 = const AVX512,
    longer = sym MOVE,
}

/// More than 64 bytes for the first time in a program with a heap: chooses what this processor is fastest with. `rax` holds
/// the result, as in all that follows.
#[unsafe(naked)]
pub(in crate::mem) unsafe extern "C" fn move_first() {
    naked_asm!(
        ".cfi_startproc",
        "test byte ptr [rip + {features}], {known}",
        "jnz 60f",
        ask_first!(),
        "60:",
        "lea r8, [rip + {with_sse}]",
        "lea rcx, [rip + {with_avx}]",
        "test byte ptr [rip + {features}], {avx2}",
        "cmovnz r8, rcx",
        "lea rcx, [rip + {with_avx512}]",
        "test byte ptr [rip + {features}], {avx512}",
        "cmovnz r8, rcx",
        "mov [rip + {chosen}], r8",
        "jmp {again}",
        ".cfi_endproc",
        features = sym FEATURES,
        known = const KNOWN,
        avx2 = const AVX2,
        avx512 = const AVX512,
        ask = sym ask,
        with_sse = sym move_sse,
        with_avx = sym move_avx,
        with_avx512 = sym move_avx512,
        chosen = sym MOVE,
        again = sym memmove,
    )
}

/// A variant of what moves long blocks, with one kind of register (`vectors.rs`) and its non-temporal store. `$short` are
/// the lines for what is longer than 64 bytes and fits into four registers, `$leave` what comes before a return.
macro_rules! move_with {
    ($(#[$doc:meta])* $name:ident, [$any:literal, $aligned:literal, $register:literal], $size:literal, $past_caches:literal,
     [$($short:expr),*], [$($leave:literal)?]) => {
        $(#[$doc])*
        #[unsafe(naked)]
        unsafe extern "C" fn $name() {
            naked_asm!(
                ".cfi_startproc",
                $($short,)*
                concat!("cmp rdx, ", $size, "*8"),
                "ja 60f",
                // up to eight registers
                load!($any, $register, "rsi", $size: 0=0 1=1 2=2 3=3),
                load!($any, $register, "rsi + rdx", $size: 7=-1 6=-2 5=-3 4=-4),
                store!($any, $register, "rdi + rdx", $size: 7=-1 6=-2 5=-3 4=-4),
                store!($any, $register, "rdi", $size: 0=0 1=1 2=2 3=3),
                $($leave,)?
                "ret",
                "60:",
                "mov r8, rdi",
                "sub r8, rsi",
                "cmp r8, rdx",
                "jb 80f", // the target starts inside the source: backwards
                "cmp rdx, [rip + {repeat}]",
                "jae 70f",
                // forwards: the head, and the last four
                "61:",
                load!($any, $register, "rsi + rdx", $size: 8=-1 7=-2 6=-3 5=-4),
                load!($any, $register, "rsi", $size: 0=0),
                concat!("lea r9, [rdi + rdx - ", $size, "*4]"),
                "mov rcx, rdi",
                concat!("or rcx, ", $size, "-1"),
                "inc rcx", // the first aligned place behind the start
                "sub rsi, rdi",
                "add rsi, rcx",
                "cmp rdx, [rip + {non_temporal}]",
                "jae 75f",
                "62:", // what the head's store may overwrite is loaded now
                load!($any, $register, "rsi", $size: 1=0 2=1 3=2 4=3),
                store!($any, $register, "rax", $size: 0=0),
                concat!("add rsi, ", $size, "*4"),
                store!($aligned, $register, "rcx", $size: 1=0 2=1 3=2 4=3),
                concat!("add rcx, ", $size, "*4"),
                "cmp rcx, r9",
                "jae 63f",
                ".p2align 6",
                "64:",
                load!($any, $register, "rsi", $size: 1=0 2=1 3=2 4=3),
                concat!("add rsi, ", $size, "*4"),
                store!($aligned, $register, "rcx", $size: 1=0 2=1 3=2 4=3),
                concat!("add rcx, ", $size, "*4"),
                "cmp rcx, r9",
                "jb 64b",
                "63:",
                store!($any, $register, "r9", $size: 8=3 7=2 6=1 5=0),
                $($leave,)?
                "ret",
                // the processor's own loop, unless the blocks overlap closely or do not fit the caches
                "70:",
                "cmp rdx, [rip + {non_temporal}]",
                "jae 61b",
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
                "jb 62b",
                store!($any, $register, "rax", $size: 0=0),
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
                ".p2align 6",
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
    /// More than 64 bytes with 16-byte registers.
    move_sse, ["movups", "movaps", "xmm"], "16", "movntps", [], []
}

move_with! {
    /// More than 64 bytes with 32-byte registers.
    move_avx, ["vmovdqu", "vmovdqa", "ymm"], "32", "vmovntdq",
    [
        "cmp rdx, 128",
        "ja 50f",
        load!("vmovdqu", "ymm", "rsi", "32": 0=0 1=1),
        load!("vmovdqu", "ymm", "rsi + rdx", "32": 3=-1 2=-2),
        store!("vmovdqu", "ymm", "rdi + rdx", "32": 3=-1 2=-2),
        store!("vmovdqu", "ymm", "rdi", "32": 0=0 1=1),
        "vzeroupper",
        "ret",
        "50:"
    ],
    ["vzeroupper"]
}

move_with! {
    /// More than 256 bytes with 64-byte registers; [`memmove`] has done the others.
    move_avx512, ["vmovdqu64", "vmovdqa64", "zmm2"], "64", "vmovntdq",
    [],
    []
}
