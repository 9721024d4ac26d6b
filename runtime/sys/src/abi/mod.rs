//! What the kernel's headers declare: structures with asserted sizes, and constants. One file per area.
//!
//! Names are the kernel's; fields and values are documented by the man pages of the calls that take them. Layouts are
//! those of x86-64; the assertions beside each structure fail the build where they do not hold.
#![allow(missing_docs, reason = "the kernel's names, documented by its man pages")]

pub mod auxv;
pub mod elf;
pub mod fs;
pub mod io;
pub mod mm;
pub mod net;
pub mod process;
pub mod signal;
pub mod thread;
pub mod time;

/// Fails the build if a structure has not the kernel's size.
macro_rules! assert_size {
    ($($type:ty = $size:literal),* $(,)?) => {
        $(const _: () = assert!(size_of::<$type>() == $size, "size differs from the kernel's");)*
    };
}
use assert_size;

/// Fails the build if a field is not where the kernel has it.
macro_rules! assert_offset {
    ($($type:ty, $field:ident = $offset:literal);* $(;)?) => {
        $(const _: () = assert!(core::mem::offset_of!($type, $field) == $offset, "offset differs from the kernel's");)*
    };
}
use assert_offset;
