//! The error of `into_inner` when the last flush fails.

use super::IntoInnerError;
use crate::io::Error;
use crate::{error, fmt};

impl<W> IntoInnerError<W> {
    pub(crate) fn new(writer: W, error: Error) -> Self {
        IntoInnerError(writer, error)
    }

    pub(crate) fn map<V>(self, wrap: impl FnOnce(W) -> V) -> IntoInnerError<V> {
        IntoInnerError(wrap(self.0), self.1)
    }

    /// The reason.
    pub fn error(&self) -> &Error {
        &self.1
    }

    /// The writer by value.
    pub fn into_inner(self) -> W {
        self.0
    }

    /// The reason by value.
    pub fn into_error(self) -> Error {
        self.1
    }

    /// Reason and writer by value.
    pub fn into_parts(self) -> (Error, W) {
        (self.1, self.0)
    }
}

impl<W> From<IntoInnerError<W>> for Error {
    fn from(error: IntoInnerError<W>) -> Error {
        error.1
    }
}

impl<W: Send + fmt::Debug> error::Error for IntoInnerError<W> {}

impl<W> fmt::Display for IntoInnerError<W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.1, f)
    }
}
