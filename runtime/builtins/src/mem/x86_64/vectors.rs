//! The lines of assembly that differ only in the registers' size, as macros.
//!
//! A kind of register is given by an instruction, by the registers' name without the last digit, and by their size.
//! With 64 bytes those from 20 on are used ("zmm2"), which need no `vzeroupper`. Places are counted in registers.

/// `load!("movups", "xmm", "rsi", "16": 1=0 2=3)`: register 1 from `rsi + 16*0`, register 2 from `rsi + 16*3`.
macro_rules! load {
    ($op:literal, $register:literal, $from:literal, $size:literal: $($digit:literal=$place:literal)*) => {
        concat!($($op, " ", $register, $digit, ", [", $from, " + ", $size, "*(", $place, ")]\n"),*)
    };
}

/// The reverse of [`load`].
macro_rules! store {
    ($op:literal, $register:literal, $to:literal, $size:literal: $($digit:literal=$place:literal)*) => {
        concat!($($op, " [", $to, " + ", $size, "*(", $place, ")], ", $register, $digit, "\n"),*)
    };
}

/// `both_ends!("movups", "xmm0", "xmm1", 16)`: moves what two registers cover, from `rsi` to `rdi`: the first bytes and the
/// last ones of `rdx`. Both are loaded before anything is stored, so overlaps are fine.
macro_rules! both_ends {
    ($op:literal, $first:literal, $last:literal, $size:literal) => {
        concat!(
            concat!($op, " ", $first, ", [rsi]\n"),
            concat!($op, " ", $last, ", [rsi + rdx - ", $size, "]\n"),
            concat!($op, " [rdi], ", $first, "\n"),
            concat!($op, " [rdi + rdx - ", $size, "], ", $last)
        )
    };
}

/// Fills what two registers cover, the first bytes at `rdi` and the last ones of `rdx`, from one register.
macro_rules! fill_ends {
    ($op:literal, $register:literal, $size:literal) => {
        concat!($op, " [rdi], ", $register, "\n", $op, " [rdi + rdx - ", $size, "], ", $register)
    };
}

/// Asks what the processor can do, keeping `rdi`, `rsi`, `rdx` and `rax`. In a function, not before its first instruction.
macro_rules! ask_first {
    () => {
        concat!(
            "push rax\n.cfi_adjust_cfa_offset 8\n",
            "push rdi\n.cfi_adjust_cfa_offset 8\n",
            "push rsi\n.cfi_adjust_cfa_offset 8\n",
            "push rdx\n.cfi_adjust_cfa_offset 8\n",
            "sub rsp, 8\n.cfi_adjust_cfa_offset 8\n", // psABI 3.2.2
            "call {ask}\n",
            "add rsp, 8\n.cfi_adjust_cfa_offset -8\n",
            "pop rdx\n.cfi_adjust_cfa_offset -8\n",
            "pop rsi\n.cfi_adjust_cfa_offset -8\n",
            "pop rdi\n.cfi_adjust_cfa_offset -8\n",
            "pop rax\n.cfi_adjust_cfa_offset -8"
        )
    };
}

/// A function without arguments of its own that stands in for a variant until it has chosen what this processor is fastest with:
/// it notes that in `$chosen` and begins `$again` again, since asking overwrites what the variants expect. `$line`s, with an
/// operand, stand where the flags say that it is the one with 64-byte registers (`nz`).
macro_rules! choose_variant {
    ($(#[$doc:meta])* $name:ident: $chosen:ident = [$sse:ident, $avx:ident, $avx512:ident],
     [$($operand:ident = $symbol:ident: $($line:literal),+)?], $again:ident) => {
        $(#[$doc])*
        #[unsafe(naked)]
        pub(in crate::mem) unsafe extern "C" fn $name() {
            naked_asm!(
                ".cfi_startproc",
                "test byte ptr [rip + {features}], {known}",
                "jnz 60f",
                ask_first!(),
                "60:",
                "lea r8, [rip + {with_sse}]",
                "lea r9, [rip + {with_avx}]",
                "test byte ptr [rip + {features}], {avx2}",
                "cmovnz r8, r9",
                "lea r9, [rip + {with_avx512}]",
                "test byte ptr [rip + {features}], {avx512}",
                "cmovnz r8, r9",
                $($($line,)+)?
                "mov [rip + {chosen}], r8",
                "jmp {again}",
                ".cfi_endproc",
                features = sym FEATURES,
                known = const KNOWN,
                avx2 = const AVX2,
                avx512 = const AVX512,
                ask = sym ask,
                with_sse = sym $sse,
                with_avx = sym $avx,
                with_avx512 = sym $avx512,
                $($operand = sym $symbol,)?
                chosen = sym $chosen,
                again = sym $again,
            )
        }
    };
}

pub(super) use {ask_first, both_ends, choose_variant, fill_ends, load, store};
