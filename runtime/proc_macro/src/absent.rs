//! The value that does not exist, and the panic where one is asked for.

use std::marker::PhantomData;

#[derive(Clone, Copy)]
enum Nothing {}

/// Part of every type whose values only a compiler can make. Neither `Send` nor `Sync`, as the compiler's handles.
#[derive(Clone, Copy)]
pub(crate) struct Absent(Nothing, PhantomData<*const ()>);

impl Absent {
    /// Says that nobody can get here.
    pub(crate) fn never(&self) -> ! {
        match self.0 {}
    }
}

/// Reports the use of what needs a compiler.
#[track_caller]
#[cold]
pub(crate) fn outside() -> ! {
    panic!("procedural macro API is used outside of a procedural macro")
}
