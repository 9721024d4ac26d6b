//! The one mapping of a thread: sizes, guards, and its parts. A few that were joined are kept for the next threads, for the
//! calls and the first touch of every page are most of what a short thread costs.

use fullrust_sys::mm::{self, MAP_ANONYMOUS, MAP_PRIVATE, MAP_STACK, PROT_NONE, PROT_READ, PROT_WRITE};
use fullrust_sys::{Errno, Result};

use crate::align::align_up;
use crate::auxv::page_size;
use crate::lock::Lock;
use crate::{signal, tls};

/// A stack smaller than this cannot run the thread's own start.
const LEAST_STACK: usize = 16 << 10;
/// No address space has room for more; rounding and adding cannot overflow below it.
const MOST_STACK: usize = 1 << 56;

/// Sizes in bytes, multiples of the page.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Plan {
    guard: usize,
    stack: usize,
    pub(crate) signal_stack: usize,
    pub(crate) total: usize,
}

/// How many mappings are kept at most, and how large each may be: for threads with stacks of the default size.
const KEPT_COUNT: usize = 4;
const LARGEST_KEPT: usize = 4 << 20;

static KEPT: Lock<[Option<(usize, Plan)>; KEPT_COUNT]> = Lock::new([None; KEPT_COUNT]);

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
    pub(super) plan: Plan,
    pub(super) guard: (usize, usize),
    pub(super) stack_top: *mut u8,
    pub(super) signal_stack: *mut u8,
    /// Zeroed room for the TLS block and what follows it; the name goes behind that.
    pub(super) tls_region: *mut u8,
}

impl Mapping {
    pub(super) fn new(stack_size: usize, name_length: usize) -> Result<Self> {
        // A stack that is more than all addresses with its guard is a mistake, one that is too much for this machine a lack.
        stack_size.checked_add(page_size()).ok_or(Errno::EINVAL)?;
        let plan = Plan::new(stack_size, name_length).ok_or(Errno::ENOMEM)?;
        match take_kept(&plan) {
            Some(base) => {
                let mapping = Self::at(base, plan);
                let used = mapping.tls_region.addr() - base.addr();
                // SAFETY: the rest of the mapping, which nobody uses.
                unsafe { mapping.tls_region.write_bytes(0, plan.total - used) };
                Ok(mapping)
            }
            None => Self::map(plan),
        }
    }

    fn map(plan: Plan) -> Result<Self> {
        // Accounted for, so that a stack that the machine cannot hold is refused.
        let flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_STACK;
        // SAFETY: a new mapping touches no other.
        let base = unsafe { mm::mmap(core::ptr::null_mut(), plan.total, PROT_READ | PROT_WRITE, flags, -1, 0) }?;
        let mapping = Self::at(base, plan);
        // SAFETY: the pages are ours and unused; on failure the mapping is dropped.
        unsafe {
            mm::mprotect(base, plan.guard, PROT_NONE)?;
            if plan.signal_stack != 0 {
                mm::mprotect(mapping.stack_top, plan.guard, PROT_NONE)?;
            }
        }
        Ok(mapping)
    }

    fn at(base: *mut u8, plan: Plan) -> Self {
        let stack_top = base.wrapping_add(plan.guard + plan.stack);
        let signal_guard = if plan.signal_stack == 0 { 0 } else { plan.guard };
        let signal_stack = stack_top.wrapping_add(signal_guard);
        Self {
            base,
            plan,
            guard: (base.addr(), base.addr() + plan.guard),
            stack_top,
            signal_stack: if plan.signal_stack == 0 { core::ptr::null_mut() } else { signal_stack },
            tls_region: signal_stack.wrapping_add(plan.signal_stack),
        }
    }
}

fn take_kept(plan: &Plan) -> Option<*mut u8> {
    let mut kept = KEPT.lock();
    let entry = kept.iter_mut().find(|entry| entry.is_some_and(|(_, other)| other == *plan))?;
    entry.take().map(|(base, _)| core::ptr::with_exposed_provenance_mut(base))
}

/// Keeps the mapping of a thread that is gone, or removes it.
///
/// # Safety
/// Nobody may use it any more.
pub(super) unsafe fn give_back(base: *mut u8, plan: Plan) {
    if plan.total <= LARGEST_KEPT {
        let mut kept = KEPT.lock();
        if let Some(entry) = kept.iter_mut().find(|entry| entry.is_none()) {
            *entry = Some((base.expose_provenance(), plan));
            return;
        }
    }
    // SAFETY: the caller's promise.
    let _ = unsafe { mm::munmap(base, plan.total) };
}

impl Drop for Mapping {
    fn drop(&mut self) {
        // SAFETY: no thread was started on it.
        let _ = unsafe { mm::munmap(self.base, self.plan.total) };
    }
}
