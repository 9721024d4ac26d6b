//! What the printing macros call, and how it fails.

use super::{stderr, stdout};
use crate::fmt;
use crate::sys::io::{NO_DIGITS, decimal};
use crate::sys::stdio::{WriteFailure, print_err, print_out};

/// Prints to the standard output; panics where that fails.
#[doc(hidden)]
pub fn _print(args: fmt::Arguments<'_>) {
    #[cfg(panic = "unwind")]
    if crate::io::capture::print(args) {
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
    if crate::io::capture::print(args) {
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
    if crate::io::capture::print(args) {
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
        out(decimal(code as u64, &mut { NO_DIGITS }));
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
