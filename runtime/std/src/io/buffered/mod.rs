//! Buffering wrappers around readers and writers.

mod buf_reader;
mod buf_writer;
mod into_inner;
mod line_writer;

pub use buf_reader::BufReader;
pub use buf_writer::{BufWriter, WriterPanicked};
pub use into_inner::IntoInnerError;
pub use line_writer::LineWriter;

/// What buffers hold unless asked otherwise.
pub(crate) const DEFAULT_BUFFER_SIZE: usize = 8 * 1024;
