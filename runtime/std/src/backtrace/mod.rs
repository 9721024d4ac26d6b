//! Backtraces: the calls that led to a place, with names and lines from the program's own file.
//!
//! Symbols are read when a backtrace is shown. Each call is one frame: functions that were inlined into others do not
//! show up. What walks the stack and reads symbols is linked only into programs that use [`Backtrace`], that unwind, or
//! that are built with debug assertions; in others a panic under `RUST_BACKTRACE` says that there is none.

mod demangle;
mod print;

use crate::fmt::{self, Write};
use crate::sync::OnceLock;
use crate::sys::backtrace::for_each_call;
use crate::sys::late::Late;
pub(crate) use print::Writer;
use print::{Printer, Style};

/// A captured stack.
#[must_use]
pub struct Backtrace {
    inner: Inner,
}

enum Inner {
    Unsupported,
    Disabled,
    /// The addresses of the calls; none where the program has no unwind tables.
    Captured(Box<[usize]>),
}

/// What a [`Backtrace`] holds.
#[non_exhaustive]
#[derive(Debug, PartialEq, Eq)]
pub enum BacktraceStatus {
    /// Capturing is not supported here.
    Unsupported,
    /// Capturing was not asked for.
    Disabled,
    /// There are frames.
    Captured,
}

impl Backtrace {
    /// Captures if `RUST_LIB_BACKTRACE`, or without that `RUST_BACKTRACE`, is set and not `0`. The first call decides for
    /// all: later changes of the environment make no difference.
    #[inline(never)]
    pub fn capture() -> Backtrace {
        static IS_WANTED: OnceLock<bool> = OnceLock::new();
        if *IS_WANTED.get_or_init(crate::sys::env::is_library_backtrace_wanted) {
            Self::force_capture()
        } else {
            Self::disabled()
        }
    }

    /// Captures in any case.
    #[inline(never)]
    pub fn force_capture() -> Backtrace {
        link_printer();
        let mut calls = Vec::new();
        for_each_call(|address| calls.push(address));
        let inner = if calls.is_empty() { Inner::Unsupported } else { Inner::Captured(calls.into_boxed_slice()) };
        Backtrace { inner }
    }

    /// An empty backtrace.
    pub const fn disabled() -> Backtrace {
        Backtrace { inner: Inner::Disabled }
    }

    /// What it holds.
    #[must_use]
    pub fn status(&self) -> BacktraceStatus {
        match self.inner {
            Inner::Unsupported => BacktraceStatus::Unsupported,
            Inner::Disabled => BacktraceStatus::Disabled,
            Inner::Captured(_) => BacktraceStatus::Captured,
        }
    }
}

impl fmt::Debug for Backtrace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.inner {
            Inner::Unsupported => f.write_str("<unsupported>"),
            Inner::Disabled => f.write_str("<disabled>"),
            Inner::Captured(calls) => {
                f.write_str("Backtrace ")?;
                let printer = Printer::new(Style::Short);
                let mut list = f.debug_list();
                for call in printer.skip_own(calls) {
                    list.entry(&printer.entry(*call));
                }
                list.finish()
            }
        }
    }
}

impl fmt::Display for Backtrace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.inner {
            Inner::Unsupported => f.write_str("unsupported backtrace"),
            Inner::Disabled => f.write_str("disabled backtrace"),
            Inner::Captured(calls) => {
                let printer = Printer::new(if f.alternate() { Style::Full } else { Style::Short });
                printer.print(printer.skip_own(calls), f)
            }
        }
    }
}

type Print = fn(&mut dyn FnMut(&str));

/// What shows the stack of a panic; absent in programs that do not link it.
static PRINT_FOR_PANIC: Late<Print> = Late::new();

/// Makes panics show the stack where the environment asks for it.
#[cold]
pub(crate) fn link_printer() {
    PRINT_FOR_PANIC.set(print_for_panic);
}

#[inline(never)]
fn print_for_panic(write: &mut dyn FnMut(&str)) {
    let out = &mut Writer(write);
    let is_full = crate::sys::panic::is_second() || crate::sys::env::is_full_backtrace_wanted();
    let printer = Printer::new(if is_full { Style::Full } else { Style::Short });
    let mut calls = Vec::new();
    for_each_call(|address| calls.push(address));
    let _cannot_fail = out.write_str("stack backtrace:\n");
    let shown = if is_full { &calls[..] } else { printer.between_marks(&calls) };
    let _cannot_fail = printer.print(shown, out);
    if !is_full {
        let _cannot_fail =
            out.write_str("note: Some details are omitted, run with `RUST_BACKTRACE=full` for a verbose backtrace.\n");
    }
}

/// What the default panic hook shows where the environment asks for it.
pub(crate) fn push_for_panic(out: &mut dyn FnMut(&str)) {
    match PRINT_FOR_PANIC.get() {
        Some(print) => print(out),
        // A function instead of `fmt::Write`, whose table would link the writing of characters into every program.
        None => out("note: this program was built without backtraces\n"),
    }
}
