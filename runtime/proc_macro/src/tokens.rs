//! Single tokens. Making one needs a place in a source file, which only a compiler knows.

use crate::absent::{Absent, outside};
use crate::{LexError, Span, TokenStream};
use std::ffi::CStr;
use std::fmt;
use std::ops::RangeBounds;
use std::str::FromStr;

/// What a group stands between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delimiter {
    /// `( … )`
    Parenthesis,
    /// `{ … }`
    Brace,
    /// `[ … ]`
    Bracket,
    /// Nothing that is seen: keeps together what came from a macro's variable.
    None,
}

/// Whether more punctuation follows at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spacing {
    /// It does: both may be one operator.
    Joint,
    /// It does not.
    Alone,
}

/// Tokens between delimiters.
#[derive(Clone)]
pub struct Group(Absent);

/// One character of punctuation.
#[derive(Clone)]
pub struct Punct(Absent);

/// An identifier or keyword.
#[derive(Clone)]
pub struct Ident(Absent);

/// A literal.
#[derive(Clone)]
pub struct Literal(Absent);

/// A token, or tokens between delimiters.
#[derive(Clone)]
pub enum TokenTree {
    /// Tokens between delimiters.
    Group(Group),
    /// An identifier or keyword.
    Ident(Ident),
    /// One character of punctuation.
    Punct(Punct),
    /// A literal.
    Literal(Literal),
}

macro_rules! token {
    ($($token:ident)*) => {$(
        impl $token {
            /// Where it stands.
            pub fn span(&self) -> Span {
                self.0.never()
            }

            /// Gives it another place.
            pub fn set_span(&mut self, _span: Span) {
                self.0.never()
            }

            pub(crate) fn never(&self) -> ! {
                self.0.never()
            }
        }

        impl fmt::Debug for $token {
            fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.never()
            }
        }

        impl fmt::Display for $token {
            fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.never()
            }
        }

        impl From<$token> for TokenTree {
            fn from(token: $token) -> TokenTree {
                token.never()
            }
        }
    )*};
}

token! { Group Punct Ident Literal }

impl Group {
    /// Tokens between delimiters, at the macro's call.
    ///
    /// # Panics
    /// Always: there is no call.
    pub fn new(_delimiter: Delimiter, _stream: TokenStream) -> Group {
        outside()
    }

    /// What it stands between.
    pub fn delimiter(&self) -> Delimiter {
        self.0.never()
    }

    /// The tokens without the delimiters.
    pub fn stream(&self) -> TokenStream {
        self.0.never()
    }

    /// Where the opening delimiter stands.
    pub fn span_open(&self) -> Span {
        self.0.never()
    }

    /// Where the closing delimiter stands.
    pub fn span_close(&self) -> Span {
        self.0.never()
    }
}

impl Punct {
    /// Punctuation at the macro's call.
    ///
    /// # Panics
    /// Always: there is no call.
    pub fn new(_character: char, _spacing: Spacing) -> Punct {
        outside()
    }

    /// The character.
    pub fn as_char(&self) -> char {
        self.0.never()
    }

    /// Whether more punctuation follows at once.
    pub fn spacing(&self) -> Spacing {
        self.0.never()
    }
}

impl PartialEq<char> for Punct {
    fn eq(&self, _: &char) -> bool {
        self.0.never()
    }
}

impl PartialEq<Punct> for char {
    fn eq(&self, other: &Punct) -> bool {
        other.never()
    }
}

impl Ident {
    /// An identifier.
    ///
    /// # Panics
    /// Never gets that far: there is no span to call it with.
    pub fn new(_name: &str, span: Span) -> Ident {
        span.never()
    }

    /// An identifier that may be a keyword (`r#name`).
    ///
    /// # Panics
    /// Never gets that far: there is no span to call it with.
    pub fn new_raw(_name: &str, span: Span) -> Ident {
        span.never()
    }
}

macro_rules! literals {
    ($($name:ident: $value:ty,)*) => {
        impl Literal {
            $(
                /// A literal of this value at the macro's call.
                ///
                /// # Panics
                /// Always: there is no call.
                pub fn $name(_value: $value) -> Literal {
                    outside()
                }
            )*
        }
    };
}

literals! {
    u8_suffixed: u8, u16_suffixed: u16, u32_suffixed: u32, u64_suffixed: u64, u128_suffixed: u128, usize_suffixed: usize,
    i8_suffixed: i8, i16_suffixed: i16, i32_suffixed: i32, i64_suffixed: i64, i128_suffixed: i128, isize_suffixed: isize,
    u8_unsuffixed: u8, u16_unsuffixed: u16, u32_unsuffixed: u32, u64_unsuffixed: u64, u128_unsuffixed: u128,
    usize_unsuffixed: usize, i8_unsuffixed: i8, i16_unsuffixed: i16, i32_unsuffixed: i32, i64_unsuffixed: i64,
    i128_unsuffixed: i128, isize_unsuffixed: isize,
    f32_suffixed: f32, f32_unsuffixed: f32, f64_suffixed: f64, f64_unsuffixed: f64,
    string: &str, character: char, byte_character: u8, byte_string: &[u8], c_string: &CStr,
}

impl Literal {
    /// A part of the literal's place.
    pub fn subspan<R: RangeBounds<usize>>(&self, range: R) -> Option<Span> {
        self.span().part(range.start_bound(), range.end_bound())
    }
}

impl FromStr for Literal {
    type Err = LexError;

    /// Panics: the lexer is the compiler's.
    fn from_str(_: &str) -> Result<Self, LexError> {
        outside()
    }
}

impl TokenTree {
    /// Where it stands.
    pub fn span(&self) -> Span {
        self.never()
    }

    /// Gives it another place.
    pub fn set_span(&mut self, _span: Span) {
        self.never()
    }

    pub(crate) fn never(&self) -> ! {
        match self {
            TokenTree::Group(token) => token.never(),
            TokenTree::Ident(token) => token.never(),
            TokenTree::Punct(token) => token.never(),
            TokenTree::Literal(token) => token.never(),
        }
    }
}

impl fmt::Debug for TokenTree {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.never()
    }
}

impl fmt::Display for TokenTree {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.never()
    }
}
