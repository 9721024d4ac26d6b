//! The standard streams, the printing behind `print!` and `eprint!`, and what is a terminal.

mod is_terminal;
mod output;
mod print;
mod stdin;

pub use is_terminal::IsTerminal;
pub(crate) use output::flush_at_exit;
pub use output::{stderr, stdout};
pub(crate) use print::try_eprint;
pub use print::{_eprint, _print};
pub use stdin::stdin;

use super::{IoSlice, IoSliceMut, Read, Result, Write};
use crate::io::buffered::BufReader;
use crate::sys::copy::Endpoint;
use crate::sys::stdio::{RawStream, ReentrantGuard, SharedLineBuffer};
use fullrust_rt::lock::Guard;

/// A handle of the process's standard output.
pub struct Stdout(());

/// A locked [`Stdout`].
pub struct StdoutLock<'a> {
    inner: ReentrantGuard<'a, SharedLineBuffer>,
}

/// A handle of the process's standard error.
pub struct Stderr(());

/// A locked [`Stderr`].
pub struct StderrLock<'a> {
    inner: ReentrantGuard<'a, RawStream>,
}

/// A handle of the process's standard input.
pub struct Stdin(());

/// A locked [`Stdin`].
pub struct StdinLock<'a> {
    inner: Guard<'a, Option<BufReader<RawStream>>>,
}

impl Read for RawStream {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        RawStream::read(self, buf)
    }

    fn read_vectored(&mut self, bufs: &mut [IoSliceMut<'_>]) -> Result<usize> {
        RawStream::read_vectored(self, bufs)
    }

    fn __is_read_vectored(&self) -> bool {
        true
    }

    fn read_to_end(&mut self, buf: &mut Vec<u8>) -> Result<usize> {
        RawStream::read_to_end(self, buf)
    }

    fn __kernel_source(&mut self) -> Option<Endpoint> {
        Some(Endpoint::new(self.0))
    }
}

impl Write for RawStream {
    fn write(&mut self, buf: &[u8]) -> Result<usize> {
        RawStream::write(self, buf)
    }

    fn write_vectored(&mut self, bufs: &[IoSlice<'_>]) -> Result<usize> {
        RawStream::write_vectored(self, bufs)
    }

    fn __is_write_vectored(&self) -> bool {
        true
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }

    fn __kernel_target(&mut self) -> Option<Endpoint> {
        Some(Endpoint::new(self.0))
    }
}
