//! Which size class serves a layout. Pure; the same answer for allocation and free.
//!
//! Classes: 16, 32, … 128 in steps of 16, then four to each doubling (160, 192, 224, 256, 320, …) up to 64 KiB, so
//! that at most a fifth of a block above 128 bytes is unused. The 13 powers of two from 16 bytes are among them.

use core::alloc::Layout;

use crate::align::align_up;

/// The largest size that has a class.
pub const LARGEST: usize = 64 << 10;
/// How many classes there are.
pub const COUNT: usize = 44;

/// Classes below this one are multiples of 16.
const LINEAR: usize = 8;
const LINEAR_BITS: u32 = 7;

/// The smallest class for a size in `1..=LARGEST`.
#[inline]
pub const fn class_of(size: usize) -> usize {
    if size <= 1 << LINEAR_BITS {
        return size.div_ceil(16) - 1;
    }
    let last = size - 1;
    let doubling = last.ilog2();
    LINEAR + (doubling - LINEAR_BITS) as usize * 4 + ((last >> (doubling - 2)) & 3)
}

/// The block size of a class.
#[inline]
pub const fn size_of_class(class: usize) -> usize {
    if class < LINEAR {
        return (class + 1) * 16;
    }
    let doubling = LINEAR_BITS as usize + (class - LINEAR) / 4;
    (1 << doubling) + ((class - LINEAR) % 4 + 1) * (1 << (doubling - 2))
}

/// The class that serves a layout: the smallest whose size suffices and is a multiple of the alignment.
/// `None` for what gets a mapping of its own.
#[inline]
pub const fn class_for(layout: Layout) -> Option<usize> {
    let (size, alignment) = (layout.size(), layout.align());
    if alignment <= 16 && size <= LARGEST {
        return Some(class_of(if size == 0 { 1 } else { size }));
    }
    aligned_class(size, alignment)
}

const fn aligned_class(size: usize, alignment: usize) -> Option<usize> {
    if size > LARGEST || alignment > LARGEST {
        return None;
    }
    let rounded = if size < alignment { alignment } else { align_up(size, alignment) };
    let mut class = class_of(rounded);
    // Ends at a power of two: the next one is a multiple of the alignment, for it is not smaller than it.
    while size_of_class(class) & (alignment - 1) != 0 {
        class += 1;
    }
    Some(class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_size_gets_the_smallest_class_that_holds_it() {
        for size in 1..=LARGEST {
            let class = class_of(size);
            assert!(size_of_class(class) >= size);
            assert!(class == 0 || size_of_class(class - 1) < size);
        }
    }

    #[test]
    fn class_sizes_ascend_and_end_at_64_kib() {
        assert!((1..COUNT).all(|class| size_of_class(class - 1) < size_of_class(class)));
        assert_eq!(size_of_class(COUNT - 1), LARGEST);
        assert_eq!(size_of_class(0), 16);
    }

    #[test]
    fn powers_of_two_are_classes() {
        for bits in 4..=16 {
            assert_eq!(size_of_class(class_of(1 << bits)), 1 << bits);
        }
    }

    #[test]
    fn waste_is_bounded() {
        for size in 129..=LARGEST {
            assert!((size_of_class(class_of(size)) - size) * 5 <= size_of_class(class_of(size)));
        }
    }

    #[test]
    fn blocks_are_multiples_of_the_alignment() {
        for bits in 0..=16 {
            for size in [0, 1, 15, 16, 17, 100, 129, 1000, 4097, 40_000, LARGEST] {
                let layout = Layout::from_size_align(size, 1 << bits).unwrap();
                let class = class_for(layout).unwrap();
                assert_eq!(size_of_class(class) % (1 << bits), 0);
                assert!(size_of_class(class) >= size);
            }
        }
    }

    #[test]
    fn large_sizes_and_alignments_have_no_class() {
        assert_eq!(class_for(Layout::from_size_align(LARGEST + 1, 1).unwrap()), None);
        assert_eq!(class_for(Layout::from_size_align(1, LARGEST * 2).unwrap()), None);
    }
}
