//! What a program wants at hand: `use fullrust::prelude::*;`.

pub use alloc::borrow::ToOwned;
pub use alloc::boxed::Box;
pub use alloc::string::{String, ToString};
pub use alloc::vec::Vec;
pub use alloc::{format, vec};

pub use crate::{entry, eprint, eprintln, print, println};
pub use crate::{env, io, rt};
