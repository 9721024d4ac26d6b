//! A function's landing pads: the language-specific data area, in the form that LLVM gives it (the table of call sites
//! of the Itanium C++ ABI's implementations).
//!
//! Rust uses little of it: an action of zero is a cleanup, any other one a catch of everything.

use super::reader::{DW_EH_PE_OMIT, Reader};

/// What is to be done for an address of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pad {
    /// Nothing: the exception passes.
    None,
    /// Run this code, which resumes the exception afterwards.
    Cleanup(usize),
    /// Run this code, which ends the exception's way.
    Catch(usize),
    /// The address may not be passed by an exception.
    Terminate,
}

/// Finds the landing pad of an address.
///
/// # Safety
/// `lsda` must be null or the data area of the function that starts at `function_start` and holds `address`.
pub(super) unsafe fn find(lsda: usize, function_start: usize, address: usize) -> Pad {
    if lsda == 0 {
        return Pad::None;
    }
    // SAFETY: the caller's promise; fields follow in this order.
    unsafe { search(Reader(lsda as *const u8), function_start, address) }.unwrap_or(Pad::Terminate)
}

/// # Safety
/// As for [`find`], with the reader at the data area.
unsafe fn search(mut reader: Reader, function_start: usize, address: usize) -> Option<Pad> {
    // SAFETY: the caller's promise.
    unsafe {
        let encoding: u8 = reader.read();
        let pad_base =
            if encoding == DW_EH_PE_OMIT { function_start } else { reader.pointer(encoding, function_start, 0)? };
        if reader.read::<u8>() != DW_EH_PE_OMIT {
            reader.uleb(); // the table of types, which Rust does not need
        }
        let encoding: u8 = reader.read();
        let length = reader.uleb() as usize;
        let end = reader.0.wrapping_add(length);
        let offset = address.wrapping_sub(function_start);
        while reader.0 < end {
            let start = reader.pointer(encoding, 0, 0)?;
            let size = reader.pointer(encoding, 0, 0)?;
            let pad = reader.pointer(encoding, 0, 0)?;
            let action = reader.uleb();
            if offset < start {
                break; // sorted: there is no entry for the address
            }
            if offset - start < size {
                return Some(match (pad, action) {
                    (0, _) => Pad::None,
                    (pad, 0) => Pad::Cleanup(pad_base.wrapping_add(pad)),
                    (pad, _) => Pad::Catch(pad_base.wrapping_add(pad)),
                });
            }
        }
        Some(Pad::Terminate)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Call sites 0x10..0x20 without a pad, 0x20..0x30 with a cleanup at 0x80, 0x40..0x48 with a catch at 0x90.
    const AREA: [u8; 17] = [0xff, 0xff, 0x01, 12, 0x10, 0x10, 0, 0, 0x20, 0x10, 0x80, 0x01, 0, 0x40, 0x08, 0x10, 1];

    fn pad_at(offset: usize) -> Pad {
        let mut area = AREA;
        area[3] = 13;
        // SAFETY: a whole area.
        unsafe { find(area.as_ptr().addr(), 0x1000, 0x1000 + offset) }
    }

    #[test]
    fn each_call_site_has_its_pad() {
        assert_eq!(pad_at(0x10), Pad::None);
        assert_eq!(pad_at(0x2f), Pad::Cleanup(0x1080));
        assert_eq!(pad_at(0x40), Pad::Catch(0x1010));
    }

    #[test]
    fn addresses_without_a_call_site_terminate() {
        for offset in [0, 0xf, 0x30, 0x3f, 0x48, 0x100] {
            assert_eq!(pad_at(offset), Pad::Terminate);
        }
    }

    #[test]
    fn a_function_without_data_lets_everything_pass() {
        // SAFETY: null is allowed.
        assert_eq!(unsafe { find(0, 0x1000, 0x1000) }, Pad::None);
    }
}
