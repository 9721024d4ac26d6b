//! Buffering wrappers around readers and writers.

mod bufreader;
mod bufwriter;
mod into_inner;
mod linewriter;

pub use bufreader::BufReader;
pub use bufwriter::{BufWriter, WriterPanicked};
pub use linewriter::LineWriter;

/// A writer that could not be flushed, with the reason.
#[derive(Debug)]
pub struct IntoInnerError<W>(W, crate::io::Error);

/// What buffers hold unless asked otherwise.
pub(crate) const DEFAULT_BUFFER_SIZE: usize = 8 * 1024;
