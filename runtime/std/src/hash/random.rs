//! SipHash 1-3 with keys that differ per thread and map.

use core::cell::Cell;

#[allow(deprecated)]
use super::{BuildHasher, Hasher, SipHasher13};
use crate::fmt;
use crate::sys::random::hash_keys;

/// Makes hashers with random keys; two states made on the same thread differ as well.
#[derive(Clone)]
pub struct RandomState {
    k0: u64,
    k1: u64,
}

#[thread_local]
static KEYS: Cell<Option<(u64, u64)>> = Cell::new(None);

impl RandomState {
    /// A state of its own. The keys come from the kernel once per thread; each further state of the thread counts the
    /// first one up, which is enough for every map to have its own order.
    #[inline]
    #[must_use]
    #[allow(clippy::new_without_default)]
    pub fn new() -> RandomState {
        let (k0, k1) = KEYS.get().unwrap_or_else(hash_keys);
        KEYS.set(Some((k0.wrapping_add(1), k1)));
        RandomState { k0, k1 }
    }
}

impl Default for RandomState {
    #[inline]
    fn default() -> RandomState {
        RandomState::new()
    }
}

impl fmt::Debug for RandomState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RandomState").finish_non_exhaustive()
    }
}

impl BuildHasher for RandomState {
    type Hasher = DefaultHasher;

    #[inline]
    #[allow(deprecated)]
    fn build_hasher(&self) -> DefaultHasher {
        DefaultHasher(SipHasher13::new_with_keys(self.k0, self.k1))
    }
}

/// The hasher of [`RandomState`]; made by itself, its keys are zero.
#[allow(deprecated)]
#[derive(Clone, Debug)]
pub struct DefaultHasher(SipHasher13);

impl DefaultHasher {
    /// A hasher whose keys are zero.
    #[inline]
    #[must_use]
    #[allow(deprecated)]
    pub fn new() -> DefaultHasher {
        DefaultHasher(SipHasher13::new_with_keys(0, 0))
    }
}

impl Default for DefaultHasher {
    #[inline]
    fn default() -> DefaultHasher {
        DefaultHasher::new()
    }
}

impl Hasher for DefaultHasher {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        self.0.write(bytes);
    }

    #[inline]
    fn write_str(&mut self, text: &str) {
        self.0.write_str(text);
    }

    #[inline]
    fn finish(&self) -> u64 {
        self.0.finish()
    }
}
