//! The `Read` trait and the generic ways of reading to the end.

use super::{Bytes, Chain, Error, IoSliceMut, Result, Take};
use crate::sys::copy::Endpoint;
use crate::{cmp, str};

/// Smallest number of bytes asked for when reading to the end.
const PROBE: usize = 32;
/// Largest number of bytes asked for at once when reading to the end of an unknown source.
const LARGEST_STEP: usize = 256 * 1024;

/// A source of bytes.
pub trait Read {
    /// Reads some bytes into `buf` and says how many; 0 is the end.
    fn read(&mut self, buf: &mut [u8]) -> Result<usize>;

    /// Reads into several buffers, one after the other.
    fn read_vectored(&mut self, bufs: &mut [IoSliceMut<'_>]) -> Result<usize> {
        match bufs.iter_mut().find(|buf| !buf.is_empty()) {
            Some(buf) => self.read(buf),
            None => self.read(&mut []),
        }
    }

    /// Whether `read_vectored` is more than a loop.
    #[doc(hidden)]
    fn __is_read_vectored(&self) -> bool {
        false
    }

    /// Appends everything up to the end to `buf`.
    fn read_to_end(&mut self, buf: &mut Vec<u8>) -> Result<usize> {
        default_read_to_end(self, buf, None)
    }

    /// Appends everything up to the end to `buf`, as text.
    fn read_to_string(&mut self, buf: &mut String) -> Result<usize> {
        append_text(buf, |bytes| self.read_to_end(bytes))
    }

    /// Fills `buf` or fails.
    fn read_exact(&mut self, buf: &mut [u8]) -> Result<()> {
        default_read_exact(self, buf)
    }

    /// A borrowing form of this reader.
    fn by_ref(&mut self) -> &mut Self
    where
        Self: Sized,
    {
        self
    }

    /// An iterator over the bytes.
    fn bytes(self) -> Bytes<Self>
    where
        Self: Sized,
    {
        Bytes::new(self)
    }

    /// This reader, then `next`.
    fn chain<R: Read>(self, next: R) -> Chain<Self, R>
    where
        Self: Sized,
    {
        Chain::new(self, next)
    }

    /// At most `limit` bytes of this reader.
    fn take(self, limit: u64) -> Take<Self>
    where
        Self: Sized,
    {
        Take::new(self, limit)
    }

    /// What the kernel needs to know to copy from here by itself; `None` for readers that are not a bare descriptor.
    #[doc(hidden)]
    fn __kernel_source(&mut self) -> Option<Endpoint> {
        None
    }

    /// Tells the reader that the kernel has taken `n` bytes from its source.
    #[doc(hidden)]
    fn __kernel_consumed(&mut self, _n: u64) {}

    /// Hands everything to `write` from memory of the reader's own, in pieces as large as it has them; `None` for readers that
    /// have none or little.
    #[doc(hidden)]
    fn __copy_own_memory(&mut self, _write: &mut dyn FnMut(&[u8]) -> Result<()>) -> Option<Result<u64>> {
        None
    }

    /// How many bytes are to come at least, and at most where that is known: the size hint of [`Bytes`].
    #[doc(hidden)]
    fn __bytes_left(&self) -> (usize, Option<usize>) {
        (0, None)
    }
}

/// Reads all of `reader` into a new string.
pub fn read_to_string<R: Read>(mut reader: R) -> Result<String> {
    let mut text = String::new();
    reader.read_to_string(&mut text)?;
    Ok(text)
}

pub(crate) fn default_read_exact<R: Read + ?Sized>(reader: &mut R, mut buf: &mut [u8]) -> Result<()> {
    while !buf.is_empty() {
        match reader.read(buf) {
            Ok(0) => return Err(Error::READ_EXACT_EOF),
            Ok(n) => buf = &mut buf[n..],
            Err(error) if error.is_interrupted() => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Reads to the end. A short buffer is tried first where the vector is exactly as large as its content, so that a
/// source that ends there does not make it grow.
pub(crate) fn default_read_to_end<R: Read + ?Sized>(
    reader: &mut R,
    buf: &mut Vec<u8>,
    size_hint: Option<usize>,
) -> Result<usize> {
    let start = buf.len();
    let start_capacity = buf.capacity();
    let mut step = match size_hint {
        Some(hint) => hint.saturating_add(1024).next_multiple_of(8192).min(LARGEST_STEP),
        None => 8192,
    };
    if size_hint.is_none_or(|hint| hint == 0) && buf.capacity() - buf.len() < PROBE && small_probe(reader, buf)? == 0 {
        return Ok(0);
    }
    loop {
        if buf.len() == buf.capacity() && buf.capacity() == start_capacity && small_probe(reader, buf)? == 0 {
            return Ok(buf.len() - start);
        }
        if buf.len() == buf.capacity() {
            buf.try_reserve(PROBE)?;
        }
        let filled = buf.len();
        let room = cmp::min(buf.capacity() - filled, step);
        buf.resize(filled + room, 0);
        let result = retry_interrupted(|| reader.read(&mut buf[filled..]));
        let n = *result.as_ref().unwrap_or(&0);
        assert!(n <= room, "a reader claimed to have read more bytes than its buffer holds");
        buf.truncate(filled + n);
        result?;
        if n == 0 {
            return Ok(buf.len() - start);
        }
        if n == room && step < LARGEST_STEP {
            step *= 2;
        }
    }
}

fn small_probe<R: Read + ?Sized>(reader: &mut R, buf: &mut Vec<u8>) -> Result<usize> {
    let mut probe = [0u8; PROBE];
    let n = retry_interrupted(|| reader.read(&mut probe))?;
    buf.try_reserve(n)?;
    buf.extend_from_slice(&probe[..n]);
    Ok(n)
}

pub(crate) fn retry_interrupted<T>(mut call: impl FnMut() -> Result<T>) -> Result<T> {
    loop {
        match call() {
            Err(error) if error.is_interrupted() => {}
            other => return other,
        }
    }
}

/// Runs `read` on the bytes of a string and keeps the result only if it is text. An empty string lends its memory.
pub(crate) fn append_text(buf: &mut String, read: impl FnOnce(&mut Vec<u8>) -> Result<usize>) -> Result<usize> {
    /// Takes back what is not known to be text, also when `read` panics.
    struct Checked<'a> {
        bytes: &'a mut Vec<u8>,
        text: usize,
    }
    impl Drop for Checked<'_> {
        fn drop(&mut self) {
            self.bytes.truncate(self.text);
        }
    }
    let text = buf.len();
    // SAFETY: only text is left in it when the guard is gone.
    let guard = &mut Checked { bytes: unsafe { buf.as_mut_vec() }, text };
    let result = read(guard.bytes);
    if guard.bytes.get(text..).is_none_or(|added| str::from_utf8(added).is_err()) {
        return result.and(Err(Error::INVALID_UTF8));
    }
    guard.text = guard.bytes.len();
    result
}
