//! The `BufRead` trait and its line iterators.

use super::read::append_text;
use super::{Lines, Read, Result, Split};

/// A reader with a buffer of its own.
pub trait BufRead: Read {
    /// The bytes that are there, after reading more if there were none; empty at the end.
    fn fill_buf(&mut self) -> Result<&[u8]>;

    /// Marks `amount` bytes as read.
    fn consume(&mut self, amount: usize);

    /// Appends everything up to and with `byte` to `buf`.
    fn read_until(&mut self, byte: u8, buf: &mut Vec<u8>) -> Result<usize> {
        scan_until(self, byte, |bytes| buf.extend_from_slice(bytes))
    }

    /// Skips everything up to and with `byte`.
    fn skip_until(&mut self, byte: u8) -> Result<usize> {
        scan_until(self, byte, |_| {})
    }

    /// Appends one line with its line feed to `buf`.
    fn read_line(&mut self, buf: &mut String) -> Result<usize> {
        append_text(buf, |bytes| self.read_until(b'\n', bytes))
    }

    /// The pieces between occurrences of `byte`.
    fn split(self, byte: u8) -> Split<Self>
    where
        Self: Sized,
    {
        Split { buf: self, delim: byte }
    }

    /// The lines, without their line feed or carriage return and line feed.
    fn lines(self) -> Lines<Self>
    where
        Self: Sized,
    {
        Lines { buf: self }
    }
}

fn scan_until<R: BufRead + ?Sized>(reader: &mut R, byte: u8, mut take: impl FnMut(&[u8])) -> Result<usize> {
    let mut total = 0;
    loop {
        let available = match reader.fill_buf() {
            Ok(bytes) => bytes,
            Err(error) if error.is_interrupted() => continue,
            Err(error) => return Err(error),
        };
        // SAFETY: the slice is readable; the result is its length or less.
        let index =
            unsafe { fullrust_builtins::mem::find_byte(available.as_ptr().cast(), byte.into(), available.len()) };
        let is_found = index < available.len();
        let used = index + usize::from(is_found);
        take(&available[..used]);
        reader.consume(used);
        total += used;
        if is_found || used == 0 {
            return Ok(total);
        }
    }
}

impl<B: BufRead> Iterator for Split<B> {
    type Item = Result<Vec<u8>>;

    fn next(&mut self) -> Option<Result<Vec<u8>>> {
        let mut piece = Vec::new();
        match self.buf.read_until(self.delim, &mut piece) {
            Ok(0) => None,
            Ok(_) => {
                if piece.last() == Some(&self.delim) {
                    piece.pop();
                }
                Some(Ok(piece))
            }
            Err(error) => Some(Err(error)),
        }
    }
}

impl<B: BufRead> Iterator for Lines<B> {
    type Item = Result<String>;

    fn next(&mut self) -> Option<Result<String>> {
        let mut line = String::new();
        match self.buf.read_line(&mut line) {
            Ok(0) => None,
            Ok(_) => {
                if line.ends_with('\n') {
                    line.pop();
                    if line.ends_with('\r') {
                        line.pop();
                    }
                }
                Some(Ok(line))
            }
            Err(error) => Some(Err(error)),
        }
    }
}
