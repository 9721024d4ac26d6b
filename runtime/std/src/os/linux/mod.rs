//! What Linux adds to std's types.

pub mod fs;
#[allow(deprecated)]
pub mod raw;
