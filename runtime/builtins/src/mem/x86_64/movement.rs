//! `memcpy` and `memmove`: one routine, correct for overlapping blocks in both directions.
//!
//! Short blocks are loaded whole before anything is stored, from both ends, overlapping in the middle: no loop and few
//! branches. What is longer than 64 bytes goes through a pointer (`mod.rs` says where to), unless this processor is known to
//! have 64-byte registers: two or four of them are used at once.

pub(in crate::mem) mod long;

use core::ffi::c_void;
use core::sync::atomic::AtomicPtr;

use super::features::{AVX512, FEATURES};
use super::vectors::both_ends;

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
