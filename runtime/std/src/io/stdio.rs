//! The standard streams and the printing behind `print!` and `eprint!`.

use super::buffered::{BufReader, BufWriter, LineWriterShim};
use super::{BufRead, IoSlice, IoSliceMut, Lines, Read, Result, Write};
use crate::cell::RefCell;
use crate::panic::{RefUnwindSafe, UnwindSafe};
use crate::sys::copy::Endpoint;
use crate::sys::stdio::{Lock, LockGuard, RawStream, ReentrantGuard, ReentrantLock, STDERR, STDIN, STDOUT};
use crate::fmt;

/// What stdout holds back at most.
const STDOUT_BUFFER_SIZE: usize = 1024;
/// What stdin reads ahead at most.
const STDIN_BUFFER_SIZE: usize = 8 * 1024;

impl Read for RawStream {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        RawStream::read(self, buf)
    }

    fn read_vectored(&mut self, bufs: &mut [IoSliceMut<'_>]) -> Result<usize> {
        RawStream::read_vectored(self, bufs)
    }

    fn is_read_vectored(&self) -> bool {
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

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn flush(&mut self) -> Result<()> {
        Ok(())
    }

    fn __kernel_target(&mut self) -> Option<Endpoint> {
        Some(Endpoint::new(self.0))
    }
}

/// Made on the first use.
static STDIN_BUFFER: Lock<Option<BufReader<RawStream>>> = Lock::new(None);

/// A handle of the process's standard input.
pub struct Stdin(());

/// A locked [`Stdin`].
pub struct StdinLock<'a> {
    inner: LockGuard<'a, Option<BufReader<RawStream>>>,
}

/// The standard input.
#[must_use]
pub fn stdin() -> Stdin {
    Stdin(())
}

impl Stdin {
    /// Takes the lock of the input for longer than one call.
    pub fn lock(&self) -> StdinLock<'static> {
        let mut inner = STDIN_BUFFER.lock();
        if inner.is_none() {
            *inner = Some(BufReader::with_capacity(STDIN_BUFFER_SIZE, RawStream(STDIN)));
        }
        StdinLock { inner }
    }

    /// Appends one line with its line feed to `buf`.
    pub fn read_line(&self, buf: &mut String) -> Result<usize> {
        self.lock().read_line(buf)
    }

    /// The lines of the input.
    #[must_use = "`self` will be dropped if the result is not used"]
    pub fn lines(self) -> Lines<StdinLock<'static>> {
        self.lock().lines()
    }
}

impl StdinLock<'_> {
    fn reader(&mut self) -> &mut BufReader<RawStream> {
        self.inner.as_mut().expect("stdin is made when it is locked")
    }
}

impl fmt::Debug for Stdin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Stdin").finish_non_exhaustive()
    }
}

impl fmt::Debug for StdinLock<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StdinLock").finish_non_exhaustive()
    }
}

impl Read for StdinLock<'_> {
    fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
        self.reader().read(buf)
    }
    fn read_vectored(&mut self, bufs: &mut [IoSliceMut<'_>]) -> Result<usize> {
        self.reader().read_vectored(bufs)
    }
    fn is_read_vectored(&self) -> bool {
        true
    }
    fn read_to_end(&mut self, buf: &mut Vec<u8>) -> Result<usize> {
        self.reader().read_to_end(buf)
    }
    fn read_to_string(&mut self, buf: &mut String) -> Result<usize> {
        self.reader().read_to_string(buf)
    }
    fn read_exact(&mut self, buf: &mut [u8]) -> Result<()> {
        self.reader().read_exact(buf)
    }
    fn __kernel_source(&mut self) -> Option<Endpoint> {
        self.reader().__kernel_source()
    }
}

impl BufRead for StdinLock<'_> {
    fn fill_buf(&mut self) -> Result<&[u8]> {
        self.reader().fill_buf()
    }
    fn consume(&mut self, amount: usize) {
        self.reader().consume(amount)
    }
}

macro_rules! read_by_locking {
    ($($ty:ty),*) => {$(
        impl Read for $ty {
            fn read(&mut self, buf: &mut [u8]) -> Result<usize> {
                self.lock().read(buf)
            }
            fn read_vectored(&mut self, bufs: &mut [IoSliceMut<'_>]) -> Result<usize> {
                self.lock().read_vectored(bufs)
            }
            fn is_read_vectored(&self) -> bool {
                true
            }
            fn read_to_end(&mut self, buf: &mut Vec<u8>) -> Result<usize> {
                self.lock().read_to_end(buf)
            }
            fn read_to_string(&mut self, buf: &mut String) -> Result<usize> {
                self.lock().read_to_string(buf)
            }
            fn read_exact(&mut self, buf: &mut [u8]) -> Result<()> {
                self.lock().read_exact(buf)
            }
        }
    )*};
}

read_by_locking!(Stdin, &Stdin);

#[derive(Clone, Copy, PartialEq, Eq)]
enum StdoutState {
    /// Nothing printed yet: there is no buffer.
    Unused,
    Buffered,
    /// The program is ending: nothing is held back any more.
    Unbuffered,
}

struct StdoutBuffer {
    state: StdoutState,
    writer: BufWriter<RawStream>,
}

static STDOUT_BUFFER: ReentrantLock<RefCell<StdoutBuffer>> = ReentrantLock::new(RefCell::new(StdoutBuffer {
    state: StdoutState::Unused,
    writer: BufWriter { buffer: Vec::new(), panicked: false, inner: RawStream(STDOUT) },
}));

impl StdoutBuffer {
    fn lines(&mut self) -> LineWriterShim<'_, RawStream> {
        if self.state == StdoutState::Unused {
            self.state = StdoutState::Buffered;
            self.writer.buffer.reserve_exact(STDOUT_BUFFER_SIZE);
            crate::sys::stdio::call_at_exit(flush_at_exit);
        }
        LineWriterShim::new(&mut self.writer)
    }
}

/// Writes out what stdout holds and makes it unbuffered. A lock that another thread holds, or a borrow in the middle
/// of a write, is left alone: the program is ending.
pub(crate) fn flush_at_exit() {
    if let Some(lock) = STDOUT_BUFFER.try_lock()
        && let Ok(mut stdout) = lock.try_borrow_mut()
    {
        let _ignored = stdout.writer.flush();
        stdout.writer.buffer = Vec::new();
        stdout.state = StdoutState::Unbuffered;
    }
}

/// A handle of the process's standard output.
pub struct Stdout(());

/// A locked [`Stdout`].
pub struct StdoutLock<'a> {
    inner: ReentrantGuard<'a, RefCell<StdoutBuffer>>,
}

/// The standard output.
#[must_use]
pub fn stdout() -> Stdout {
    Stdout(())
}

impl Stdout {
    /// Takes the lock of the output for longer than one call.
    pub fn lock(&self) -> StdoutLock<'static> {
        StdoutLock { inner: STDOUT_BUFFER.lock() }
    }
}

impl Write for StdoutLock<'_> {
    fn write(&mut self, buf: &[u8]) -> Result<usize> {
        self.inner.borrow_mut().lines().write(buf)
    }
    fn write_vectored(&mut self, bufs: &[IoSlice<'_>]) -> Result<usize> {
        self.inner.borrow_mut().lines().write_vectored(bufs)
    }
    fn is_write_vectored(&self) -> bool {
        true
    }
    fn flush(&mut self) -> Result<()> {
        self.inner.borrow_mut().writer.flush()
    }
    fn write_all(&mut self, buf: &[u8]) -> Result<()> {
        self.inner.borrow_mut().lines().write_all(buf)
    }
    fn __kernel_target(&mut self) -> Option<Endpoint> {
        self.inner.borrow_mut().writer.__kernel_target()
    }
}

static STDERR_LOCK: ReentrantLock<RefCell<RawStream>> = ReentrantLock::new(RefCell::new(RawStream(STDERR)));

/// A handle of the process's standard error.
pub struct Stderr(());

/// A locked [`Stderr`].
pub struct StderrLock<'a> {
    inner: ReentrantGuard<'a, RefCell<RawStream>>,
}

/// The standard error.
#[must_use]
pub fn stderr() -> Stderr {
    Stderr(())
}

impl Stderr {
    /// Takes the lock of the stream for longer than one call.
    pub fn lock(&self) -> StderrLock<'static> {
        StderrLock { inner: STDERR_LOCK.lock() }
    }
}

impl Write for StderrLock<'_> {
    fn write(&mut self, buf: &[u8]) -> Result<usize> {
        self.inner.borrow_mut().write(buf)
    }
    fn write_vectored(&mut self, bufs: &[IoSlice<'_>]) -> Result<usize> {
        self.inner.borrow_mut().write_vectored(bufs)
    }
    fn is_write_vectored(&self) -> bool {
        true
    }
    fn flush(&mut self) -> Result<()> {
        Ok(())
    }
    fn __kernel_target(&mut self) -> Option<Endpoint> {
        Some(Endpoint::new(STDERR))
    }
}

macro_rules! write_by_locking {
    ($($ty:ty),*) => {$(
        impl Write for $ty {
            fn write(&mut self, buf: &[u8]) -> Result<usize> {
                self.lock().write(buf)
            }
            fn write_vectored(&mut self, bufs: &[IoSlice<'_>]) -> Result<usize> {
                self.lock().write_vectored(bufs)
            }
            fn is_write_vectored(&self) -> bool {
                true
            }
            fn flush(&mut self) -> Result<()> {
                self.lock().flush()
            }
            fn write_all(&mut self, buf: &[u8]) -> Result<()> {
                self.lock().write_all(buf)
            }
            fn write_all_vectored(&mut self, bufs: &mut [IoSlice<'_>]) -> Result<()> {
                self.lock().write_all_vectored(bufs)
            }
            fn write_fmt(&mut self, args: fmt::Arguments<'_>) -> Result<()> {
                self.lock().write_fmt(args)
            }
            fn __kernel_target(&mut self) -> Option<Endpoint> {
                self.lock().__kernel_target()
            }
        }
    )*};
}

write_by_locking!(Stdout, &Stdout, Stderr, &Stderr);

macro_rules! debug_and_unwind_safe {
    ($($name:literal $ty:ident [$($life:lifetime)?];)*) => {$(
        impl fmt::Debug for $ty$(<$life>)? {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.debug_struct($name).finish_non_exhaustive()
            }
        }
        impl UnwindSafe for $ty$(<$life>)? {}
        impl RefUnwindSafe for $ty$(<$life>)? {}
    )*};
}

debug_and_unwind_safe! {
    "Stdout" Stdout [];
    "Stderr" Stderr [];
    "StdoutLock" StdoutLock ['_];
    "StderrLock" StderrLock ['_];
}

impl UnwindSafe for StdinLock<'_> {}
impl RefUnwindSafe for StdinLock<'_> {}

/// Prints to the standard output; panics where that fails.
#[doc(hidden)]
pub fn _print(args: fmt::Arguments<'_>) {
    if let Err(error) = stdout().lock().write_fmt(args) {
        panic!("failed printing to stdout: {error}");
    }
}

/// Prints to the standard error; panics where that fails.
#[doc(hidden)]
pub fn _eprint(args: fmt::Arguments<'_>) {
    if let Err(error) = stderr().lock().write_fmt(args) {
        panic!("failed printing to stderr: {error}");
    }
}

/// Prints to the standard error and ignores failures.
pub(crate) fn try_eprint(args: fmt::Arguments<'_>) {
    let _ignored = stderr().lock().write_fmt(args);
}

/// Whether a stream is a terminal.
pub trait IsTerminal: sealed::Sealed {
    /// Whether a stream is a terminal.
    fn is_terminal(&self) -> bool;
}

pub(crate) mod sealed {
    /// Keeps [`super::IsTerminal`] to std's own types.
    pub trait Sealed {}
}

macro_rules! is_terminal {
    ($($ty:ty),*) => {$(
        impl sealed::Sealed for $ty {}
        impl IsTerminal for $ty {
            #[inline]
            fn is_terminal(&self) -> bool {
                crate::sys::io::is_terminal(crate::os::fd::AsRawFd::as_raw_fd(self))
            }
        }
    )*};
}

is_terminal!(
    crate::fs::File,
    Stdin,
    StdinLock<'_>,
    Stdout,
    StdoutLock<'_>,
    Stderr,
    StderrLock<'_>,
    crate::os::fd::BorrowedFd<'_>,
    crate::os::fd::OwnedFd,
    crate::process::ChildStdin,
    crate::process::ChildStdout,
    crate::process::ChildStderr,
    super::PipeReader,
    super::PipeWriter
);
