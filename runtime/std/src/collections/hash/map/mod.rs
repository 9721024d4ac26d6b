//! A map with hashed keys: std's interface around the table of the toolchain's `hashbrown`.
//!
//! The wrapping is not ornament: `hashbrown` is private to the toolchain, so users could not name its types.

mod entry;
mod iter;
mod methods;
mod traits;

pub(in crate::collections) use self::methods::reserve_error;
#[doc(inline)]
pub use crate::hash::{DefaultHasher, RandomState};
use hashbrown::hash_map as base;

/// A map from keys to values by the keys' hashes.
#[cfg_attr(not(test), rustc_diagnostic_item = "HashMap")]
#[rustc_insignificant_dtor]
pub struct HashMap<K, V, S = RandomState> {
    base: base::HashMap<K, V, S>,
}

/// The place of a key in a map.
#[cfg_attr(not(test), rustc_diagnostic_item = "HashMapEntry")]
pub enum Entry<'a, K: 'a, V: 'a> {
    /// There is a value.
    Occupied(OccupiedEntry<'a, K, V>),
    /// There is none.
    Vacant(VacantEntry<'a, K, V>),
}

/// The place of a key that has a value.
pub struct OccupiedEntry<'a, K: 'a, V: 'a> {
    base: base::RustcOccupiedEntry<'a, K, V>,
}

/// The place of a key that has no value.
pub struct VacantEntry<'a, K: 'a, V: 'a> {
    base: base::RustcVacantEntry<'a, K, V>,
}

/// The entries of a map.
#[cfg_attr(not(test), rustc_diagnostic_item = "hashmap_iter_ty")]
pub struct Iter<'a, K: 'a, V: 'a> {
    base: base::Iter<'a, K, V>,
}

/// The entries of a map, values for changing.
#[cfg_attr(not(test), rustc_diagnostic_item = "hashmap_iter_mut_ty")]
pub struct IterMut<'a, K: 'a, V: 'a> {
    base: base::IterMut<'a, K, V>,
}

/// The entries of a map by value.
pub struct IntoIter<K, V> {
    base: base::IntoIter<K, V>,
}

/// The keys of a map.
#[cfg_attr(not(test), rustc_diagnostic_item = "hashmap_keys_ty")]
pub struct Keys<'a, K: 'a, V: 'a> {
    inner: Iter<'a, K, V>,
}

/// The values of a map.
#[cfg_attr(not(test), rustc_diagnostic_item = "hashmap_values_ty")]
pub struct Values<'a, K: 'a, V: 'a> {
    inner: Iter<'a, K, V>,
}

/// The values of a map for changing.
#[cfg_attr(not(test), rustc_diagnostic_item = "hashmap_values_mut_ty")]
pub struct ValuesMut<'a, K: 'a, V: 'a> {
    inner: IterMut<'a, K, V>,
}

/// The keys of a map by value.
pub struct IntoKeys<K, V> {
    inner: IntoIter<K, V>,
}

/// The values of a map by value.
pub struct IntoValues<K, V> {
    inner: IntoIter<K, V>,
}

/// The entries of a map that is being emptied.
#[cfg_attr(not(test), rustc_diagnostic_item = "hashmap_drain_ty")]
pub struct Drain<'a, K: 'a, V: 'a> {
    base: base::Drain<'a, K, V>,
}

/// The entries that a closure chooses, taken out of a map.
#[must_use = "iterators are lazy and do nothing unless consumed; use `retain` to remove and discard elements"]
pub struct ExtractIf<'a, K, V, F> {
    base: base::ExtractIf<'a, K, V, F>,
}
