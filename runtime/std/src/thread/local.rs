//! Variables that each thread has its own copy of.
//!
//! # Safety
//! A key's function gives a pointer to the calling thread's value, valid until the thread's destructors run, or null.
//! `try_with` uses it within its own call only.

use core::cell::{Cell, RefCell};

use crate::error::Error;
use crate::fmt;

/// A variable that `thread_local!` has declared.
#[cfg_attr(not(test), rustc_diagnostic_item = "LocalKey")]
pub struct LocalKey<T: 'static> {
    /// The place of the calling thread's value, made from the offered value if there is none yet; null if it is
    /// destroyed.
    place: fn(Option<&mut Option<T>>) -> *const T,
}

/// The thread is ending, and the variable is gone.
#[non_exhaustive]
#[derive(Clone, Copy, Eq, PartialEq)]
pub struct AccessError;

impl fmt::Debug for AccessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AccessError").finish()
    }
}

impl fmt::Display for AccessError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("already destroyed")
    }
}

impl Error for AccessError {}

impl<T: 'static> fmt::Debug for LocalKey<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalKey").finish_non_exhaustive()
    }
}

/// Declares variables that each thread has its own copy of.
#[macro_export]
#[cfg_attr(not(test), rustc_diagnostic_item = "thread_local_macro")]
#[allow_internal_unstable(thread_local)]
#[allow_internal_unsafe]
macro_rules! thread_local {
    () => {};
    ($(#[$attr:meta])* $vis:vis static $name:ident: $t:ty = const $init:block; $($rest:tt)*) => {
        $(#[$attr])* $vis const $name: $crate::thread::LocalKey<$t> = $crate::thread::local_impl::key!($t, const $init);
        $crate::thread_local!($($rest)*);
    };
    ($(#[$attr:meta])* $vis:vis static $name:ident: $t:ty = const $init:block) => {
        $(#[$attr])* $vis const $name: $crate::thread::LocalKey<$t> = $crate::thread::local_impl::key!($t, const $init);
    };
    ($(#[$attr:meta])* $vis:vis static $name:ident: $t:ty = $init:expr; $($rest:tt)*) => {
        $(#[$attr])* $vis const $name: $crate::thread::LocalKey<$t> = $crate::thread::local_impl::key!($t, $init);
        $crate::thread_local!($($rest)*);
    };
    ($(#[$attr:meta])* $vis:vis static $name:ident: $t:ty = $init:expr) => {
        $(#[$attr])* $vis const $name: $crate::thread::LocalKey<$t> = $crate::thread::local_impl::key!($t, $init);
    };
}

/// The key of one declaration. A variable without a destructor and with a constant start is a bare `#[thread_local]`
/// static.
#[doc(hidden)]
#[macro_export]
#[allow_internal_unstable(thread_local)]
#[allow_internal_unsafe]
macro_rules! __thread_local_key {
    ($t:ty, const $init:block) => {{
        const __INIT: $t = $init;
        unsafe {
            $crate::thread::LocalKey::new(
                const {
                    if $crate::mem::needs_drop::<$t>() {
                        |_| {
                            #[thread_local]
                            static VALUE: $crate::thread::local_impl::EagerStorage<$t> =
                                $crate::thread::local_impl::EagerStorage::new(__INIT);
                            VALUE.get()
                        }
                    } else {
                        |_| {
                            #[thread_local]
                            static VALUE: $t = __INIT;
                            &raw const VALUE
                        }
                    }
                },
            )
        }
    }};
    ($t:ty, $init:expr) => {{
        #[inline]
        fn __init() -> $t {
            $init
        }
        unsafe {
            $crate::thread::LocalKey::new(|offered| {
                #[thread_local]
                static VALUE: $crate::thread::local_impl::LazyStorage<$t> =
                    $crate::thread::local_impl::LazyStorage::new();
                VALUE.get_or_init(offered, __init)
            })
        }
    }};
}

#[cold]
#[track_caller]
fn panic_access_error(error: AccessError) -> ! {
    panic!("cannot access a Thread Local Storage value during or after destruction: {error:?}")
}

impl<T: 'static> LocalKey<T> {
    /// # Safety
    /// See the module's text.
    #[doc(hidden)]
    pub const unsafe fn new(place: fn(Option<&mut Option<T>>) -> *const T) -> LocalKey<T> {
        LocalKey { place }
    }

    /// Calls the function with the calling thread's value. Panics if it is destroyed.
    pub fn with<F, R>(&'static self, f: F) -> R
    where
        F: FnOnce(&T) -> R,
    {
        match self.try_with(f) {
            Ok(result) => result,
            Err(error) => panic_access_error(error),
        }
    }

    /// Calls the function with the calling thread's value.
    #[inline]
    pub fn try_with<F, R>(&'static self, f: F) -> Result<R, AccessError>
    where
        F: FnOnce(&T) -> R,
    {
        // SAFETY: see the module's text.
        let value = unsafe { (self.place)(None).as_ref() }.ok_or(AccessError)?;
        Ok(f(value))
    }

    /// As `with`, offering a first value: the function gets it back if the variable has one already.
    fn initialize_with<F, R>(&'static self, init: T, f: F) -> R
    where
        F: FnOnce(Option<T>, &T) -> R,
    {
        let mut init = Some(init);
        // SAFETY: see the module's text.
        match unsafe { (self.place)(Some(&mut init)).as_ref() } {
            Some(value) => f(init, value),
            None => panic_access_error(AccessError),
        }
    }
}

impl<T: 'static> LocalKey<Cell<T>> {
    /// Sets the value; an initialiser that has not run is left out.
    pub fn set(&'static self, value: T) {
        self.initialize_with(Cell::new(value), |value, cell| {
            if let Some(value) = value {
                cell.set(value.into_inner());
            }
        });
    }

    /// A copy of the value.
    pub fn get(&'static self) -> T
    where
        T: Copy,
    {
        self.with(Cell::get)
    }

    /// The value; the default one stays.
    pub fn take(&'static self) -> T
    where
        T: Default,
    {
        self.with(Cell::take)
    }

    /// Sets the value and gives back the old one.
    pub fn replace(&'static self, value: T) -> T {
        self.with(|cell| cell.replace(value))
    }
}

impl<T: 'static> LocalKey<RefCell<T>> {
    /// Calls the function with the value borrowed.
    pub fn with_borrow<F, R>(&'static self, f: F) -> R
    where
        F: FnOnce(&T) -> R,
    {
        self.with(|cell| f(&cell.borrow()))
    }

    /// Calls the function with the value borrowed for changing.
    pub fn with_borrow_mut<F, R>(&'static self, f: F) -> R
    where
        F: FnOnce(&mut T) -> R,
    {
        self.with(|cell| f(&mut cell.borrow_mut()))
    }

    /// Sets the value; an initialiser that has not run is left out.
    pub fn set(&'static self, value: T) {
        self.initialize_with(RefCell::new(value), |value, cell| {
            if let Some(value) = value {
                *cell.borrow_mut() = value.into_inner();
            }
        });
    }

    /// The value; the default one stays.
    pub fn take(&'static self) -> T
    where
        T: Default,
    {
        self.with(RefCell::take)
    }

    /// Sets the value and gives back the old one.
    pub fn replace(&'static self, value: T) -> T {
        self.with(|cell| cell.replace(value))
    }
}
