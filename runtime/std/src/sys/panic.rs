//! How a panic ends.

use crate::any::Any;
use core::sync::atomic::{AtomicUsize, Ordering};
use fullrust_rt::thread::panics;

/// How many panics are under way in all threads, so that `panicking` needs no thread-local access most of the time.
static IN_ALL_THREADS: AtomicUsize = AtomicUsize::new(0);

/// Counts a panic; false if one is being reported on this thread already.
pub(crate) fn enter() -> bool {
    enter_quietly();
    !panics().in_hook.replace(true)
}

/// The hook has run.
pub(crate) fn leave_hook() {
    panics().in_hook.set(false);
}

pub(crate) fn panicking() -> bool {
    IN_ALL_THREADS.load(Ordering::Relaxed) != 0 && panics().count.get() != 0
}

/// Whether this thread is unwinding already: its stack is shown in full then, without being asked for.
pub(crate) fn is_second() -> bool {
    cfg!(panic = "unwind") && panics().count.get() > 1
}

/// Counts a panic that no hook reports.
pub(crate) fn enter_quietly() {
    IN_ALL_THREADS.fetch_add(1, Ordering::Relaxed);
    panics().count.update(|count| count + 1);
}

/// A panic that nobody catches ends the process: what stdout holds goes out, then status 134.
fn end_process() -> ! {
    crate::io::stdio::flush_at_exit();
    fullrust_sys::process::exit_group(PANIC_STATUS)
}

/// The status of a process that a panic ended.
pub(crate) const PANIC_STATUS: i32 = fullrust_rt::abort::PANIC_STATUS;

#[cfg(not(panic = "unwind"))]
mod strategy {
    use super::*;

    /// The payload is made only where somebody could catch it, which nobody can here.
    pub(crate) fn end(_payload: impl FnOnce() -> Box<dyn Any + Send>) -> ! {
        end_process()
    }

    /// Panics end the process, so whatever returns has not panicked.
    #[inline]
    pub(crate) fn catch<F: FnOnce() -> R, R>(f: F) -> crate::thread::Result<R> {
        Ok(f())
    }
}

#[cfg(panic = "unwind")]
mod strategy {
    use super::*;
    use core::mem::ManuallyDrop;
    use fullrust_rt::unwind::{Exception, raise};

    /// `MOZ\0RUST`, the class of Rust's exceptions.
    const CLASS: u64 = 0x4d4f_5a00_5255_5354;

    /// What is thrown: the unwinder's head, then the payload.
    #[repr(C)]
    struct Thrown {
        head: Exception,
        payload: Box<dyn Any + Send>,
    }

    /// Throws the payload; ends the process if nobody catches it.
    pub(crate) fn end(payload: impl FnOnce() -> Box<dyn Any + Send>) -> ! {
        let head = Exception { class: CLASS, cleanup: None, target: 0, reserved: 0 };
        let thrown = Box::into_raw(Box::new(Thrown { head, payload: payload() }));
        // SAFETY: whoever catches takes the box back.
        let _nobody_catches = unsafe { raise(thrown.cast()) };
        end_process()
    }

    /// What the intrinsic passes on: first the function, then its result or the payload.
    union Slot<F, R> {
        function: ManuallyDrop<F>,
        result: ManuallyDrop<R>,
        payload: ManuallyDrop<Box<dyn Any + Send>>,
    }

    /// Runs a function and catches its panic.
    #[inline]
    pub(crate) fn catch<F: FnOnce() -> R, R>(f: F) -> crate::thread::Result<R> {
        let mut slot = Slot::<F, R> { function: ManuallyDrop::new(f) };
        // SAFETY: `call` takes the function and leaves the result, or `caught` leaves the payload; each is read once.
        unsafe {
            if core::intrinsics::catch_unwind(call::<F, R>, (&raw mut slot).cast::<u8>(), caught::<F, R>) == 0 {
                Ok(ManuallyDrop::into_inner(slot.result))
            } else {
                Err(ManuallyDrop::into_inner(slot.payload))
            }
        }
    }

    #[inline]
    fn call<F: FnOnce() -> R, R>(slot: *mut u8) {
        // SAFETY: the intrinsic passes on the slot, which holds the function.
        unsafe {
            let slot = &mut *slot.cast::<Slot<F, R>>();
            let function = ManuallyDrop::take(&mut slot.function);
            slot.result = ManuallyDrop::new(function());
        }
    }

    #[inline]
    fn caught<F, R>(slot: *mut u8, exception: *mut u8) {
        // SAFETY: the intrinsic passes on the slot and what was thrown.
        unsafe { (*slot.cast::<Slot<F, R>>()).payload = ManuallyDrop::new(take_payload(exception)) };
    }

    /// # Safety
    /// The exception must just have been caught.
    #[cold]
    unsafe fn take_payload(exception: *mut u8) -> Box<dyn Any + Send> {
        let exception = exception.cast::<Thrown>();
        // SAFETY: the caller's promise; the head is readable whoever made it.
        if unsafe { (*exception).head.class } != CLASS {
            fullrust_rt::fatal("Rust cannot catch foreign exceptions");
        }
        IN_ALL_THREADS.fetch_sub(1, Ordering::Relaxed);
        panics().count.update(|count| count - 1);
        // SAFETY: `end` made this box and gave it away.
        unsafe { Box::from_raw(exception) }.payload
    }
}

pub(crate) use strategy::{catch, end};

/// Name and kernel id of this thread.
pub(crate) fn thread_label() -> (Option<&'static [u8]>, i32) {
    (fullrust_rt::thread::current_name(), fullrust_sys::thread::gettid())
}

/// Text for descriptor 2 that is one write if it fits.
pub(crate) use fullrust_rt::text::Text;
