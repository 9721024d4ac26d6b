//! Stdout's buffer, and writes that cannot panic.

use core::cell::UnsafeCell;

use fullrust_sys::Errno;

use super::{ReentrantGuard, STDOUT};
use crate::io::IoSlice;

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
        f(unsafe { &mut *self.0.get() })
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

pub(super) type Written<T> = core::result::Result<T, WriteFailure>;

/// One write; a closed descriptor takes everything.
fn write_once(fd: i32, data: &[u8]) -> Written<usize> {
    match fullrust_sys::io::write(fd, data) {
        Err(Errno::EBADF) => Ok(data.len()),
        other => other.map_err(WriteFailure::new),
    }
}

/// One write of several pieces; a closed descriptor takes everything.
fn write_pieces(fd: i32, pieces: &[IoSlice<'_>]) -> Written<usize> {
    match crate::sys::io::writev_once(fd, pieces) {
        Err(Errno::EBADF) => Ok(pieces.iter().fold(0, |sum, piece| sum.saturating_add(piece.len()))),
        other => other.map_err(WriteFailure::new),
    }
}

/// Writes everything; what is left of `data` when it fails is what was not written.
#[optimize(size)]
pub(super) fn write_whole(fd: i32, data: &mut &[u8]) -> Written<()> {
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
