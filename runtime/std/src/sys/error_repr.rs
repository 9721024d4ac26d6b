//! `io::Error` in one machine word.
//!
//! ```text
//!  63            32 31            2 1 0
//!  +---------------+---------------+---+
//!  |  pointer to SimpleMessage     |00 |   a constant message (`'static`, aligned to 4)
//!  |  pointer to Custom            |01 |   a boxed payload
//!  |  error number |       0       |10 |   from the operating system
//!  |  ErrorKind    |       0       |11 |   a kind alone
//!  +---------------+---------------+---+
//! ```
//! No form is zero, so `Result<(), io::Error>` is one word as well.

use crate::io::{Custom, ErrorKind, SimpleMessage};
use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::ptr::{self, NonNull};

const TAG_MASK: usize = 0b11;
const TAG_CUSTOM: usize = 0b01;
const TAG_OS: usize = 0b10;
const TAG_SIMPLE: usize = 0b11;

/// The packed word.
#[repr(transparent)]
pub(crate) struct Repr(NonNull<()>, PhantomData<Box<Custom>>);

// SAFETY: every form is a plain number, a reference to a static, or an owned box whose payload is `Send + Sync`.
unsafe impl Send for Repr {}
// SAFETY: as above.
unsafe impl Sync for Repr {}

/// What a word says, borrowed.
pub(crate) enum Content<'a> {
    Os(i32),
    Simple(ErrorKind),
    SimpleMessage(&'static SimpleMessage),
    Custom(&'a Custom),
}

/// What may be changed in a word.
pub(crate) enum ContentMut<'a> {
    Custom(&'a mut Custom),
    Other,
}

/// A word taken apart.
pub(crate) enum Owned {
    Custom(Box<Custom>),
    Other(Repr),
}

impl Repr {
    #[inline]
    pub(crate) const fn new_simple_message(message: &'static SimpleMessage) -> Self {
        // SAFETY: a reference is never null.
        Repr(unsafe { NonNull::new_unchecked(ptr::from_ref(message) as *mut ()) }, PhantomData)
    }

    #[inline]
    pub(crate) fn new_custom(custom: Box<Custom>) -> Self {
        let pointer = Box::into_raw(custom).cast::<u8>().wrapping_add(TAG_CUSTOM).cast::<()>();
        // SAFETY: the box is aligned to 8, so adding the tag neither wraps nor gives null.
        Repr(unsafe { NonNull::new_unchecked(pointer) }, PhantomData)
    }

    #[inline]
    pub(crate) const fn new_os(code: i32) -> Self {
        Self::tagged(((code as u32 as usize) << 32) | TAG_OS)
    }

    #[inline]
    pub(crate) const fn new_simple(kind: ErrorKind) -> Self {
        Self::tagged(((kind as usize) << 32) | TAG_SIMPLE)
    }

    #[inline]
    const fn tagged(bits: usize) -> Self {
        // SAFETY: both number tags are not zero.
        Repr(unsafe { NonNull::new_unchecked(ptr::without_provenance_mut(bits)) }, PhantomData)
    }

    #[inline]
    fn bits(&self) -> usize {
        self.0.addr().get()
    }

    #[inline]
    fn custom_pointer(&self) -> *mut Custom {
        self.0.as_ptr().cast::<u8>().wrapping_sub(TAG_CUSTOM).cast::<Custom>()
    }

    #[inline]
    pub(crate) fn content(&self) -> Content<'_> {
        let bits = self.bits();
        match bits & TAG_MASK {
            TAG_OS => Content::Os((bits >> 32) as i32),
            TAG_SIMPLE => Content::Simple(ErrorKind::ALL[bits >> 32]),
            // SAFETY: the tag says that this word owns a `Custom`; the borrow of `self` bounds the reference.
            TAG_CUSTOM => Content::Custom(unsafe { &*self.custom_pointer() }),
            // SAFETY: the untagged form is made from a `&'static SimpleMessage` alone.
            _ => Content::SimpleMessage(unsafe { self.0.cast::<SimpleMessage>().as_ref() }),
        }
    }

    #[inline]
    pub(crate) fn content_mut(&mut self) -> ContentMut<'_> {
        match self.bits() & TAG_MASK {
            // SAFETY: as in `content`, and `self` is borrowed exclusively.
            TAG_CUSTOM => ContentMut::Custom(unsafe { &mut *self.custom_pointer() }),
            _ => ContentMut::Other,
        }
    }

    #[inline]
    pub(crate) fn into_owned(self) -> Owned {
        if self.bits() & TAG_MASK != TAG_CUSTOM {
            return Owned::Other(self);
        }
        let word = ManuallyDrop::new(self);
        // SAFETY: the word owned the box and is never dropped itself.
        Owned::Custom(unsafe { Box::from_raw(word.custom_pointer()) })
    }
}

impl Drop for Repr {
    #[inline]
    fn drop(&mut self) {
        if self.bits() & TAG_MASK == TAG_CUSTOM {
            // SAFETY: the tag says that this word owns the box.
            drop(unsafe { Box::from_raw(self.custom_pointer()) });
        }
    }
}
