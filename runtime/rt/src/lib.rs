//! Reserved room; filled by the next commits.
#![no_std]
