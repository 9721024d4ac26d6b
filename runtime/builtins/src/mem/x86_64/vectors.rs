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

pub(super) use {ask_first, both_ends, fill_ends, load, store};
