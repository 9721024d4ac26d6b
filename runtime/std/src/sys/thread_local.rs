//! What lies behind a `thread_local!` declaration: storage in the thread's own block, and its destructor.
//!
//! # Safety
//! A storage is only ever a `#[thread_local]` static, so it is touched by its own thread alone and stays in place
//! until that thread has run its destructors. Pointers handed out are used within one call of `LocalKey::try_with`.

use core::cell::{Cell, UnsafeCell};
use core::mem::MaybeUninit;

#[derive(Clone, Copy, PartialEq)]
enum State {
    Initial,
    Alive,
    Destroyed,
}

/// Has `destructor(value)` called when the thread ends.
///
/// # Safety
/// That call must be sound then.
pub(crate) unsafe fn at_thread_end(value: *mut u8, destructor: unsafe extern "C" fn(*mut u8)) {
    // SAFETY: the caller's promise; statics of the thread live until then.
    unsafe { fullrust_rt::thread::register_destructor(value, destructor) };
}

/// A value that is there from the beginning, and has a destructor.
#[allow(missing_debug_implementations)]
pub struct EagerStorage<T> {
    state: Cell<State>,
    value: UnsafeCell<MaybeUninit<T>>,
}

impl<T> EagerStorage<T> {
    /// A storage with its value.
    pub const fn new(value: T) -> Self {
        Self { state: Cell::new(State::Initial), value: UnsafeCell::new(MaybeUninit::new(value)) }
    }

    /// The place of the value; null once it is destroyed.
    #[inline]
    pub fn get(&self) -> *const T {
        if self.state.get() != State::Alive && !self.first_use() {
            return core::ptr::null();
        }
        self.value.get().cast()
    }

    #[cold]
    fn first_use(&self) -> bool {
        if self.state.get() == State::Destroyed {
            return false;
        }
        self.state.set(State::Alive);
        // SAFETY: the storage is a static of this thread.
        unsafe { at_thread_end((&raw const *self).cast_mut().cast(), destroy_eager::<T>) };
        true
    }
}

/// Its own destructor runs only if that of a value panics: nothing can unwind from there.
struct MustNotUnwind;

impl Drop for MustNotUnwind {
    fn drop(&mut self) {
        super::thread::die("thread local panicked on drop");
    }
}

/// # Safety
/// The value must be there, and no longer be handed out.
unsafe fn drop_value<T>(value: &UnsafeCell<MaybeUninit<T>>) {
    let guard = MustNotUnwind;
    // SAFETY: the caller's promise.
    unsafe { (*value.get()).assume_init_drop() };
    core::mem::forget(guard);
}

unsafe extern "C" fn destroy_eager<T>(storage: *mut u8) {
    // SAFETY: registered with this type, for this thread.
    let storage = unsafe { &*storage.cast::<EagerStorage<T>>() };
    storage.state.set(State::Destroyed);
    // SAFETY: the value is there, and no longer handed out.
    unsafe { drop_value(&storage.value) };
}

/// A value that is made on first use.
#[allow(missing_debug_implementations)]
pub struct LazyStorage<T> {
    state: Cell<State>,
    value: UnsafeCell<MaybeUninit<T>>,
}

impl<T> LazyStorage<T> {
    /// An empty storage.
    #[allow(clippy::new_without_default)]
    pub const fn new() -> Self {
        Self { state: Cell::new(State::Initial), value: UnsafeCell::new(MaybeUninit::uninit()) }
    }

    /// The place of the value, after taking the offered one or making it; null once it is destroyed.
    #[inline]
    pub fn get_or_init(&self, offered: Option<&mut Option<T>>, make: fn() -> T) -> *const T {
        if self.state.get() != State::Alive && !self.first_use(offered, make) {
            return core::ptr::null();
        }
        self.value.get().cast()
    }

    #[cold]
    fn first_use(&self, offered: Option<&mut Option<T>>, make: fn() -> T) -> bool {
        if self.state.get() == State::Destroyed {
            return false;
        }
        let value = offered.and_then(Option::take).unwrap_or_else(make);
        // Making it may have used the same variable: the later value wins, the earlier one is dropped below.
        let before = self.state.replace(State::Alive);
        // SAFETY: nobody holds a pointer into the storage now.
        let old = unsafe { core::mem::replace(&mut *self.value.get(), MaybeUninit::new(value)) };
        match before {
            State::Alive => {
                // SAFETY: there was a value.
                drop(unsafe { old.assume_init() });
            }
            _ if core::mem::needs_drop::<T>() => {
                // SAFETY: the storage is a static of this thread.
                unsafe { at_thread_end((&raw const *self).cast_mut().cast(), destroy_lazy::<T>) };
            }
            _ => {}
        }
        true
    }
}

unsafe extern "C" fn destroy_lazy<T>(storage: *mut u8) {
    // SAFETY: registered with this type, for this thread.
    let storage = unsafe { &*storage.cast::<LazyStorage<T>>() };
    if storage.state.replace(State::Destroyed) == State::Alive {
        // SAFETY: the value is there, and no longer handed out.
        unsafe { drop_value(&storage.value) };
    }
}
