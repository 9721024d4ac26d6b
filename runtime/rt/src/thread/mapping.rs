//! The one mapping of a thread: sizes, guards, and its parts.

use fullrust_sys::mm::{self, MAP_ANONYMOUS, MAP_NORESERVE, MAP_PRIVATE, MAP_STACK, PROT_NONE, PROT_READ, PROT_WRITE};
use fullrust_sys::{Errno, Result};

use crate::align::align_up;
use crate::auxv::page_size;
use crate::{signal, tls};

/// A stack smaller than this cannot run the thread's own start.
const LEAST_STACK: usize = 16 << 10;
/// No address space has room for more; rounding and adding cannot overflow below it.
const MOST_STACK: usize = 1 << 56;

/// Sizes in bytes; all but the last are multiples of the page.
struct Plan {
    guard: usize,
    stack: usize,
    signal_stack: usize,
    total: usize,
}

impl Plan {
    fn new(stack_size: usize, name_length: usize) -> Option<Self> {
        let page = page_size();
        let guard = page;
        let stack = align_up(stack_size.clamp(LEAST_STACK, MOST_STACK), page);
        let signal_stack = signal::stack_size();
        let tail = align_up(tls::image().region_size().checked_add(name_length)?, page);
        let signal_part = if signal_stack == 0 { 0 } else { guard + signal_stack };
        let total = guard.checked_add(stack)?.checked_add(signal_part)?.checked_add(tail)?;
        Some(Self { guard, stack, signal_stack, total })
    }
}

/// A mapping for a thread that does not run yet; removed when dropped.
pub(super) struct Mapping {
    pub(super) base: *mut u8,
    pub(super) length: usize,
    pub(super) guard: (usize, usize),
    pub(super) stack_top: *mut u8,
    pub(super) signal_stack: *mut u8,
    pub(super) signal_stack_length: usize,
    /// Zeroed room for the TLS block and what follows it; the name goes behind that.
    pub(super) tls_region: *mut u8,
}

impl Mapping {
    pub(super) fn new(stack_size: usize, name_length: usize) -> Result<Self> {
        let plan = Plan::new(stack_size, name_length).ok_or(Errno::ENOMEM)?;
        let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK;
        // SAFETY: a new mapping touches no other.
        let base = unsafe { mm::mmap(core::ptr::null_mut(), plan.total, PROT_READ | PROT_WRITE, flags, -1, 0) }?;
        let stack_top = base.wrapping_add(plan.guard + plan.stack);
        let signal_guard = if plan.signal_stack == 0 { 0 } else { plan.guard };
        let signal_stack = stack_top.wrapping_add(signal_guard);
        let mapping = Self {
            base,
            length: plan.total,
            guard: (base.addr(), base.addr() + plan.guard),
            stack_top,
            signal_stack: if plan.signal_stack == 0 { core::ptr::null_mut() } else { signal_stack },
            signal_stack_length: plan.signal_stack,
            tls_region: signal_stack.wrapping_add(plan.signal_stack),
        };
        // SAFETY: the pages are ours and unused; on failure the mapping is dropped.
        unsafe {
            mm::mprotect(base, plan.guard, PROT_NONE)?;
            if signal_guard != 0 {
                mm::mprotect(stack_top, signal_guard, PROT_NONE)?;
            }
        }
        Ok(mapping)
    }
}

impl Drop for Mapping {
    fn drop(&mut self) {
        // SAFETY: no thread was started on it.
        let _ = unsafe { mm::munmap(self.base, self.length) };
    }
}
