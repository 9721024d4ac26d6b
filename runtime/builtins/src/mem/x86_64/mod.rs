//! x86-64: SSE2 up to 64 bytes. Beyond that, a program with a heap uses the longest registers that the processor has, and
//! non-temporal stores where a block does not fit the caches; the choice is made on the first long call, for asking the
//! processor is slow under a hypervisor. A program without a heap uses the processor's own loops and does not link the
//! rest: only [`prepare_for_heap`] names it, and the functions reach it through a pointer.

mod compare;
pub(super) mod features;
mod fill;
mod length;
mod movement;

pub use compare::{bcmp, memcmp};
pub use fill::memset;
pub use length::strlen;
pub use movement::{memcpy, memmove};

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
        move_first = sym movement::move_first,
        move_long = sym movement::MOVE,
        fill_first = sym fill::fill_first,
        fill_long = sym fill::FILL,
    )
}

/// As at the start of a program.
#[cfg(test)]
pub(super) fn forget_heap() {
    use core::sync::atomic::Ordering::Relaxed;
    movement::MOVE.store(movement::move_plain as *mut (), Relaxed);
    fill::FILL.store(fill::fill_plain as *mut (), Relaxed);
}
