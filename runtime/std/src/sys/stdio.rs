//! The standard descriptors and the locks around the standard streams.
//!
//! The locks are std's own and not `sync::Mutex`, because they are usable before and after everything else: they need
//! no allocation, are never poisoned, and the one of stdout may be taken again by the thread that holds it.

use crate::io::{IoSlice, IoSliceMut, Result};
use core::cell::{Cell, UnsafeCell};
use core::ops::{Deref, DerefMut};
use core::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use fullrust_sys::Errno;
use fullrust_sys::thread::{FUTEX_PRIVATE_FLAG, futex_wait, futex_wake};

/// A standard stream that treats a closed descriptor as an empty source or a sink.
pub(crate) struct RawStream(pub(crate) i32);

pub(crate) const STDIN: i32 = 0;
pub(crate) const STDOUT: i32 = 1;
pub(crate) const STDERR: i32 = 2;

fn accept_closed<T>(result: Result<T>, instead: T) -> Result<T> {
    match result {
        Err(error) if error.raw_os_error() == Some(Errno::EBADF.raw()) => Ok(instead),
        other => other,
    }
}

impl RawStream {
    pub(crate) fn read(&self, buf: &mut [u8]) -> Result<usize> {
        accept_closed(super::io::read(self.0, buf), 0)
    }

    pub(crate) fn read_vectored(&self, bufs: &mut [IoSliceMut<'_>]) -> Result<usize> {
        accept_closed(super::io::read_vectored(self.0, bufs), 0)
    }

    pub(crate) fn read_to_end(&self, buf: &mut Vec<u8>) -> Result<usize> {
        accept_closed(super::io::read_to_end(self.0, buf, None), 0)
    }

    pub(crate) fn write(&self, buf: &[u8]) -> Result<usize> {
        accept_closed(super::io::write(self.0, buf), buf.len())
    }

    pub(crate) fn write_vectored(&self, bufs: &[IoSlice<'_>]) -> Result<usize> {
        let all = || bufs.iter().map(|buf| buf.len()).sum();
        accept_closed(super::io::write_vectored(self.0, bufs), all())
    }
}

/// Has stdout flushed when the process ends in an orderly way.
pub(crate) fn call_at_exit(flush: fn()) {
    fullrust_rt::exit::set_flush(flush);
}

const FREE: u32 = 0;
const HELD: u32 = 1;
const CONTENDED: u32 = 2;

/// A lock on a futex word: free, held, or held with sleepers.
struct Futex(AtomicU32);

impl Futex {
    #[inline]
    fn try_acquire(&self) -> bool {
        self.0.compare_exchange(FREE, HELD, Ordering::Acquire, Ordering::Relaxed).is_ok()
    }

    #[inline]
    fn acquire(&self) {
        if !self.try_acquire() {
            self.acquire_contended();
        }
    }

    #[cold]
    fn acquire_contended(&self) {
        while self.0.swap(CONTENDED, Ordering::Acquire) != FREE {
            // Any return, also by a signal, means: look again.
            let _woken = futex_wait(&self.0, CONTENDED, None, FUTEX_PRIVATE_FLAG);
        }
    }

    #[inline]
    fn release(&self) {
        if self.0.swap(FREE, Ordering::Release) == CONTENDED {
            let _woken = futex_wake(&self.0, 1, FUTEX_PRIVATE_FLAG);
        }
    }
}

/// A value behind a lock that is never poisoned.
pub(crate) struct Lock<T> {
    futex: Futex,
    value: UnsafeCell<T>,
}

// SAFETY: the futex hands the value to one thread at a time.
unsafe impl<T: Send> Sync for Lock<T> {}

/// Holds a [`Lock`].
pub(crate) struct LockGuard<'a, T> {
    lock: &'a Lock<T>,
    _not_send: core::marker::PhantomData<*const ()>,
}

// SAFETY: a shared guard gives shared access to the value only.
unsafe impl<T: Sync> Sync for LockGuard<'_, T> {}

impl<T> Lock<T> {
    pub(crate) const fn new(value: T) -> Self {
        Lock { futex: Futex(AtomicU32::new(FREE)), value: UnsafeCell::new(value) }
    }

    pub(crate) fn lock(&self) -> LockGuard<'_, T> {
        self.futex.acquire();
        LockGuard { lock: self, _not_send: core::marker::PhantomData }
    }
}

impl<T> Deref for LockGuard<'_, T> {
    type Target = T;
    #[inline]
    fn deref(&self) -> &T {
        // SAFETY: the guard holds the lock.
        unsafe { &*self.lock.value.get() }
    }
}

impl<T> DerefMut for LockGuard<'_, T> {
    #[inline]
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: the guard holds the lock and is borrowed exclusively.
        unsafe { &mut *self.lock.value.get() }
    }
}

impl<T> Drop for LockGuard<'_, T> {
    #[inline]
    fn drop(&mut self) {
        self.lock.futex.release();
    }
}

/// A lock that its holder may take again; gives shared access only.
pub(crate) struct ReentrantLock<T> {
    futex: Futex,
    /// The holder's mark, 0 if nobody holds the lock.
    owner: AtomicUsize,
    depth: UnsafeCell<u32>,
    value: T,
}

// SAFETY: the value is used by one thread at a time.
unsafe impl<T: Send> Sync for ReentrantLock<T> {}

/// Holds a [`ReentrantLock`].
pub(crate) struct ReentrantGuard<'a, T> {
    lock: &'a ReentrantLock<T>,
    _not_send: core::marker::PhantomData<*const ()>,
}

// SAFETY: a shared guard gives shared access to the value only.
unsafe impl<T: Sync> Sync for ReentrantGuard<'_, T> {}

#[thread_local]
static MARK: Cell<u8> = Cell::new(0);

/// A number that no other live thread has.
#[inline]
fn thread_mark() -> usize {
    (&raw const MARK).addr()
}

impl<T> ReentrantLock<T> {
    pub(crate) const fn new(value: T) -> Self {
        ReentrantLock {
            futex: Futex(AtomicU32::new(FREE)),
            owner: AtomicUsize::new(0),
            depth: UnsafeCell::new(0),
            value,
        }
    }

    pub(crate) fn lock(&self) -> ReentrantGuard<'_, T> {
        self.lock_if(|| {
            self.futex.acquire();
            true
        })
        .expect("acquired")
    }

    pub(crate) fn try_lock(&self) -> Option<ReentrantGuard<'_, T>> {
        self.lock_if(|| self.futex.try_acquire())
    }

    fn lock_if(&self, acquire: impl FnOnce() -> bool) -> Option<ReentrantGuard<'_, T>> {
        let mark = thread_mark();
        // Only the owner itself can find its own mark here, so a relaxed load is enough.
        if self.owner.load(Ordering::Relaxed) != mark {
            if !acquire() {
                return None;
            }
            self.owner.store(mark, Ordering::Relaxed);
        }
        // SAFETY: this thread holds the lock.
        let depth = unsafe { &mut *self.depth.get() };
        *depth = depth.checked_add(1).expect("lock count overflow in reentrant mutex");
        Some(ReentrantGuard { lock: self, _not_send: core::marker::PhantomData })
    }
}

impl<T> Deref for ReentrantGuard<'_, T> {
    type Target = T;
    #[inline]
    fn deref(&self) -> &T {
        &self.lock.value
    }
}

impl<T> Drop for ReentrantGuard<'_, T> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: this thread holds the lock.
        let depth = unsafe { &mut *self.lock.depth.get() };
        *depth -= 1;
        if *depth == 0 {
            self.lock.owner.store(0, Ordering::Relaxed);
            self.lock.futex.release();
        }
    }
}
