//! The first byte of a value in a block. Not C's `memchr`, whose name no program gets from here.

use core::ffi::{c_int, c_void};

use super::features::{AVX512, FEATURES};

unsafe extern "C" {
    /// The index of the first byte of a value, or `size` if there is none.
    ///
    /// # Safety
    /// `block` must be readable for `size` bytes.
    #[link_name = "__fullrust_find_byte"]
    pub fn find_byte(block: *const c_void, byte: c_int, size: usize) -> usize;
}

function! {
    "__fullrust_find_byte";
    "test byte ptr [rip + {features}], {avx512}",
    "jz 40f",
    "vpbroadcastb zmm20, esi",
    "xor ecx, ecx",
    "cmp rdx, 64",
    "ja 20f",
    // up to 64: bytes behind the end are masked, and cannot fault
    "mov rax, -1",
    "bzhi rax, rax, rdx",
    "kmovq k1, rax",
    "vmovdqu8 zmm21 {{k1}}{{z}}, [rdi]",
    "vpcmpeqb k1 {{k1}}, zmm21, zmm20",
    "kmovq rax, k1",
    "tzcnt rax, rax", // 64 if there is none
    "cmp rax, rdx",
    "cmova rax, rdx",
    "ret",
    "20:",
    "lea r8, [rdx - 64]",
    ".p2align 5",
    "21:",
    "vpcmpeqb k1, zmm20, [rdi + rcx]",
    "kortestq k1, k1",
    "jnz 22f",
    "add rcx, 64",
    "cmp rcx, r8",
    "jb 21b",
    "mov rcx, r8", // the last 64
    "vpcmpeqb k1, zmm20, [rdi + rcx]",
    "22:",
    "kmovq rax, k1",
    "tzcnt rax, rax",
    "add rax, rcx",
    "ret",
    // with 16-byte registers
    "40:",
    "xor ecx, ecx",
    "cmp rdx, 16",
    "jb 50f",
    "movzx eax, sil",
    "imul eax, eax, 0x01010101",
    "movd xmm0, eax",
    "pshufd xmm0, xmm0, 0",
    "lea r8, [rdx - 16]",
    "41:",
    "movdqu xmm1, [rdi + rcx]",
    "pcmpeqb xmm1, xmm0",
    "pmovmskb eax, xmm1",
    "test eax, eax",
    "jnz 43f",
    "cmp rcx, r8",
    "jae 42f",
    "add rcx, 16",
    "cmp rcx, r8",
    "cmova rcx, r8", // the last 16
    "jmp 41b",
    "42:",
    "mov rax, rdx",
    "ret",
    "43:",
    "bsf eax, eax",
    "add rax, rcx",
    "ret",
    "50:",
    "cmp rcx, rdx",
    "jae 42b",
    "cmp [rdi + rcx], sil",
    "je 51f",
    "inc rcx",
    "jmp 50b",
    "51:",
    "mov rax, rcx",
    "ret",
    ;
    features = sym FEATURES,
    avx512 = const AVX512,
}
