//! The signal set-up of a std program: SIGPIPE ignored, stack overflows reported instead of a silent death.
//!
//! An overflow faults on a guard page while there is no stack left, so the handler runs on an alternate stack.

use core::sync::atomic::{AtomicBool, Ordering::Relaxed};

use fullrust_sys::signal::*;
use fullrust_sys::thread::gettid;
use fullrust_sys::{mm, process};

use crate::abort::fatal;
use crate::align::align_up;
use crate::auxv::{auxv, page_size};
use crate::text::Text;
use crate::thread::record::{self, Record};

/// Whether threads get signal stacks.
static REPORTS_OVERFLOWS: AtomicBool = AtomicBool::new(false);

/// Room for our own handler's frames, beside what the kernel writes there.
const HANDLER_ROOM: usize = 12 << 10;

/// Size of a thread's signal stack: whole pages; 0 where none is wanted.
#[cfg_attr(fullrust_sysroot, optimize(size))]
pub(crate) fn stack_size() -> usize {
    if REPORTS_OVERFLOWS.load(Relaxed) { full_stack_size() } else { 0 }
}

#[inline]
fn full_stack_size() -> usize {
    align_up(auxv().minimum_signal_stack().max(MINSIGSTKSZ) + HANDLER_ROOM, page_size())
}

/// Step 8 of start-up; also for a program of the explicit mode that wants the same, from its main thread, once.
#[cfg_attr(fullrust_sysroot, optimize(size))]
pub fn set_up() {
    // SAFETY: ignoring runs no handler.
    let _ = unsafe { set_action(SIGPIPE, &SigAction::disposition(SIG_IGN)) };
    REPORTS_OVERFLOWS.store(true, Relaxed);
    for signal in [SIGSEGV, SIGBUS] {
        install(signal);
    }
    set_up_main_stack();
}

/// Installs the handler unless somebody (a parent by ignoring, a constructor) has chosen another action.
#[cfg_attr(fullrust_sysroot, optimize(size))]
fn install(signal: i32) {
    let action = SigAction::handler(on_fault, SA_ONSTACK);
    // SAFETY: the handler uses only async-signal-safe calls, and SigAction::handler sets the restorer; what another action
    // is must be as sound as it was.
    unsafe {
        if let Ok(old) = sigaction(signal, Some(&action))
            && old.handler != SIG_DFL
        {
            let _ = set_action(signal, &old);
        }
    }
}

/// The main thread's signal stack, and where its stack ends.
#[inline(always)]
fn set_up_main_stack() {
    let (page, size) = (page_size(), full_stack_size());
    let Ok(region) = mm::mmap_anon(page + size) else { return };
    // SAFETY: a guard below a stack that nobody uses yet; the stack stays for ever.
    unsafe {
        let _ = mm::mprotect(region, page, mm::PROT_NONE);
        use_stack(region.add(page), size);
    }
    record::current().guard.set(main_guard());
}

/// Where the main thread's stack overflows: the kernel grows it to the limit, less the gap that it keeps to other
/// mappings. The stack ends above the program's name, the last thing that the kernel puts there. Nowhere if there is no
/// limit, or one that reaches below address 0.
#[inline(always)]
fn main_guard() -> (usize, usize) {
    const GAP: usize = 2 << 20;
    let top = align_up(auxv().exec_file_name().addr(), page_size());
    match process::getrlimit(process::RLIMIT_STACK) {
        Ok(limit) if limit.rlim_cur < top as u64 => {
            let lowest = top - limit.rlim_cur as usize;
            (lowest.saturating_sub(GAP), lowest + 2 * page_size())
        }
        _ => (0, 0),
    }
}

/// A new thread's signal stack, from its mapping.
pub(crate) fn enter_thread(record: &Record) {
    if !record.signal_stack.is_null() {
        // SAFETY: it lies in the thread's mapping, which outlives the thread.
        unsafe { use_stack(record.signal_stack, record.plan.signal_stack) };
    }
}

/// # Safety
/// The region must be writable and the thread's alone until it ends.
#[cfg_attr(fullrust_sysroot, optimize(size))]
unsafe fn use_stack(start: *mut u8, size: usize) {
    let stack = StackT { ss_sp: start, ss_flags: 0, ss_size: size };
    // SAFETY: the caller's promise.
    let _ = unsafe { set_stack(&stack) };
}

/// A memory fault: on the thread's guard it is a stack overflow; else the default action is restored and the
/// instruction runs, and faults, again.
#[cfg_attr(fullrust_sysroot, optimize(size))]
unsafe extern "C" fn on_fault(signal: i32, info: *mut SigInfo, _context: *mut u8) {
    // SAFETY: the kernel passes a record that is ours for the time of the call.
    let address = unsafe { (*info).si_addr };
    let record = record::current();
    let (low, high) = record.guard.get();
    if (low..high).contains(&address) {
        report_overflow(record);
    }
    // SAFETY: the default action runs no handler.
    let _ = unsafe { set_action(signal, &SigAction::disposition(SIG_DFL)) };
}

#[cfg_attr(fullrust_sysroot, optimize(size))]
fn report_overflow(record: &Record) -> ! {
    let mut out = Text::stderr();
    out.push(b"\nthread '");
    out.push(record.name().unwrap_or(b"<unknown>"));
    out.push(b"' (");
    out.push_number(gettid() as u32);
    out.push(b") has overflowed its stack\n");
    let _ = out.flush();
    fatal("stack overflow")
}

/// What a child process must undo before `execve`: SIGPIPE back to its default.
pub fn reset_for_exec() {
    // SAFETY: the default action runs no handler.
    let _ = unsafe { set_action(SIGPIPE, &SigAction::disposition(SIG_DFL)) };
}
