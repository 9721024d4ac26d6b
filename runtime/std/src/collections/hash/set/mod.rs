//! A set of hashed values: std's interface around the set of the toolchain's `hashbrown`.

mod iter;
mod methods;
mod traits;
use crate::hash::RandomState;
use core::iter::Chain;
use hashbrown::hash_set as base;

/// A set of values by their hashes.
#[cfg_attr(not(test), rustc_diagnostic_item = "HashSet")]
pub struct HashSet<T, S = RandomState> {
    base: base::HashSet<T, S>,
}

/// The values of a set.
#[cfg_attr(not(test), rustc_diagnostic_item = "hashset_iter_ty")]
pub struct Iter<'a, K: 'a> {
    base: base::Iter<'a, K>,
}

/// The values of a set by value.
pub struct IntoIter<K> {
    base: base::IntoIter<K>,
}

/// The values of a set that is being emptied.
#[cfg_attr(not(test), rustc_diagnostic_item = "hashset_drain_ty")]
pub struct Drain<'a, K: 'a> {
    base: base::Drain<'a, K>,
}

/// The values that a closure chooses, taken out of a set.
#[must_use = "iterators are lazy and do nothing unless consumed; use `retain` to remove and discard elements"]
pub struct ExtractIf<'a, K, F> {
    base: base::ExtractIf<'a, K, F>,
}

/// The values that are in both of two sets.
#[must_use = "this returns the intersection as an iterator, without modifying either input set"]
pub struct Intersection<'a, T: 'a, S: 'a> {
    iter: Iter<'a, T>,
    other: &'a HashSet<T, S>,
}

/// The values that are in the first of two sets only.
#[must_use = "this returns the difference as an iterator, without modifying either input set"]
pub struct Difference<'a, T: 'a, S: 'a> {
    iter: Iter<'a, T>,
    other: &'a HashSet<T, S>,
}

/// The values that are in exactly one of two sets.
#[must_use = "this returns the difference as an iterator, without modifying either input set"]
pub struct SymmetricDifference<'a, T: 'a, S: 'a> {
    iter: Chain<Difference<'a, T, S>, Difference<'a, T, S>>,
}

/// The values that are in at least one of two sets.
#[must_use = "this returns the union as an iterator, without modifying either input set"]
pub struct Union<'a, T: 'a, S: 'a> {
    iter: Chain<Iter<'a, T>, Difference<'a, T, S>>,
}
