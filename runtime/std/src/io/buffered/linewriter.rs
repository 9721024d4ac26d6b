//! A writer that hands on whole lines.

use super::{BufWriter, IntoInnerError};
use crate::fmt;
use crate::io::{IoSlice, Result, Write};
use core::slice::memchr::memrchr;

/// What a [`LineWriter`] holds unless asked otherwise.
const DEFAULT_LINE_BUFFER_SIZE: usize = 1024;

/// Adds a buffer to a writer that is written out up to each last line feed.
pub struct LineWriter<W: ?Sized + Write> {
    inner: BufWriter<W>,
}

impl<W: Write> LineWriter<W> {
    /// With a buffer of the usual size.
    pub fn new(inner: W) -> LineWriter<W> {
        LineWriter::with_capacity(DEFAULT_LINE_BUFFER_SIZE, inner)
    }

    /// With a buffer of `capacity` bytes.
    pub fn with_capacity(capacity: usize, inner: W) -> LineWriter<W> {
        LineWriter { inner: BufWriter::with_capacity(capacity, inner) }
    }

    /// The writer below for changing.
    pub fn get_mut(&mut self) -> &mut W {
        self.inner.get_mut()
    }

    /// Flushes and gives the writer back.
    pub fn into_inner(self) -> crate::result::Result<W, IntoInnerError<LineWriter<W>>> {
        self.inner.into_inner().map_err(|error| error.map(|inner| LineWriter { inner }))
    }
}

impl<W: ?Sized + Write> LineWriter<W> {
    /// The writer below.
    pub fn get_ref(&self) -> &W {
        self.inner.get_ref()
    }
}

impl<W: ?Sized + Write> Write for LineWriter<W> {
    fn write(&mut self, data: &[u8]) -> Result<usize> {
        LineWriterShim::new(&mut self.inner).write(data)
    }

    fn flush(&mut self) -> Result<()> {
        self.inner.flush()
    }

    fn write_vectored(&mut self, bufs: &[IoSlice<'_>]) -> Result<usize> {
        LineWriterShim::new(&mut self.inner).write_vectored(bufs)
    }

    fn __is_write_vectored(&self) -> bool {
        self.inner.get_ref().__is_write_vectored()
    }

    fn write_all(&mut self, data: &[u8]) -> Result<()> {
        LineWriterShim::new(&mut self.inner).write_all(data)
    }

    fn __kernel_target(&mut self) -> Option<crate::sys::copy::Endpoint> {
        self.inner.__kernel_target()
    }
}

impl<W: ?Sized + Write + fmt::Debug> fmt::Debug for LineWriter<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LineWriter")
            .field("writer", &self.get_ref())
            .field("buffer", &format_args!("{}/{}", self.inner.buffer().len(), self.inner.capacity()))
            .finish_non_exhaustive()
    }
}

/// Line buffering on a borrowed [`BufWriter`].
pub(crate) struct LineWriterShim<'a, W: ?Sized + Write> {
    buffer: &'a mut BufWriter<W>,
}

impl<'a, W: ?Sized + Write> LineWriterShim<'a, W> {
    pub(crate) fn new(buffer: &'a mut BufWriter<W>) -> Self {
        LineWriterShim { buffer }
    }

    /// A finished line that could not be written out earlier goes first.
    fn flush_if_completed_line(&mut self) -> Result<()> {
        match self.buffer.buffer().last() {
            Some(b'\n') => self.buffer.flush_buf(),
            _ => Ok(()),
        }
    }

    /// After `n` bytes of the finished lines went out: as much of the rest as the buffer holds, cut after a line
    /// feed if the lines themselves did not go out whole.
    fn keep_tail<'b>(&self, data: &'b [u8], lines: &'b [u8], n: usize) -> &'b [u8] {
        let capacity = self.buffer.capacity();
        if n >= lines.len() {
            // What would not fit is better written whole by the next call.
            return if data.len() - n < capacity { &data[n..] } else { &[] };
        }
        let left = &lines[n..];
        if left.len() <= capacity {
            return left;
        }
        let head = &left[..capacity];
        match memrchr(b'\n', head) {
            Some(index) => &head[..index + 1],
            None => head,
        }
    }
}

impl<W: ?Sized + Write> Write for LineWriterShim<'_, W> {
    fn write(&mut self, data: &[u8]) -> Result<usize> {
        let Some(newline) = memrchr(b'\n', data) else {
            self.flush_if_completed_line()?;
            return self.buffer.write(data);
        };
        self.buffer.flush_buf()?;
        let lines = &data[..newline + 1];
        let n = self.buffer.get_mut().write(lines)?;
        if n == 0 {
            return Ok(0);
        }
        let tail = self.keep_tail(data, lines, n);
        Ok(n + self.buffer.write_to_buffer(tail))
    }

    fn write_all(&mut self, data: &[u8]) -> Result<()> {
        let Some(newline) = memrchr(b'\n', data) else {
            self.flush_if_completed_line()?;
            return self.buffer.write_all(data);
        };
        let (lines, tail) = data.split_at(newline + 1);
        if self.buffer.buffer().is_empty() {
            self.buffer.get_mut().write_all(lines)?;
        } else {
            self.buffer.write_all(lines)?;
            self.buffer.flush_buf()?;
        }
        self.buffer.write_all(tail)
    }

    fn write_vectored(&mut self, bufs: &[IoSlice<'_>]) -> Result<usize> {
        if !self.buffer.get_ref().__is_write_vectored() {
            return match bufs.iter().find(|buf| !buf.is_empty()) {
                Some(buf) => self.write(buf),
                None => Ok(0),
            };
        }
        let last_line = bufs.iter().rposition(|buf| memrchr(b'\n', buf).is_some());
        let Some(last_line) = last_line else {
            self.flush_if_completed_line()?;
            return self.buffer.write_vectored(bufs);
        };
        self.buffer.flush_buf()?;
        let (lines, tail) = bufs.split_at(last_line + 1);
        let n = self.buffer.get_mut().write_vectored(lines)?;
        if n == 0 {
            return Ok(0);
        }
        if n < lines.iter().map(|buf| buf.len()).sum() {
            return Ok(n);
        }
        let mut kept = 0;
        for buf in tail {
            let part = self.buffer.write_to_buffer(buf);
            kept += part;
            if part < buf.len() {
                break;
            }
        }
        Ok(n + kept)
    }

    fn __is_write_vectored(&self) -> bool {
        self.buffer.__is_write_vectored()
    }

    fn flush(&mut self) -> Result<()> {
        self.buffer.flush()
    }
}
