//! Finding functions in the vDSO, the code that the kernel maps into every process (`vdso(7)`).
//!
//! The image is an ordinary ELF shared object; its symbol table is reached through `PT_DYNAMIC` (gABI, Dynamic Section).
//! Everything that does not look as expected makes the lookup fail, and the caller falls back to the syscall.

use core::ffi::CStr;

use crate::abi::elf::*;

/// The address of a function of the vDSO, or `None`.
///
/// # Safety
/// `image` must be the value of `AT_SYSINFO_EHDR`: the start of a mapped image that stays mapped.
pub unsafe fn find(image: *const u8, name: &CStr) -> Option<*const ()> {
    // SAFETY: the kernel mapped a whole image there, which starts with its header.
    let header = unsafe { &*image.cast::<Ehdr>() };
    if header.e_ident[..4] != *b"\x7fELF" || usize::from(header.e_phentsize) != size_of::<Phdr>() {
        return None;
    }
    // SAFETY: the program headers lie inside the image at the offset that its header gives.
    let segments = unsafe {
        core::slice::from_raw_parts(image.add(header.e_phoff as usize).cast::<Phdr>(), header.e_phnum.into())
    };
    let load = segments.iter().find(|segment| segment.p_type == PT_LOAD)?;
    let dynamic = segments.iter().find(|segment| segment.p_type == PT_DYNAMIC)?;
    let bias = image.wrapping_add(load.p_offset as usize).wrapping_sub(load.p_vaddr as usize);
    // SAFETY: the dynamic section lies inside the mapped segment.
    let tables = unsafe { Tables::read(bias, bias.wrapping_add(dynamic.p_vaddr as usize).cast()) }?;
    // SAFETY: the tables were found in the image.
    unsafe { tables.lookup(name) }
}

struct Tables {
    bias: *const u8,
    symbols: *const Sym,
    strings: *const u8,
    symbol_count: usize,
}

impl Tables {
    /// # Safety
    /// `entry` must be the dynamic section of an image at `bias`.
    unsafe fn read(bias: *const u8, mut entry: *const Dyn) -> Option<Self> {
        let (mut symbols, mut strings, mut hash, mut gnu_hash) = (None, None, None, None);
        loop {
            // SAFETY: entries follow each other up to DT_NULL.
            let Dyn { d_tag, d_val } = unsafe { *entry };
            let place = Some(bias.wrapping_add(d_val as usize));
            match d_tag {
                DT_NULL => break,
                DT_SYMTAB => symbols = place,
                DT_STRTAB => strings = place,
                DT_HASH => hash = place,
                DT_GNU_HASH => gnu_hash = place,
                _ => {}
            }
            // SAFETY: this was not the last one.
            entry = unsafe { entry.add(1) };
        }
        let symbol_count = match (hash, gnu_hash) {
            // SAFETY: the second word of a hash table is its number of chains, one per symbol (gABI, Hash Table).
            (Some(hash), _) => unsafe { *hash.cast::<u32>().add(1) as usize },
            // SAFETY: it is a GNU hash table.
            (None, Some(table)) => unsafe { gnu_symbol_count(table.cast()) },
            (None, None) => return None,
        };
        Some(Self { bias, symbols: symbols?.cast(), strings: strings?, symbol_count })
    }

    /// # Safety
    /// The tables must be those of a mapped image.
    unsafe fn lookup(&self, name: &CStr) -> Option<*const ()> {
        for index in 0..self.symbol_count {
            // SAFETY: the table has that many symbols.
            let symbol = unsafe { &*self.symbols.add(index) };
            if symbol.st_shndx == 0 || symbol.st_info & 0xf != STT_FUNC {
                continue;
            }
            // SAFETY: names are C strings in the string table.
            let found = unsafe { CStr::from_ptr(self.strings.add(symbol.st_name as usize).cast()) };
            if found == name {
                return Some(self.bias.wrapping_add(symbol.st_value as usize).cast());
            }
        }
        None
    }
}

/// Counts the symbols of a GNU hash table: the highest bucket's chain, followed to its end.
///
/// # Safety
/// `table` must be such a table: bucket count, first symbol, bloom words, shift, bloom, buckets, chains.
unsafe fn gnu_symbol_count(table: *const u32) -> usize {
    // SAFETY: the layout above; every chain ends with an odd hash.
    unsafe {
        let (buckets, first, bloom_words) = (*table as usize, *table.add(1) as usize, *table.add(2) as usize);
        let bucket_start = table.add(4 + 2 * bloom_words);
        let highest = (0..buckets).map(|index| *bucket_start.add(index) as usize).max().unwrap_or(0);
        if highest < first {
            return first;
        }
        let chains = bucket_start.add(buckets);
        let mut symbol = highest;
        while *chains.add(symbol - first) & 1 == 0 {
            symbol += 1;
        }
        symbol + 1
    }
}
