//! The part of `memmap2` 0.5 that maps whole files for reading, on `rustix`.

use rustix::mm::{MapFlags, ProtFlags, mmap, munmap};
use std::fs::File;
use std::io;
use std::ops::Deref;

/// A file's bytes in memory.
#[derive(Debug)]
pub struct Mmap {
    start: *const u8,
    length: usize,
}

// SAFETY: the mapping is only read, and lives as long as the value.
unsafe impl Send for Mmap {}
// SAFETY: as above.
unsafe impl Sync for Mmap {}

impl Mmap {
    /// Maps a whole file.
    ///
    /// # Errors
    /// `InvalidInput` for an empty file; what the kernel says of others.
    ///
    /// # Safety
    /// Nobody may shorten or write the file while it is mapped.
    pub unsafe fn map(file: &File) -> io::Result<Mmap> {
        let length = usize::try_from(file.metadata()?.len()).map_err(|_| io::ErrorKind::OutOfMemory)?;
        if length == 0 {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        // SAFETY: the kernel chooses the place; the caller keeps the file as it is.
        let start = unsafe { mmap(std::ptr::null_mut(), length, ProtFlags::READ, MapFlags::SHARED, file, 0)? };
        Ok(Mmap { start: start.cast(), length })
    }
}

impl Deref for Mmap {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        // SAFETY: the mapping is that long and readable.
        unsafe { std::slice::from_raw_parts(self.start, self.length) }
    }
}

impl AsRef<[u8]> for Mmap {
    fn as_ref(&self) -> &[u8] {
        self
    }
}

impl Drop for Mmap {
    fn drop(&mut self) {
        // SAFETY: made by `map`, and nothing borrows it any more.
        let _ = unsafe { munmap(self.start.cast_mut().cast(), self.length) };
    }
}
