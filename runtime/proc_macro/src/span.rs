//! Places in the source of a macro's caller.

use crate::absent::{Absent, outside};
use std::fmt;
use std::ops::{Bound, Range};
use std::path::PathBuf;

/// A region of source code.
#[derive(Clone, Copy)]
pub struct Span(Absent);

impl Span {
    /// The place of the macro's call.
    ///
    /// # Panics
    /// Always: there is none.
    pub fn call_site() -> Span {
        outside()
    }

    /// The place of the macro's call for local variables and labels, of its definition for everything else.
    ///
    /// # Panics
    /// Always: there is none.
    pub fn mixed_site() -> Span {
        outside()
    }

    /// The place of the macro's definition.
    ///
    /// # Panics
    /// Always: there is none.
    pub fn def_site() -> Span {
        outside()
    }

    /// The span of the macro's call that this one was made by.
    pub fn parent(&self) -> Option<Span> {
        self.0.never()
    }

    /// The place of the code that this span's tokens come from.
    pub fn source(&self) -> Span {
        self.0.never()
    }

    /// The bytes of the file.
    pub fn byte_range(&self) -> Range<usize> {
        self.0.never()
    }

    /// An empty span before this one.
    pub fn start(&self) -> Span {
        self.0.never()
    }

    /// An empty span behind this one.
    pub fn end(&self) -> Span {
        self.0.never()
    }

    /// The line of the first byte, from 1.
    pub fn line(&self) -> usize {
        self.0.never()
    }

    /// The column of the first byte, from 1.
    pub fn column(&self) -> usize {
        self.0.never()
    }

    /// The file's name, for display.
    pub fn file(&self) -> String {
        self.0.never()
    }

    /// The file's path, if it is one on this machine.
    pub fn local_file(&self) -> Option<PathBuf> {
        self.0.never()
    }

    /// A span over both.
    pub fn join(&self, _other: Span) -> Option<Span> {
        self.0.never()
    }

    /// This place with the hygiene of the other span.
    pub fn resolved_at(&self, _other: Span) -> Span {
        self.0.never()
    }

    /// The other place with the hygiene of this span.
    pub fn located_at(&self, _other: Span) -> Span {
        self.0.never()
    }

    /// Whether both are the same.
    pub fn eq(&self, _other: &Span) -> bool {
        self.0.never()
    }

    /// The text at this place.
    pub fn source_text(&self) -> Option<String> {
        self.0.never()
    }

    /// A part of this place.
    pub(crate) fn part(self, _start: Bound<&usize>, _end: Bound<&usize>) -> Option<Span> {
        self.0.never()
    }

    pub(crate) fn never(&self) -> ! {
        self.0.never()
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.never()
    }
}
