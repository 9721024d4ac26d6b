//! The program's own file, mapped for reading, and its symbol table.

use core::ffi::CStr;

use fullrust_sys::abi::elf::{SHF_COMPRESSED, SHT_NOBITS, SHT_SYMTAB, STT_FUNC};
use fullrust_sys::{fs, io, mm};

use super::cursor::{Cursor, text_at};
use super::forms::Strings;
use super::lines::{self, Place};
use super::units::Units;

/// A mapped file; unmapped when dropped.
pub struct Image {
    start: *mut u8,
    length: usize,
}

/// A section's header, as far as it matters here.
#[derive(Clone, Copy)]
struct Section {
    name: u32,
    kind: u32,
    flags: u64,
    offset: u64,
    size: u64,
    link: u32,
}

impl Image {
    /// Maps the running program's file.
    pub fn of_this_program() -> Option<Self> {
        Self::open(c"/proc/self/exe")
    }

    fn open(path: &CStr) -> Option<Self> {
        let fd = fs::openat(fs::AT_FDCWD, path, fs::O_RDONLY | fs::O_CLOEXEC, 0).ok()?;
        let image = Self::map(fd);
        let _ = io::close(fd);
        image
    }

    fn map(fd: i32) -> Option<Self> {
        let length = usize::try_from(fs::fstat(fd).ok()?.st_size).ok()?;
        // SAFETY: a new mapping; a file that shrinks later is the risk that every reader of mapped files takes, and a
        // program that runs cannot be written to (ETXTBSY).
        let start = unsafe { mm::mmap(core::ptr::null_mut(), length, mm::PROT_READ, mm::MAP_PRIVATE, fd, 0) }.ok()?;
        Some(Self { start, length })
    }

    fn bytes(&self) -> &[u8] {
        // SAFETY: mapped for as long as `self` lives.
        unsafe { core::slice::from_raw_parts(self.start, self.length) }
    }

    /// The name, as the symbol table has it, of the function that holds an address, and how far behind its start.
    pub fn function(&self, address: usize) -> Option<(&[u8], usize)> {
        let table = self.sections()?.find(|section| section.kind == SHT_SYMTAB)?;
        let strings = self.content(self.sections()?.nth(table.link as usize)?)?;
        let mut best: Option<(u32, usize)> = None;
        for symbol in self.content(table)?.chunks_exact(24) {
            let mut cursor = Cursor(symbol);
            let (name, info, _other, section) = (cursor.u32()?, cursor.u8()?, cursor.u8()?, cursor.u16()?);
            let (start, size) = (cursor.u64()? as usize, cursor.u64()? as usize);
            let distance = address.wrapping_sub(start);
            let holds = distance < size.max(1) && section != 0 && info & 0xf == STT_FUNC;
            if holds && best.is_none_or(|(_, other)| distance < other) {
                best = Some((name, distance));
            }
        }
        let (name, distance) = best?;
        Some((text_at(strings, name as usize)?, distance))
    }

    /// The source line that an address was made from.
    pub fn line(&self, address: usize) -> Option<Place<'_>> {
        let section = |name| self.section(name).unwrap_or_default();
        let tables = lines::Tables {
            lines: self.section(b".debug_line")?,
            strings: Strings { general: section(b".debug_str"), of_lines: section(b".debug_line_str") },
            units: Units { info: section(b".debug_info"), abbreviations: section(b".debug_abbrev") },
        };
        lines::find(&tables, address as u64)
    }

    fn section(&self, name: &[u8]) -> Option<&[u8]> {
        let names_index = usize::from(Cursor(self.bytes().get(62..)?).u16()?);
        let names = self.content(self.sections()?.nth(names_index)?)?;
        let found = self.sections()?.find(|section| text_at(names, section.name as usize) == Some(name))?;
        self.content(found)
    }

    fn content(&self, section: Section) -> Option<&[u8]> {
        if section.kind == SHT_NOBITS || section.flags & SHF_COMPRESSED != 0 {
            return None;
        }
        let start = usize::try_from(section.offset).ok()?;
        self.bytes().get(start..start.checked_add(usize::try_from(section.size).ok()?)?)
    }

    /// The section headers (gABI, Sections).
    fn sections(&self) -> Option<impl Iterator<Item = Section> + '_> {
        let bytes = self.bytes();
        let start = usize::try_from(Cursor(bytes.get(40..)?).u64()?).ok()?;
        let count = usize::from(Cursor(bytes.get(60..)?).u16()?);
        let headers = bytes.get(start..start.checked_add(count * 64)?)?;
        Some(headers.chunks_exact(64).filter_map(|header| {
            let mut cursor = Cursor(header);
            let (name, kind, flags) = (cursor.u32()?, cursor.u32()?, cursor.u64()?);
            let (_address, offset, size, link) = (cursor.u64()?, cursor.u64()?, cursor.u64()?, cursor.u32()?);
            Some(Section { name, kind, flags, offset, size, link })
        }))
    }
}

impl Drop for Image {
    fn drop(&mut self) {
        // SAFETY: nothing borrowed from the mapping outlives `self`.
        let _ = unsafe { mm::munmap(self.start, self.length) };
    }
}
