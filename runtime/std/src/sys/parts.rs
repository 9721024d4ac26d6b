//! Taking a value apart although its type has a destructor.

use crate::io::{BufWriter, Write};
use core::mem::ManuallyDrop;
use core::ptr;

/// The fields of a `BufWriter`, whose destructor does not run.
pub(crate) fn split_buf_writer<W: Write>(writer: BufWriter<W>) -> (Vec<u8>, bool, W) {
    let writer = ManuallyDrop::new(writer);
    // SAFETY: each field is read out once and `writer` is never dropped or used again.
    unsafe { (ptr::read(&writer.buffer), writer.panicked, ptr::read(&writer.inner)) }
}
