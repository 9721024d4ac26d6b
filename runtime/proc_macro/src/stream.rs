//! Sequences of tokens: always empty ones.

use crate::absent::{Absent, outside};
use crate::{Group, Ident, Literal, Punct, TokenTree};
use std::error::Error;
use std::fmt;
use std::str::FromStr;

/// A sequence of tokens.
#[derive(Clone, Default)]
pub struct TokenStream(());

impl !Send for TokenStream {}
impl !Sync for TokenStream {}

/// Why a text is not a sequence of tokens.
#[derive(Clone)]
pub struct LexError(Absent);

impl TokenStream {
    /// The empty sequence.
    pub fn new() -> TokenStream {
        TokenStream(())
    }

    /// Whether there is no token in it.
    pub fn is_empty(&self) -> bool {
        true
    }

    /// Evaluates a macro's argument to a literal.
    ///
    /// # Errors
    /// Never: it panics, since there is no compiler to ask.
    pub fn expand_expr(&self) -> Result<TokenStream, LexError> {
        outside()
    }
}

impl FromStr for TokenStream {
    type Err = LexError;

    /// Panics: the lexer is the compiler's.
    fn from_str(_: &str) -> Result<TokenStream, LexError> {
        outside()
    }
}

impl fmt::Display for TokenStream {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl fmt::Debug for TokenStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenStream ")?;
        f.debug_list().finish()
    }
}

impl fmt::Display for LexError {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.never()
    }
}

impl fmt::Debug for LexError {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.never()
    }
}

impl Error for LexError {}
impl !Send for LexError {}
impl !Sync for LexError {}

/// Asks for every item: there is none, or asking for it panicked.
fn exhaust<T>(items: impl IntoIterator<Item = T>, never: impl Fn(T)) {
    items.into_iter().for_each(never);
}

impl From<TokenTree> for TokenStream {
    fn from(tree: TokenTree) -> TokenStream {
        tree.never()
    }
}

impl FromIterator<TokenTree> for TokenStream {
    fn from_iter<I: IntoIterator<Item = TokenTree>>(trees: I) -> Self {
        exhaust(trees, |tree| tree.never());
        TokenStream(())
    }
}

impl FromIterator<TokenStream> for TokenStream {
    fn from_iter<I: IntoIterator<Item = TokenStream>>(streams: I) -> Self {
        exhaust(streams, drop);
        TokenStream(())
    }
}

impl Extend<TokenTree> for TokenStream {
    fn extend<I: IntoIterator<Item = TokenTree>>(&mut self, trees: I) {
        exhaust(trees, |tree| tree.never());
    }
}

impl Extend<TokenStream> for TokenStream {
    fn extend<I: IntoIterator<Item = TokenStream>>(&mut self, streams: I) {
        exhaust(streams, drop);
    }
}

macro_rules! of_token {
    ($($token:ident)*) => {$(
        impl Extend<$token> for TokenStream {
            fn extend<I: IntoIterator<Item = $token>>(&mut self, tokens: I) {
                exhaust(tokens, |token| token.never());
            }
        }

        impl FromIterator<$token> for TokenStream {
            fn from_iter<I: IntoIterator<Item = $token>>(tokens: I) -> Self {
                exhaust(tokens, |token| token.never());
                TokenStream(())
            }
        }
    )*};
}

of_token! { Group Ident Literal Punct }

/// What belongs to [`TokenStream`].
pub mod token_stream {
    pub use super::TokenStream;
    use crate::TokenTree;

    /// The tokens of a sequence, groups as one.
    #[derive(Clone)]
    pub struct IntoIter(pub(super) std::iter::Empty<TokenTree>);

    impl Iterator for IntoIter {
        type Item = TokenTree;

        fn next(&mut self) -> Option<TokenTree> {
            self.0.next()
        }

        fn size_hint(&self) -> (usize, Option<usize>) {
            (0, Some(0))
        }
    }
}

impl IntoIterator for TokenStream {
    type Item = TokenTree;
    type IntoIter = token_stream::IntoIter;

    fn into_iter(self) -> token_stream::IntoIter {
        token_stream::IntoIter(std::iter::empty())
    }
}
