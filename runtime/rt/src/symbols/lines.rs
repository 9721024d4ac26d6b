//! The line table, `.debug_line`: a program per unit whose rows say which source line each address belongs to
//! (DWARF 5, 6.2; the older forms of its header in DWARF 4, 6.2.4).

use super::cursor::Cursor;
use super::forms::{Strings, Value};
use super::units::Units;

/// A place in the source, as the compiler named it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// The folder of the compilation, which the next is below if it does not begin with a slash; empty if it is not known.
    pub base: &'a [u8],
    /// The folder; empty if the file's name has it, or if it is that of the compilation.
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
    pub(super) strings: Strings<'a>,
    pub(super) units: Units<'a>,
}

/// The place of an address.
pub(super) fn find<'a>(tables: &Tables<'a>, address: u64) -> Option<Place<'a>> {
    let mut rest = Cursor(tables.lines);
    while !rest.0.is_empty() {
        let offset = tables.lines.len() - rest.0.len();
        let (unit, is_64) = rest.unit()?;
        // A unit of a form that is not known does not hide the others.
        if let Some(place) = Unit::read(unit, is_64, offset).and_then(|unit| unit.find(tables, address)) {
            return Some(place);
        }
    }
    None
}

/// A unit's header.
struct Unit<'a> {
    /// Where it is in the section.
    offset: usize,
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
    fn read(mut cursor: Cursor<'a>, is_64: bool, offset: usize) -> Option<Self> {
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
            offset,
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
        let (base, directory, file) = if self.version == 5 {
            self.names_5(tables, row.file)?
        } else {
            let (directory, file) = self.names_4(row.file)?;
            (tables.units.folder(&tables.strings, self.offset).unwrap_or_default(), directory, file)
        };
        Some(Place { base, directory, file, line: row.line, column: row.column })
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

    /// The compilation's folder, which is folder 0, and folder and file by number, both from 0; each table says how its
    /// entries look.
    fn names_5(&self, tables: &Tables<'a>, index: u64) -> Option<(&'a [u8], &'a [u8], &'a [u8])> {
        let directories = self.names;
        let mut cursor = directories;
        self.entry_5(&mut cursor, tables, u64::MAX)?;
        let (file, directory) = self.entry_5(&mut cursor, tables, index)??;
        let (base, _) = self.entry_5(&mut { directories }, tables, 0)??;
        let (directory, _) = self.entry_5(&mut { directories }, tables, directory)??;
        Some((base, directory, file))
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
                let value = tables.strings.value(cursor, form, self.is_64)?;
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
}
