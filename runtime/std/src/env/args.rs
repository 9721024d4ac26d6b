//! Arguments.

use super::{Args, ArgsOs};
use crate::ffi::OsString;
use crate::{fmt, vec};

impl !Send for Args {}
impl !Sync for Args {}
impl !Send for ArgsOs {}
impl !Sync for ArgsOs {}

/// The arguments as text; iterating panics at one that is not UTF-8.
pub fn args() -> Args {
    Args { inner: args_os() }
}

/// The arguments as they are.
pub fn args_os() -> ArgsOs {
    ArgsOs { inner: crate::sys::args::all().into_iter() }
}

fn as_text(argument: OsString) -> String {
    argument.into_string().unwrap()
}

fn list_of(args: &ArgsOs) -> &[OsString] {
    args.inner.as_slice()
}

macro_rules! argument_iterator {
    ($name:ident, $text:literal, $item:ty, $convert:expr, $debug:expr) => {
        impl Iterator for $name {
            type Item = $item;
            fn next(&mut self) -> Option<$item> {
                self.inner.next().map($convert)
            }
            fn size_hint(&self) -> (usize, Option<usize>) {
                self.inner.size_hint()
            }
        }

        impl ExactSizeIterator for $name {
            fn len(&self) -> usize {
                self.inner.len()
            }
        }

        impl DoubleEndedIterator for $name {
            fn next_back(&mut self) -> Option<$item> {
                self.inner.next_back().map($convert)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                let list: &[OsString] = $debug(&self.inner);
                f.debug_struct($text).field("inner", &list).finish()
            }
        }
    };
}

argument_iterator!(Args, "Args", String, as_text, list_of);
argument_iterator!(ArgsOs, "ArgsOs", OsString, core::convert::identity, vec::IntoIter::as_slice);
