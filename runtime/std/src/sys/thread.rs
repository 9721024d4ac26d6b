//! Threads of the runtime, sleeping, and how many threads can run at once.

use core::time::Duration;

use fullrust_rt::{futex, thread as rt};
use fullrust_sys::time::{CLOCK_MONOTONIC, TIMER_ABSTIME, Timespec, clock_nanosleep};
use fullrust_sys::{Errno, process, thread as kernel};

use crate::io::Result;

/// The number of the calling thread, never used again in this process; 1 is the main thread.
#[inline]
pub(crate) fn current_number() -> u64 {
    rt::current_id()
}

/// A running or ended thread; detached when dropped.
pub(crate) struct NativeThread(rt::Handle);

type Start = Box<dyn FnOnce() + 'static>;

impl NativeThread {
    /// Starts a thread that calls `start`.
    ///
    /// # Safety
    /// `start` may run at any time from now on, whatever lifetime it really has.
    pub(crate) unsafe fn spawn(stack_size: usize, name: Option<&[u8]>, start: Start) -> Result<NativeThread> {
        let argument = Box::into_raw(Box::new(start));
        // SAFETY: the argument is what `run` takes, given to it alone; `start` may run, says the caller.
        let spawned = unsafe { rt::spawn(rt::Options { stack_size, name }, run, argument.cast()) };
        match spawned {
            Ok(handle) => Ok(NativeThread(handle)),
            Err(errno) => {
                // SAFETY: no thread has got it.
                drop(unsafe { Box::from_raw(argument) });
                // As pthread_create(3) reports it.
                Err(if errno == Errno::ENOMEM { Errno::EAGAIN } else { errno }.into())
            }
        }
    }

    pub(crate) fn number(&self) -> u64 {
        self.0.id()
    }

    /// The kernel's id; 0 once the thread has ended.
    pub(crate) fn kernel_id(&self) -> i32 {
        self.0.tid()
    }

    pub(crate) fn join(self) {
        self.0.join();
    }
}

unsafe fn run(argument: *mut u8) {
    // SAFETY: `spawn` passed a box of this type.
    let start = unsafe { Box::from_raw(argument.cast::<Start>()) };
    start();
}

/// The size of a stack where the program asks for none: `RUST_MIN_STACK`, or the runtime's default.
pub(crate) fn default_stack_size() -> usize {
    let wanted = fullrust_rt::env::get(b"RUST_MIN_STACK").and_then(|text| core::str::from_utf8(text).ok());
    wanted.and_then(|text| text.parse().ok()).unwrap_or(rt::DEFAULT_STACK_SIZE)
}

pub(crate) fn yield_now() {
    kernel::sched_yield();
}

/// Sleeps at least that long, however many signals arrive.
pub(crate) fn sleep(span: Duration) {
    let for_ever = Timespec { tv_sec: i64::MAX, tv_nsec: 0 };
    let deadline = futex::deadline_after(CLOCK_MONOTONIC, span).unwrap_or(for_ever);
    while clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &deadline) == Err(Errno::EINTR) {}
}

/// How many processors this process may run on; 0 if the kernel does not say.
pub(crate) fn usable_processors() -> usize {
    let mut mask = vec![0u64; 16];
    loop {
        match process::sched_getaffinity(0, &mut mask) {
            Ok(bytes) => return mask[..bytes / 8].iter().map(|word| word.count_ones() as usize).sum(),
            // The kernel has more processors than the mask has bits.
            Err(Errno::EINVAL) if mask.len() < 1 << 16 => mask.resize(mask.len() * 2, 0),
            Err(_) => return 0,
        }
    }
}

/// Ends the process: something happened that no thread can go on after.
pub(crate) fn die(reason: &str) -> ! {
    fullrust_rt::fatal(reason)
}
