//! Reading numbers and texts from untrusted bytes.

/// What is left to read.
#[derive(Clone, Copy)]
pub(super) struct Cursor<'a>(pub(super) &'a [u8]);

impl<'a> Cursor<'a> {
    pub(super) fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    pub(super) fn u8(&mut self) -> Option<u8> {
        self.array::<1>().map(|[byte]| byte)
    }

    pub(super) fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_le_bytes)
    }

    pub(super) fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_le_bytes)
    }

    pub(super) fn u64(&mut self) -> Option<u64> {
        self.array().map(u64::from_le_bytes)
    }

    /// An offset: 8 bytes in the 64-bit form of DWARF, else 4.
    pub(super) fn offset(&mut self, is_64: bool) -> Option<usize> {
        if is_64 { self.u64().map(|offset| offset as usize) } else { self.u32().map(|offset| offset as usize) }
    }

    /// A unit behind its length, and whether it is of the 64-bit form (DWARF 5, 7.2.2 and 7.4).
    pub(super) fn unit(&mut self) -> Option<(Self, bool)> {
        let first = self.u32()?;
        let is_64 = first == u32::MAX;
        let length = if is_64 { self.u64()? } else { first.into() };
        Some((Cursor(self.take(usize::try_from(length).ok()?)?), is_64))
    }

    pub(super) fn uleb(&mut self) -> Option<u64> {
        let (mut value, mut shift) = (0, 0);
        loop {
            let byte = self.u8()?;
            if shift < 64 {
                value |= u64::from(byte & 0x7f) << shift;
            }
            shift += 7;
            if byte & 0x80 == 0 {
                return Some(value);
            }
        }
    }

    pub(super) fn sleb(&mut self) -> Option<i64> {
        let (mut value, mut shift) = (0, 0);
        loop {
            let byte = self.u8()?;
            if shift < 64 {
                value |= i64::from(byte & 0x7f) << shift;
            }
            shift += 7;
            if byte & 0x80 == 0 {
                return Some(if shift < 64 && byte & 0x40 != 0 { value | -1 << shift } else { value });
            }
        }
    }

    /// A text that ends with NUL.
    pub(super) fn text(&mut self) -> Option<&'a [u8]> {
        let length = self.0.iter().position(|&byte| byte == 0)?;
        let text = self.take(length)?;
        self.take(1)?;
        Some(text)
    }
}

/// The text at an offset of a string table.
pub(super) fn text_at(table: &[u8], offset: usize) -> Option<&[u8]> {
    Cursor(table.get(offset..)?).text()
}
