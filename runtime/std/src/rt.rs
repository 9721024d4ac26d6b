//! Names that macros and the compiler reach through `std::rt`; not for users.

pub use core::format_args_nl;
pub use core::panicking::{panic_display, panic_fmt};

pub use crate::panic::begin_panic;
