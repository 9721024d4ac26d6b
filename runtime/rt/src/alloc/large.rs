//! Blocks above 64 KiB, or aligned to more: a mapping each, exactly as large as the layout in whole pages.

use core::ptr::null_mut;

use fullrust_sys::mm::{self, MREMAP_MAYMOVE};

use super::{Layout, move_block};
use crate::align::align_up;
use crate::auxv::page_size;

fn mapped_size(layout: Layout) -> usize {
    // A layout's size is below isize::MAX, so this does not overflow.
    align_up(layout.size().max(1), page_size())
}

pub(super) fn allocate(layout: Layout) -> *mut u8 {
    map_aligned(mapped_size(layout), layout.align()).unwrap_or(null_mut())
}

/// Mappings are zeroed by the kernel.
pub(super) fn allocate_zeroed(layout: Layout) -> *mut u8 {
    allocate(layout)
}

/// # Safety
/// `block` must have come from here with this layout.
pub(super) unsafe fn deallocate(block: *mut u8, layout: Layout) {
    // SAFETY: the mapping is this block's alone.
    let _ = unsafe { mm::munmap(block, mapped_size(layout)) };
}

/// # Safety
/// As for [`deallocate`]; the new layout has the same alignment and is large.
pub(super) unsafe fn reallocate(block: *mut u8, layout: Layout, new_layout: Layout) -> *mut u8 {
    let (old, new) = (mapped_size(layout), mapped_size(new_layout));
    if old == new {
        return block;
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

/// Fresh zeroed memory at a multiple of an alignment: mapped as it comes if that fits, else with room to spare, which
/// is cut off at both ends.
pub(super) fn map_aligned(size: usize, alignment: usize) -> Option<*mut u8> {
    let page = page_size();
    let exact = mm::mmap_anon(size).ok()?;
    if exact.addr() & (alignment.max(page) - 1) == 0 {
        return Some(exact);
    }
    // SAFETY: nobody has seen this mapping.
    let _ = unsafe { mm::munmap(exact, size) };
    let total = size.checked_add(alignment - page)?;
    let region = mm::mmap_anon(total).ok()?;
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
