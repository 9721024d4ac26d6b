//! Rounding up, without the panics of the general functions.

/// The next multiple of a power of two; wraps where that does not exist.
#[inline]
pub(crate) const fn align_up(value: usize, alignment: usize) -> usize {
    value.wrapping_add(alignment - 1) & !(alignment - 1)
}
