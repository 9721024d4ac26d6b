//! The `Seek` trait.

use super::{Result, SeekFrom};

/// A stream with a position.
pub trait Seek {
    /// Moves, and says how far from the start the position is now.
    fn seek(&mut self, pos: SeekFrom) -> Result<u64>;

    /// Moves to the start.
    fn rewind(&mut self) -> Result<()> {
        self.seek(SeekFrom::Start(0)).map(drop)
    }

    /// The position from the start.
    fn stream_position(&mut self) -> Result<u64> {
        self.seek(SeekFrom::Current(0))
    }

    /// Moves from here.
    fn seek_relative(&mut self, offset: i64) -> Result<()> {
        self.seek(SeekFrom::Current(offset)).map(drop)
    }
}
