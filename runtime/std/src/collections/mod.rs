//! Collections: those of `alloc`, and the hash map and set.

mod hash;

#[doc(inline)]
pub use hash::{map as hash_map, set as hash_set};

#[allow(deprecated)]
pub use alloc_crate::collections::*;
pub use core::ops::Bound;

#[doc(inline)]
pub use self::hash_map::HashMap;
#[doc(inline)]
pub use self::hash_set::HashSet;
