//! Values as DWARF writes them: the forms of attributes (DWARF 5, 7.5.5), which line tables use too.

use super::cursor::{Cursor, text_at};

/// Where texts stand that are not where they are used.
pub(super) struct Strings<'a> {
    /// `.debug_str`.
    pub(super) general: &'a [u8],
    /// `.debug_line_str`.
    pub(super) of_lines: &'a [u8],
}

pub(super) enum Value<'a> {
    Text(&'a [u8]),
    Number(u64),
    Other,
}

impl<'a> Strings<'a> {
    /// Reads one value. `None` for forms that need other sections, and for what does not fit.
    pub(super) fn value(&self, cursor: &mut Cursor<'a>, form: u64, is_64: bool) -> Option<Value<'a>> {
        let length = match form {
            0x08 => return cursor.text().map(Value::Text),
            0x0e => return text_at(self.general, cursor.offset(is_64)?).map(Value::Text),
            0x1f => return text_at(self.of_lines, cursor.offset(is_64)?).map(Value::Text),
            0x0b | 0x0c | 0x11 => return cursor.u8().map(|number| Value::Number(number.into())),
            0x05 | 0x12 => return cursor.u16().map(|number| Value::Number(number.into())),
            0x06 | 0x13 => return cursor.u32().map(|number| Value::Number(number.into())),
            0x01 | 0x07 | 0x14 | 0x20 => return cursor.u64().map(Value::Number),
            0x0f | 0x15 => return cursor.uleb().map(Value::Number),
            0x10 | 0x17 => return cursor.offset(is_64).map(|offset| Value::Number(offset as u64)),
            0x19 => return Some(Value::Number(1)),
            0x0d => {
                cursor.sleb()?;
                0
            }
            0x1e => 16,
            0x0a => cursor.u8()?.into(),
            0x03 => cursor.u16()?.into(),
            0x04 => cursor.u32()?.into(),
            0x09 | 0x18 => cursor.uleb()?,
            _ => return None,
        };
        cursor.take(usize::try_from(length).ok()?)?;
        Some(Value::Other)
    }
}
