//! The standard streams and the printing behind `print!` and `eprint!`.

use super::buffered::BufReader;
use super::{BufRead, IoSlice, IoSliceMut, Lines, Read, Result, Write};
use crate::fmt;
use crate::panic::{RefUnwindSafe, UnwindSafe};
use crate::sys::copy::Endpoint;
use crate::sys::stdio::{
    LineBuffer, RawStream, ReentrantGuard, ReentrantLock, STDERR, STDIN, STDOUT, SharedLineBuffer, WriteFailure,
    print_err, print_out,
};
use fullrust_rt::lock::{Guard, Lock};

/// What stdin reads ahead at most.
const STDIN_BUFFER_SIZE: usize = 8 * 1024;

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

/// Made on the first use.
static STDIN_BUFFER: Lock<Option<BufReader<RawStream>>> = Lock::new(None);

/// A handle of the process's standard input.
pub struct Stdin(());

/// A locked [`Stdin`].
pub struct StdinLock<'a> {
    inner: Guard<'a, Option<BufReader<RawStream>>>,
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
    fn __is_read_vectored(&self) -> bool {
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
            fn __is_read_vectored(&self) -> bool {
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

static STDOUT_BUFFER: ReentrantLock<SharedLineBuffer> = ReentrantLock::new(SharedLineBuffer::new());

/// Writes out what stdout holds and makes it unbuffered. A lock that another thread holds is left alone: the program
/// is ending.
#[optimize(size)]
pub(crate) fn flush_at_exit() {
    if let Some(lock) = STDOUT_BUFFER.try_lock() {
        lock.with(LineBuffer::flush_and_hold_nothing);
    }
}

/// A handle of the process's standard output.
pub struct Stdout(());

/// A locked [`Stdout`].
pub struct StdoutLock<'a> {
    inner: ReentrantGuard<'a, SharedLineBuffer>,
}

/// The standard output.
#[must_use]
pub fn stdout() -> Stdout {
    Stdout(())
}

impl Stdout {
    /// Takes the lock of the output for longer than one call.
    pub fn lock(&self) -> StdoutLock<'static> {
        crate::sys::stdio::call_at_exit(flush_at_exit);
        StdoutLock { inner: STDOUT_BUFFER.lock() }
    }
}

impl Write for StdoutLock<'_> {
    fn write(&mut self, buf: &[u8]) -> Result<usize> {
        Ok(self.inner.with(|stdout| stdout.write(buf))?)
    }
    fn write_vectored(&mut self, bufs: &[IoSlice<'_>]) -> Result<usize> {
        Ok(self.inner.with(|stdout| stdout.write_vectored(bufs))?)
    }
    fn __is_write_vectored(&self) -> bool {
        true
    }
    fn flush(&mut self) -> Result<()> {
        Ok(self.inner.with(LineBuffer::flush)?)
    }
    fn write_all(&mut self, buf: &[u8]) -> Result<()> {
        Ok(self.inner.with(|stdout| stdout.write_all(buf))?)
    }
    fn __kernel_target(&mut self) -> Option<Endpoint> {
        self.flush().ok().map(|()| Endpoint::new(STDOUT))
    }
}

static STDERR_LOCK: ReentrantLock<RawStream> = ReentrantLock::new(RawStream(STDERR));

/// A handle of the process's standard error.
pub struct Stderr(());

/// A locked [`Stderr`].
pub struct StderrLock<'a> {
    inner: ReentrantGuard<'a, RawStream>,
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
        self.inner.write(buf)
    }
    fn write_vectored(&mut self, bufs: &[IoSlice<'_>]) -> Result<usize> {
        self.inner.write_vectored(bufs)
    }
    fn __is_write_vectored(&self) -> bool {
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
            fn __is_write_vectored(&self) -> bool {
                true
            }
            fn flush(&mut self) -> Result<()> {
                self.lock().flush()
            }
            fn write_all(&mut self, buf: &[u8]) -> Result<()> {
                self.lock().write_all(buf)
            }
            fn __write_all_vectored(&mut self, bufs: &mut [IoSlice<'_>]) -> Result<()> {
                self.lock().__write_all_vectored(bufs)
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
    #[cfg(panic = "unwind")]
    if super::capture::print(args) {
        return;
    }
    // A literal by a path of its own, so that it links nothing of formatting and its failures.
    if let Some(text) = args.as_str() {
        let result = stdout().lock().inner.with(|stdout| stdout.write_all(text.as_bytes()));
        return result.unwrap_or_else(|failure| write_failed("stdout", failure));
    }
    let result = print_out(&stdout().lock().inner, args);
    result.unwrap_or_else(|failure| print_failed("stdout", failure))
}

/// Prints to the standard error; panics where that fails.
#[doc(hidden)]
pub fn _eprint(args: fmt::Arguments<'_>) {
    #[cfg(panic = "unwind")]
    if super::capture::print(args) {
        return;
    }
    let lock = stderr().lock();
    let result = print_err(args);
    drop(lock);
    if let Err(failure) = result {
        print_failed("stderr", failure);
    }
}

/// Prints to the standard error and ignores failures.
pub(crate) fn try_eprint(args: fmt::Arguments<'_>) {
    #[cfg(panic = "unwind")]
    if super::capture::print(args) {
        return;
    }
    let _lock = stderr().lock();
    let _ignored = print_err(args);
}

/// Says what `io::Error` would say, but with the texts of the numbers of `write(2)` only, and without formatting.
struct PrintFailure<'a> {
    stream: &'a str,
    failure: WriteFailure,
}

impl crate::panic::Message for PrintFailure<'_> {
    #[optimize(size)]
    fn write_to(&self, out: &mut dyn FnMut(&str)) {
        out("failed printing to ");
        out(self.stream);
        out(": ");
        let Some(code) = self.failure.code() else { return out("failed to write whole buffer") };
        out(crate::sys::io::write_error_text(code));
        out(" (os error ");
        out(crate::sys::io::decimal(code as u32, &mut [const { core::mem::MaybeUninit::uninit() }; 10]));
        out(")");
    }
}

#[cold]
#[optimize(size)]
fn print_failed(stream: &str, failure: Option<WriteFailure>) -> ! {
    match failure {
        Some(failure) => write_failed(stream, failure),
        None => crate::panic::panic_with(
            &"a formatting trait implementation returned an error when the underlying stream did not",
        ),
    }
}

#[cold]
#[inline(never)]
#[optimize(size)]
fn write_failed(stream: &str, failure: WriteFailure) -> ! {
    crate::panic::panic_with(&PrintFailure { stream, failure })
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
