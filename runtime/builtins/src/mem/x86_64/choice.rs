//! The choice of what moves and fills long blocks, made on the first such call in a program with a heap. Both are chosen at once,
//! for with 64-byte registers short blocks are filled another way too.

use core::arch::naked_asm;

use super::features::{AVX2, AVX512, FEATURES, KNOWN, ask};
use super::fill::{FILL, FILL_FROM, fill_avx, fill_avx512, fill_sse, memset};
use super::movement::long::{move_avx, move_avx512, move_sse};
use super::movement::{MOVE, memmove};

/// Stands in for what moves or fills: chooses, and begins `$again`, since asking overwrites what the variants expect.
macro_rules! stand_in {
    ($name:ident, $again:path) => {
        #[unsafe(naked)]
        pub(super) unsafe extern "C" fn $name() {
            naked_asm!(
                ".cfi_startproc",
                "call {choose}",
                "jmp {again}",
                ".cfi_endproc",
                choose = sym choose,
                again = sym $again,
            )
        }
    };
}

stand_in!(move_first, memmove);
stand_in!(fill_first, memset);

/// Notes what this processor is fastest with; keeps `rdi`, `rsi` and `rdx`.
#[unsafe(naked)]
unsafe extern "C" fn choose() {
    naked_asm!(
        ".cfi_startproc",
        "test byte ptr [rip + {features}], {known}",
        "jnz 60f",
        "push rdi",
        ".cfi_adjust_cfa_offset 8",
        "push rsi",
        ".cfi_adjust_cfa_offset 8",
        "push rdx",
        ".cfi_adjust_cfa_offset 8",
        "call {ask}",
        "pop rdx",
        ".cfi_adjust_cfa_offset -8",
        "pop rsi",
        ".cfi_adjust_cfa_offset -8",
        "pop rdi",
        ".cfi_adjust_cfa_offset -8",
        "60:",
        "lea r8, [rip + {move_sse}]",
        "lea r9, [rip + {fill_sse}]",
        "xor r10d, r10d",
        "test byte ptr [rip + {features}], {avx2}",
        "jz 61f",
        "lea r8, [rip + {move_avx}]",
        "lea r9, [rip + {fill_avx}]",
        "test byte ptr [rip + {features}], {avx512}",
        "jz 61f",
        "lea r8, [rip + {move_avx512}]",
        "lea r9, [rip + {fill_avx512}]",
        "mov r10, -64", // all sizes
        "61:",
        "mov [rip + {to_move}], r8",
        "mov [rip + {to_fill}], r9",
        "mov [rip + {fill_from}], r10",
        "ret",
        ".cfi_endproc",
        features = sym FEATURES,
        known = const KNOWN,
        avx2 = const AVX2,
        avx512 = const AVX512,
        ask = sym ask,
        move_sse = sym move_sse,
        move_avx = sym move_avx,
        move_avx512 = sym move_avx512,
        fill_sse = sym fill_sse,
        fill_avx = sym fill_avx,
        fill_avx512 = sym fill_avx512,
        to_move = sym MOVE,
        to_fill = sym FILL,
        fill_from = sym FILL_FROM,
    )
}
