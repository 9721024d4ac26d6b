//! Owned and borrowed descriptors.

mod impls;
mod owned;
mod raw;

pub use owned::{AsFd, BorrowedFd, OwnedFd};
pub use raw::{AsRawFd, FromRawFd, IntoRawFd, RawFd};
