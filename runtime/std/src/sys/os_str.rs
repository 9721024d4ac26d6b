//! Reinterpreting bytes as `OsStr` and `Path`, which are transparent wrappers of `[u8]`.

use crate::boxed::Box;
use crate::ffi::OsStr;
use crate::path::Path;
use crate::rc::Rc;
use crate::sync::Arc;

macro_rules! views {
    ($($from:ty => $to:ty: $shared:ident $exclusive:ident $boxed:ident $rc:ident $arc:ident;)*) => {$(
        #[inline]
        pub(crate) const fn $shared(value: &$from) -> &$to {
            // SAFETY: `repr(transparent)`: same layout, same metadata, every value of one is one of the other.
            unsafe { &*(value as *const $from as *const $to) }
        }
        #[inline]
        #[allow(dead_code)]
        pub(crate) fn $exclusive(value: &mut $from) -> &mut $to {
            // SAFETY: as above.
            unsafe { &mut *(value as *mut $from as *mut $to) }
        }
        #[inline]
        #[allow(dead_code)]
        pub(crate) fn $boxed(value: Box<$from>) -> Box<$to> {
            // SAFETY: as above; the allocation's layout is the same.
            unsafe { Box::from_raw(Box::into_raw(value) as *mut $to) }
        }
        #[inline]
        #[allow(dead_code)]
        pub(crate) fn $rc(value: Rc<$from>) -> Rc<$to> {
            // SAFETY: as above.
            unsafe { Rc::from_raw(Rc::into_raw(value) as *const $to) }
        }
        #[inline]
        #[allow(dead_code)]
        pub(crate) fn $arc(value: Arc<$from>) -> Arc<$to> {
            // SAFETY: as above.
            unsafe { Arc::from_raw(Arc::into_raw(value) as *const $to) }
        }
    )*};
}

views! {
    [u8] => OsStr: os_str os_str_mut os_str_box os_str_rc os_str_arc;
    OsStr => [u8]: bytes bytes_mut bytes_box bytes_rc bytes_arc;
    OsStr => Path: path path_mut path_box path_rc path_arc;
    Path => OsStr: path_as_os_str path_as_os_str_mut path_into_os_str_box path_into_os_str_rc path_into_os_str_arc;
}

macro_rules! clone_to_uninit {
    ($($ty:ty),*) => {$(
        // SAFETY: the bytes are cloned to the given place, as for `[u8]`.
        unsafe impl core::clone::CloneToUninit for $ty {
            #[inline]
            unsafe fn clone_to_uninit(&self, destination: *mut u8) {
                // SAFETY: the caller's promise, passed on; both types are transparent wrappers of `[u8]`.
                unsafe { self.as_ref_bytes().clone_to_uninit(destination) }
            }
        }
    )*};
}

clone_to_uninit!(OsStr, Path);

/// The bytes of either type.
trait AsRefBytes {
    fn as_ref_bytes(&self) -> &[u8];
}

impl AsRefBytes for OsStr {
    #[inline]
    fn as_ref_bytes(&self) -> &[u8] {
        bytes(self)
    }
}

impl AsRefBytes for Path {
    #[inline]
    fn as_ref_bytes(&self) -> &[u8] {
        bytes(path_as_os_str(self))
    }
}
