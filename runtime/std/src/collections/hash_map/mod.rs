//! A map with hashed keys: std's interface around the table of the toolchain's `hashbrown`.
//!
//! The wrapping is not ornament: `hashbrown` is private to the toolchain, so users could not name its types.

mod entry;
mod iter;
mod map;
mod traits;

pub use self::entry::{Entry, OccupiedEntry, VacantEntry};
pub use self::iter::{Drain, ExtractIf, IntoIter, IntoKeys, IntoValues, Iter, IterMut, Keys, Values, ValuesMut};
pub use self::map::HashMap;
pub(in crate::collections) use self::map::reserve_error;
#[doc(inline)]
pub use crate::hash::{DefaultHasher, RandomState};
