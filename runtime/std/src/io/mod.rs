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

pub use self::adapters::{Bytes, Chain, Take};
pub use self::buf_read::{BufRead, Lines, Split};
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
pub use self::seek::{Seek, SeekFrom};
pub use self::slices::{IoSlice, IoSliceMut};
#[doc(hidden)]
pub use self::stdio::{_eprint, _print};
pub use self::stdio::{IsTerminal, Stderr, StderrLock, Stdin, StdinLock, Stdout, StdoutLock, stderr, stdin, stdout};
pub use self::util::{Empty, Repeat, Sink, empty, repeat, sink};
pub use self::write::Write;
