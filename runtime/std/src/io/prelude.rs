//! The I/O traits, for importing with a glob.

pub use super::{BufRead, Read, Seek, Write};
