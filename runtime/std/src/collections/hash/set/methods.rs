//! The set itself.

use core::borrow::Borrow;

use hashbrown::hash_set as base;

use super::{Difference, Drain, ExtractIf, HashSet, Intersection, Iter, SymmetricDifference, Union};
use crate::collections::TryReserveError;
use crate::collections::hash_map::HashMap;
use crate::hash::{BuildHasher, Hash, RandomState};

impl<T> HashSet<T, RandomState> {
    /// An empty set; allocates nothing.
    #[inline]
    #[must_use]
    pub fn new() -> HashSet<T, RandomState> {
        Default::default()
    }

    /// An empty set that takes `capacity` values without growing.
    #[inline]
    #[must_use]
    pub fn with_capacity(capacity: usize) -> HashSet<T, RandomState> {
        HashSet::with_capacity_and_hasher(capacity, Default::default())
    }
}

impl<T, S> HashSet<T, S> {
    /// An empty set with the given hashers.
    #[inline]
    pub const fn with_hasher(hasher: S) -> HashSet<T, S> {
        HashSet { base: base::HashSet::with_hasher(hasher) }
    }

    /// An empty set with the given hashers that takes `capacity` values without growing.
    #[inline]
    pub fn with_capacity_and_hasher(capacity: usize, hasher: S) -> HashSet<T, S> {
        HashSet { base: base::HashSet::with_capacity_and_hasher(capacity, hasher) }
    }

    /// How many values fit without growing.
    #[inline]
    pub fn capacity(&self) -> usize {
        self.base.capacity()
    }

    /// The values, in no particular order.
    #[inline]
    pub fn iter(&self) -> Iter<'_, T> {
        Iter { base: self.base.iter() }
    }

    /// How many values there are.
    #[inline]
    pub fn len(&self) -> usize {
        self.base.len()
    }

    /// Whether there are none.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.base.is_empty()
    }

    /// Takes all values out; the memory stays.
    #[inline]
    pub fn drain(&mut self) -> Drain<'_, T> {
        Drain { base: self.base.drain() }
    }

    /// Takes out the values for which the closure says so.
    #[inline]
    pub fn extract_if<F>(&mut self, pred: F) -> ExtractIf<'_, T, F>
    where
        F: FnMut(&T) -> bool,
    {
        ExtractIf { base: self.base.extract_if(pred) }
    }

    /// Keeps only the values for which the closure says so.
    pub fn retain<F>(&mut self, f: F)
    where
        F: FnMut(&T) -> bool,
    {
        self.base.retain(f);
    }

    /// Removes all values; the memory stays.
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

impl<T, S> HashSet<T, S>
where
    T: Eq + Hash,
    S: BuildHasher,
{
    /// Makes room for `additional` more values.
    #[inline]
    pub fn reserve(&mut self, additional: usize) {
        self.base.reserve(additional);
    }

    /// As [`HashSet::reserve`], with an error in place of the end of the program.
    #[inline]
    pub fn try_reserve(&mut self, additional: usize) -> Result<(), TryReserveError> {
        self.base.try_reserve(additional).map_err(crate::collections::hash::map::reserve_error)
    }

    /// Gives back what memory it can.
    #[inline]
    pub fn shrink_to_fit(&mut self) {
        self.base.shrink_to_fit();
    }

    /// Gives back memory, but keeps room for `min_capacity` values.
    #[inline]
    pub fn shrink_to(&mut self, min_capacity: usize) {
        self.base.shrink_to(min_capacity);
    }

    /// The values that are here but not there.
    #[inline]
    pub fn difference<'a>(&'a self, other: &'a HashSet<T, S>) -> Difference<'a, T, S> {
        Difference { iter: self.iter(), other }
    }

    /// The values that are in exactly one of the two.
    #[inline]
    pub fn symmetric_difference<'a>(&'a self, other: &'a HashSet<T, S>) -> SymmetricDifference<'a, T, S> {
        SymmetricDifference { iter: self.difference(other).chain(other.difference(self)) }
    }

    /// The values that are in both; those of `self` or `other`, whichever is smaller.
    #[inline]
    pub fn intersection<'a>(&'a self, other: &'a HashSet<T, S>) -> Intersection<'a, T, S> {
        let (small, large) = if self.len() <= other.len() { (self, other) } else { (other, self) };
        Intersection { iter: small.iter(), other: large }
    }

    /// The values that are in at least one of the two, each once.
    #[inline]
    pub fn union<'a>(&'a self, other: &'a HashSet<T, S>) -> Union<'a, T, S> {
        let (large, small) = if self.len() >= other.len() { (self, other) } else { (other, self) };
        Union { iter: large.iter().chain(small.difference(large)) }
    }

    /// Whether the value is in the set.
    #[inline]
    pub fn contains<Q: ?Sized>(&self, value: &Q) -> bool
    where
        T: Borrow<Q>,
        Q: Hash + Eq,
    {
        self.base.contains(value)
    }

    /// The set's value that equals the given one.
    #[inline]
    pub fn get<Q: ?Sized>(&self, value: &Q) -> Option<&T>
    where
        T: Borrow<Q>,
        Q: Hash + Eq,
    {
        self.base.get(value)
    }

    /// Whether the two have nothing in common.
    pub fn is_disjoint(&self, other: &HashSet<T, S>) -> bool {
        self.intersection(other).next().is_none()
    }

    /// Whether all values are in `other` too.
    pub fn is_subset(&self, other: &HashSet<T, S>) -> bool {
        self.len() <= other.len() && self.iter().all(|value| other.contains(value))
    }

    /// Whether all values of `other` are here too.
    #[inline]
    pub fn is_superset(&self, other: &HashSet<T, S>) -> bool {
        other.is_subset(self)
    }

    /// Puts a value in; false if an equal one was there, which then stays.
    #[inline]
    #[rustc_confusables("push", "append", "put")]
    pub fn insert(&mut self, value: T) -> bool {
        self.base.insert(value)
    }

    /// Puts a value in and gives back the equal one that was there.
    #[inline]
    #[rustc_confusables("swap")]
    pub fn replace(&mut self, value: T) -> Option<T> {
        self.base.replace(value)
    }

    /// Removes a value; whether it was there.
    #[inline]
    #[rustc_confusables("delete", "take")]
    pub fn remove<Q: ?Sized>(&mut self, value: &Q) -> bool
    where
        T: Borrow<Q>,
        Q: Hash + Eq,
    {
        self.base.remove(value)
    }

    /// Takes the value that equals the given one out.
    #[inline]
    pub fn take<Q: ?Sized>(&mut self, value: &Q) -> Option<T>
    where
        T: Borrow<Q>,
        Q: Hash + Eq,
    {
        self.base.take(value)
    }
}

/// Whatever else changes, a set and a map of unit values are the same size.
const _: () = assert!(size_of::<HashSet<u8>>() == size_of::<HashMap<u8, ()>>());
