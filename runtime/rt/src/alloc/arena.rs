//! Arenas: 1 MiB of memory at an address that is a multiple of 1 MiB, cut into 16 units of 64 KiB.
//!
//! The arena's header lies in its first unit, so a block's address gives its arena by clearing bits and its slab by the
//! header's table. Units are claimed in runs; what is left of an arena is used up before a new one is mapped. An arena
//! that is wholly free is unmapped, but for one that is kept.

use core::ptr::null_mut;

use fullrust_sys::mm;

use super::heap::Heap;
use super::large::map_aligned;
use super::size_class::size_of_class;
use super::slab::Slab;
use crate::align::align_up;
use crate::lock::Lock;

const ARENA_SIZE: usize = 1 << 20;
const UNIT_SIZE: usize = 64 << 10;
const UNITS: usize = ARENA_SIZE / UNIT_SIZE;
const ALL_FREE: u16 = u16::MAX;

/// The header.
#[repr(C)]
struct Arena {
    slabs: [Slab; UNITS],
    /// First unit of the slab that each unit belongs to.
    first_unit: [u8; UNITS],
    /// Units that belong to no slab.
    free: u16,
    /// Units that were part of a slab before: their content is not zero.
    dirty: u16,
    next: *mut Arena,
    previous: *mut Arena,
}

const _: () = assert!(size_of::<Arena>() < 4096);

/// All arenas that have a free unit.
struct Pool {
    arenas: *mut Arena,
    /// Arenas that are wholly free.
    empty_count: usize,
    /// Below the newest arena: the kernel fills its address space downwards, and there the alignment is right.
    next_place: *mut u8,
}

// SAFETY: the arenas' tables are only touched under the lock.
unsafe impl Send for Pool {}

static POOL: Lock<Pool> = Lock::new(Pool { arenas: null_mut(), empty_count: 0, next_place: null_mut() });

/// How many units a slab of a class has: at least eight blocks, give or take the header.
const fn units_for(class: usize) -> usize {
    (size_of_class(class) * 8).div_ceil(UNIT_SIZE).next_power_of_two()
}

/// The slab that a block belongs to.
#[inline]
pub(super) fn slab_of(block: *mut u8) -> *mut Slab {
    let arena = block.map_addr(|address| address & !(ARENA_SIZE - 1)).cast::<Arena>();
    let unit = (block.addr() / UNIT_SIZE) % UNITS;
    // SAFETY: blocks with a class lie in arenas; the tables are not written while the slab lives.
    unsafe { (&raw mut (*arena).slabs).cast::<Slab>().add(usize::from((*arena).first_unit[unit])) }
}

/// A new slab for a heap, from what the arenas have left or, if `may_map`, from a new one; null if there is none.
pub(super) fn claim(heap: *mut Heap, class: usize, may_map: bool) -> *mut Slab {
    let mut pool = POOL.lock();
    let count = units_for(class);
    let found = match pool.find(count) {
        None if may_map => pool.map_arena().map(|arena| (arena, 0)),
        found => found,
    };
    match found {
        // SAFETY: the run was found free in an arena of the pool.
        Some((arena, unit)) => unsafe { pool.take(arena, unit, count, heap, class) },
        None => null_mut(),
    }
}

/// Gives a slab's units back.
///
/// # Safety
/// None of its blocks may be handed out, and no list may hold it.
pub(super) unsafe fn release(slab: *mut Slab) {
    let mut pool = POOL.lock();
    let arena = slab.map_addr(|address| address & !(ARENA_SIZE - 1)).cast::<Arena>();
    // SAFETY: slabs lie in their arena's header.
    unsafe {
        let unit = slab.offset_from((&raw mut (*arena).slabs).cast::<Slab>()) as usize;
        let mask = run_mask(unit, usize::from((*slab).unit_count));
        if (*arena).free == 0 {
            pool.link(arena);
        }
        (*arena).free |= mask;
        if (*arena).free == ALL_FREE {
            pool.empty_count += 1;
            if pool.empty_count > 1 {
                pool.empty_count -= 1;
                pool.unlink(arena);
                let _ = mm::munmap(arena.cast(), ARENA_SIZE);
            }
        }
    }
}

const fn run_mask(unit: usize, count: usize) -> u16 {
    (((1u32 << count) - 1) << unit) as u16
}

/// The first unit of a run of `count` set bits.
fn find_run(free: u16, count: usize) -> Option<usize> {
    (0..=UNITS - count).find(|&unit| free & run_mask(unit, count) == run_mask(unit, count))
}

impl Pool {
    fn find(&self, count: usize) -> Option<(*mut Arena, usize)> {
        let mut arena = self.arenas;
        while !arena.is_null() {
            // SAFETY: the list holds living arenas.
            unsafe {
                if let Some(unit) = find_run((*arena).free, count) {
                    return Some((arena, unit));
                }
                arena = (*arena).next;
            }
        }
        None
    }

    fn map_arena(&mut self) -> Option<*mut Arena> {
        let arena = map_aligned(ARENA_SIZE, ARENA_SIZE, self.next_place)?.cast::<Arena>();
        self.next_place = arena.cast::<u8>().wrapping_sub(ARENA_SIZE);
        // SAFETY: fresh zeroed memory of an arena's size; zeros are a valid header.
        unsafe { (*arena).free = ALL_FREE };
        self.empty_count += 1;
        self.link(arena);
        Some(arena)
    }

    /// # Safety
    /// The run must be free in an arena of the pool.
    unsafe fn take(
        &mut self,
        arena: *mut Arena,
        unit: usize,
        count: usize,
        heap: *mut Heap,
        class: usize,
    ) -> *mut Slab {
        let mask = run_mask(unit, count);
        // SAFETY: the caller's promise; the lock is held.
        unsafe {
            if (*arena).free == ALL_FREE {
                self.empty_count -= 1;
            }
            (*arena).free &= !mask;
            if (*arena).free == 0 {
                self.unlink(arena);
            }
            let zeroed = (*arena).dirty & mask == 0;
            (*arena).dirty |= mask;
            (&raw mut (*arena).first_unit).cast::<u8>().add(unit).write_bytes(unit as u8, count);
            let base = arena.cast::<u8>();
            let slab = (&raw mut (*arena).slabs).cast::<Slab>().add(unit);
            let limit = base.add((unit + count) * UNIT_SIZE);
            slab.write(Slab::new(heap, class, count, base.add(start_offset(unit, class)), limit, zeroed));
            slab
        }
    }

    fn link(&mut self, arena: *mut Arena) {
        // SAFETY: the lock is held, the arena is in no list.
        unsafe {
            (*arena).next = self.arenas;
            (*arena).previous = null_mut();
            if !self.arenas.is_null() {
                (*self.arenas).previous = arena;
            }
        }
        self.arenas = arena;
    }

    fn unlink(&mut self, arena: *mut Arena) {
        // SAFETY: the lock is held, the arena is in the list.
        unsafe {
            let (previous, next) = ((*arena).previous, (*arena).next);
            if previous.is_null() {
                self.arenas = next;
            } else {
                (*previous).next = next;
            }
            if !next.is_null() {
                (*next).previous = previous;
            }
        }
    }
}

/// Where a slab's blocks start in its arena: at the unit, or behind the header at a multiple of the largest power of
/// two that divides the block size. So each block is as aligned as its size.
const fn start_offset(unit: usize, class: usize) -> usize {
    let alignment = 1 << size_of_class(class).trailing_zeros();
    if unit == 0 { align_up(size_of::<Arena>(), alignment) } else { unit * UNIT_SIZE }
}

#[cfg(test)]
mod tests {
    use super::super::size_class::COUNT;
    use super::*;

    #[test]
    fn every_class_has_at_least_seven_blocks_in_a_slab() {
        for class in 0..COUNT {
            let bytes = units_for(class) * UNIT_SIZE - start_offset(0, class);
            assert!(bytes / size_of_class(class) >= 7, "class {class}");
        }
    }

    #[test]
    fn blocks_are_as_aligned_as_their_size_allows() {
        for class in 0..COUNT {
            for unit in 0..UNITS {
                let alignment = 1 << size_of_class(class).trailing_zeros();
                assert_eq!(start_offset(unit, class) % alignment, 0);
            }
        }
    }

    #[test]
    fn a_run_is_found_only_where_it_fits() {
        assert_eq!(find_run(0b0111_0110, 3), Some(4));
        assert_eq!(find_run(0b0101_0101, 2), None);
        assert_eq!(find_run(ALL_FREE, 16), Some(0));
    }
}
