//! The `proc_macro` crate for programs: crates such as `proc-macro2`, `quote` and `syn` name its types also where they
//! are ordinary dependencies. Procedural macros themselves are compiled for the host, with the toolchain's own crate.
//!
//! Outside of a compiler there is no token and no place in a source file, so the types for these have no values, and
//! what would make one panics. Empty token streams, delimiters and spacings are as real here as in the compiler.
#![feature(negative_impls)]
#![deny(missing_docs)]

mod absent;
mod span;
mod stream;
mod tokens;

pub use span::Span;
pub use stream::{LexError, TokenStream, token_stream};
pub use tokens::{Delimiter, Group, Ident, Literal, Punct, Spacing, TokenTree};

/// Whether the program runs inside of a procedural macro: never.
pub fn is_available() -> bool {
    false
}
