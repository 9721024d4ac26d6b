//! The line table, `.debug_line`: a program per unit whose rows say which source line each address belongs to
//! (DWARF 5, 6.2; the older forms of its header in DWARF 4, 6.2.4).

use super::cursor::{Cursor, text_at};

/// A place in the source, as the compiler named it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// The folder; empty if the file's name has it, or if it is the folder of the compilation.
    pub directory: &'a [u8],
    /// The file.
    pub file: &'a [u8],
    /// The line, from 1; 0 if the code has none.
    pub line: u32,
    /// The column, from 1; 0 if it is not known.
    pub column: u32,
}

pub(super) struct Tables<'a> {
    pub(super) lines: &'a [u8],
    pub(super) line_strings: &'a [u8],
    pub(super) strings: &'a [u8],
}

/// The place of an address.
pub(super) fn find<'a>(tables: &Tables<'a>, address: u64) -> Option<Place<'a>> {
    let mut rest = Cursor(tables.lines);
    while !rest.0.is_empty() {
        let first = rest.u32()?;
        let is_64 = first == u32::MAX;
        let length = if is_64 { rest.u64()? } else { first.into() };
        let unit = rest.take(usize::try_from(length).ok()?)?;
        // A unit of a form that is not known does not hide the others.
        if let Some(place) = Unit::read(unit, is_64).and_then(|unit| unit.find(tables, address)) {
            return Some(place);
        }
    }
    None
}

/// A unit's header.
struct Unit<'a> {
    is_64: bool,
    version: u16,
    least_instruction: u64,
    line_base: i8,
    line_range: u8,
    opcode_base: u8,
    operand_counts: &'a [u8],
    /// The tables of folders and files.
    names: Cursor<'a>,
    program: Cursor<'a>,
}

#[derive(Clone, Copy)]
struct Row {
    address: u64,
    file: u64,
    line: u32,
    column: u32,
}

const FIRST_ROW: Row = Row { address: 0, file: 1, line: 1, column: 0 };

impl<'a> Unit<'a> {
    fn read(bytes: &'a [u8], is_64: bool) -> Option<Self> {
        let mut cursor = Cursor(bytes);
        let version = cursor.u16()?;
        if !(2..=5).contains(&version) {
            return None;
        }
        if version == 5 {
            cursor.take(2)?; // sizes of addresses and of segment selectors
        }
        let header_length = cursor.offset(is_64)?;
        let program = Cursor(cursor.0.get(header_length..)?);
        let least_instruction = cursor.u8()?.into();
        if version >= 4 {
            cursor.u8()?; // operations an instruction: 1, x86-64 is no VLIW machine
        }
        cursor.u8()?; // whether rows are statements by default
        let (line_base, line_range, opcode_base) = (cursor.u8()? as i8, cursor.u8()?, cursor.u8()?);
        let operand_counts = cursor.take(usize::from(opcode_base).checked_sub(1)?)?;
        (line_range != 0).then_some(Self {
            is_64,
            version,
            least_instruction,
            line_base,
            line_range,
            opcode_base,
            operand_counts,
            names: cursor,
            program,
        })
    }

    /// Runs the program until the rows around the address are known.
    fn find(&self, tables: &Tables<'a>, address: u64) -> Option<Place<'a>> {
        let mut cursor = self.program;
        let mut row = FIRST_ROW;
        let mut before: Option<Row> = None;
        let mut is_dropped = false;
        while !cursor.0.is_empty() {
            let Some(is_end) = self.step(&mut cursor, &mut row)? else { continue };
            if let Some(before) = before
                && (before.address..row.address).contains(&address)
            {
                return self.place(tables, before);
            }
            // Linkers leave the rows of dropped functions, from address 0 on.
            is_dropped |= before.is_none() && row.address == 0;
            before = (!is_end && !is_dropped).then_some(row);
            if is_end {
                row = FIRST_ROW;
                is_dropped = false;
            }
        }
        None
    }

    /// Runs one instruction: `Some(is_end)` if it makes a row. `None` where the program is malformed.
    fn step(&self, cursor: &mut Cursor<'a>, row: &mut Row) -> Option<Option<bool>> {
        let opcode = cursor.u8()?;
        if opcode >= self.opcode_base {
            let adjusted = opcode - self.opcode_base;
            self.advance(row, (adjusted / self.line_range).into());
            let lines = i32::from(self.line_base) + i32::from(adjusted % self.line_range);
            row.line = row.line.wrapping_add_signed(lines);
            return Some(Some(false));
        }
        match opcode {
            0 => return self.extended(cursor, row),
            1 => return Some(Some(false)), // copy
            2 => {
                let units = cursor.uleb()?;
                self.advance(row, units);
            }
            3 => row.line = row.line.wrapping_add_signed(cursor.sleb()? as i32),
            4 => row.file = cursor.uleb()?,
            5 => row.column = cursor.uleb()? as u32,
            8 => self.advance(row, ((255 - self.opcode_base) / self.line_range).into()),
            9 => row.address = row.address.wrapping_add(cursor.u16()?.into()),
            _ => {
                for _ in 0..*self.operand_counts.get(usize::from(opcode) - 1)? {
                    cursor.uleb()?;
                }
            }
        }
        Some(None)
    }

    fn extended(&self, cursor: &mut Cursor<'a>, row: &mut Row) -> Option<Option<bool>> {
        let length = usize::try_from(cursor.uleb()?).ok()?;
        let mut operands = Cursor(cursor.take(length)?);
        match operands.u8() {
            Some(1) => return Some(Some(true)), // end of sequence
            Some(2) => row.address = operands.u64()?,
            _ => {}
        }
        Some(None)
    }

    fn advance(&self, row: &mut Row, units: u64) {
        row.address = row.address.wrapping_add(units.wrapping_mul(self.least_instruction));
    }

    fn place(&self, tables: &Tables<'a>, row: Row) -> Option<Place<'a>> {
        let (directory, file) =
            if self.version == 5 { self.names_5(tables, row.file) } else { self.names_4(row.file) }?;
        Some(Place { directory, file, line: row.line, column: row.column })
    }

    /// Folder and file by number, both from 1; folder 0 is the compilation's.
    fn names_4(&self, index: u64) -> Option<(&'a [u8], &'a [u8])> {
        let directories = self.names;
        let mut cursor = directories;
        while !cursor.text()?.is_empty() {}
        for _ in 1..index {
            Self::file_4(&mut cursor)?;
        }
        let (file, directory) = Self::file_4(&mut cursor)?;
        let mut cursor = directories;
        let mut name: &[u8] = &[];
        for _ in 0..directory {
            name = cursor.text().filter(|name| !name.is_empty())?;
        }
        Some((name, file))
    }

    fn file_4(cursor: &mut Cursor<'a>) -> Option<(&'a [u8], u64)> {
        let name = cursor.text().filter(|name| !name.is_empty())?;
        let directory = cursor.uleb()?;
        cursor.uleb()?; // time
        cursor.uleb()?; // length
        Some((name, directory))
    }

    /// Folder and file by number, both from 0; each table says how its entries look.
    fn names_5(&self, tables: &Tables<'a>, index: u64) -> Option<(&'a [u8], &'a [u8])> {
        let directories = self.names;
        let mut cursor = directories;
        self.entry_5(&mut cursor, tables, u64::MAX)?;
        let (file, directory) = self.entry_5(&mut cursor, tables, index)??;
        let mut cursor = directories;
        let (directory, _) = self.entry_5(&mut cursor, tables, directory)??;
        Some((directory, file))
    }

    /// Reads a whole table; the entry with an index, its name and the number of its folder.
    #[allow(clippy::type_complexity, reason = "a name for it would say less")]
    fn entry_5(&self, cursor: &mut Cursor<'a>, tables: &Tables<'a>, wanted: u64) -> Option<Option<(&'a [u8], u64)>> {
        const PATH: u64 = 1;
        const DIRECTORY_INDEX: u64 = 2;
        let format_count = cursor.u8()?;
        let formats = *cursor;
        for _ in 0..format_count {
            cursor.uleb()?;
            cursor.uleb()?;
        }
        let mut found = None;
        for index in 0..cursor.uleb()? {
            let (mut name, mut directory): (&[u8], u64) = (&[], 0);
            let mut formats = formats;
            for _ in 0..format_count {
                let (content, form) = (formats.uleb()?, formats.uleb()?);
                let value = self.value_5(cursor, tables, form)?;
                match (content, value) {
                    (PATH, Value::Text(text)) => name = text,
                    (DIRECTORY_INDEX, Value::Number(number)) => directory = number,
                    _ => {}
                }
            }
            if index == wanted {
                found = Some((name, directory));
            }
        }
        Some(found)
    }

    /// A value of one of the forms that these tables may have (DWARF 5, 6.2.4.1).
    fn value_5(&self, cursor: &mut Cursor<'a>, tables: &Tables<'a>, form: u64) -> Option<Value<'a>> {
        Some(match form {
            0x08 => Value::Text(cursor.text()?),
            0x0e => Value::Text(text_at(tables.strings, cursor.offset(self.is_64)?)?),
            0x1f => Value::Text(text_at(tables.line_strings, cursor.offset(self.is_64)?)?),
            0x0b => Value::Number(cursor.u8()?.into()),
            0x05 => Value::Number(cursor.u16()?.into()),
            0x06 => Value::Number(cursor.u32()?.into()),
            0x07 => Value::Number(cursor.u64()?),
            0x0f => Value::Number(cursor.uleb()?),
            0x1e => {
                cursor.take(16)?; // a digest
                Value::Other
            }
            0x09 => {
                let length = usize::try_from(cursor.uleb()?).ok()?;
                cursor.take(length)?;
                Value::Other
            }
            _ => return None,
        })
    }
}

enum Value<'a> {
    Text(&'a [u8]),
    Number(u64),
    Other,
}
