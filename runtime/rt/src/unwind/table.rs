//! From an address to its function's unwind description.
//!
//! `.eh_frame_hdr` is a table of (function, FDE) pairs sorted by address, each 32 bits relative to the table's start
//! (LSB, 10.6.2). The linker makes it; the kernel's program headers say where it is.

use fullrust_sys::abi::elf::PT_GNU_EH_FRAME;

use super::reader::{DW_EH_PE_OMIT, Reader};
use crate::auxv::auxv;

/// What a function's FDE and its CIE say together.
pub(super) struct Description {
    pub(super) function_start: usize,
    pub(super) function_end: usize,
    pub(super) code_alignment: u64,
    pub(super) data_alignment: i64,
    pub(super) return_address: u64,
    /// A frame that the kernel made to call a signal handler: its address is that of an instruction, not of a return.
    pub(super) is_signal_frame: bool,
    pub(super) personality: usize,
    pub(super) lsda: usize,
    /// Instructions of the CIE, then those of the FDE: start and end.
    pub(super) instructions: [(*const u8, *const u8); 2],
}

/// The description of the function that holds an address.
pub(super) fn find(address: usize) -> Option<Description> {
    let header = auxv().program_headers().iter().find(|header| header.p_type == PT_GNU_EH_FRAME)?;
    // SAFETY: the segment holds the linker's table, and the table leads to its FDEs.
    unsafe {
        let fde = __fullrust_find_fde(header.p_vaddr as usize, address);
        if fde.is_null() {
            return None;
        }
        let description = Description::read(fde)?;
        (description.function_start..description.function_end).contains(&address).then_some(description)
    }
}

/// [`search`] under a name that the linker knows: where nothing calls it, nothing reads the program's unwind tables, and
/// a stripped program has none.
///
/// # Safety
/// As for [`search`].
#[unsafe(no_mangle)]
#[inline(never)]
unsafe extern "C" fn __fullrust_find_fde(table: usize, address: usize) -> *const u8 {
    // SAFETY: the caller's promise.
    unsafe { search(table, address) }.unwrap_or(0) as *const u8
}

/// The FDE of the last function that starts at or below an address.
///
/// # Safety
/// `table` must be the address of `.eh_frame_hdr`.
unsafe fn search(table: usize, address: usize) -> Option<usize> {
    const VERSION: u8 = 1;
    const SORTED_PAIRS: u8 = 0x3b; // 32 bits, relative to the table
    let mut reader = Reader(table as *const u8);
    // SAFETY: the head of the table: version, three encodings, the address of .eh_frame, the number of pairs.
    let (count, pairs) = unsafe {
        let [version, frame_encoding, count_encoding, pair_encoding] = reader.read::<[u8; 4]>();
        if version != VERSION || pair_encoding != SORTED_PAIRS {
            return None;
        }
        reader.pointer(frame_encoding, 0, table);
        (reader.pointer(count_encoding, 0, table)?, reader.0.cast::<[i32; 2]>())
    };
    let wanted = address.wrapping_sub(table) as isize;
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low + (high - low) / 2;
        // SAFETY: the table has that many pairs.
        let [start, _] = unsafe { pairs.add(middle).read_unaligned() };
        if start as isize <= wanted { low = middle + 1 } else { high = middle }
    }
    let index = low.checked_sub(1)?;
    // SAFETY: as above.
    let [_, fde] = unsafe { pairs.add(index).read_unaligned() };
    Some(table.wrapping_add_signed(fde as isize))
}

/// What a CIE says.
struct Cie {
    code_alignment: u64,
    data_alignment: i64,
    return_address: u64,
    has_augmentation: bool,
    is_signal_frame: bool,
    address_encoding: u8,
    lsda_encoding: u8,
    personality: usize,
    instructions: (*const u8, *const u8),
}

/// Start behind the length, and end, of an entry of `.eh_frame`; `None` for the terminator.
///
/// # Safety
/// `entry` must be the start of an entry.
unsafe fn bounds(entry: *const u8) -> Option<(Reader, *const u8)> {
    let mut reader = Reader(entry);
    // SAFETY: a length, which may be followed by a longer one.
    let length = unsafe {
        match reader.read::<u32>() {
            u32::MAX => reader.read::<u64>() as usize,
            short => short as usize,
        }
    };
    (length != 0).then(|| (reader, reader.0.wrapping_add(length)))
}

impl Cie {
    /// # Safety
    /// `entry` must be a CIE (LSB, 10.6.1.1).
    unsafe fn read(entry: *const u8) -> Option<Self> {
        // SAFETY: the caller's promise; fields follow each other in this order.
        unsafe {
            let (mut reader, end) = bounds(entry)?;
            let _id: u32 = reader.read();
            let version: u8 = reader.read();
            let augmentation = core::ffi::CStr::from_ptr(reader.0.cast()).to_bytes();
            reader.0 = reader.0.wrapping_add(augmentation.len() + 1);
            let mut cie = Self {
                code_alignment: reader.uleb(),
                data_alignment: reader.sleb(),
                return_address: if version == 1 { reader.read::<u8>().into() } else { reader.uleb() },
                has_augmentation: augmentation.first() == Some(&b'z'),
                is_signal_frame: false,
                address_encoding: 0,
                lsda_encoding: DW_EH_PE_OMIT,
                personality: 0,
                instructions: (end, end),
            };
            if let [b'z', letters @ ..] = augmentation {
                let length = reader.uleb() as usize;
                let instructions = reader.0.wrapping_add(length);
                cie.read_augmentation(letters, reader)?;
                cie.instructions.0 = instructions;
            } else if augmentation.is_empty() {
                cie.instructions.0 = reader.0;
            } else {
                return None;
            }
            Some(cie)
        }
    }

    /// # Safety
    /// `reader` must stand at the augmentation data that the letters describe.
    unsafe fn read_augmentation(&mut self, letters: &[u8], mut reader: Reader) -> Option<()> {
        for letter in letters {
            // SAFETY: the caller's promise.
            unsafe {
                match letter {
                    b'L' => self.lsda_encoding = reader.read(),
                    b'R' => self.address_encoding = reader.read(),
                    b'S' => self.is_signal_frame = true,
                    b'P' => {
                        let encoding = reader.read();
                        self.personality = reader.pointer(encoding, 0, 0)?;
                    }
                    _ => return None,
                }
            }
        }
        Some(())
    }
}

impl Description {
    /// # Safety
    /// `fde` must be an FDE of `.eh_frame` (LSB, 10.6.1.2).
    unsafe fn read(fde: *const u8) -> Option<Self> {
        // SAFETY: the caller's promise; the CIE lies as far before its pointer's place as the pointer says.
        unsafe {
            let (mut reader, end) = bounds(fde)?;
            let place = reader.0;
            let distance: u32 = reader.read();
            let cie = Cie::read(place.wrapping_sub(distance as usize))?;
            let function_start = reader.pointer(cie.address_encoding, 0, 0)?;
            let size = reader.pointer(cie.address_encoding & 0x0f, 0, 0)?;
            let mut lsda = 0;
            if cie.has_augmentation {
                let length = reader.uleb() as usize;
                let after = reader.0.wrapping_add(length);
                lsda = reader.pointer(cie.lsda_encoding, function_start, 0).unwrap_or(0);
                reader.0 = after;
            }
            Some(Self {
                function_start,
                function_end: function_start.wrapping_add(size),
                code_alignment: cie.code_alignment,
                data_alignment: cie.data_alignment,
                return_address: cie.return_address,
                is_signal_frame: cie.is_signal_frame,
                personality: cie.personality,
                lsda,
                instructions: [cie.instructions, (reader.0, end)],
            })
        }
    }
}
