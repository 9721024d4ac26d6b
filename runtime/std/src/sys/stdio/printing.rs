//! Formatted text on its way to a stream, without `io::Write`.

use super::line_buffer::{WriteFailure, Written, write_whole};
use super::{ReentrantGuard, STDERR, SharedLineBuffer};

/// A stream that formatted text goes to; remembers why writing failed.
pub(crate) struct Printer<F> {
    write: F,
    failure: Option<WriteFailure>,
}

impl<F: FnMut(&[u8]) -> Written<()>> core::fmt::Write for Printer<F> {
    fn write_str(&mut self, text: &str) -> core::fmt::Result {
        (self.write)(text.as_bytes()).map_err(|failure| {
            self.failure = Some(failure);
            core::fmt::Error
        })
    }
}

/// Formats to a stream. An error that the stream did not cause is a bug of a `Display` and gives `None`.
fn print_with<F: FnMut(&[u8]) -> Written<()>>(
    write: F,
    args: core::fmt::Arguments<'_>,
) -> core::result::Result<(), Option<WriteFailure>> {
    let mut printer = Printer { write, failure: None };
    core::fmt::write(&mut printer, args).map_err(|_| printer.failure)
}

/// `print!` on a locked stdout.
pub(crate) fn print_out(
    stdout: &ReentrantGuard<'_, SharedLineBuffer>,
    args: core::fmt::Arguments<'_>,
) -> core::result::Result<(), Option<WriteFailure>> {
    print_with(|bytes| stdout.with(|buffer| buffer.write_all(bytes)), args)
}

/// `eprint!` on a locked stderr.
pub(crate) fn print_err(args: core::fmt::Arguments<'_>) -> core::result::Result<(), Option<WriteFailure>> {
    if let Some(text) = args.as_str() {
        return write_whole(STDERR, &mut text.as_bytes()).map_err(Some);
    }
    print_with(|bytes| write_whole(STDERR, &mut { bytes }), args)
}
