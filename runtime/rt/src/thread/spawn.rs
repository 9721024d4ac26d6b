//! Creating, joining and detaching threads, and a thread's first and last steps.

use core::mem::ManuallyDrop;
use core::ptr::NonNull;
use core::sync::atomic::{AtomicU32, Ordering::Acquire};
use core::{cell::Cell, cell::UnsafeCell};

use fullrust_sys::process::*;
use fullrust_sys::signal::SigSet;
use fullrust_sys::{Result, arch, process, thread as kernel};

use super::destructors::{Destructors, run_destructors};
use super::mapping::{Mapping, give_back};
use super::record::{Panics, Record};
use super::{DEFAULT_STACK_SIZE, state};
use crate::{alloc, signal, tls};

const CLONE_FLAGS: usize = CLONE_VM
    | CLONE_FS
    | CLONE_FILES
    | CLONE_SIGHAND
    | CLONE_THREAD
    | CLONE_SYSVSEM
    | CLONE_SETTLS
    | CLONE_PARENT_SETTID
    | CLONE_CHILD_CLEARTID;

/// How a thread is to be.
#[derive(Clone, Copy)]
pub struct Options<'a> {
    /// Bytes of stack; rounded up to pages.
    pub stack_size: usize,
    /// Name without NUL; copied. The kernel sees its first 15 bytes.
    pub name: Option<&'a [u8]>,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Self { stack_size: DEFAULT_STACK_SIZE, name: None }
    }
}

/// A thread that somebody owns: join it or, by dropping this, detach it.
pub struct Handle(NonNull<Record>);

// SAFETY: the record's shared parts are atomic or fixed.
unsafe impl Send for Handle {}
// SAFETY: as above.
unsafe impl Sync for Handle {}

/// Starts a thread that calls `entry(argument)`, runs its destructors and ends. On failure nothing has been called.
///
/// # Safety
/// `entry(argument)` must be sound on another thread at any time from now on, and must not unwind.
pub unsafe fn spawn(options: Options<'_>, entry: unsafe fn(*mut u8), argument: *mut u8) -> Result<Handle> {
    let name = options.name.unwrap_or_default();
    let mapping = Mapping::new(options.stack_size, name.len())?;
    // SAFETY: the mapping has zeroed room for all of this at these places.
    let block = unsafe {
        let name_place = mapping.tls_region.add(tls::image().region_size());
        core::ptr::copy_nonoverlapping(name.as_ptr(), name_place, name.len());
        let record =
            new_record(&mapping, options.name.map(|name| (name_place.cast_const(), name.len())), entry, argument);
        tls::build(&tls::image(), mapping.tls_region, |place| (place as *mut Record).write(record))
    };
    // SAFETY: the block was just built.
    let record = unsafe { NonNull::new_unchecked(&raw mut (*block).record) };
    // SAFETY: as above; the word lives until owner and thread have both finished with the mapping.
    let tid = unsafe { (*record.as_ptr()).tid.as_ptr().cast::<i32>() };
    // SAFETY: stack and block are the new thread's alone; `entry` is sound, says the caller.
    unsafe {
        arch::clone(CLONE_FLAGS, mapping.stack_top, tid, tid, block.cast(), run, record.as_ptr().cast())?;
    }
    core::mem::forget(mapping);
    Ok(Handle(record))
}

fn new_record(
    mapping: &Mapping,
    name: Option<(*const u8, usize)>,
    entry: unsafe fn(*mut u8),
    argument: *mut u8,
) -> Record {
    let (name, name_length) = name.unwrap_or((core::ptr::null(), 0));
    Record {
        id: Record::next_id(),
        tid: AtomicU32::new(0),
        state: AtomicU32::new(state::JOINABLE),
        name,
        name_length,
        guard: Cell::new(mapping.guard),
        mapping: mapping.base,
        plan: mapping.plan,
        signal_stack: mapping.signal_stack,
        entry: Some(entry),
        argument,
        run_destructors: Cell::new(None),
        destructors: UnsafeCell::new(Destructors::EMPTY),
        panics: Panics::default(),
    }
}

/// A thread's first function on its own stack.
unsafe extern "C" fn run(record: *mut u8) -> ! {
    // SAFETY: `spawn` passes the record, which lives as long as the thread.
    let record = unsafe { &*record.cast::<Record>() };
    signal::enter_thread(record);
    set_kernel_name(record.name());
    if let Some(entry) = record.entry {
        // SAFETY: the promise of `spawn`'s caller.
        unsafe { entry(record.argument) };
    }
    run_destructors();
    alloc::leave_thread();
    leave(record)
}

fn leave(record: &Record) -> ! {
    let (mapping, length) = (record.mapping, record.plan.total);
    if state::finish(&record.state) {
        kernel::exit(0); // the kernel clears the tid word and wakes the owner
    }
    let _ = fullrust_sys::signal::sigprocmask(fullrust_sys::signal::SIG_SETMASK, SigSet::ALL);
    // SAFETY: nobody owns the thread, its mapping is used by this code only; the kernel forgets the word in it.
    unsafe {
        kernel::set_tid_address(core::ptr::null_mut());
        arch::unmap_and_exit(mapping, length)
    }
}

/// Tells the kernel the first 15 bytes of a name, wherever that cuts it.
fn set_kernel_name(name: Option<&[u8]>) {
    const MOST: usize = 15;
    let Some(name) = name else { return };
    let length = name.len().min(MOST);
    let mut text = [0u8; MOST + 1];
    text[..length].copy_from_slice(&name[..length]);
    if let Ok(text) = core::ffi::CStr::from_bytes_until_nul(&text) {
        let _ = process::set_thread_name(text);
    }
}

impl Handle {
    fn record(&self) -> &Record {
        // SAFETY: the mapping stays until this handle is consumed.
        unsafe { self.0.as_ref() }
    }

    /// The thread's process-wide number.
    pub fn id(&self) -> u64 {
        self.record().id
    }

    /// The kernel's id; 0 once the thread has ended.
    pub fn tid(&self) -> i32 {
        self.record().tid.load(Acquire) as i32
    }

    /// Whether the thread has ended.
    pub fn is_finished(&self) -> bool {
        self.record().tid.load(Acquire) == 0
    }

    /// Waits until the thread has ended and removes its memory.
    pub fn join(self) {
        ManuallyDrop::new(self).wait_and_remove();
    }

    fn wait_and_remove(&self) {
        let record = self.record();
        loop {
            let tid = record.tid.load(Acquire);
            if tid == 0 {
                break;
            }
            // Shared, for the kernel's wake-up at a thread's end is not private.
            let _ = kernel::futex_wait(&record.tid, tid, None, 0);
        }
        let (mapping, plan) = (record.mapping, record.plan);
        // SAFETY: the thread is gone, and this handle was its last user.
        unsafe { give_back(mapping, plan) };
    }
}

impl Drop for Handle {
    /// Detaches the thread.
    fn drop(&mut self) {
        if !state::detach(&self.record().state) {
            self.wait_and_remove();
        }
    }
}
