//! A cursor over the bytes of unwind tables.

/// Encodings of pointers (LSB, DWARF Extensions, 10.5.1): low half the format, then what it is relative to.
pub(super) const DW_EH_PE_OMIT: u8 = 0xff;
const DW_EH_PE_INDIRECT: u8 = 0x80;

/// Reads forwards; the caller knows how far the table goes.
#[derive(Clone, Copy)]
pub(super) struct Reader(pub(super) *const u8);

impl Reader {
    /// # Safety
    /// The bytes of a `T` must follow.
    #[inline]
    pub(super) unsafe fn read<T: Copy>(&mut self) -> T {
        // SAFETY: the caller's promise; alignment is not needed.
        let value = unsafe { self.0.cast::<T>().read_unaligned() };
        self.0 = self.0.wrapping_add(size_of::<T>());
        value
    }

    /// # Safety
    /// A ULEB128 number must follow (DWARF 7.6).
    pub(super) unsafe fn uleb(&mut self) -> u64 {
        let (mut value, mut shift) = (0u64, 0);
        loop {
            // SAFETY: the number goes on.
            let byte: u8 = unsafe { self.read() };
            if shift < 64 {
                value |= u64::from(byte & 0x7f) << shift;
            }
            shift += 7;
            if byte & 0x80 == 0 {
                return value;
            }
        }
    }

    /// # Safety
    /// An SLEB128 number must follow.
    pub(super) unsafe fn sleb(&mut self) -> i64 {
        let (mut value, mut shift) = (0i64, 0);
        loop {
            // SAFETY: the number goes on.
            let byte: u8 = unsafe { self.read() };
            if shift < 64 {
                value |= i64::from(byte & 0x7f) << shift;
            }
            shift += 7;
            if byte & 0x80 == 0 {
                if shift < 64 && byte & 0x40 != 0 {
                    value |= -1 << shift;
                }
                return value;
            }
        }
    }

    /// A pointer in an encoding; `None` for encodings that x86-64 objects do not have, and for omitted ones.
    ///
    /// # Safety
    /// A pointer in that encoding must follow; an indirect one leads to a readable word.
    pub(super) unsafe fn pointer(&mut self, encoding: u8, function_start: usize, data_start: usize) -> Option<usize> {
        if encoding == DW_EH_PE_OMIT {
            return None;
        }
        let place = self.0.addr();
        // SAFETY: the caller's promise.
        let value = unsafe { self.value(encoding & 0x0f) }?;
        if value == 0 {
            return Some(0); // null in every encoding
        }
        let base = match encoding & 0x70 {
            0x00 => 0,
            0x10 => place,
            0x30 => data_start,
            0x40 => function_start,
            _ => return None,
        };
        let address = base.wrapping_add(value);
        // SAFETY: as above.
        Some(if encoding & DW_EH_PE_INDIRECT != 0 { unsafe { *(address as *const usize) } } else { address })
    }

    /// # Safety
    /// A number of that format must follow.
    unsafe fn value(&mut self, format: u8) -> Option<usize> {
        // SAFETY: the caller's promise.
        unsafe {
            Some(match format {
                0x00 | 0x04 | 0x0c => self.read::<usize>(),
                0x01 => self.uleb() as usize,
                0x02 => usize::from(self.read::<u16>()),
                0x03 => self.read::<u32>() as usize,
                0x09 => self.sleb() as usize,
                0x0a => self.read::<i16>() as usize,
                0x0b => self.read::<i32>() as usize,
                _ => return None,
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leb128_numbers_of_the_standards_examples() {
        for (bytes, value) in [(&[2u8][..], 2), (&[127], 127), (&[0x80, 1], 128), (&[0xb9, 0x64], 12857)] {
            // SAFETY: whole numbers.
            assert_eq!(unsafe { Reader(bytes.as_ptr()).uleb() }, value);
        }
        for (bytes, value) in [(&[2u8][..], 2), (&[0x7e], -2), (&[0xff, 0], 127), (&[0x81, 0x7f], -127)] {
            // SAFETY: whole numbers.
            assert_eq!(unsafe { Reader(bytes.as_ptr()).sleb() }, value);
        }
    }

    #[test]
    fn pointers_are_relative_to_what_their_encoding_says() {
        let bytes = 16i64.to_le_bytes();
        let read = |encoding| {
            // SAFETY: eight bytes, as many as the longest format reads.
            unsafe { Reader(bytes.as_ptr()).pointer(encoding, 1000, 2000) }
        };
        assert_eq!(read(0x0b), Some(16));
        assert_eq!(read(0x1b), Some(bytes.as_ptr().addr() + 16));
        assert_eq!(read(0x3b), Some(2016));
        assert_eq!(read(0x4b), Some(1016));
        assert_eq!(read(0xff), None);
        assert_eq!(read(0x20), None);
    }
}
