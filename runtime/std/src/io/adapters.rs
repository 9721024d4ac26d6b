//! Readers made of readers: `Chain`, `Take`, `Bytes`.

use super::{BufRead, Bytes, Chain, ErrorKind, IoSliceMut, Read, Result, Seek, SeekFrom, Take};
use crate::cmp;

impl<T, U> Chain<T, U> {
    pub(crate) fn new(first: T, second: U) -> Self {
        Chain { first, second, done_first: false }
    }

    /// Both readers by value.
    pub fn into_inner(self) -> (T, U) {
        (self.first, self.second)
    }

    /// Both readers.
    pub fn get_ref(&self) -> (&T, &U) {
        (&self.first, &self.second)
    }

    /// Both readers for changing.
    pub fn get_mut(&mut self) -> (&mut T, &mut U) {
        (&mut self.first, &mut self.second)
    }
}

impl<T: Read, U: Read> Read for Chain<T, U> {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        if !self.done_first {
            match self.first.read(buf)? {
                0 if !buf.is_empty() => self.done_first = true,
                n => return Ok(n),
            }
        }
        self.second.read(buf)
    }

    fn read_vectored(&mut self, bufs: &mut [IoSliceMut<'_>]) -> Result<usize> {
        if !self.done_first {
            match self.first.read_vectored(bufs)? {
                0 if bufs.iter().any(|buf| !buf.is_empty()) => self.done_first = true,
                n => return Ok(n),
            }
        }
        self.second.read_vectored(bufs)
    }

    fn __is_read_vectored(&self) -> bool {
        self.first.__is_read_vectored() || self.second.__is_read_vectored()
    }

    fn read_to_end(&mut self, buf: &mut Vec<u8>) -> Result<usize> {
        let mut total = 0;
        if !self.done_first {
            total += self.first.read_to_end(buf)?;
            self.done_first = true;
        }
        Ok(total + self.second.read_to_end(buf)?)
    }

    fn __bytes_left(&self) -> (usize, Option<usize>) {
        let ((least, most), (least_after, most_after)) = (self.first.__bytes_left(), self.second.__bytes_left());
        let most = most.zip(most_after).and_then(|(first, second)| first.checked_add(second));
        (least.saturating_add(least_after), most)
    }
}

impl<T: BufRead, U: BufRead> BufRead for Chain<T, U> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        if !self.done_first {
            let ahead = self.first.fill_buf()?;
            if !ahead.is_empty() {
                return Ok(ahead);
            }
            self.done_first = true;
        }
        self.second.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        if self.done_first { self.second.consume(amount) } else { self.first.consume(amount) }
    }
}

impl<T> Take<T> {
    pub(crate) fn new(inner: T, limit: u64) -> Self {
        Take { inner, len: limit, limit }
    }

    /// How many bytes may still be read.
    pub fn limit(&self) -> u64 {
        self.limit
    }

    /// How many bytes have been read.
    fn bytes_read(&self) -> u64 {
        self.len - self.limit
    }

    /// Sets anew how many bytes may be read.
    pub fn set_limit(&mut self, limit: u64) {
        self.len = limit;
        self.limit = limit;
    }

    /// The reader by value.
    pub fn into_inner(self) -> T {
        self.inner
    }

    /// The reader.
    pub fn get_ref(&self) -> &T {
        &self.inner
    }

    /// The reader for changing.
    pub fn get_mut(&mut self) -> &mut T {
        &mut self.inner
    }
}

impl<T: Read> Read for Take<T> {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        if self.limit == 0 {
            return Ok(0);
        }
        let most = cmp::min(buf.len() as u64, self.limit) as usize;
        let n = self.inner.read(&mut buf[..most])?;
        assert!(n as u64 <= self.limit, "number of read bytes exceeds limit");
        self.limit -= n as u64;
        Ok(n)
    }

    fn __kernel_source(&mut self) -> Option<crate::sys::copy::Endpoint> {
        let limit = self.limit;
        self.inner.__kernel_source().map(|source| source.limited(limit))
    }

    fn __kernel_consumed(&mut self, n: u64) {
        self.limit -= n;
        self.inner.__kernel_consumed(n);
    }

    fn __bytes_left(&self) -> (usize, Option<usize>) {
        let (least, most) = self.inner.__bytes_left();
        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
        (least.min(limit), Some(most.map_or(limit, |most| most.min(limit))))
    }
}

impl<T: BufRead> BufRead for Take<T> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        if self.limit == 0 {
            return Ok(&[]);
        }
        let bytes = self.inner.fill_buf()?;
        let most = cmp::min(bytes.len() as u64, self.limit) as usize;
        Ok(&bytes[..most])
    }

    fn consume(&mut self, amount: usize) {
        let amount = cmp::min(amount as u64, self.limit) as usize;
        self.limit -= amount as u64;
        self.inner.consume(amount);
    }
}

impl<T: Seek> Seek for Take<T> {
    fn seek(&mut self, pos: SeekFrom) -> Result<u64> {
        let here = self.bytes_read();
        let target = match pos {
            SeekFrom::Start(offset) => Some(offset),
            SeekFrom::End(offset) => self.len.checked_add_signed(offset),
            SeekFrom::Current(offset) => here.checked_add_signed(offset),
        };
        let target = target.filter(|target| *target <= self.len).ok_or(ErrorKind::InvalidInput)?;
        while self.bytes_read() != target {
            let here = self.bytes_read();
            let step = if target >= here {
                i64::try_from(target - here).unwrap_or(i64::MAX)
            } else {
                i64::try_from(here - target).map_or(i64::MIN, |back| -back)
            };
            self.inner.seek_relative(step)?;
            self.limit = self.limit.wrapping_sub(step as u64);
        }
        Ok(target)
    }

    fn stream_position(&mut self) -> Result<u64> {
        Ok(self.bytes_read())
    }

    fn seek_relative(&mut self, offset: i64) -> Result<()> {
        let inside = self.bytes_read().checked_add_signed(offset).is_some_and(|target| target <= self.len);
        if !inside {
            return Err(ErrorKind::InvalidInput.into());
        }
        self.inner.seek_relative(offset)?;
        self.limit = self.limit.wrapping_sub(offset as u64);
        Ok(())
    }
}

impl<R> Bytes<R> {
    pub(crate) fn new(inner: R) -> Self {
        Bytes { inner }
    }
}

impl<R: Read> Iterator for Bytes<R> {
    type Item = Result<u8>;

    #[inline]
    fn next(&mut self) -> Option<Result<u8>> {
        let mut byte = [0];
        loop {
            return match self.inner.read(&mut byte) {
                Ok(0) => None,
                Ok(_) => Some(Ok(byte[0])),
                Err(error) if error.is_interrupted() => continue,
                Err(error) => Some(Err(error)),
            };
        }
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.inner.__bytes_left()
    }
}
