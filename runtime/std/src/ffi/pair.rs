//! What `OsStr` with `OsString` and `Path` with `PathBuf` have in common: a borrowed text, the text that owns it, and the
//! pointers to either. Both are bytes inside, so only names differ.

/// Comparisons of the owner, and the conversions between `$borrowed`, `$owned`, boxes, shared pointers and `Cow`s of them.
macro_rules! borrowed_and_owned {
    (
        $borrowed:ident, $owned:ident, $to_owned:ident, $into_owned:ident, $into_boxed:ident,
        shared: { $($pointer:ident $cast:ident),* }
    ) => {
        impl Clone for $owned {
            #[inline]
            fn clone(&self) -> Self {
                $owned { inner: self.inner.clone() }
            }
            #[inline]
            fn clone_from(&mut self, source: &Self) {
                self.inner.clone_from(&source.inner);
            }
        }

        impl Default for $owned {
            #[inline]
            fn default() -> Self {
                $owned::new()
            }
        }

        impl fmt::Debug for $owned {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&**self, f)
            }
        }

        impl PartialEq for $owned {
            #[inline]
            fn eq(&self, other: &$owned) -> bool {
                **self == **other
            }
        }

        impl Eq for $owned {}

        impl PartialOrd for $owned {
            #[inline]
            fn partial_cmp(&self, other: &$owned) -> Option<cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $owned {
            #[inline]
            fn cmp(&self, other: &$owned) -> cmp::Ordering {
                (**self).cmp(&**other)
            }
        }

        impl Hash for $owned {
            #[inline]
            fn hash<H: Hasher>(&self, state: &mut H) {
                (**self).hash(state)
            }
        }

        impl PartialOrd for $borrowed {
            #[inline]
            fn partial_cmp(&self, other: &$borrowed) -> Option<cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl AsRef<$borrowed> for $borrowed {
            #[inline]
            fn as_ref(&self) -> &$borrowed {
                self
            }
        }

        impl AsRef<$borrowed> for $owned {
            #[inline]
            fn as_ref(&self) -> &$borrowed {
                self
            }
        }

        impl Borrow<$borrowed> for $owned {
            #[inline]
            fn borrow(&self) -> &$borrowed {
                self
            }
        }

        impl ToOwned for $borrowed {
            type Owned = $owned;
            #[inline]
            fn to_owned(&self) -> $owned {
                self.$to_owned()
            }
            #[inline]
            fn clone_into(&self, target: &mut $owned) {
                self.inner.clone_into(&mut target.inner);
            }
        }

        impl FromStr for $owned {
            type Err = core::convert::Infallible;
            #[inline]
            fn from_str(s: &str) -> Result<Self, Self::Err> {
                Ok(s.into())
            }
        }

        impl From<Box<$borrowed>> for $owned {
            #[inline]
            fn from(boxed: Box<$borrowed>) -> $owned {
                boxed.$into_owned()
            }
        }

        impl From<$owned> for Box<$borrowed> {
            #[inline]
            fn from(s: $owned) -> Box<$borrowed> {
                s.$into_boxed()
            }
        }

        impl From<&$borrowed> for Box<$borrowed> {
            fn from(s: &$borrowed) -> Box<$borrowed> {
                s.$to_owned().$into_boxed()
            }
        }

        impl From<&mut $borrowed> for Box<$borrowed> {
            fn from(s: &mut $borrowed) -> Box<$borrowed> {
                Self::from(&*s)
            }
        }

        impl From<Cow<'_, $borrowed>> for Box<$borrowed> {
            #[inline]
            fn from(cow: Cow<'_, $borrowed>) -> Box<$borrowed> {
                cow.into_owned().$into_boxed()
            }
        }

        impl Clone for Box<$borrowed> {
            #[inline]
            fn clone(&self) -> Self {
                self.$to_owned().$into_boxed()
            }
        }

        $(
            impl From<$owned> for $pointer<$borrowed> {
                #[inline]
                fn from(s: $owned) -> $pointer<$borrowed> {
                    view::$cast($pointer::from(s.inner))
                }
            }

            impl From<&$borrowed> for $pointer<$borrowed> {
                #[inline]
                fn from(s: &$borrowed) -> $pointer<$borrowed> {
                    view::$cast($pointer::from(&s.inner))
                }
            }

            impl From<&mut $borrowed> for $pointer<$borrowed> {
                #[inline]
                fn from(s: &mut $borrowed) -> $pointer<$borrowed> {
                    $pointer::from(&*s)
                }
            }
        )*

        impl<'a> From<$owned> for Cow<'a, $borrowed> {
            #[inline]
            fn from(s: $owned) -> Cow<'a, $borrowed> {
                Cow::Owned(s)
            }
        }

        impl<'a> From<&'a $borrowed> for Cow<'a, $borrowed> {
            #[inline]
            fn from(s: &'a $borrowed) -> Cow<'a, $borrowed> {
                Cow::Borrowed(s)
            }
        }

        impl<'a> From<&'a $owned> for Cow<'a, $borrowed> {
            #[inline]
            fn from(s: &'a $owned) -> Cow<'a, $borrowed> {
                Cow::Borrowed(s)
            }
        }

        impl<'a> From<Cow<'a, $borrowed>> for $owned {
            #[inline]
            fn from(s: Cow<'a, $borrowed>) -> Self {
                s.into_owned()
            }
        }
    };
}

pub(crate) use borrowed_and_owned;

/// What `OsString` and `PathBuf` say about the room that they have, in words of the `inner` that they wrap.
macro_rules! room_methods {
    () => {
        /// Removes everything.
        #[inline]
        pub fn clear(&mut self) {
            self.inner.clear();
        }

        /// How many bytes there is room for.
        #[must_use]
        #[inline]
        pub fn capacity(&self) -> usize {
            self.inner.capacity()
        }

        /// Makes room for `additional` bytes.
        #[inline]
        pub fn reserve(&mut self, additional: usize) {
            self.inner.reserve(additional);
        }

        /// Makes room for `additional` bytes, or says why not.
        #[inline]
        pub fn try_reserve(&mut self, additional: usize) -> Result<(), crate::collections::TryReserveError> {
            self.inner.try_reserve(additional)
        }

        /// Makes room for exactly `additional` bytes.
        #[inline]
        pub fn reserve_exact(&mut self, additional: usize) {
            self.inner.reserve_exact(additional);
        }

        /// Makes room for exactly `additional` bytes, or says why not.
        #[inline]
        pub fn try_reserve_exact(&mut self, additional: usize) -> Result<(), crate::collections::TryReserveError> {
            self.inner.try_reserve_exact(additional)
        }

        /// Gives spare room back.
        #[inline]
        pub fn shrink_to_fit(&mut self) {
            self.inner.shrink_to_fit();
        }

        /// Gives spare room above `min_capacity` back.
        #[inline]
        pub fn shrink_to(&mut self, min_capacity: usize) {
            self.inner.shrink_to(min_capacity);
        }
    };
}

pub(crate) use room_methods;
