//! `memset`: overlapping stores up to 128 bytes, then a loop with aligned ones.

use core::arch::naked_asm;
use core::ffi::{c_int, c_void};
use core::sync::atomic::AtomicPtr;

use super::features::{AVX2, AVX512, FEATURES, KNOWN, REPEAT_FILL, ask};
use super::vectors::store;

/// What fills more than 64 bytes; null in a program without a heap; with 64-byte registers, what is worth the processor's own loop.
pub(in crate::mem) static FILL: AtomicPtr<()> = AtomicPtr::new(core::ptr::null_mut());

unsafe extern "C" {
    /// C's `memset`.
    ///
    /// # Safety
    /// `target` must be writable for `size` bytes.
    pub fn memset(target: *mut c_void, value: c_int, size: usize) -> *mut c_void;
}

function! {
    "memset";
    "mov rax, rdi", // the result
    "test byte ptr [rip + {features}], {avx512}",
    "jz 10f",
    "vpbroadcastb zmm20, esi",
    "cmp rdx, 64",
    "jb 20f",
    "vmovdqu64 [rdi], zmm20",
    "vmovdqu64 [rdi + rdx - 64], zmm20",
    "cmp rdx, 128",
    "ja 12f",
    "ret",
    "12:",
    "vmovdqu64 [rdi + 64], zmm20",
    "vmovdqu64 [rdi + rdx - 128], zmm20",
    "cmp rdx, 256",
    "ja 13f",
    "ret",
    "13:",
    store!("vmovdqu64", "zmm2", "rdi", "64": 0=2 0=3),
    store!("vmovdqu64", "zmm2", "rdi + rdx", "64": 0=-4 0=-3),
    "cmp rdx, 512",
    "ja 14f",
    "ret",
    "14:", // both ends are done
    "cmp rdx, [rip + {repeat}]",
    "jae 49f",
    "lea rdx, [rdi + rdx - 256]",
    "add rdi, 256",
    "and rdi, -64",
    ".p2align 6",
    "15:",
    store!("vmovdqa64", "zmm2", "rdi", "64": 0=0 0=1 0=2 0=3),
    "add rdi, 256",
    "cmp rdi, rdx",
    "jb 15b",
    "ret",
    // fewer than 64
    "20:",
    "cmp edx, 16",
    "jb 21f",
    "cmp edx, 32",
    "jae 23f",
    "vmovdqu8 [rdi], xmm20",
    "vmovdqu8 [rdi + rdx - 16], xmm20",
    "ret",
    "23:",
    "vmovdqu8 [rdi], ymm20",
    "vmovdqu8 [rdi + rdx - 32], ymm20",
    "ret",
    "21:",
    "cmp edx, 4",
    "jb 35f",
    "cmp edx, 8",
    "jb 22f",
    "vmovq [rdi], xmm20",
    "vmovq [rdi + rdx - 8], xmm20",
    "ret",
    "22:",
    "vmovd [rdi], xmm20",
    "vmovd [rdi + rdx - 4], xmm20",
    "ret",
    // without 64-byte registers
    "10:",
    "movzx ecx, sil",
    "imul ecx, ecx, 0x01010101", // the byte four times
    "movd xmm0, ecx",
    "pshufd xmm0, xmm0, 0", // sixteen times
    "cmp rdx, 64",
    "ja 49f",
    "cmp edx, 16",
    "jb 32f",
    "cmp edx, 32",
    "ja 33f",
    "movups [rdi], xmm0",
    "movups [rdi + rdx - 16], xmm0",
    "ret",
    "33:",
    "movups [rdi], xmm0",
    "movups [rdi + 16], xmm0",
    "movups [rdi + rdx - 32], xmm0",
    "movups [rdi + rdx - 16], xmm0",
    "ret",
    "32:",
    "cmp edx, 8",
    "jb 34f",
    "movq [rdi], xmm0",
    "movq [rdi + rdx - 8], xmm0",
    "ret",
    "34:",
    "cmp edx, 4",
    "jb 37f",
    "mov [rdi], ecx",
    "mov [rdi + rdx - 4], ecx",
    "ret",
    // fewer than 4
    "35:",
    "vmovd ecx, xmm20",
    "37:",
    "cmp edx, 2",
    "jb 38f",
    "mov [rdi], cx",
    "mov [rdi + rdx - 2], cx",
    "ret",
    "38:",
    "test edx, edx",
    "jz 36f",
    "mov [rdi], cl",
    "36:",
    "ret",
    "49:",
    "mov rcx, [rip + {longer}]",
    "test rcx, rcx",
    "jz {plain}",
    "jmp rcx",
    ;
    features = sym FEATURES,
    avx512 = const AVX512,
    repeat = sym REPEAT_FILL,
    longer = sym FILL,
    plain = sym fill_plain,
}

/// More than 64 bytes in a program without a heap, and the longest blocks with 64-byte registers: a short loop, and the
/// processor's own for long blocks. `rax` holds the result and `sil` the byte, as in all that follows; `xmm0` is full of
/// it but in the second case.
#[unsafe(naked)]
pub(in crate::mem) unsafe extern "C" fn fill_plain() {
    naked_asm!(
        ".cfi_startproc",
        "cmp rdx, 1024",
        "jae 70f",
        "lea rdx, [rdi + rdx - 32]",
        "61:",
        "movups [rdi], xmm0",
        "movups [rdi + 16], xmm0",
        "add rdi, 32",
        "cmp rdi, rdx",
        "jb 61b",
        "movups [rdx], xmm0",
        "movups [rdx + 16], xmm0",
        "ret",
        "70:",
        "mov r8, rax",
        "mov eax, esi",
        "mov rcx, rdx",
        "rep stosb",
        "mov rax, r8",
        "ret",
        ".cfi_endproc",
    )
}

/// More than 64 bytes for the first time in a program with a heap: chooses what this processor is fastest with.
#[unsafe(naked)]
pub(in crate::mem) unsafe extern "C" fn fill_first() {
    naked_asm!(
        ".cfi_startproc",
        "test byte ptr [rip + {features}], {known}",
        "jnz 60f",
        "push rdi",
        ".cfi_adjust_cfa_offset 8",
        "push rsi",
        ".cfi_adjust_cfa_offset 8",
        "push rdx", // three words: aligned as at a call (psABI 3.2.2)
        ".cfi_adjust_cfa_offset 8",
        "call {ask}",
        "pop rdx",
        ".cfi_adjust_cfa_offset -8",
        "pop rsi",
        ".cfi_adjust_cfa_offset -8",
        "pop rdi",
        ".cfi_adjust_cfa_offset -8",
        "60:",
        "lea r8, [rip + {with_sse}]",
        "lea r9, [rip + {with_avx}]",
        "test byte ptr [rip + {features}], {avx2}",
        "cmovnz r8, r9",
        "lea r9, [rip + {with_avx512}]",
        "test byte ptr [rip + {features}], {avx512}",
        "cmovnz r8, r9",
        "mov [rip + {chosen}], r8",
        "jmp {again}", // asking has overwritten what the variants expect
        ".cfi_endproc",
        features = sym FEATURES,
        known = const KNOWN,
        avx2 = const AVX2,
        avx512 = const AVX512,
        ask = sym ask,
        with_sse = sym fill_sse,
        with_avx = sym fill_avx,
        with_avx512 = sym fill_plain,
        chosen = sym FILL,
        again = sym memset,
    )
}

/// A variant of what fills long blocks, with one kind of register (`vectors.rs`). Register 0 is full of the byte after
/// `$begin`; `$leave` comes before a return.
macro_rules! fill_with {
    ($(#[$doc:meta])* $name:ident, [$any:literal, $aligned:literal, $register:literal], $size:literal, [$($begin:expr),*],
     [$($leave:literal)?]) => {
        $(#[$doc])*
        #[unsafe(naked)]
        unsafe extern "C" fn $name() {
            naked_asm!(
                ".cfi_startproc",
                $($begin,)*
                concat!("lea r9, [rdi + rdx - ", $size, "*4]"), // the last four are stored at the end
                store!($any, $register, "rdi", $size: 0=0 0=1 0=2 0=3),
                concat!("cmp rdx, ", $size, "*8"),
                "jbe 62f",
                "cmp rdx, [rip + {repeat}]",
                "jae 70f",
                concat!("add rdi, ", $size, "*4"),
                concat!("and rdi, -", $size),
                ".p2align 6",
                "61:",
                store!($aligned, $register, "rdi", $size: 0=0 0=1 0=2 0=3),
                concat!("add rdi, ", $size, "*4"),
                "cmp rdi, r9",
                "jb 61b",
                "62:",
                store!($any, $register, "r9", $size: 0=0 0=1 0=2 0=3),
                $($leave,)?
                "ret",
                "70:",
                "mov r8, rax",
                "mov eax, esi",
                "mov rcx, rdx",
                "rep stosb",
                "mov rax, r8",
                $($leave,)?
                "ret",
                ".cfi_endproc",
                repeat = sym REPEAT_FILL,
            )
        }
    };
}

fill_with! {
    /// More than 64 bytes with 16-byte registers.
    fill_sse, ["movups", "movaps", "xmm"], "16", [], []
}

fill_with! {
    /// More than 64 bytes with 32-byte registers.
    fill_avx, ["vmovdqu", "vmovdqa", "ymm"], "32",
    [
        "vinsertf128 ymm0, ymm0, xmm0, 1",
        "cmp rdx, 128",
        "ja 50f",
        store!("vmovdqu", "ymm", "rdi", "32": 0=0 0=1),
        store!("vmovdqu", "ymm", "rdi + rdx", "32": 0=-2 0=-1),
        "vzeroupper",
        "ret",
        "50:"
    ],
    ["vzeroupper"]
}
