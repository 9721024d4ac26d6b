//! `memset`: overlapping stores up to 128 bytes, then a loop with aligned ones.

use core::arch::naked_asm;
use core::ffi::{c_int, c_void};
use core::sync::atomic::AtomicPtr;

use super::features::{AVX2, AVX512, FEATURES, KNOWN, NON_TEMPORAL, REPEAT_FILL, ask};

/// What fills more than 64 bytes.
pub(in crate::mem) static FILL: AtomicPtr<()> = AtomicPtr::new(fill_plain as *mut ());

/// C's `memset`.
///
/// # Safety
/// `target` must be writable for `size` bytes.
#[unsafe(naked)]
#[unsafe(no_mangle)]
pub unsafe extern "C" fn memset(target: *mut c_void, value: c_int, size: usize) -> *mut c_void {
    naked_asm!(
        ".cfi_startproc",
        "mov rax, rdi", // the result
        "movzx ecx, sil",
        "imul ecx, ecx, 0x01010101", // the byte four times
        "movd xmm0, ecx",
        "pshufd xmm0, xmm0, 0", // sixteen times
        "cmp rdx, 16",
        "jb 20f",
        "cmp rdx, 32",
        "ja 30f",
        "movups [rdi], xmm0",
        "movups [rdi + rdx - 16], xmm0",
        "ret",
        "20:",
        "cmp edx, 8",
        "jb 21f",
        "movq [rdi], xmm0",
        "movq [rdi + rdx - 8], xmm0",
        "ret",
        "21:",
        "cmp edx, 4",
        "jb 22f",
        "mov [rdi], ecx",
        "mov [rdi + rdx - 4], ecx",
        "ret",
        "22:",
        "test edx, edx",
        "jz 23f",
        // 1 to 3: first, middle, last
        "mov r9d, edx",
        "shr r9d, 1",
        "mov [rdi], cl",
        "mov [rdi + r9], cl",
        "mov [rdi + rdx - 1], cl",
        "23:",
        "ret",
        "30:",
        "cmp rdx, 64",
        "ja 40f",
        "movups [rdi], xmm0",
        "movups [rdi + 16], xmm0",
        "movups [rdi + rdx - 32], xmm0",
        "movups [rdi + rdx - 16], xmm0",
        "ret",
        "40:",
        "jmp qword ptr [rip + {longer}]",
        ".cfi_endproc",
        longer = sym FILL,
    )
}

/// More than 64 bytes in a program without a heap: the processor's own loop. `rax` holds the result, `ecx` the byte
/// four times and `xmm0` sixteen times, as in all that follows.
#[unsafe(naked)]
pub(in crate::mem) unsafe extern "C" fn fill_plain() {
    naked_asm!(
        ".cfi_startproc",
        "mov r8, rax",
        "mov eax, ecx",
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
        "test byte ptr [rip + {features}], {avx512}",
        "lea r8, [rip + {without_avx512}]",
        "lea r9, [rip + {with_avx512}]",
        "cmovnz r8, r9",
        "mov [rip + {chosen}], r8",
        "jmp {again}", // asking has overwritten what the variants expect
        ".cfi_endproc",
        features = sym FEATURES,
        known = const KNOWN,
        avx512 = const AVX512,
        ask = sym ask,
        with_avx512 = sym fill_avx512,
        without_avx512 = sym fill_long,
        chosen = sym FILL,
        again = sym memset,
    )
}

/// More than 64 bytes without 64-byte registers.
#[unsafe(naked)]
unsafe extern "C" fn fill_long() {
    naked_asm!(
        ".cfi_startproc",
        "cmp rdx, 128",
        "ja 50f",
        "movups [rdi], xmm0",
        "movups [rdi + 16], xmm0",
        "movups [rdi + 32], xmm0",
        "movups [rdi + 48], xmm0",
        "movups [rdi + rdx - 64], xmm0",
        "movups [rdi + rdx - 48], xmm0",
        "movups [rdi + rdx - 32], xmm0",
        "movups [rdi + rdx - 16], xmm0",
        "ret",
        "50:",
        "test byte ptr [rip + {features}], {avx2}",
        "jz {without_avx}",
        "vinsertf128 ymm0, ymm0, xmm0, 1",
        "lea r9, [rdi + rdx - 128]", // the last 128 bytes are stored at the end
        "vmovdqu [rdi], ymm0",
        "or rdi, 31",
        "inc rdi",
        "cmp rdx, [rip + {non_temporal}]",
        "jae 70f",
        "cmp rdi, r9",
        "jae 62f",
        ".p2align 5",
        "61:",
        "vmovdqa [rdi], ymm0",
        "vmovdqa [rdi + 32], ymm0",
        "vmovdqa [rdi + 64], ymm0",
        "vmovdqa [rdi + 96], ymm0",
        "sub rdi, -128",
        "cmp rdi, r9",
        "jb 61b",
        "62:",
        "vmovdqu [r9], ymm0",
        "vmovdqu [r9 + 32], ymm0",
        "vmovdqu [r9 + 64], ymm0",
        "vmovdqu [r9 + 96], ymm0",
        "vzeroupper",
        "ret",
        ".p2align 5",
        "70:",
        "vmovntdq [rdi], ymm0",
        "vmovntdq [rdi + 32], ymm0",
        "vmovntdq [rdi + 64], ymm0",
        "vmovntdq [rdi + 96], ymm0",
        "sub rdi, -128",
        "cmp rdi, r9",
        "jb 70b",
        "sfence",
        "jmp 62b",
        ".cfi_endproc",
        features = sym FEATURES,
        avx2 = const AVX2,
        non_temporal = sym NON_TEMPORAL,
        without_avx = sym fill_sse,
    )
}

/// More than 64 bytes with 64-byte registers, of which those above 15 need no vzeroupper.
#[unsafe(naked)]
unsafe extern "C" fn fill_avx512() {
    naked_asm!(
        ".cfi_startproc",
        "vpbroadcastd zmm16, ecx",
        "vmovdqu64 [rdi], zmm16",
        "vmovdqu64 [rdi + rdx - 64], zmm16",
        "cmp rdx, 128",
        "ja 50f",
        "ret",
        "50:",
        "vmovdqu64 [rdi + 64], zmm16",
        "vmovdqu64 [rdi + rdx - 128], zmm16",
        "cmp rdx, 256",
        "ja 52f",
        "ret",
        "52:",
        "lea r9, [rdi + rdx - 256]", // the last 256 bytes are stored at the end
        "vmovdqu64 [rdi + 128], zmm16",
        "vmovdqu64 [rdi + 192], zmm16",
        "cmp rdx, 512",
        "jbe 62f",
        "cmp rdx, [rip + {repeat}]",
        "jae 70f",
        "add rdi, 256",
        "and rdi, -64",
        ".p2align 6",
        "61:",
        "vmovdqa64 [rdi], zmm16",
        "vmovdqa64 [rdi + 64], zmm16",
        "vmovdqa64 [rdi + 128], zmm16",
        "vmovdqa64 [rdi + 192], zmm16",
        "add rdi, 256",
        "cmp rdi, r9",
        "jb 61b",
        "62:",
        "vmovdqu64 [r9], zmm16",
        "vmovdqu64 [r9 + 64], zmm16",
        "vmovdqu64 [r9 + 128], zmm16",
        "vmovdqu64 [r9 + 192], zmm16",
        "ret",
        "70:", // the processor's own loop
        "mov r8, rax",
        "movzx eax, cl",
        "mov rcx, rdx",
        "rep stosb",
        "mov rax, r8",
        "ret",
        ".cfi_endproc",
        repeat = sym REPEAT_FILL,
    )
}

/// More than 128 bytes with 16-byte registers.
#[unsafe(naked)]
unsafe extern "C" fn fill_sse() {
    naked_asm!(
        ".cfi_startproc",
        "lea r9, [rdi + rdx - 64]",
        "movups [rdi], xmm0",
        "or rdi, 15",
        "inc rdi",
        ".p2align 4",
        "61:",
        "movaps [rdi], xmm0",
        "movaps [rdi + 16], xmm0",
        "movaps [rdi + 32], xmm0",
        "movaps [rdi + 48], xmm0",
        "add rdi, 64",
        "cmp rdi, r9",
        "jb 61b",
        "movups [r9], xmm0",
        "movups [r9 + 16], xmm0",
        "movups [r9 + 32], xmm0",
        "movups [r9 + 48], xmm0",
        "ret",
        ".cfi_endproc",
    )
}
