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

pub(super) use {load, store};
