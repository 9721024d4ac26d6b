//! What Linux adds to std's types.

pub mod fs;
pub mod net;
#[allow(deprecated)]
pub mod raw;
