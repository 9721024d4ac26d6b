//! Descriptors, unbuffered: reading, writing, the standard streams.

use core::fmt;

use fullrust_rt::{panic, text::Text};
use fullrust_sys::{Errno, Result, io};

/// Standard input.
pub const STDIN: Fd = Fd(0);
/// Standard output.
pub const STDOUT: Fd = Fd(1);
/// Standard error.
pub const STDERR: Fd = Fd(2);

/// A file descriptor, not owned: nothing closes it by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Fd(pub i32);

/// Standard input.
pub fn stdin() -> Fd {
    STDIN
}

/// Standard output.
pub fn stdout() -> Fd {
    STDOUT
}

/// Standard error.
pub fn stderr() -> Fd {
    STDERR
}

impl Fd {
    /// Reads up to a buffer's length; 0 at the end. Repeats after `EINTR`.
    pub fn read(self, buffer: &mut [u8]) -> Result<usize> {
        loop {
            match io::read(self.0, buffer) {
                Err(Errno::EINTR) => {}
                result => return result,
            }
        }
    }

    /// Writes some bytes and says how many. Repeats after `EINTR`.
    pub fn write(self, bytes: &[u8]) -> Result<usize> {
        loop {
            match io::write(self.0, bytes) {
                Err(Errno::EINTR) => {}
                result => return result,
            }
        }
    }

    /// Writes all bytes. A descriptor that takes none is an error (`EIO`), not a loop.
    pub fn write_all(self, mut bytes: &[u8]) -> Result<()> {
        while !bytes.is_empty() {
            match self.write(bytes)? {
                0 => return Err(Errno::EIO),
                count => bytes = &bytes[count..],
            }
        }
        Ok(())
    }
}

impl Fd {
    /// Writes formatted text.
    pub fn write_fmt(self, arguments: fmt::Arguments<'_>) -> Result<()> {
        self.write_with_end(arguments, "")
    }

    #[inline]
    fn write_with_end(self, arguments: fmt::Arguments<'_>, end: &str) -> Result<()> {
        let mut text = Text::new(self.0);
        text.push_args(arguments);
        text.push(end.as_bytes());
        text.flush()
    }
}

/// Behind `print!` and `println!`.
#[doc(hidden)]
#[inline]
pub fn print_to(fd: Fd, arguments: fmt::Arguments<'_>, end: &str) {
    match fd.write_with_end(arguments, end) {
        // A closed standard stream counts as one that takes everything.
        Ok(()) | Err(Errno::EBADF) => {}
        Err(_) => panic::end("failed printing to stdout"),
    }
}

/// Behind `eprint!` and `eprintln!`.
#[doc(hidden)]
#[inline]
pub fn eprint_args(arguments: fmt::Arguments<'_>, end: &str) {
    let _ = STDERR.write_with_end(arguments, end);
}
