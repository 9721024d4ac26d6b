//! Copying a reader into a writer.

use super::buffered::DEFAULT_BUFFER_SIZE;
use super::{Read, Result, Write};
use crate::sys::copy::{Outcome, copy as copy_in_kernel};

/// Writes everything that `reader` gives into `writer` and says how many bytes that were.
///
/// Between bare descriptors (files, sockets, pipes, and `Take` or buffers around them) the kernel copies by itself.
pub fn copy<R: ?Sized, W: ?Sized>(reader: &mut R, writer: &mut W) -> Result<u64>
where
    R: Read,
    W: Write,
{
    let mut copied = 0;
    if let Some(source) = reader.__kernel_source()
        && let Some(target) = writer.__kernel_target()
    {
        match copy_in_kernel(source, target)? {
            Outcome::Done(n) => {
                reader.__kernel_consumed(n);
                return Ok(n);
            }
            Outcome::Partly(n) => {
                reader.__kernel_consumed(n);
                copied = n;
            }
        }
    }
    Ok(copied + copy_through_memory(reader, writer)?)
}

fn copy_through_memory<R: ?Sized + Read, W: ?Sized + Write>(reader: &mut R, writer: &mut W) -> Result<u64> {
    if let Some(result) = reader.__copy_own_memory(&mut |bytes| writer.write_all(bytes)) {
        return result;
    }
    let mut buffer = [0u8; DEFAULT_BUFFER_SIZE];
    let mut copied = 0;
    loop {
        let n = match reader.read(&mut buffer) {
            Ok(0) => return Ok(copied),
            Ok(n) => n,
            Err(error) if error.is_interrupted() => continue,
            Err(error) => return Err(error),
        };
        writer.write_all(&buffer[..n])?;
        copied += n as u64;
    }
}
