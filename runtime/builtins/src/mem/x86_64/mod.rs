//! x86-64. Blocks of up to 32 bytes are moved and filled by SSE2 on the spot (filled under a mask where there are 64-byte
//! registers, once that is known). Beyond that a program with a heap uses the longest
//! registers there are, the processor's own loops from tens of KiB on, and non-temporal stores
//! where a block does not fit the caches; the choice is made on the first long call, for asking the processor is slow under
//! a hypervisor. A program without a heap uses short loops and does not link the rest: only [`prepare_for_heap`] names it,
//! and the functions reach it through a pointer.

/// `function! { "NAME", "OTHER NAME"…; LINES…; OPERANDS }`: a function of C's under its names. It starts on a
/// cache line: where its first branches lie decides about a fifth of the time for a few bytes.
macro_rules! function {
    ($name:literal $(, $alias:literal)*; $($line:expr,)*; $($operands:tt)*) => {
        core::arch::global_asm!(
            concat!(".section .text.", $name, ",\"ax\",@progbits"),
            ".p2align 6",
            $(concat!(".globl ", $alias), concat!(".type ", $alias, ", @function"), concat!($alias, ":"),)*
            concat!(".globl ", $name),
            concat!(".type ", $name, ", @function"),
            concat!($name, ":"),
            ".cfi_startproc",
            $($line,)*
            ".cfi_endproc",
            concat!(".size ", $name, ", . - ", $name),
            $(concat!(".size ", $alias, ", . - ", $alias),)*
            ".text",
            $($operands)*
        );
    };
}

mod choice;
mod compare;
pub(super) mod features;
mod fill;
mod length;
mod movement;
mod search;
mod vectors;

pub use compare::{bcmp, memcmp};
pub(crate) use features::{ask, fused_multiply_add};
pub use fill::memset;
pub use length::strlen;
pub use movement::{memcpy, memmove};
pub use search::find_byte;

use core::arch::naked_asm;

/// Has long blocks moved and filled by the fast variants from now on. The allocator calls this for its first memory; any
/// further call is harmless.
#[unsafe(naked)]
pub extern "C" fn prepare_for_heap() {
    naked_asm!(
        ".cfi_startproc",
        "lea rax, [rip + {move_first}]",
        "mov [rip + {move_long}], rax",
        "lea rax, [rip + {fill_first}]",
        "mov [rip + {fill_long}], rax",
        "ret",
        ".cfi_endproc",
        move_first = sym choice::move_first,
        move_long = sym movement::MOVE,
        fill_first = sym choice::fill_first,
        fill_long = sym fill::FILL,
    )
}

/// Has registers of at most so many bytes used, for measuring what older processors do. Not while other threads run.
#[doc(hidden)]
pub fn limit_registers(bytes: usize) {
    features::ask();
    let unwanted = match bytes {
        64.. => 0,
        32.. => features::AVX512,
        _ => features::AVX512 | features::AVX2,
    };
    features::forget(unwanted);
}

/// As at the start of a program.
#[cfg(test)]
pub(super) fn forget_heap() {
    use core::sync::atomic::Ordering::Relaxed;
    movement::MOVE.store(core::ptr::null_mut(), Relaxed);
    fill::FILL.store(core::ptr::null_mut(), Relaxed);
    fill::FILL_FROM.store(0, Relaxed);
}
