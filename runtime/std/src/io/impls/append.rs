//! Writing to the end of vectors and queues.

use crate::alloc::Allocator;
use crate::collections::VecDeque;
use crate::io::{IoSlice, Result, Write};

macro_rules! write_at_end {
    ($($queue:ident $append:ident),*) => {$(
        impl<A: Allocator> Write for $queue<u8, A> {
            #[inline]
            fn write(&mut self, buf: &[u8]) -> Result<usize> {
                self.$append(buf);
                Ok(buf.len())
            }

            #[inline]
            fn write_vectored(&mut self, bufs: &[IoSlice<'_>]) -> Result<usize> {
                let total = bufs.iter().map(|buf| buf.len()).sum();
                self.reserve(total);
                for buf in bufs {
                    self.$append(&**buf);
                }
                Ok(total)
            }

            #[inline]
            fn __is_write_vectored(&self) -> bool {
                true
            }

            #[inline]
            fn write_all(&mut self, buf: &[u8]) -> Result<()> {
                self.$append(buf);
                Ok(())
            }

            #[inline]
            fn flush(&mut self) -> Result<()> {
                Ok(())
            }
        }
    )*};
}

write_at_end!(Vec extend_from_slice, VecDeque extend);
