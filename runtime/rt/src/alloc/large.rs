//! Blocks above 64 KiB, or aligned to more: a mapping each.
//!
//! Sizes are rounded to eight steps a doubling, so that a mapping that was freed fits the next block of about its size: a
//! few are kept, for what costs most is not the call but the first touch of every page. Untouched pages of the
//! rounding cost nothing.

use core::ptr::null_mut;

use fullrust_sys::mm::{self, MAP_ANONYMOUS, MAP_PRIVATE, MREMAP_MAYMOVE, PROT_READ, PROT_WRITE};

use super::heap::spare;
use super::slab::double_free;
use super::{Layout, move_block};
use crate::align::align_up;
use crate::auxv::page_size;
use crate::lock::Lock;

/// The size of a layout's mapping; the same for allocation and free.
fn mapped_size(layout: Layout) -> usize {
    // A layout's size is below isize::MAX, so nothing here overflows.
    rounded(align_up(layout.size().max(1), page_size()), page_size())
}

const fn rounded(size: usize, page: usize) -> usize {
    let step = 1 << (size.ilog2() - 3);
    align_up(size, if step > page { step } else { page })
}

pub(super) fn allocate(layout: Layout) -> *mut u8 {
    match take_kept(layout) {
        Some(block) => block,
        None => map_aligned(mapped_size(layout), layout.align(), null_mut()).unwrap_or(null_mut()),
    }
}

/// Mappings are zeroed by the kernel; kept ones are cleared, which costs less than their pages' first touch.
pub(super) fn allocate_zeroed(layout: Layout) -> *mut u8 {
    match take_kept(layout) {
        Some(block) => {
            // SAFETY: the block has at least that size.
            unsafe { block.write_bytes(0, layout.size()) };
            block
        }
        None => map_aligned(mapped_size(layout), layout.align(), null_mut()).unwrap_or(null_mut()),
    }
}

/// # Safety
/// `block` must have come from here with this layout.
pub(super) unsafe fn deallocate(block: *mut u8, layout: Layout) {
    let mut mapping = (block.expose_provenance(), mapped_size(layout));
    if let Some(spare) = spare()
        && mapping.1 <= LARGEST_SPARE
    {
        if spare.get().0 == mapping.0 {
            double_free();
        }
        // The newest one stays here.
        mapping = spare.replace(mapping);
    }
    // SAFETY: the caller's promise, or a mapping that nobody used.
    unsafe { give_back(mapping) };
}

/// Keeps a mapping for whichever thread needs it, or removes it. A size of 0 is none.
///
/// # Safety
/// Nobody may use it any more.
pub(super) unsafe fn give_back(mapping: (usize, usize)) {
    if mapping.1 == 0 {
        return;
    }
    while let Some((address, size)) = { KEPT.lock().put(mapping) } {
        // SAFETY: the mapping is the caller's, or one that nobody uses.
        let _ = unsafe { mm::munmap(core::ptr::with_exposed_provenance_mut(address), size) };
        if address == mapping.0 {
            return;
        }
    }
}

/// # Safety
/// As for [`deallocate`]; the new layout has the same alignment and is large.
pub(super) unsafe fn reallocate(block: *mut u8, layout: Layout, new_layout: Layout) -> *mut u8 {
    let (old, new) = (mapped_size(layout), mapped_size(new_layout));
    if old == new {
        return block;
    }
    if let Some(kept) = take_kept(new_layout) {
        // SAFETY: both hold the smaller size; the old one is the caller's to free.
        unsafe {
            kept.copy_from_nonoverlapping(block, layout.size().min(new_layout.size()));
            deallocate(block, layout);
        }
        return kept;
    }
    // The kernel moves to a page's alignment only.
    let may_move = if layout.align() <= page_size() { MREMAP_MAYMOVE } else { 0 };
    // SAFETY: the mapping is this block's alone, and the caller gives up the old address.
    match unsafe { mm::mremap(block, old, new, may_move, null_mut()) } {
        Ok(moved) => moved,
        Err(_) if may_move == 0 => {
            // SAFETY: the caller's promise.
            unsafe { move_block(block, layout, new_layout) }
        }
        Err(_) => null_mut(),
    }
}

/// The largest mapping that a thread keeps for itself, one at a time.
const LARGEST_SPARE: usize = 1 << 20;
/// The largest mapping that is kept.
const LARGEST_KEPT: usize = 8 << 20;
/// How many bytes are kept at most, by the process.
const MOST_KEPT: usize = 32 << 20;
/// How many mappings are kept at most.
const KEPT_COUNT: usize = 32;

/// Mappings that were freed and may be used again.
struct Kept {
    entries: [(usize, usize); KEPT_COUNT],
    count: usize,
    bytes: usize,
}

static KEPT: Lock<Kept> = Lock::new(Kept { entries: [(0, 0); KEPT_COUNT], count: 0, bytes: 0 });

fn take_kept(layout: Layout) -> Option<*mut u8> {
    let size = mapped_size(layout);
    if size > LARGEST_KEPT || layout.align() > page_size() {
        return None;
    }
    let address = match spare() {
        Some(spare) if spare.get().1 == size => spare.replace((0, 0)).0,
        _ => KEPT.lock().take(size)?,
    };
    Some(core::ptr::with_exposed_provenance_mut(address))
}

impl Kept {
    /// Keeps a mapping and returns none; or returns one to be unmapped first: the oldest one, to make room, or this one
    /// if it is too large.
    fn put(&mut self, mapping: (usize, usize)) -> Option<(usize, usize)> {
        let (_, size) = mapping;
        if size > LARGEST_KEPT {
            return Some(mapping);
        }
        if self.count == KEPT_COUNT || self.bytes + size > MOST_KEPT {
            return self.remove(0);
        }
        if let Some(entry) = self.entries.get_mut(self.count) {
            *entry = mapping;
            self.count += 1;
            self.bytes += size;
        }
        None
    }

    /// Takes the newest mapping of exactly a size.
    fn take(&mut self, size: usize) -> Option<usize> {
        let kept = self.entries.get(..self.count)?;
        let index = kept.iter().rposition(|entry| entry.1 == size)?;
        self.remove(index).map(|(address, _)| address)
    }

    /// Takes an entry out; those behind it move up, so that they stay in order of age.
    fn remove(&mut self, index: usize) -> Option<(usize, usize)> {
        let younger = self.entries.get_mut(index..self.count)?;
        let entry = *younger.first()?;
        for place in 1..younger.len() {
            if let Some([older, newer]) = younger.get_mut(place - 1..=place) {
                *older = *newer;
            }
        }
        self.count -= 1;
        self.bytes -= entry.1;
        Some(entry)
    }
}

/// Fresh zeroed memory at a multiple of an alignment: where `hint` says or as it comes if that fits, else with room to
/// spare, which is cut off at both ends.
pub(super) fn map_aligned(size: usize, alignment: usize, hint: *mut u8) -> Option<*mut u8> {
    let page = page_size();
    if alignment <= page || !hint.is_null() {
        let exact = map(hint, size)?;
        if exact.addr() & (alignment - 1) == 0 {
            return Some(exact);
        }
        // SAFETY: nobody has seen this mapping.
        let _ = unsafe { mm::munmap(exact, size) };
    }
    let total = size.checked_add(alignment - page)?;
    let region = map(null_mut(), total)?;
    let before = align_up(region.addr(), alignment) - region.addr();
    let block = region.wrapping_add(before);
    // SAFETY: both ends are part of the new mapping and outside the block.
    unsafe {
        if before != 0 {
            let _ = mm::munmap(region, before);
        }
        let after = total - before - size;
        if after != 0 {
            let _ = mm::munmap(block.add(size), after);
        }
    }
    Some(block)
}

fn map(hint: *mut u8, size: usize) -> Option<*mut u8> {
    // The heap of a program may be large blocks only.
    fullrust_builtins::mem::prepare_for_heap();
    // SAFETY: a hint without MAP_FIXED takes nothing away.
    unsafe { mm::mmap(hint, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) }.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_rounded_to_pages_and_eighths() {
        assert_eq!(rounded(69_632, 4096), 73_728);
        assert_eq!(rounded(65_536, 4096), 65_536);
        for size in (1..5000).map(|pages| pages * 4096) {
            let rounded = rounded(size, 4096);
            assert!(rounded >= size && rounded.is_multiple_of(4096) && rounded - size <= size / 8);
        }
    }

    #[test]
    fn kept_mappings_are_bounded_and_found_by_size() {
        let mut kept = Kept { entries: [(0, 0); KEPT_COUNT], count: 0, bytes: 0 };
        assert_eq!(kept.put((4096, 1 << 20)), None);
        assert_eq!(kept.put((8192, 2 << 20)), None);
        assert_eq!(kept.put((12288, LARGEST_KEPT + 1)), Some((12288, LARGEST_KEPT + 1)));
        assert_eq!(kept.take(3 << 20), None);
        assert_eq!(kept.take(1 << 20), Some(4096));
        assert_eq!(kept.take(1 << 20), None);
        assert_eq!((kept.count, kept.bytes), (1, 2 << 20));
        for _ in 0..3 {
            assert_eq!(kept.put((4096, 8 << 20)), None);
        }
        assert_eq!(kept.put((4096, 8 << 20)), Some((8192, 2 << 20)), "the oldest makes room");
        assert_eq!(kept.put((16384, 8 << 20)), None);
        assert_eq!((kept.count, kept.bytes), (4, MOST_KEPT));
    }
}
