//! A slab: a run of an arena's units that holds blocks of one class and belongs to one heap.
//!
//! Blocks are free in one of three ways: on `free` (the owner's list), on `remote` (freed by other threads), or never
//! handed out yet (`fresh..end`). `used` counts the others, those on `remote` among them.
//!
//! A slab with a non-empty `remote` stands in its heap's pending list, put there by whoever made it non-empty, and only
//! the owner, having taken it from that list, empties `remote`. So it can stand there but once.

use core::ptr::null_mut;
use core::sync::atomic::{AtomicPtr, Ordering::*};

use super::heap::Heap;
use super::size_class::size_of_class;
use crate::abort::fatal;

/// A free block's first word.
pub(super) struct Block {
    pub(super) next: *mut Block,
}

/// How many bytes of fresh blocks are put on the free list at a time: few enough that untouched pages stay so.
const BATCH_BYTES: usize = 4096;

#[repr(C, align(64))]
pub(super) struct Slab {
    pub(super) free: *mut Block,
    /// Blocks that are not free.
    pub(super) used: i32,
    /// Whether the slab is in no list of its heap because it had no free block.
    pub(super) is_full: bool,
    /// Whether the fresh part has never been written.
    pub(super) fresh_is_zeroed: bool,
    pub(super) class: u8,
    pub(super) unit_count: u8,
    fresh: *mut u8,
    end: *mut u8,
    block_size: usize,
    pub(super) heap: *mut Heap,
    /// Neighbours among the heap's slabs of this class that have room.
    pub(super) next: *mut Slab,
    pub(super) previous: *mut Slab,
    /// From here on written by other threads; 64 bytes on, a cache line of its own.
    remote: AtomicPtr<Block>,
    pub(super) next_pending: AtomicPtr<Slab>,
}

const _: () = assert!(core::mem::offset_of!(Slab, remote) == 64 && size_of::<Slab>() == 128);

impl Slab {
    /// What stands where there is no slab: it never has a free block.
    pub(super) const fn none() -> Self {
        Self {
            free: null_mut(),
            used: 0,
            is_full: false,
            fresh_is_zeroed: false,
            class: 0,
            unit_count: 0,
            fresh: null_mut(),
            end: null_mut(),
            block_size: 0,
            heap: null_mut(),
            next: null_mut(),
            previous: null_mut(),
            remote: AtomicPtr::new(null_mut()),
            next_pending: AtomicPtr::new(null_mut()),
        }
    }

    /// A slab over `start..limit`, with no block handed out.
    pub(super) fn new(
        heap: *mut Heap,
        class: usize,
        unit_count: usize,
        start: *mut u8,
        limit: *mut u8,
        zeroed: bool,
    ) -> Self {
        let block_size = size_of_class(class);
        let count = (limit.addr() - start.addr()) / block_size;
        Self {
            fresh_is_zeroed: zeroed,
            class: class as u8,
            unit_count: unit_count as u8,
            fresh: start,
            end: start.wrapping_add(count * block_size),
            block_size,
            heap,
            ..Self::none()
        }
    }

    /// Takes a block from the owner's list.
    #[inline]
    pub(super) fn pop(&mut self) -> *mut u8 {
        let block = self.free;
        if !block.is_null() {
            // SAFETY: it is a free block of this slab.
            self.free = unsafe { (*block).next };
            self.used += 1;
        }
        block.cast()
    }

    /// Takes the next block that was never handed out.
    pub(super) fn pop_fresh(&mut self) -> *mut u8 {
        if self.fresh == self.end {
            return null_mut();
        }
        let block = self.fresh;
        self.fresh = block.wrapping_add(self.block_size);
        self.used += 1;
        block
    }

    /// Hands out a fresh block and puts a batch of its successors on the free list, in order of address.
    pub(super) fn pop_batch(&mut self) -> *mut u8 {
        let block = self.pop_fresh();
        let room = (self.end.addr() - self.fresh.addr()) / self.block_size.max(1);
        let count = (BATCH_BYTES / self.block_size.max(1)).min(room);
        if block.is_null() || count == 0 {
            return block;
        }
        let first = self.fresh;
        for index in 0..count {
            let place = first.wrapping_add(index * self.block_size);
            let next = if index + 1 == count { self.free } else { place.wrapping_add(self.block_size).cast() };
            // SAFETY: fresh blocks are writable memory of this slab.
            unsafe { place.cast::<Block>().write(Block { next }) };
        }
        self.free = first.cast();
        self.fresh = first.wrapping_add(count * self.block_size);
        block
    }

    /// The owner's free. True if the slab needs its heap's attention: it was full, or it is empty now.
    ///
    /// # Safety
    /// `block` must be a block of this slab that is handed out; the calling thread owns the slab.
    #[inline]
    pub(super) unsafe fn push(&mut self, block: *mut u8) -> bool {
        let block = block.cast::<Block>();
        if block == self.free {
            double_free();
        }
        // SAFETY: the block is free from now on.
        unsafe { (*block).next = self.free };
        self.free = block;
        self.used -= 1;
        self.is_full | (self.used <= 0)
    }

    /// A free by another thread. True if the caller must put the slab on its heap's pending list.
    ///
    /// # Safety
    /// `slab` must hold `block`, which is handed out.
    pub(super) unsafe fn push_remote(slab: *mut Slab, block: *mut u8) -> bool {
        let block = block.cast::<Block>();
        // SAFETY: only the shared part of the slab is touched; the block is free from now on.
        unsafe {
            let remote = &(*slab).remote;
            let mut head = remote.load(Relaxed);
            loop {
                if head == block {
                    double_free();
                }
                (*block).next = head;
                match remote.compare_exchange_weak(head, block, Release, Relaxed) {
                    Ok(_) => return head.is_null(),
                    Err(current) => head = current,
                }
            }
        }
    }

    /// Moves what other threads have freed to the owner's list. Only for a slab just taken from the pending list.
    pub(super) fn collect_remote(&mut self) {
        let head = self.remote.swap(null_mut(), Acquire);
        let mut last = head;
        let mut count = 1;
        // SAFETY: the list was given to us by the exchange, and it is not empty.
        unsafe {
            while !(*last).next.is_null() {
                last = (*last).next;
                count += 1;
            }
            (*last).next = self.free;
        }
        self.free = head;
        self.used -= count;
        if self.used < 0 {
            double_free();
        }
    }

    /// Whether there is nothing left to hand out.
    pub(super) fn is_exhausted(&self) -> bool {
        self.free.is_null() && self.fresh == self.end
    }
}

#[cold]
pub(super) fn double_free() -> ! {
    fatal("memory was freed twice")
}
