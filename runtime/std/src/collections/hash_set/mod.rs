//! A set of hashed values: std's interface around the set of the toolchain's `hashbrown`.

mod iter;
mod set;
mod traits;

pub use self::iter::{Difference, Drain, ExtractIf, Intersection, IntoIter, Iter, SymmetricDifference, Union};
pub use self::set::HashSet;
