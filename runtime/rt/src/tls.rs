//! Thread-local storage: the layout of a thread's block, and the main thread's one.
//!
//! x86-64 uses variant II (Drepper, ELF Handling for Thread-Local Storage, 3.4.6; psABI 3.4.2):
//!
//! ```text
//!  ... | pad | .tdata bytes (p_filesz) | .tbss zeros | pad | Tcb | Record
//!            ^ tp - distance                               ^ tp
//! ```
//!
//! The linker has written `offset in segment - distance` into the code, so `distance` must be exactly its number:
//! the memory size, plus what makes the block's start congruent to `p_vaddr` modulo `p_align`. Rounding with any
//! other alignment moves every variable.

use fullrust_sys::abi::elf::{PT_TLS, Phdr};
use fullrust_sys::{arch, mm};

use crate::abort::fatal;
use crate::align::align_up;
use crate::auxv::{auxv, page_size};
use crate::thread::record::{Record, Tcb};
use crate::write_once::WriteOnce;

/// The least alignment of a thread pointer: the control block has a cache line of its own.
const TCB_ALIGNMENT: usize = 64;

/// The template of every thread's block, from `PT_TLS`.
#[derive(Clone, Copy)]
pub struct Image {
    start: *const u8,
    size_in_file: usize,
    size_in_memory: usize,
    vaddr: usize,
    alignment: usize,
}

/// The header that describes the template; null if there is none.
static HEADER: WriteOnce<HeaderPointer> = WriteOnce::new(HeaderPointer(core::ptr::null()));

#[derive(Clone, Copy)]
struct HeaderPointer(*const Phdr);

// SAFETY: the headers are part of the program and never change.
unsafe impl Sync for HeaderPointer {}

impl Image {
    const EMPTY: Self = Self { start: core::ptr::null(), size_in_file: 0, size_in_memory: 0, vaddr: 0, alignment: 1 };

    /// Takes the template from a program header; `None` if the header contradicts itself.
    pub fn from_header(header: &Phdr) -> Option<Self> {
        let alignment = (header.p_align as usize).max(1);
        if header.p_filesz > header.p_memsz || !alignment.is_power_of_two() {
            return None;
        }
        Some(Self {
            start: header.p_vaddr as *const u8,
            size_in_file: header.p_filesz as usize,
            size_in_memory: header.p_memsz as usize,
            vaddr: header.p_vaddr as usize,
            alignment,
        })
    }

    /// How far the block starts below the thread pointer: the number that the linker used.
    #[inline]
    pub fn distance(&self) -> usize {
        let fill = self.vaddr.wrapping_neg().wrapping_sub(self.size_in_memory) & (self.alignment - 1);
        self.size_in_memory + fill
    }

    /// What the thread pointer is a multiple of.
    #[inline]
    pub fn pointer_alignment(&self) -> usize {
        self.alignment.max(TCB_ALIGNMENT)
    }

    /// Bytes that hold a block with its control block, wherever the region starts.
    #[inline]
    pub fn region_size(&self) -> usize {
        self.distance() + self.pointer_alignment() + size_of::<ControlBlock>()
    }

    /// The lowest thread pointer whose block lies at or above an address.
    #[inline]
    pub fn pointer_above(&self, address: usize) -> usize {
        align_up(address + self.distance(), self.pointer_alignment())
    }

    /// Fills a block from the template.
    ///
    /// # Safety
    /// `distance()` zeroed bytes below `pointer` must be writable.
    unsafe fn copy_to(&self, pointer: *mut u8) {
        if self.size_in_file != 0 {
            // SAFETY: the template is readable, the block writable, and they do not overlap.
            unsafe { core::ptr::copy_nonoverlapping(self.start, pointer.sub(self.distance()), self.size_in_file) };
        }
    }
}

/// The control block and, right above it, our record of the thread.
#[repr(C)]
pub(crate) struct ControlBlock {
    pub(crate) tcb: Tcb,
    pub(crate) record: Record,
}

/// The template of this program.
#[inline]
pub fn image() -> Image {
    // SAFETY: null or a header of the program, which stays.
    match unsafe { HEADER.get().0.as_ref() } {
        // Start-up has checked it.
        Some(header) => Image::from_header(header).unwrap_or(Image::EMPTY),
        None => Image::EMPTY,
    }
}

/// Builds a block in a zeroed region: template, control block, and what `fill` writes into the record, which is valid as it
/// is, all zero. Returns the thread pointer.
///
/// # Safety
/// `region` must be writable, zeroed, ours, and of [`Image::region_size`] bytes; the canary must have been set.
#[inline]
pub(crate) unsafe fn build(image: &Image, region: *mut u8, fill: impl FnOnce(&mut Record)) -> *mut ControlBlock {
    let pointer = region.with_addr(image.pointer_above(region.addr()));
    let block = pointer.cast::<ControlBlock>();
    // SAFETY: the region has room for the block below and the control block above the pointer.
    unsafe {
        image.copy_to(pointer);
        fill(&mut (*block).record);
        (*block).tcb.set(&raw mut (*block).record, canary());
    }
    block
}

/// Stack-protector value: from `AT_RANDOM`, the low byte zero so that string overruns stop at it.
fn canary() -> usize {
    (auxv().random_words()[0] & !0xff) as usize
}

/// Bytes of the main thread's region that need no mapping: enough for most programs.
const RESERVE_SIZE: usize = 2048;

#[repr(C, align(64))]
struct Reserve(core::cell::UnsafeCell<[u8; RESERVE_SIZE]>);

// SAFETY: used once, by start-up.
unsafe impl Sync for Reserve {}

static RESERVE: Reserve = Reserve(core::cell::UnsafeCell::new([0; RESERVE_SIZE]));

/// Step 5 of start-up: the main thread's block, and the thread pointer.
///
/// # Safety
/// Start-up only, once, after the auxiliary vector is known.
#[cfg_attr(fullrust_sysroot, optimize(size))]
pub(crate) unsafe fn set_up_main_thread() {
    let mut image = Image::EMPTY;
    if let Some(header) = auxv().program_headers().iter().find(|header| header.p_type == PT_TLS) {
        image = Image::from_header(header).unwrap_or_else(|| fatal("malformed program"));
        // SAFETY: one thread, nobody has read it.
        unsafe { HEADER.set(HeaderPointer(header)) };
    }
    let size = image.region_size();
    let region = if size <= RESERVE_SIZE {
        RESERVE.0.get().cast::<u8>()
    } else {
        mm::mmap_anon(align_up(size, page_size())).unwrap_or_else(|_| cannot_set_up())
    };
    // SAFETY: the region is zeroed, large enough and nobody else's; the pointer leads to a finished control block.
    unsafe {
        let block = build(&image, region, Record::fill_main);
        if arch::set_thread_pointer(block.cast(), auxv().hardware2()).is_err() {
            cannot_set_up();
        }
    }
}

#[cold]
#[cfg_attr(fullrust_sysroot, optimize(size))]
fn cannot_set_up() -> ! {
    fatal("no thread-local storage")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn image(vaddr: usize, size: usize, alignment: usize) -> Image {
        Image { start: core::ptr::null(), size_in_file: 0, size_in_memory: size, vaddr, alignment }
    }

    #[test]
    fn distance_is_size_rounded_to_the_segments_own_alignment() {
        assert_eq!(image(0x1000, 0x21, 8).distance(), 0x28);
        assert_eq!(image(0x1000, 0x21, 16).distance(), 0x30);
        assert_eq!(image(0x1000, 0x21, 1).distance(), 0x21);
        assert_eq!(image(0, 0, 1).distance(), 0);
    }

    #[test]
    fn block_start_is_congruent_to_vaddr() {
        for alignment in [1usize, 2, 4, 8, 16, 64, 4096, 65536] {
            for vaddr in [0usize, 8, 0x1004, 0x20_0ff8] {
                for size in 0..200 {
                    let image = image(vaddr, size, alignment);
                    let pointer = image.pointer_above(0x7000_0001);
                    let start = pointer - image.distance();
                    assert_eq!(start % alignment, vaddr % alignment);
                    assert!(start >= 0x7000_0001 && image.distance() >= size);
                    assert_eq!(pointer % alignment.max(64), 0);
                    assert!(pointer + size_of::<ControlBlock>() <= 0x7000_0001 + image.region_size());
                }
            }
        }
    }

    #[test]
    fn a_header_that_contradicts_itself_is_refused() {
        let header = |filesz, memsz, align| Phdr {
            p_type: PT_TLS,
            p_flags: 4,
            p_offset: 0,
            p_vaddr: 0,
            p_paddr: 0,
            p_filesz: filesz,
            p_memsz: memsz,
            p_align: align,
        };
        assert!(Image::from_header(&header(2, 1, 1)).is_none());
        assert!(Image::from_header(&header(1, 1, 3)).is_none());
        assert!(Image::from_header(&header(1, 1, 0)).is_some());
    }
}
