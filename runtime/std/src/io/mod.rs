//! Input and output: traits, adapters, buffers, standard streams.

mod adapters;
mod buf_read;
pub(crate) mod buffered;
#[cfg(panic = "unwind")]
pub(crate) mod capture;
mod copy;
mod cursor;
pub(crate) mod error;
mod impls;
pub(crate) mod pipe;
pub mod prelude;
pub(crate) mod read;
mod seek;
mod slices;
pub(crate) mod stdio;
mod util;
mod write;

pub use self::buf_read::BufRead;
pub use self::buffered::{BufReader, BufWriter, IntoInnerError, LineWriter, WriterPanicked};
#[cfg(panic = "unwind")]
#[doc(hidden)]
pub use self::capture::set_output_capture;
pub use self::copy::copy;
pub use self::cursor::Cursor;
#[doc(hidden)]
pub use self::error::SimpleMessage;
pub(crate) use self::error::{Custom, const_error};
pub use self::error::{Error, ErrorKind, RawOsError, Result};
pub use self::pipe::{PipeReader, PipeWriter, pipe};
pub use self::read::{Read, read_to_string};
pub use self::seek::Seek;
#[doc(hidden)]
pub use self::stdio::{_eprint, _print};
pub use self::stdio::{IsTerminal, Stderr, StderrLock, Stdin, StdinLock, Stdout, StdoutLock, stderr, stdin, stdout};
pub use self::util::{Empty, Repeat, Sink, empty, repeat, sink};
pub use self::write::Write;
use crate::sys::io::{IoVec, IoVecMut};

/// Where to move to.
#[derive(PartialEq, Eq, Clone, Copy, Debug)]
pub enum SeekFrom {
    /// This many bytes from the start.
    Start(u64),
    /// This many bytes from the end.
    End(i64),
    /// This many bytes from here.
    Current(i64),
}

/// A buffer to write from.
#[derive(Clone, Copy)]
#[repr(transparent)]
pub struct IoSlice<'a>(IoVec<'a>);

/// A buffer to read into.
#[repr(transparent)]
pub struct IoSliceMut<'a>(IoVecMut<'a>);

/// Two readers, one after the other.
#[derive(Debug)]
pub struct Chain<T, U> {
    first: T,
    second: U,
    done_first: bool,
}

/// A limited number of bytes of a reader.
#[derive(Debug)]
pub struct Take<T> {
    inner: T,
    len: u64,
    limit: u64,
}

/// An iterator over the bytes of a reader.
#[derive(Debug)]
pub struct Bytes<R> {
    inner: R,
}

/// The iterator of [`BufRead::lines`].
#[derive(Debug)]
pub struct Lines<B> {
    buf: B,
}

/// The iterator of [`BufRead::split`].
#[derive(Debug)]
pub struct Split<B> {
    buf: B,
    delim: u8,
}
