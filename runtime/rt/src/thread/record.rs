//! What the runtime knows of a thread: the control block at the thread pointer, and the record that it leads to.

use core::cell::{Cell, UnsafeCell};
use core::sync::atomic::{AtomicU32, AtomicU64, Ordering::Relaxed};

use fullrust_sys::arch;

use super::destructors::Destructors;
use super::mapping::Plan;
use crate::alloc::heap::Heap;

/// What the thread pointer points to. Offsets are an ABI: 0x00 and 0x28 with compilers, 0x10 and 0x18 with `sys::arch`.
#[repr(C, align(64))]
pub(crate) struct Tcb {
    /// 0x00: its own address; compiled code reads `%fs:0`.
    this: *mut Tcb,
    /// 0x08: other runtimes' vector of TLS modules.
    _dtv: usize,
    /// 0x10: the record.
    record: *mut Record,
    /// 0x18: the thread's heap, null until it allocates.
    pub(crate) heap: Cell<*mut Heap>,
    /// 0x20
    _reserved: usize,
    /// 0x28: stack-protector value of C objects.
    canary: usize,
    /// 0x30: other runtimes' pointer guard.
    _pointer_guard: usize,
    /// 0x38
    _reserved_too: usize,
}

const _: () = assert!(
    size_of::<Tcb>() == 64
        && core::mem::offset_of!(Tcb, record) == 0x10
        && core::mem::offset_of!(Tcb, heap) == 0x18
        && core::mem::offset_of!(Tcb, canary) == 0x28
);

impl Tcb {
    /// Fills a zeroed block.
    #[inline]
    pub(crate) fn set(&mut self, record: *mut Record, canary: usize) {
        self.this = self;
        self.record = record;
        self.canary = canary;
    }
}

/// A thread's record, valid when all zero. Fields without interior mutability are set before the thread runs.
pub(crate) struct Record {
    /// Process-wide counter, never reused; the main thread is 1.
    pub(crate) id: u64,
    /// Kernel's id while the thread runs, 0 afterwards: set and cleared by the kernel.
    pub(crate) tid: AtomicU32,
    /// [`super::state`].
    pub(crate) state: AtomicU32,
    /// Bytes of the name, null if the thread has none.
    pub(crate) name: *const u8,
    pub(crate) name_length: usize,
    /// Where a stack overflow faults: lowest and highest address, exclusive.
    pub(crate) guard: Cell<(usize, usize)>,
    /// The mapping with stack, block and record; null for the main thread.
    pub(crate) mapping: *mut u8,
    pub(crate) plan: Plan,
    /// The signal stack inside the mapping; null if there is none.
    pub(crate) signal_stack: *mut u8,
    pub(crate) entry: Option<unsafe fn(*mut u8)>,
    pub(crate) argument: *mut u8,
    /// Runs the list below; set with the first entry, so that programs without destructors do not link the code.
    pub(crate) run_destructors: Cell<Option<fn(&Record)>>,
    pub(crate) destructors: UnsafeCell<Destructors>,
    pub(crate) panics: Panics,
}

/// The panics of a thread, counted by whoever handles panics: here, so that a program without thread-locals of its own has
/// none at all.
#[derive(Default)]
pub struct Panics {
    /// How many are under way.
    pub count: Cell<usize>,
    /// Whether the hook is running.
    pub in_hook: Cell<bool>,
}

static LAST_ID: AtomicU64 = AtomicU64::new(1);

impl Record {
    /// The main thread's record, from zeros.
    #[inline]
    pub(crate) fn fill_main(&mut self) {
        const NAME: &[u8] = b"main";
        self.id = 1;
        self.name = NAME.as_ptr();
        self.name_length = NAME.len();
    }

    /// A number that no other thread of the process has or had.
    pub(crate) fn next_id() -> u64 {
        LAST_ID.fetch_add(1, Relaxed) + 1
    }

    pub(crate) fn name(&self) -> Option<&[u8]> {
        if self.name.is_null() {
            return None;
        }
        // SAFETY: the name lies in the thread's mapping or is a literal.
        Some(unsafe { core::slice::from_raw_parts(self.name, self.name_length) })
    }
}

/// The calling thread's record.
#[inline]
pub(crate) fn current() -> &'static Record {
    // SAFETY: start-up or `spawn` has set the pointer before this code could run; the record lives as long as the
    // thread does, and the reference is not handed to others.
    unsafe { &*arch::thread_record().cast::<Record>() }
}
