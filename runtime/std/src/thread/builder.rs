//! Starting threads.
//!
//! # Safety
//! `spawn_inner` forgets the lifetime of what the thread runs. Its callers make sure that this outlives the thread:
//! `'static` bounds, a scope that waits, or the promise of whoever calls `spawn_unchecked`.

use core::mem;
use core::panic::AssertUnwindSafe;

use super::current::set_current;
use super::join_handle::JoinInner;
use super::packet::Packet;
use super::scoped::ScopeData;
use super::{JoinHandle, Scope, ScopedJoinHandle, Thread};
use crate::ffi::CString;
use crate::io;
use crate::sync::{Arc, OnceLock};
use crate::sys::thread::{NativeThread, current_number, default_stack_size};

/// Says how a thread is to be, and starts it.
#[must_use = "must eventually spawn the thread"]
#[derive(Debug)]
pub struct Builder {
    name: Option<String>,
    stack_size: Option<usize>,
    #[expect(dead_code, reason = "shown by `Debug`, as std's")]
    no_hooks: bool,
}

impl Builder {
    /// Without a name, with the default stack size.
    pub fn new() -> Builder {
        Builder { name: None, stack_size: None, no_hooks: false }
    }

    /// Sets the name, which must not hold NUL.
    pub fn name(mut self, name: String) -> Builder {
        self.name = Some(name);
        self
    }

    /// Sets the least size of the stack, in bytes.
    pub fn stack_size(mut self, size: usize) -> Builder {
        self.stack_size = Some(size);
        self
    }

    /// Starts the thread. An error, with nothing called, if the system cannot.
    pub fn spawn<F, T>(self, f: F) -> io::Result<JoinHandle<T>>
    where
        F: FnOnce() -> T,
        F: Send + 'static,
        T: Send + 'static,
    {
        // SAFETY: the bounds are what the other one leaves to its caller.
        unsafe { self.spawn_unchecked(f) }
    }

    /// As [`Builder::spawn`] without bounds on lifetimes.
    ///
    /// # Safety
    /// The thread must be joined, or its closure and result dropped, before anything they borrow ends.
    pub unsafe fn spawn_unchecked<F, T>(self, f: F) -> io::Result<JoinHandle<T>>
    where
        F: FnOnce() -> T,
        F: Send,
        T: Send,
    {
        // SAFETY: the caller's promise.
        Ok(JoinHandle(unsafe { spawn_inner(self, f, None) }?))
    }

    /// Starts a thread in a scope.
    pub fn spawn_scoped<'scope, 'env, F, T>(
        self,
        scope: &'scope Scope<'scope, 'env>,
        f: F,
    ) -> io::Result<ScopedJoinHandle<'scope, T>>
    where
        F: FnOnce() -> T + Send + 'scope,
        T: Send + 'scope,
    {
        // SAFETY: the scope does not end before the thread has.
        Ok(ScopedJoinHandle::new(unsafe { spawn_inner(self, f, Some(scope.data())) }?))
    }

    /// The name, checked.
    fn checked_name(name: Option<String>) -> Option<Box<str>> {
        let name = name?;
        if name.as_bytes().contains(&0) {
            CString::new(name).expect("thread name may not contain interior null bytes");
            return None;
        }
        Some(name.into_boxed_str())
    }
}

/// Starts a thread. Panics if the system cannot; [`Builder::spawn`] says so instead.
#[cfg_attr(miri, track_caller)]
pub fn spawn<F, T>(f: F) -> JoinHandle<T>
where
    F: FnOnce() -> T,
    F: Send + 'static,
    T: Send + 'static,
{
    Builder::new().spawn(f).expect("failed to spawn thread")
}

/// # Safety
/// Nothing that `f` or its result borrows may end before the thread's packet is dropped.
unsafe fn spawn_inner<'scope, F, T>(
    builder: Builder,
    f: F,
    scope: Option<&Arc<ScopeData>>,
) -> io::Result<JoinInner<'scope, T>>
where
    F: FnOnce() -> T,
    F: Send,
    T: Send,
{
    static DEFAULT_STACK: OnceLock<usize> = OnceLock::new();
    let stack_size = builder.stack_size.unwrap_or_else(|| *DEFAULT_STACK.get_or_init(default_stack_size));
    let name = Builder::checked_name(builder.name);
    let thread = Thread::new(name, 0);
    let own_thread = thread.clone();
    let packet: Arc<Packet<'scope, T>> = Arc::new(Packet::new(scope.cloned()));
    let own_packet = packet.clone();
    #[cfg(panic = "unwind")]
    let sink = crate::io::capture::inherited();

    let main = move || {
        own_thread.set_number(current_number());
        set_current(own_thread);
        #[cfg(panic = "unwind")]
        crate::io::set_output_capture(sink);
        let result = crate::panic::catch_unwind(AssertUnwindSafe(|| crate::lang::__rust_begin_short_backtrace(f)));
        // SAFETY: this is the ending thread, once.
        unsafe { own_packet.set(result) };
        drop(own_packet);
    };
    if let Some(scope) = scope {
        scope.enter();
    }
    let main: Box<dyn FnOnce() + '_> = Box::new(main);
    // SAFETY: only the lifetime changes, whose end the caller guards.
    let main = unsafe { mem::transmute::<Box<dyn FnOnce() + '_>, Box<dyn FnOnce() + 'static>>(main) };
    // SAFETY: the caller's promise.
    match unsafe { NativeThread::spawn(stack_size, thread.name().map(str::as_bytes), main) } {
        Ok(native) => {
            thread.set_number(native.number());
            Ok(JoinInner { native, thread, packet })
        }
        // The last reference to the packet goes with this frame, and tells the scope.
        Err(error) => Err(error),
    }
}
