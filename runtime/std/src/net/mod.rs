//! Networking.

pub use core::net::*;
