//! `memset`: overlapping stores up to eight registers, then a loop with aligned ones; with 64-byte registers what is shorter
//! than one by a single store under a mask.

use core::arch::naked_asm;
use core::ffi::{c_int, c_void};
use core::sync::atomic::{AtomicIsize, AtomicPtr};

use super::features::REPEAT_FILL;
use super::vectors::fill_ends;

/// What fills more than 32 bytes, or any number where [`FILL_FROM`] says so; null in a program without a heap.
pub(in crate::mem) static FILL: AtomicPtr<()> = AtomicPtr::new(core::ptr::null_mut());

/// From how many bytes beyond 33 on that fills; below 0, all sizes.
pub(in crate::mem) static FILL_FROM: AtomicIsize = AtomicIsize::new(0);

unsafe extern "C" {
    /// C's `memset`.
    ///
    /// # Safety
    /// `target` must be writable for `size` bytes.
    pub fn memset(target: *mut c_void, value: c_int, size: usize) -> *mut c_void;
}

/// Fills `ecx` and `xmm0` with the byte in `sil`.
macro_rules! broadcast {
    () => {
        "movzx ecx, sil\nimul ecx, ecx, 0x01010101\nmovd xmm0, ecx\npshufd xmm0, xmm0, 0"
    };
}

/// Fills a block of at least one register's size in the order of addresses, so that a line is written at once: both ends
/// up to eight registers, else an aligned loop between them; from `{repeat}` bytes on, on to a label. `$between` are lines
/// that control does not run through, where they are near the start.
macro_rules! fill_from_both_ends {
    ([$any:literal, $aligned:literal, $register:literal, $size:literal], $halves:tt, $leave:literal, $between:expr, $repeat:literal) => {
        concat!(
            concat!("cmp rdx, ", $size, "*2\nja 21f\n"),
            fill!($any, $register, "rdi + ", $size: 0),
            fill_last!([$any, $register, $size], $halves, "rdi + rdx + ", -1),
            concat!($leave, "\nret\n", $between, "21:\n"),
            fill!($any, $register, "rdi + ", $size: 0 1),
            concat!("lea rcx, [rdi + rdx - ", $size, "*4]\n"), // the last four
            concat!("cmp rdx, ", $size, "*4\nja 22f\n"),
            fill_last_two!([$any, $register, $size], $halves),
            concat!($leave, "\nret\n22:\n"),
            fill!($any, $register, "rdi + ", $size: 2 3),
            concat!("cmp rdx, ", $size, "*8\nja 23f\n"),
            fill!($any, $register, "rdi + rdx + ", $size: -4 -3 -2),
            fill_last!([$any, $register, $size], $halves, "rdi + rdx + ", -1),
            concat!($leave, "\nret\n23:\n"),
            concat!("cmp rdx, [rip + {repeat}]\njae ", $repeat, "\n"),
            concat!("add rdi, ", $size, "*4\nand rdi, -", $size, "\n"),
            ".p2align 6\n24:\n",
            fill!($aligned, $register, "rdi + ", $size: 0 1 2 3),
            concat!("add rdi, ", $size, "*4\ncmp rdi, rcx\njb 24b\n"),
            fill!($any, $register, "rax + rdx + ", $size: -4 -3 -2),
            fill_last!([$any, $register, $size], $halves, "rax + rdx + ", -1),
            concat!($leave, "\nret")
        )
    };
}

/// The last two of four registers: with 64-byte ones their places are told from the start, on which nobody waits.
macro_rules! fill_last_two {
    ([$op:literal, $register:literal, $size:literal], []) => {
        fill!($op, $register, "rcx + ", $size: 2 3)
    };
    ([$op:literal, $register:literal, $size:literal], $halves:tt) => {
        concat!(
            fill!($op, $register, "rdi + rdx + ", $size: -2),
            fill_last!([$op, $register, $size], $halves, "rdi + rdx + ", -1)
        )
    };
}

/// As [`fill`] at the last place of a block. With 64-byte registers by halves, the second one first: what is read right
/// afterwards is the end, and a load waits twice as long for a store that crosses a line.
macro_rules! fill_last {
    ([$op:literal, $register:literal, $size:literal], [], $to:literal, $place:literal) => {
        fill!($op, $register, $to, $size: $place)
    };
    ([$($_:literal),+], [$op:literal, $register:literal, $size:literal], $to:literal, $place:literal) => {
        concat!(
            concat!($op, " [", $to, $size, "*(", $place, "*2 + 1)], ", $register, "\n"),
            concat!($op, " [", $to, $size, "*(", $place, "*2)], ", $register, "\n")
        )
    };
}

/// Stores a register at several places, counted in registers.
macro_rules! fill {
    ($op:literal, $register:literal, $to:literal, $size:literal: $($place:literal)*) => {
        concat!($($op, " [", $to, $size, "*(", $place, ")], ", $register, "\n"),*)
    };
}

function! {
    "memset";
    "mov rax, rdi", // the result
    "lea rcx, [rdx - 33]",
    "cmp rcx, [rip + {longer_from}]",
    "jl 10f",
    "mov rcx, [rip + {longer}]",
    "test rcx, rcx",
    "jz {plain}",
    "jmp rcx",
    "10:",
    broadcast!(),
    "cmp edx, 16",
    "jae 14f",
    "cmp edx, 8",
    "jae 13f",
    "cmp edx, 4",
    "jae 12f",
    "cmp edx, 1",
    "ja 11f",
    "jb 9f",
    "mov [rdi], sil",
    "9:",
    "ret",
    "11:", // 2 and 3
    fill_ends!("mov", "cx", 2),
    "ret",
    "12:", // 4 to 7
    fill_ends!("mov", "ecx", 4),
    "ret",
    "13:", // 8 to 15
    fill_ends!("movq", "xmm0", 8),
    "ret",
    "14:", // 16 to 32
    fill_ends!("movups", "xmm0", 16),
    "ret",
    ;
    longer_from = sym FILL_FROM,
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

/// A variant of what fills long blocks: `$broadcast` fills the register, `$leave` comes before a return.
macro_rules! fill_with {
    ($(#[$doc:meta])* $name:ident, $broadcast:expr, $whole:tt, $halves:tt, $leave:literal, $between:expr) => {
        $(#[$doc])*
        #[unsafe(naked)]
        pub(super) unsafe extern "C" fn $name() {
            naked_asm!(
                ".cfi_startproc",
                $broadcast,
                fill_from_both_ends!($whole, $halves, $leave, $between, "70f"),
                "70:", // the start is done; again, but by the processor's own loop
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
    fill_sse, broadcast!(), ["movups", "movaps", "xmm0", 16], [], "", ""
}

fill_with! {
    /// More than 32 bytes with 32-byte registers.
    fill_avx, "vmovd xmm0, esi\nvpbroadcastb ymm0, xmm0",
    ["vmovdqu", "vmovdqa", "ymm0", 32], [], "vzeroupper", ""
}

fill_with! {
    /// Any size with 64-byte registers. Fewer bytes are stored under a mask, without a branch on their number: 64 from the start
    /// on, or to the end if those would reach another page, which may not be writable: the processor is slow to find that it
    /// does not matter.
    fill_avx512, "vpbroadcastb zmm20, esi\ncmp rdx, 64\njb 19f",
    ["vmovdqu64", "vmovdqa64", "zmm20", 64], ["vmovdqu64", "ymm20", 32], "",
    concat!(
        ".p2align 6\n19:\nmov rcx, -1\nbzhi rcx, rcx, rdx\n",
        "lea r8d, [rdi + 63]\nxor r8d, edi\ntest r8d, 4096\njnz 20f\n",
        "kmovq k1, rcx\nvmovdqu8 [rdi] {{k1}}, zmm20\nret\n",
        "20:\nmov r8d, edx\nneg r8d\nshlx rcx, rcx, r8\n",
        "kmovq k1, rcx\nvmovdqu8 [rdi + rdx - 64] {{k1}}, zmm20\nret\n.p2align 6\n"
    )
}
