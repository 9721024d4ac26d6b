//! Frames as text, in std's layout.

use super::demangle::write_name;
use crate::fmt::{self, Write};
use crate::sys::backtrace::{Place, Symbols};

/// How much of each frame is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Style {
    /// Names, and paths relative to the current folder.
    Short,
    /// Addresses too, and paths as they are in the program.
    Full,
}

pub(super) struct Printer {
    symbols: Symbols,
    style: Style,
    /// The current folder with a slash; empty if it is not wanted or not known.
    folder: String,
}

impl Printer {
    pub(super) fn new(style: Style) -> Self {
        let folder = match style {
            Style::Short => crate::env::current_dir().ok().and_then(|path| path.into_os_string().into_string().ok()),
            Style::Full => None,
        };
        let folder = folder.map_or(String::new(), |folder| if folder == "/" { folder } else { folder + "/" });
        Printer { symbols: Symbols::of_this_program(), style, folder }
    }

    fn name_of(&self, call: usize) -> String {
        let mut name = String::new();
        if let Some(symbol) = self.symbols.symbol(call) {
            let _cannot_fail = write_name(symbol, &mut name);
        }
        name
    }

    /// Without the frames of this module at the start.
    pub(super) fn skip_own<'a>(&self, calls: &'a [usize]) -> &'a [usize] {
        let is_own = |call: &usize| {
            let name = self.name_of(*call);
            name.contains("std::backtrace::") || name.starts_with("std::sys::backtrace::")
        };
        let own = calls.iter().take_while(|call| is_own(call)).count();
        &calls[own..]
    }

    /// From where `core` hands a panic over to std, up to what calls `main` or a thread's function. Everything if the
    /// program has no names.
    pub(super) fn between_marks<'a>(&self, calls: &'a [usize]) -> &'a [usize] {
        let is_start = |call: &usize| {
            let name = self.name_of(*call);
            name.ends_with("rust_begin_unwind")
                || name.strip_prefix("std::panic::hook::begin_panic").is_some_and(|rest| !rest.starts_with('_'))
        };
        let start = calls.iter().position(is_start).unwrap_or(0);
        let is_end = |call: &usize| self.name_of(*call).contains("__rust_begin_short_backtrace");
        let end = calls.iter().position(is_end).unwrap_or(calls.len());
        calls.get(start..end).unwrap_or(calls)
    }

    pub(super) fn print(&self, calls: &[usize], out: &mut dyn Write) -> fmt::Result {
        for (index, call) in calls.iter().enumerate() {
            write!(out, "{index:4}: ")?;
            if self.style == Style::Full {
                write!(out, "{call:#18x} - ")?;
            }
            match self.symbols.symbol(*call) {
                Some(symbol) => write_name(symbol, out)?,
                None if self.style == Style::Full => out.write_str("<unknown>")?,
                None => write!(out, "<unknown> ({call:#x})")?,
            }
            out.write_char('\n')?;
            if let Some(place) = self.symbols.place(*call).filter(|place| place.line != 0) {
                out.write_str(if self.style == Style::Full {
                    "                               at "
                } else {
                    "             at "
                })?;
                self.write_file(&place, out)?;
                write!(out, ":{}", place.line)?;
                if place.column != 0 {
                    write!(out, ":{}", place.column)?;
                }
                out.write_char('\n')?;
            }
        }
        Ok(())
    }

    fn write_file(&self, place: &Place<'_>, out: &mut dyn Write) -> fmt::Result {
        let mut path = String::new();
        for part in place.path.into_iter().filter(|part| !part.is_empty()) {
            if part.starts_with('/') {
                path.clear();
            } else if !path.is_empty() && !path.ends_with('/') {
                path.push('/');
            }
            path.push_str(part);
        }
        match path.strip_prefix(&*self.folder).filter(|_| !self.folder.is_empty()) {
            Some(inside) => write!(out, "./{inside}"),
            None if self.style == Style::Short && !path.starts_with('/') => write!(out, "./{path}"),
            None => out.write_str(&path),
        }
    }

    /// One frame for `{:?}`.
    pub(super) fn entry(&self, call: usize) -> Entry<'_> {
        Entry { printer: self, call }
    }
}

/// A frame as `{ fn: "…", file: "…", line: … }`.
pub(super) struct Entry<'a> {
    printer: &'a Printer,
    call: usize,
}

impl fmt::Debug for Entry<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.printer.name_of(self.call);
        if name.is_empty() {
            f.write_str("{ fn: <unknown>")?;
        } else {
            write!(f, "{{ fn: \"{name}\"")?;
        }
        if let Some(place) = self.printer.symbols.place(self.call).filter(|place| place.line != 0) {
            let mut path = String::new();
            self.printer.write_file(&place, &mut path)?;
            write!(f, ", file: {path:?}, line: {}", place.line)?;
        }
        f.write_str(" }")
    }
}

/// A function that takes text.
pub(crate) struct Writer<'a>(pub(crate) &'a mut dyn FnMut(&str));

impl Write for Writer<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        (self.0)(text);
        Ok(())
    }
}
