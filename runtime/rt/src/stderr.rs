//! Unlocked stderr for last words: collects text on the stack, so that a message is one write if it fits.

use core::fmt;

use fullrust_sys::{Errno, io};

const CAPACITY: usize = 512;

/// Text on its way to descriptor 2; written when full and when dropped. Errors are ignored: nobody could be told.
pub struct Stderr {
    buffer: [u8; CAPACITY],
    used: usize,
}

impl Stderr {
    /// An empty collection.
    #[inline]
    pub const fn new() -> Self {
        Self { buffer: [0; CAPACITY], used: 0 }
    }

    /// Adds bytes as they are.
    pub fn push(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            let count = bytes.len().min(CAPACITY - self.used);
            self.buffer[self.used..self.used + count].copy_from_slice(&bytes[..count]);
            self.used += count;
            bytes = &bytes[count..];
            if self.used == CAPACITY {
                self.flush();
            }
        }
    }

    /// Writes what has been collected.
    pub fn flush(&mut self) {
        let mut rest = &self.buffer[..self.used];
        while !rest.is_empty() {
            match io::write(2, rest) {
                Ok(count) if count > 0 => rest = &rest[count..],
                Err(Errno::EINTR) => {}
                _ => break,
            }
        }
        self.used = 0;
    }
}

impl Default for Stderr {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Stderr {
    fn drop(&mut self) {
        self.flush();
    }
}

impl fmt::Write for Stderr {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.push(text.as_bytes());
        Ok(())
    }
}
