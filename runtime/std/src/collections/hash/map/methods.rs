//! The map itself.

use core::borrow::Borrow;

use hashbrown::hash_map as base;

use super::{Drain, Entry, ExtractIf, HashMap, IntoKeys, IntoValues, Iter, IterMut, Keys, Values, ValuesMut, entry};
use crate::collections::TryReserveError;
use crate::hash::{BuildHasher, Hash, RandomState};

impl<K, V> HashMap<K, V, RandomState> {
    /// An empty map; allocates nothing.
    #[inline]
    #[must_use]
    pub fn new() -> HashMap<K, V, RandomState> {
        Default::default()
    }

    /// An empty map that takes `capacity` entries without growing.
    #[inline]
    #[must_use]
    pub fn with_capacity(capacity: usize) -> HashMap<K, V, RandomState> {
        HashMap::with_capacity_and_hasher(capacity, Default::default())
    }
}

impl<K, V, S> HashMap<K, V, S> {
    /// An empty map with the given hashers.
    #[inline]
    pub const fn with_hasher(hash_builder: S) -> HashMap<K, V, S> {
        HashMap { base: base::HashMap::with_hasher(hash_builder) }
    }

    /// An empty map with the given hashers that takes `capacity` entries without growing.
    #[inline]
    pub fn with_capacity_and_hasher(capacity: usize, hasher: S) -> HashMap<K, V, S> {
        HashMap { base: base::HashMap::with_capacity_and_hasher(capacity, hasher) }
    }

    /// How many entries fit without growing.
    #[inline]
    pub fn capacity(&self) -> usize {
        self.base.capacity()
    }

    /// The keys, in no particular order.
    pub fn keys(&self) -> Keys<'_, K, V> {
        Keys { inner: self.iter() }
    }

    /// The keys by value.
    #[inline]
    pub fn into_keys(self) -> IntoKeys<K, V> {
        IntoKeys { inner: self.into_iter() }
    }

    /// The values, in no particular order.
    pub fn values(&self) -> Values<'_, K, V> {
        Values { inner: self.iter() }
    }

    /// The values for changing.
    pub fn values_mut(&mut self) -> ValuesMut<'_, K, V> {
        ValuesMut { inner: self.iter_mut() }
    }

    /// The values by value.
    #[inline]
    pub fn into_values(self) -> IntoValues<K, V> {
        IntoValues { inner: self.into_iter() }
    }

    /// The entries, in no particular order.
    pub fn iter(&self) -> Iter<'_, K, V> {
        Iter { base: self.base.iter() }
    }

    /// The entries, values for changing.
    pub fn iter_mut(&mut self) -> IterMut<'_, K, V> {
        IterMut { base: self.base.iter_mut() }
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.base.len()
    }

    /// Whether there are none.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.base.is_empty()
    }

    /// Takes all entries out; the memory stays.
    #[inline]
    pub fn drain(&mut self) -> Drain<'_, K, V> {
        Drain { base: self.base.drain() }
    }

    /// Takes out the entries for which the closure says so.
    #[inline]
    pub fn extract_if<F>(&mut self, pred: F) -> ExtractIf<'_, K, V, F>
    where
        F: FnMut(&K, &mut V) -> bool,
    {
        ExtractIf { base: self.base.extract_if(pred) }
    }

    /// Keeps only the entries for which the closure says so.
    #[inline]
    pub fn retain<F>(&mut self, f: F)
    where
        F: FnMut(&K, &mut V) -> bool,
    {
        self.base.retain(f);
    }

    /// Removes all entries; the memory stays.
    #[inline]
    pub fn clear(&mut self) {
        self.base.clear();
    }

    /// What makes the hashers.
    #[inline]
    pub fn hasher(&self) -> &S {
        self.base.hasher()
    }
}

impl<K, V, S> HashMap<K, V, S>
where
    K: Eq + Hash,
    S: BuildHasher,
{
    /// Makes room for `additional` more entries.
    #[inline]
    pub fn reserve(&mut self, additional: usize) {
        self.base.reserve(additional);
    }

    /// As [`HashMap::reserve`], with an error in place of the end of the program.
    #[inline]
    pub fn try_reserve(&mut self, additional: usize) -> Result<(), TryReserveError> {
        self.base.try_reserve(additional).map_err(reserve_error)
    }

    /// Gives back what memory it can.
    #[inline]
    pub fn shrink_to_fit(&mut self) {
        self.base.shrink_to_fit();
    }

    /// Gives back memory, but keeps room for `min_capacity` entries.
    #[inline]
    pub fn shrink_to(&mut self, min_capacity: usize) {
        self.base.shrink_to(min_capacity);
    }

    /// The place of a key, for looking and changing in one step.
    #[inline]
    pub fn entry(&mut self, key: K) -> Entry<'_, K, V> {
        entry::from_base(self.base.rustc_entry(key))
    }

    /// The value of a key.
    #[inline]
    pub fn get<Q: ?Sized>(&self, k: &Q) -> Option<&V>
    where
        K: Borrow<Q>,
        Q: Hash + Eq,
    {
        self.base.get(k)
    }

    /// The entry of a key.
    #[inline]
    pub fn get_key_value<Q: ?Sized>(&self, k: &Q) -> Option<(&K, &V)>
    where
        K: Borrow<Q>,
        Q: Hash + Eq,
    {
        self.base.get_key_value(k)
    }

    /// The values of several keys for changing. Panics if two of the keys are the same entry.
    #[inline]
    pub fn get_disjoint_mut<Q: ?Sized, const N: usize>(&mut self, ks: [&Q; N]) -> [Option<&'_ mut V>; N]
    where
        K: Borrow<Q>,
        Q: Hash + Eq,
    {
        self.base.get_disjoint_mut(ks)
    }

    /// As [`HashMap::get_disjoint_mut`] without the check.
    ///
    /// # Safety
    /// No two of the keys may be the same entry.
    #[inline]
    pub unsafe fn get_disjoint_unchecked_mut<Q: ?Sized, const N: usize>(
        &mut self,
        ks: [&Q; N],
    ) -> [Option<&'_ mut V>; N]
    where
        K: Borrow<Q>,
        Q: Hash + Eq,
    {
        // SAFETY: the caller's promise.
        unsafe { self.base.get_disjoint_unchecked_mut(ks) }
    }

    /// Whether there is an entry with this key.
    #[inline]
    pub fn contains_key<Q: ?Sized>(&self, k: &Q) -> bool
    where
        K: Borrow<Q>,
        Q: Hash + Eq,
    {
        self.base.contains_key(k)
    }

    /// The value of a key for changing.
    #[inline]
    pub fn get_mut<Q: ?Sized>(&mut self, k: &Q) -> Option<&mut V>
    where
        K: Borrow<Q>,
        Q: Hash + Eq,
    {
        self.base.get_mut(k)
    }

    /// Puts a value in and gives back the one that was there. A key that is there already stays as it is.
    #[inline]
    #[rustc_confusables("push", "append", "put")]
    pub fn insert(&mut self, k: K, v: V) -> Option<V> {
        self.base.insert(k, v)
    }

    /// Takes a key's value out.
    #[inline]
    #[rustc_confusables("delete", "take")]
    pub fn remove<Q: ?Sized>(&mut self, k: &Q) -> Option<V>
    where
        K: Borrow<Q>,
        Q: Hash + Eq,
    {
        self.base.remove(k)
    }

    /// Takes a key's entry out.
    #[inline]
    pub fn remove_entry<Q: ?Sized>(&mut self, k: &Q) -> Option<(K, V)>
    where
        K: Borrow<Q>,
        Q: Hash + Eq,
    {
        self.base.remove_entry(k)
    }
}

/// The table's error as the one of all collections.
pub(in crate::collections) fn reserve_error(error: hashbrown::TryReserveError) -> TryReserveError {
    use alloc_crate::collections::TryReserveErrorKind;
    match error {
        hashbrown::TryReserveError::CapacityOverflow => TryReserveErrorKind::CapacityOverflow.into(),
        hashbrown::TryReserveError::AllocError { layout } => {
            TryReserveErrorKind::AllocError { layout, non_exhaustive: () }.into()
        }
    }
}
