//! Operations on ASCII strings and characters.

pub use core::ascii::*;

/// The ASCII methods of strings and bytes, which are inherent methods now.
#[deprecated(since = "1.26.0", note = "use inherent methods instead")]
pub trait AsciiExt {
    /// The type of the converted value.
    type Owned;

    /// Whether all bytes are ASCII.
    fn is_ascii(&self) -> bool;
    /// A copy in upper case.
    fn to_ascii_uppercase(&self) -> Self::Owned;
    /// A copy in lower case.
    fn to_ascii_lowercase(&self) -> Self::Owned;
    /// Compares without regard to ASCII case.
    fn eq_ignore_ascii_case(&self, other: &Self) -> bool;
    /// Converts to upper case in place.
    fn make_ascii_uppercase(&mut self);
    /// Converts to lower case in place.
    fn make_ascii_lowercase(&mut self);
}

macro_rules! delegate_ascii_ext {
    ($($ty:ty => $owned:ty),*) => {$(
        #[allow(deprecated)]
        impl AsciiExt for $ty {
            type Owned = $owned;
            fn is_ascii(&self) -> bool { self.is_ascii() }
            fn to_ascii_uppercase(&self) -> Self::Owned { self.to_ascii_uppercase() }
            fn to_ascii_lowercase(&self) -> Self::Owned { self.to_ascii_lowercase() }
            fn eq_ignore_ascii_case(&self, other: &Self) -> bool { self.eq_ignore_ascii_case(other) }
            fn make_ascii_uppercase(&mut self) { self.make_ascii_uppercase() }
            fn make_ascii_lowercase(&mut self) { self.make_ascii_lowercase() }
        }
    )*};
}

delegate_ascii_ext!(u8 => u8, char => char, [u8] => Vec<u8>, str => String);
