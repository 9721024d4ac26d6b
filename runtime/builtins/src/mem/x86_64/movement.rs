//! `memcpy` and `memmove`: one routine, correct for overlapping blocks in both directions.
//!
//! Short blocks are loaded whole before anything is stored, from both ends, overlapping in the middle: no loop and few
//! branches. What is longer than 32 bytes goes through a pointer (`mod.rs` says where to).

pub(in crate::mem) mod long;

use core::ffi::c_void;
use core::sync::atomic::AtomicPtr;

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

/// What moves more than 32 bytes; null in a program without a heap.
pub(in crate::mem) static MOVE: AtomicPtr<()> = AtomicPtr::new(core::ptr::null_mut());

function! {
    "memmove", "memcpy";
    "mov rax, rdi", // the result
    "cmp rdx, 32",
    "jbe 10f",
    "mov rcx, [rip + {longer}]",
    "test rcx, rcx",
    "jz 60f",
    "jmp rcx",
    "10:",
    "cmp edx, 16",
    "jae 15f",
    "cmp edx, 8",
    "jae 14f",
    "cmp edx, 4",
    "jae 13f",
    "cmp edx, 1",
    "ja 12f",
    "jb 11f",
    "movzx ecx, byte ptr [rsi]",
    "mov [rdi], cl",
    "11:",
    "ret",
    "12:", // 2 and 3
    "movzx ecx, word ptr [rsi]",
    "movzx r8d, word ptr [rsi + rdx - 2]",
    "mov [rdi], cx",
    "mov [rdi + rdx - 2], r8w",
    "ret",
    "13:", // 4 to 7
    both_ends!("mov", "ecx", "r8d", 4),
    "ret",
    "14:", // 8 to 15
    both_ends!("mov", "rcx", "r8", 8),
    "ret",
    "15:", // 16 to 32
    both_ends!("movups", "xmm0", "xmm1", 16),
    "ret",
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
    longer = sym MOVE,
}
