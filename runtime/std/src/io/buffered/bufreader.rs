//! A reader with a buffer.

use super::DEFAULT_BUFFER_SIZE;
use crate::io::{BufRead, IoSliceMut, Read, Result, Seek, SeekFrom};
use crate::sys::copy::Endpoint;
use crate::{cmp, fmt};

/// Adds a buffer to a reader.
pub struct BufReader<R: ?Sized> {
    buffer: Box<[u8]>,
    pos: usize,
    filled: usize,
    inner: R,
}

impl<R: Read> BufReader<R> {
    /// With a buffer of the usual size.
    pub fn new(inner: R) -> BufReader<R> {
        BufReader::with_capacity(DEFAULT_BUFFER_SIZE, inner)
    }

    /// With a buffer of `capacity` bytes.
    pub fn with_capacity(capacity: usize, inner: R) -> BufReader<R> {
        BufReader { buffer: vec![0; capacity].into_boxed_slice(), pos: 0, filled: 0, inner }
    }
}

impl<R: ?Sized> BufReader<R> {
    /// The reader below.
    pub fn get_ref(&self) -> &R {
        &self.inner
    }

    /// The reader below for changing; reading from it directly skips what is buffered.
    pub fn get_mut(&mut self) -> &mut R {
        &mut self.inner
    }

    /// What is buffered and not yet read.
    pub fn buffer(&self) -> &[u8] {
        &self.buffer[self.pos..self.filled]
    }

    /// The size of the buffer.
    pub fn capacity(&self) -> usize {
        self.buffer.len()
    }

    /// The reader by value; what is buffered is lost.
    pub fn into_inner(self) -> R
    where
        R: Sized,
    {
        self.inner
    }

    #[inline]
    pub(crate) fn discard_buffer(&mut self) {
        self.pos = 0;
        self.filled = 0;
    }
}

impl<R: ?Sized + Seek> BufReader<R> {
    /// Moves from here and keeps the buffer if the target lies in it.
    pub fn seek_relative(&mut self, offset: i64) -> Result<()> {
        let target = (self.pos as u64).checked_add_signed(offset);
        match target {
            Some(target) if target <= self.filled as u64 => {
                self.pos = target as usize;
                Ok(())
            }
            _ => self.seek(SeekFrom::Current(offset)).map(drop),
        }
    }
}

impl<R: ?Sized + Read> Read for BufReader<R> {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        // A large read past an empty buffer need not be copied twice.
        if self.pos == self.filled && buf.len() >= self.capacity() {
            self.discard_buffer();
            return self.inner.read(buf);
        }
        let mut available = self.fill_buf()?;
        let n = available.read(buf)?;
        self.consume(n);
        Ok(n)
    }

    fn read_exact(&mut self, buf: &mut [u8]) -> Result<()> {
        if let Some(bytes) = self.buffer().get(..buf.len()) {
            buf.copy_from_slice(bytes);
            self.pos += buf.len();
            return Ok(());
        }
        crate::io::read::default_read_exact(self, buf)
    }

    fn read_vectored(&mut self, bufs: &mut [IoSliceMut<'_>]) -> Result<usize> {
        let wanted: usize = bufs.iter().map(|buf| buf.len()).sum();
        if self.pos == self.filled && wanted >= self.capacity() {
            self.discard_buffer();
            return self.inner.read_vectored(bufs);
        }
        let mut available = self.fill_buf()?;
        let n = available.read_vectored(bufs)?;
        self.consume(n);
        Ok(n)
    }

    fn __is_read_vectored(&self) -> bool {
        self.inner.__is_read_vectored()
    }

    fn read_to_end(&mut self, buf: &mut Vec<u8>) -> Result<usize> {
        let held = self.buffer();
        buf.try_reserve(held.len())?;
        buf.extend_from_slice(held);
        let n = held.len();
        self.discard_buffer();
        Ok(n + self.inner.read_to_end(buf)?)
    }

    fn __kernel_source(&mut self) -> Option<Endpoint> {
        if self.buffer().is_empty() { self.inner.__kernel_source() } else { None }
    }

    fn __kernel_consumed(&mut self, n: u64) {
        self.inner.__kernel_consumed(n);
    }

    fn __copy_own_memory(&mut self, write: &mut dyn FnMut(&[u8]) -> Result<()>) -> Option<Result<u64>> {
        (self.capacity() >= DEFAULT_BUFFER_SIZE).then(|| {
            let mut copied = 0;
            loop {
                let held = match self.fill_buf() {
                    Ok([]) => return Ok(copied),
                    Ok(held) => held,
                    Err(error) if error.is_interrupted() => continue,
                    Err(error) => return Err(error),
                };
                write(held)?;
                copied += held.len() as u64;
                self.discard_buffer();
            }
        })
    }

    fn __bytes_left(&self) -> (usize, Option<usize>) {
        let (held, (least, most)) = (self.buffer().len(), self.inner.__bytes_left());
        (least.saturating_add(held), most.and_then(|most| most.checked_add(held)))
    }
}

impl<R: ?Sized + Read> BufRead for BufReader<R> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        if self.pos >= self.filled {
            self.discard_buffer();
            self.filled = self.inner.read(&mut self.buffer)?;
        }
        Ok(&self.buffer[self.pos..self.filled])
    }

    fn consume(&mut self, amount: usize) {
        self.pos = cmp::min(self.pos + amount, self.filled);
    }
}

impl<R: ?Sized + Seek> Seek for BufReader<R> {
    fn seek(&mut self, pos: SeekFrom) -> Result<u64> {
        let ahead = (self.filled - self.pos) as i64;
        let result = match pos {
            SeekFrom::Current(offset) => match offset.checked_sub(ahead) {
                Some(offset) => self.inner.seek(SeekFrom::Current(offset))?,
                // Too far for one step: go back to where the reader seems to be, then on.
                None => {
                    self.inner.seek(SeekFrom::Current(-ahead))?;
                    self.discard_buffer();
                    self.inner.seek(SeekFrom::Current(offset))?
                }
            },
            other => self.inner.seek(other)?,
        };
        self.discard_buffer();
        Ok(result)
    }

    fn stream_position(&mut self) -> Result<u64> {
        let ahead = (self.filled - self.pos) as u64;
        self.inner.stream_position().map(|pos| {
            pos.checked_sub(ahead).expect("overflow when subtracting remaining buffer size from inner stream position")
        })
    }

    fn seek_relative(&mut self, offset: i64) -> Result<()> {
        BufReader::seek_relative(self, offset)
    }
}

impl<R: ?Sized + fmt::Debug> fmt::Debug for BufReader<R> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BufReader")
            .field("reader", &&self.inner)
            .field("buffer", &format_args!("{}/{}", self.filled - self.pos, self.capacity()))
            .finish()
    }
}
