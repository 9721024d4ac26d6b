//! The standard descriptors and the locks around the standard streams.
//!
//! The locks are std's own and not `sync::Mutex`, because they are usable before and after everything else: they need
//! no allocation, are never poisoned, and the one of stdout may be taken again by the thread that holds it.

use crate::io::{IoSlice, IoSliceMut, Result};
use core::cell::UnsafeCell;
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
    #[optimize(size)]
    fn acquire_contended(&self) {
        while self.0.swap(CONTENDED, Ordering::Acquire) != FREE {
            // Any return, also by a signal, means: look again.
            let _woken = futex_wait(&self.0, CONTENDED, None, FUTEX_PRIVATE_FLAG);
        }
    }

    #[inline]
    fn release(&self) {
        if self.0.swap(FREE, Ordering::Release) == CONTENDED {
            self.wake();
        }
    }

    #[cold]
    #[optimize(size)]
    fn wake(&self) {
        let _woken = futex_wake(&self.0, 1, FUTEX_PRIVATE_FLAG);
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
    depth: UnsafeCell<u64>,
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

/// A number that no other live thread has.
#[inline]
fn thread_mark() -> usize {
    // SAFETY: start-up has set it before any code of a program runs.
    unsafe { fullrust_sys::arch::thread_pointer() }.addr()
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
        if !self.is_mine() {
            self.futex.acquire();
        }
        self.enter()
    }

    pub(crate) fn try_lock(&self) -> Option<ReentrantGuard<'_, T>> {
        (self.is_mine() || self.futex.try_acquire()).then(|| self.enter())
    }

    /// Only the owner itself can find its own mark here, so a relaxed load is enough.
    #[inline]
    fn is_mine(&self) -> bool {
        self.owner.load(Ordering::Relaxed) == thread_mark()
    }

    /// # Safety
    /// The calling thread holds the lock and lets go of it.
    #[inline(never)]
    #[optimize(size)]
    unsafe fn leave(&self) {
        // SAFETY: the caller's promise.
        let depth = unsafe { &mut *self.depth.get() };
        *depth -= 1;
        if *depth == 0 {
            self.owner.store(0, Ordering::Relaxed);
            self.futex.release();
        }
    }

    /// The calling thread holds the futex.
    fn enter(&self) -> ReentrantGuard<'_, T> {
        self.owner.store(thread_mark(), Ordering::Relaxed);
        // SAFETY: this thread holds the lock.
        let depth = unsafe { &mut *self.depth.get() };
        *depth += 1;
        ReentrantGuard { lock: self, _not_send: core::marker::PhantomData }
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
        // SAFETY: this thread holds the lock, once more than it will.
        unsafe { self.lock.leave() };
    }
}

/// What stdout holds back at most.
const LINE_BUFFER_SIZE: usize = 1024;

/// Stdout's buffer, which is written out up to each last line feed. It lies in `.bss` and no path through it can
/// panic or allocate, so that a program that only prints stays small.
pub(crate) struct LineBuffer {
    used: usize,
    /// True from the end of the program on: nothing is held back any more.
    is_ended: bool,
    bytes: [u8; LINE_BUFFER_SIZE],
}

/// The buffer behind its lock. Nothing that runs inside `with` comes back here, so access is exclusive.
pub(crate) struct SharedLineBuffer(UnsafeCell<LineBuffer>);

// SAFETY: used behind a lock, by one thread at a time.
unsafe impl Send for SharedLineBuffer {}

impl SharedLineBuffer {
    pub(crate) const fn new() -> Self {
        SharedLineBuffer(UnsafeCell::new(LineBuffer { used: 0, is_ended: false, bytes: [0; LINE_BUFFER_SIZE] }))
    }
}

impl ReentrantGuard<'_, SharedLineBuffer> {
    #[inline]
    pub(crate) fn with<R>(&self, f: impl FnOnce(&mut LineBuffer) -> R) -> R {
        // SAFETY: this thread holds the lock, and the methods of the buffer call nothing that would lock again.
        f(unsafe { &mut *self.lock.value.0.get() })
    }
}

/// Why a write failed, without `io::Error`, whose destructor would bring the allocator into every program.
#[derive(Clone, Copy)]
pub(crate) struct WriteFailure(core::num::NonZeroI32);

impl WriteFailure {
    /// The descriptor took nothing.
    const ZERO: Self = WriteFailure(core::num::NonZeroI32::MIN);

    #[inline]
    fn new(errno: Errno) -> Self {
        WriteFailure(core::num::NonZeroI32::new(errno.raw()).unwrap_or(core::num::NonZeroI32::MIN))
    }

    /// The number, unless the descriptor took nothing.
    pub(crate) fn code(self) -> Option<i32> {
        (self.0 != Self::ZERO.0).then_some(self.0.get())
    }
}

impl From<WriteFailure> for crate::io::Error {
    fn from(failure: WriteFailure) -> Self {
        failure.code().map_or(crate::io::Error::WRITE_ALL_EOF, |code| Errno::from_raw(code).into())
    }
}

type Written<T> = core::result::Result<T, WriteFailure>;

/// One write; a closed descriptor takes everything.
fn write_once(fd: i32, data: &[u8]) -> Written<usize> {
    match fullrust_sys::io::write(fd, data) {
        Err(Errno::EBADF) => Ok(data.len()),
        other => other.map_err(WriteFailure::new),
    }
}

/// One write of several pieces; a closed descriptor takes everything.
fn write_pieces(fd: i32, pieces: &[IoSlice<'_>]) -> Written<usize> {
    match super::io::writev_once(fd, pieces) {
        Err(Errno::EBADF) => Ok(pieces.iter().fold(0, |sum, piece| sum.saturating_add(piece.len()))),
        other => other.map_err(WriteFailure::new),
    }
}

/// Writes everything; what is left of `data` when it fails is what was not written.
#[optimize(size)]
fn write_whole(fd: i32, data: &mut &[u8]) -> Written<()> {
    while !data.is_empty() {
        match write_once(fd, data) {
            Ok(0) => return Err(WriteFailure::ZERO),
            // The kernel never says more than it got.
            Ok(n) => *data = data.get(n..).unwrap_or(&[]),
            Err(failure) if failure.code() == Some(Errno::EINTR.raw()) => {}
            Err(failure) => return Err(failure),
        }
    }
    Ok(())
}

impl LineBuffer {
    #[inline]
    fn held(&self) -> &[u8] {
        // SAFETY: no more is held than there is room for.
        unsafe { self.bytes.get_unchecked(..self.used) }
    }

    /// Writes out what is held; what could not be written stays.
    #[optimize(size)]
    pub(crate) fn flush(&mut self) -> Written<()> {
        let mut left = self.held();
        let outcome = write_whole(STDOUT, &mut left);
        let (start, rest) = (left.as_ptr(), left.len());
        self.used = rest;
        if rest > 0 {
            // SAFETY: the rest are the last of the held bytes. `copy_within` would check that with a panic.
            unsafe { core::ptr::copy(start, self.bytes.as_mut_ptr(), rest) };
        }
        outcome
    }

    /// From now on everything goes out at once.
    #[optimize(size)]
    pub(crate) fn flush_and_hold_nothing(&mut self) {
        let _nobody_to_tell = self.flush();
        self.is_ended = true;
    }

    fn room(&self) -> usize {
        LINE_BUFFER_SIZE - self.used
    }

    /// Keeps as many bytes as there is room for.
    #[optimize(size)]
    fn keep(&mut self, data: &[u8]) -> usize {
        let n = data.len().min(self.room());
        // SAFETY: both sides have at least `n` bytes, and one is ours alone.
        unsafe { core::ptr::copy_nonoverlapping(data.as_ptr(), self.bytes.as_mut_ptr().add(self.used), n) };
        self.used += n;
        n
    }

    /// Keeps a piece, or writes it if it is too long to keep.
    #[optimize(size)]
    fn write_all_buffered(&mut self, data: &[u8]) -> Written<()> {
        if data.len() > self.room() {
            self.flush()?;
        }
        if data.len() <= self.room() && !self.is_ended {
            self.keep(data);
            return Ok(());
        }
        write_whole(STDOUT, &mut { data })
    }

    #[optimize(size)]
    pub(crate) fn write_all(&mut self, data: &[u8]) -> Written<()> {
        // SAFETY: a line ends within the data.
        let (mut head, tail) = unsafe { data.split_at_unchecked(end_of_lines(data)) };
        if head.is_empty() {
            if self.ends_with_line() {
                self.flush()?;
            }
        } else if self.used == 0 {
            write_whole(STDOUT, &mut head)?;
        } else {
            self.write_all_buffered(head)?;
            self.flush()?;
        }
        self.write_all_buffered(tail)
    }

    /// Takes some of `data`: one write at most for the lines in it, and what fits of the rest.
    pub(crate) fn write(&mut self, data: &[u8]) -> Written<usize> {
        let Some((head, _)) = data.split_at_checked(end_of_lines(data)).filter(|(head, _)| !head.is_empty()) else {
            if self.ends_with_line() || data.len() > self.room() {
                self.flush()?;
            }
            if data.len() <= self.room() && !self.is_ended {
                return Ok(self.keep(data));
            }
            return write_once(STDOUT, data);
        };
        self.flush()?;
        let n = write_once(STDOUT, head)?;
        if n == 0 || self.is_ended {
            return Ok(n);
        }
        let rest = if n < head.len() { whole_lines_that_fit(head.get(n..)) } else { data.get(n..) };
        Ok(n + self.keep(rest.unwrap_or(&[])))
    }

    /// As `write`, for pieces: one write at most up to the last of them that ends a line.
    pub(crate) fn write_vectored(&mut self, pieces: &[IoSlice<'_>]) -> Written<usize> {
        let length = |pieces: &[IoSlice<'_>]| pieces.iter().fold(0usize, |sum, piece| sum.saturating_add(piece.len()));
        let lines = pieces.iter().rposition(|piece| end_of_lines(piece) > 0).map_or(0, |index| index + 1);
        let Some((head, tail)) = pieces.split_at_checked(lines).filter(|(head, _)| !head.is_empty()) else {
            if self.ends_with_line() || length(pieces) > self.room() {
                self.flush()?;
            }
            if length(pieces) > self.room() || self.is_ended {
                return write_pieces(STDOUT, pieces);
            }
            return Ok(pieces.iter().map(|piece| self.keep(piece)).sum());
        };
        self.flush()?;
        let n = write_pieces(STDOUT, head)?;
        if n < length(head) || self.is_ended {
            return Ok(n);
        }
        let mut kept = 0;
        for piece in tail {
            let part = self.keep(piece);
            kept += part;
            if part < piece.len() {
                break;
            }
        }
        Ok(n + kept)
    }

    /// A finished line that an error kept from going out.
    fn ends_with_line(&self) -> bool {
        self.held().last() == Some(&b'\n')
    }
}

/// How many bytes the finished lines take.
fn end_of_lines(data: &[u8]) -> usize {
    data.iter().rposition(|byte| *byte == b'\n').map_or(0, |index| index + 1)
}

/// As much of the lines left as the buffer holds, cut after the last of them that fits.
fn whole_lines_that_fit(left: Option<&[u8]>) -> Option<&[u8]> {
    let head = left?.get(..LINE_BUFFER_SIZE).or(left)?;
    head.get(..end_of_lines(head)).filter(|lines| !lines.is_empty()).or(Some(head))
}

/// A stream that formatted text goes to; remembers why writing failed.
pub(crate) struct Printer<F> {
    write: F,
    failure: Option<WriteFailure>,
}

impl<F: FnMut(&[u8]) -> Written<()>> core::fmt::Write for Printer<F> {
    fn write_str(&mut self, text: &str) -> core::fmt::Result {
        (self.write)(text.as_bytes()).map_err(|failure| {
            self.failure = Some(failure);
            core::fmt::Error
        })
    }
}

/// Formats to a stream. An error that the stream did not cause is a bug of a `Display` and gives `None`.
fn print_with<F: FnMut(&[u8]) -> Written<()>>(
    write: F,
    args: core::fmt::Arguments<'_>,
) -> core::result::Result<(), Option<WriteFailure>> {
    let mut printer = Printer { write, failure: None };
    core::fmt::write(&mut printer, args).map_err(|_| printer.failure)
}

/// `print!` on a locked stdout.
pub(crate) fn print_out(
    stdout: &ReentrantGuard<'_, SharedLineBuffer>,
    args: core::fmt::Arguments<'_>,
) -> core::result::Result<(), Option<WriteFailure>> {
    print_with(|bytes| stdout.with(|buffer| buffer.write_all(bytes)), args)
}

/// `eprint!` on a locked stderr.
pub(crate) fn print_err(args: core::fmt::Arguments<'_>) -> core::result::Result<(), Option<WriteFailure>> {
    if let Some(text) = args.as_str() {
        return write_whole(STDERR, &mut text.as_bytes()).map_err(Some);
    }
    print_with(|bytes| write_whole(STDERR, &mut { bytes }), args)
}
