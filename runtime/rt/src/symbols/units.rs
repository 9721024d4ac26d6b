//! The folder in which a unit was compiled: up to DWARF 4 the line table has it in the unit's entry of `.debug_info` alone
//! (DWARF 4, 3.1.1 and 7.5).

use super::cursor::Cursor;
use super::forms::{Strings, Value};

pub(super) struct Units<'a> {
    /// `.debug_info`.
    pub(super) info: &'a [u8],
    /// `.debug_abbrev`.
    pub(super) abbreviations: &'a [u8],
}

impl<'a> Units<'a> {
    /// The folder of the unit whose line table is at an offset of `.debug_line`.
    pub(super) fn folder(&self, strings: &Strings<'a>, line_table: usize) -> Option<&'a [u8]> {
        let mut rest = Cursor(self.info);
        while !rest.0.is_empty() {
            let (mut unit, is_64) = rest.unit()?;
            if let Some(folder) = self.folder_in(&mut unit, is_64, strings, line_table) {
                return Some(folder);
            }
        }
        None
    }

    /// The same, if this is the unit.
    fn folder_in(
        &self,
        unit: &mut Cursor<'a>,
        is_64: bool,
        strings: &Strings<'a>,
        line_table: usize,
    ) -> Option<&'a [u8]> {
        const STATEMENTS: u64 = 0x10;
        const FOLDER: u64 = 0x1b;
        if !(2..=4).contains(&unit.u16()?) {
            return None;
        }
        let abbreviations = self.abbreviations.get(unit.offset(is_64)?..)?;
        unit.u8()?; // size of addresses
        let code = unit.uleb()?;
        let mut attributes = abbreviation(Cursor(abbreviations), code)?;
        let (mut folder, mut is_wanted) = (None, false);
        loop {
            let (name, form) = (attributes.uleb()?, attributes.uleb()?);
            if (name, form) == (0, 0) {
                return folder.filter(|_| is_wanted);
            }
            match (name, strings.value(unit, form, is_64)?) {
                (FOLDER, Value::Text(text)) => folder = Some(text),
                (STATEMENTS, Value::Number(offset)) => is_wanted = offset == line_table as u64,
                _ => {}
            }
        }
    }
}

/// What follows the head of the abbreviation with a code: names and forms of attributes.
fn abbreviation(mut cursor: Cursor<'_>, wanted: u64) -> Option<Cursor<'_>> {
    loop {
        let code = cursor.uleb()?;
        if code == 0 {
            return None;
        }
        cursor.uleb()?; // tag
        cursor.u8()?; // whether there are children
        if code == wanted {
            return Some(cursor);
        }
        while (cursor.uleb()?, cursor.uleb()?) != (0, 0) {}
    }
}
