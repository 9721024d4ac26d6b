//! The resolver's sources under the host's std: they name `crate::net` and friends, which are here what they are there.

pub(crate) use std::{fs, io, net, time};

/// What the resolver needs of std's lower layer.
pub(crate) mod sys {
    /// Random numbers.
    pub(crate) mod random {
        use std::hash::{BuildHasher, RandomState};

        /// Two words that differ from call to call.
        pub(crate) fn hash_keys() -> (u64, u64) {
            (RandomState::new().hash_one(1), RandomState::new().hash_one(2))
        }
    }
}

#[allow(dead_code, reason = "the functions that read the system's own files are not called here")]
#[path = "../../../std/src/net/resolver/mod.rs"]
mod resolver;

#[cfg(test)]
mod server;
#[cfg(test)]
mod tests;
