//! `memset`: overlapping stores up to 128 bytes, then a loop with aligned ones.

use core::arch::naked_asm;
use core::ffi::{c_int, c_void};
use core::sync::atomic::AtomicPtr;

use super::features::{AVX2, AVX512, FEATURES, KNOWN, REPEAT_FILL, ask};
use super::vectors::{ask_first, choose_variant, fill_ends};

/// What fills more than 32 bytes; null in a program without a heap; with 64-byte registers, what is worth the processor's own loop.
pub(in crate::mem) static FILL: AtomicPtr<()> = AtomicPtr::new(core::ptr::null_mut());

unsafe extern "C" {
    /// C's `memset`.
    ///
    /// # Safety
    /// `target` must be writable for `size` bytes.
    pub fn memset(target: *mut c_void, value: c_int, size: usize) -> *mut c_void;
}

/// Fills `xmm0` with the byte in `sil`.
macro_rules! broadcast {
    () => {
        "movzx ecx, sil\nimul ecx, ecx, 0x01010101\nmovd xmm0, ecx\npshufd xmm0, xmm0, 0"
    };
}

/// Fills a block of at least one register's size: more and more of both ends, then an aligned loop between them; from
/// `{repeat}` bytes on, on to a label.
macro_rules! fill_from_both_ends {
    ($any:literal, $aligned:literal, $register:literal, $size:literal, $leave:literal, $repeat:literal) => {
        concat!(
            concat!(fill_ends!($any, $register, $size), "\n"),
            concat!("cmp rdx, ", $size, "*2\nja 21f\n", $leave, "\nret\n21:\n"),
            concat!(fill!($any, $register, "rdi + ", $size: 1), fill!($any, $register, "rdi + rdx - ", $size: 2)),
            concat!("cmp rdx, ", $size, "*4\nja 22f\n", $leave, "\nret\n22:\n"),
            concat!(fill!($any, $register, "rdi + ", $size: 2 3), fill!($any, $register, "rdi + rdx - ", $size: 4 3)),
            concat!("cmp rdx, ", $size, "*8\nja 23f\n", $leave, "\nret\n23:\n"),
            concat!("cmp rdx, [rip + {repeat}]\njae ", $repeat, "\n"),
            concat!("lea rdx, [rdi + rdx - ", $size, "*4]\nadd rdi, ", $size, "*4\nand rdi, -", $size, "\n"),
            ".p2align 6\n24:\n",
            fill!($aligned, $register, "rdi + ", $size: 0 1 2 3),
            concat!("add rdi, ", $size, "*4\ncmp rdi, rdx\njb 24b\n", $leave, "\nret")
        )
    };
}

/// Stores a register at several places, counted in registers.
macro_rules! fill {
    ($op:literal, $register:literal, $to:literal, $size:literal: $($place:literal)*) => {
        concat!($($op, " [", $to, $size, "*", $place, "], ", $register, "\n"),*)
    };
}

function! {
    "memset";
    "mov rax, rdi", // the result
    "test byte ptr [rip + {features}], {avx512}",
    "jz 30f",
    "vpbroadcastb zmm20, esi",
    "cmp rdx, 64",
    "jae 20f",
    "cmp edx, 32",
    "jae 14f",
    "cmp edx, 16",
    "jae 13f",
    "cmp edx, 8",
    "jae 12f",
    "cmp edx, 4",
    "jae 11f",
    "cmp edx, 1",
    "ja 10f",
    "jb 9f",
    "mov [rdi], sil",
    "9:",
    "ret",
    "10:", // 2 and 3
    "vmovd ecx, xmm20",
    fill_ends!("mov", "cx", 2),
    "ret",
    "11:",
    fill_ends!("vmovd", "xmm20", 4),
    "ret",
    "12:",
    fill_ends!("vmovq", "xmm20", 8),
    "ret",
    "13:",
    fill_ends!("vmovdqu64", "xmm20", 16),
    "ret",
    "14:",
    fill_ends!("vmovdqu64", "ymm20", 32),
    "ret",
    "20:",
    fill_from_both_ends!("vmovdqu64", "vmovdqa64", "zmm20", 64, "", "40f"),
    // without 64-byte registers
    "30:",
    "cmp rdx, 32",
    "ja 40f",
    "movzx ecx, sil",
    "imul ecx, ecx, 0x01010101", // the byte four times
    "cmp edx, 8",
    "jae 32f",
    "cmp edx, 4",
    "jae 31f",
    "cmp edx, 1",
    "jbe 33f",
    fill_ends!("mov", "cx", 2),
    "ret",
    "33:",
    "jb 34f",
    "mov [rdi], cl",
    "34:",
    "ret",
    "31:",
    fill_ends!("mov", "ecx", 4),
    "ret",
    "32:",
    "movd xmm0, ecx",
    "pshufd xmm0, xmm0, 0", // sixteen times
    "cmp edx, 16",
    "jae 35f",
    fill_ends!("movq", "xmm0", 8),
    "ret",
    "35:",
    fill_ends!("movups", "xmm0", 16),
    "ret",
    "40:",
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

/// More than 32 bytes in a program without a heap, and the longest blocks with 64-byte registers: a short loop, and the
/// processor's own for long blocks. `rax` holds the result and `sil` the byte, as in all that follows.
#[unsafe(naked)]
pub(in crate::mem) unsafe extern "C" fn fill_plain() {
    naked_asm!(
        ".cfi_startproc",
        "cmp rdx, 1024",
        "jae 70f",
        broadcast!(),
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

choose_variant! {
    /// More than 32 bytes for the first time in a program with a heap: chooses what this processor is fastest with.
    fill_first: FILL = [fill_sse, fill_avx, fill_plain], memset
}

/// A variant of what fills long blocks: `$broadcast` fills `$register`, `$leave` comes before a return.
macro_rules! fill_with {
    ($(#[$doc:meta])* $name:ident, $broadcast:expr, $any:literal, $aligned:literal, $register:literal, $size:literal, $leave:literal) => {
        $(#[$doc])*
        #[unsafe(naked)]
        unsafe extern "C" fn $name() {
            naked_asm!(
                ".cfi_startproc",
                $broadcast,
                fill_from_both_ends!($any, $aligned, $register, $size, $leave, "70f"),
                "70:", // both ends are done; again, but by the processor's own loop
                "mov r8, rax",
                "mov eax, esi",
                "mov rcx, rdx",
                "rep stosb",
                "mov rax, r8",
                $leave,
                "ret",
                ".cfi_endproc",
                repeat = sym REPEAT_FILL,
            )
        }
    };
}

fill_with! {
    /// More than 32 bytes with 16-byte registers.
    fill_sse, broadcast!(), "movups", "movaps", "xmm0", 16, ""
}

fill_with! {
    /// More than 32 bytes with 32-byte registers.
    fill_avx, "vmovd xmm0, esi\nvpbroadcastb ymm0, xmm0", "vmovdqu", "vmovdqa", "ymm0", 32, "vzeroupper"
}
