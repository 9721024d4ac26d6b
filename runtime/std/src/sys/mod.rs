//! Where std meets the lower layers, by feature. Nothing outside this folder, `lang.rs` and the `thread_local!`
//! machinery names `fullrust_sys` or `fullrust_rt`, or contains `unsafe` blocks.

pub(crate) mod alloc;
pub(crate) mod args;
pub(crate) mod backtrace;
pub(crate) mod copy;
pub(crate) mod env;
pub(crate) mod error_repr;
pub(crate) mod fd;
pub(crate) mod fs;
pub(crate) mod io;
pub(crate) mod late;
pub(crate) mod net;
pub(crate) mod os_str;
pub(crate) mod panic;
pub(crate) mod parts;
pub(crate) mod process;
pub(crate) mod random;
pub(crate) mod stdio;
pub(crate) mod sync;
pub(crate) mod thread;
pub(crate) mod thread_local;
pub(crate) mod thread_park;
pub(crate) mod time;
