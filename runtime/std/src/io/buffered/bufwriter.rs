//! A writer with a buffer.

use super::{DEFAULT_BUFFER_SIZE, IntoInnerError};
use crate::io::{ErrorKind, IoSlice, Result, Seek, SeekFrom, Write, const_error};
use crate::sys::copy::Endpoint;
use crate::{error, fmt, result};

/// Adds a buffer to a writer; flushed when dropped.
pub struct BufWriter<W: ?Sized + Write> {
    pub(crate) buffer: Vec<u8>,
    /// Set while the writer below runs: if it panics, its bytes must not be written a second time on drop.
    pub(crate) panicked: bool,
    pub(crate) inner: W,
}

impl<W: Write> BufWriter<W> {
    /// With a buffer of the usual size.
    pub fn new(inner: W) -> BufWriter<W> {
        BufWriter::with_capacity(DEFAULT_BUFFER_SIZE, inner)
    }

    /// With a buffer of `capacity` bytes.
    pub fn with_capacity(capacity: usize, inner: W) -> BufWriter<W> {
        BufWriter { buffer: Vec::with_capacity(capacity), panicked: false, inner }
    }

    /// Flushes and gives the writer back.
    pub fn into_inner(mut self) -> result::Result<W, IntoInnerError<BufWriter<W>>> {
        match self.flush_buf() {
            Err(error) => Err(IntoInnerError::new(self, error)),
            Ok(()) => Ok(self.into_parts().0),
        }
    }

    /// The writer and the bytes that were not yet written; the bytes are an error if the writer panicked.
    pub fn into_parts(self) -> (W, result::Result<Vec<u8>, WriterPanicked>) {
        let (buffer, panicked, inner) = crate::sys::parts::split_buf_writer(self);
        (inner, if panicked { Err(WriterPanicked { buffer }) } else { Ok(buffer) })
    }
}

impl<W: ?Sized + Write> BufWriter<W> {
    /// Writes the buffer out; what was written is removed even if a later part fails.
    pub(crate) fn flush_buf(&mut self) -> Result<()> {
        let mut written = 0;
        let mut outcome = Ok(());
        while written < self.buffer.len() {
            self.panicked = true;
            let result = self.inner.write(&self.buffer[written..]);
            self.panicked = false;
            match result {
                Ok(0) => {
                    outcome = Err(const_error!(ErrorKind::WriteZero, "failed to write the buffered data"));
                    break;
                }
                Ok(n) => written += n,
                Err(error) if error.is_interrupted() => {}
                Err(error) => {
                    outcome = Err(error);
                    break;
                }
            }
        }
        if written >= self.buffer.len() {
            self.buffer.clear();
        } else if written > 0 {
            self.buffer.drain(..written);
        }
        outcome
    }

    /// Takes as much of `data` as there is room for.
    pub(crate) fn write_to_buffer(&mut self, data: &[u8]) -> usize {
        let n = data.len().min(self.spare_capacity());
        self.buffer.extend_from_slice(&data[..n]);
        n
    }

    #[inline]
    fn spare_capacity(&self) -> usize {
        self.buffer.capacity() - self.buffer.len()
    }

    /// The writer below.
    pub fn get_ref(&self) -> &W {
        &self.inner
    }

    /// The writer below for changing; what is written to it directly overtakes the buffer.
    pub fn get_mut(&mut self) -> &mut W {
        &mut self.inner
    }

    /// What is not yet written.
    pub fn buffer(&self) -> &[u8] {
        &self.buffer
    }

    /// How much fits without writing.
    pub fn capacity(&self) -> usize {
        self.buffer.capacity()
    }

    #[cold]
    #[inline(never)]
    fn write_cold(&mut self, data: &[u8]) -> Result<usize> {
        if data.len() > self.spare_capacity() {
            self.flush_buf()?;
        }
        if data.len() < self.buffer.capacity() {
            self.buffer.extend_from_slice(data);
            return Ok(data.len());
        }
        self.panicked = true;
        let result = self.inner.write(data);
        self.panicked = false;
        result
    }

    #[cold]
    #[inline(never)]
    fn write_all_cold(&mut self, data: &[u8]) -> Result<()> {
        if data.len() > self.spare_capacity() {
            self.flush_buf()?;
        }
        if data.len() < self.buffer.capacity() {
            self.buffer.extend_from_slice(data);
            return Ok(());
        }
        self.panicked = true;
        let result = self.inner.write_all(data);
        self.panicked = false;
        result
    }
}

/// The bytes of a [`BufWriter`] whose writer panicked: some may have been written already.
pub struct WriterPanicked {
    buffer: Vec<u8>,
}

impl WriterPanicked {
    /// The bytes.
    #[must_use = "`self` will be dropped if the result is not used"]
    pub fn into_inner(self) -> Vec<u8> {
        self.buffer
    }
}

impl error::Error for WriterPanicked {}

impl fmt::Display for WriterPanicked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BufWriter inner writer panicked, what data remains unwritten is not known")
    }
}

impl fmt::Debug for WriterPanicked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WriterPanicked")
            .field("buffer", &format_args!("{}/{}", self.buffer.len(), self.buffer.capacity()))
            .finish()
    }
}

impl<W: ?Sized + Write> Write for BufWriter<W> {
    #[inline]
    fn write(&mut self, data: &[u8]) -> Result<usize> {
        if data.len() < self.spare_capacity() {
            self.buffer.extend_from_slice(data);
            return Ok(data.len());
        }
        self.write_cold(data)
    }

    #[inline]
    fn write_all(&mut self, data: &[u8]) -> Result<()> {
        if data.len() < self.spare_capacity() {
            self.buffer.extend_from_slice(data);
            return Ok(());
        }
        self.write_all_cold(data)
    }

    fn write_vectored(&mut self, bufs: &[IoSlice<'_>]) -> Result<usize> {
        let total = bufs.iter().fold(0usize, |sum, buf| sum.saturating_add(buf.len()));
        if self.inner.__is_write_vectored() {
            if total > self.spare_capacity() {
                self.flush_buf()?;
            }
            if total >= self.buffer.capacity() {
                self.panicked = true;
                let result = self.inner.write_vectored(bufs);
                self.panicked = false;
                return result;
            }
            bufs.iter().for_each(|buf| self.buffer.extend_from_slice(buf));
            return Ok(total);
        }
        let mut written = 0;
        for buf in bufs.iter().filter(|buf| !buf.is_empty()) {
            if written == 0 {
                written = self.write(buf)?;
                // It went past the buffer: what follows has to come again, for this call has written once.
                if buf.len() >= self.buffer.capacity() {
                    break;
                }
            } else if buf.len() <= self.spare_capacity() {
                self.buffer.extend_from_slice(buf);
                written += buf.len();
            } else {
                break;
            }
        }
        Ok(written)
    }

    fn __is_write_vectored(&self) -> bool {
        true
    }

    fn flush(&mut self) -> Result<()> {
        self.flush_buf().and_then(|()| self.get_mut().flush())
    }

    fn __kernel_target(&mut self) -> Option<Endpoint> {
        self.flush_buf().ok()?;
        self.inner.__kernel_target()
    }
}

impl<W: ?Sized + Write + fmt::Debug> fmt::Debug for BufWriter<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BufWriter")
            .field("writer", &&self.inner)
            .field("buffer", &format_args!("{}/{}", self.buffer.len(), self.buffer.capacity()))
            .finish()
    }
}

impl<W: ?Sized + Write + Seek> Seek for BufWriter<W> {
    /// Writes the buffer out first.
    fn seek(&mut self, pos: SeekFrom) -> Result<u64> {
        self.flush_buf()?;
        self.get_mut().seek(pos)
    }
}

impl<W: ?Sized + Write> Drop for BufWriter<W> {
    fn drop(&mut self) {
        if !self.panicked {
            // A destructor has nobody to tell.
            let _ignored = self.flush_buf();
        }
    }
}
