//! Reading from the front of a queue.

use crate::alloc::Allocator;
use crate::cmp;
use crate::collections::VecDeque;
use crate::io::read::append_text;
use crate::io::{BufRead, Error, Read, Result};

impl<A: Allocator> Read for VecDeque<u8, A> {
    #[inline]
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        let (mut front, _) = self.as_slices();
        let n = Read::read(&mut front, buf)?;
        self.drain(..n);
        Ok(n)
    }

    #[inline]
    fn read_exact(&mut self, buf: &mut [u8]) -> Result<()> {
        let short = buf.len() > self.len();
        if short {
            self.clear();
            return Err(Error::READ_EXACT_EOF);
        }
        let (front, back) = self.as_slices();
        let in_front = cmp::min(front.len(), buf.len());
        let (first, second) = buf.split_at_mut(in_front);
        first.copy_from_slice(&front[..in_front]);
        second.copy_from_slice(&back[..second.len()]);
        let taken = first.len() + second.len();
        self.drain(..taken);
        Ok(())
    }

    #[inline]
    fn read_to_end(&mut self, buf: &mut Vec<u8>) -> Result<usize> {
        let length = self.len();
        buf.try_reserve(length)?;
        let (front, back) = self.as_slices();
        buf.extend_from_slice(front);
        buf.extend_from_slice(back);
        self.clear();
        Ok(length)
    }

    #[inline]
    fn read_to_string(&mut self, buf: &mut String) -> Result<usize> {
        append_text(buf, |bytes| self.read_to_end(bytes))
    }
}

impl<A: Allocator> BufRead for VecDeque<u8, A> {
    #[inline]
    fn fill_buf(&mut self) -> Result<&[u8]> {
        Ok(self.as_slices().0)
    }

    #[inline]
    fn consume(&mut self, amount: usize) {
        self.drain(..amount);
    }
}
