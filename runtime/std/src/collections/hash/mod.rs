//! What is hashed. The modules are called as in the real std, for `type_name` says so.

pub mod map;
pub mod set;
