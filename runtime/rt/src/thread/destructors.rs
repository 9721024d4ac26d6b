//! The destructors of a thread's thread-locals: a list that values with a destructor join on first use.

use super::record::{self, Record};
use crate::alloc::{Layout, allocate, deallocate};

/// The destructor of one value.
pub type Destructor = unsafe extern "C" fn(*mut u8);

/// A list in chunks, newest first.
pub(crate) struct Destructors {
    newest: *mut Chunk,
}

const CHUNK_ENTRIES: usize = 30;

struct Chunk {
    older: *mut Chunk,
    used: usize,
    entries: [(*mut u8, Option<Destructor>); CHUNK_ENTRIES],
}

/// A thread-local whose destructor creates another one for ever would keep the thread from ending: after so many,
/// the rest leak.
const MOST_RUN: usize = 1 << 20;

impl Destructors {
    pub(crate) const EMPTY: Self = Self { newest: core::ptr::null_mut() };

    fn push(&mut self, value: *mut u8, destructor: Destructor) {
        // SAFETY: chunks are ours until `pop` frees them.
        if self.newest.is_null() || unsafe { (*self.newest).used } == CHUNK_ENTRIES {
            self.add_chunk();
        }
        // SAFETY: there is a chunk with room.
        unsafe {
            let chunk = &mut *self.newest;
            chunk.entries[chunk.used] = (value, Some(destructor));
            chunk.used += 1;
        }
    }

    fn add_chunk(&mut self) {
        let layout = Layout::new::<Chunk>();
        let chunk = allocate(layout).cast::<Chunk>();
        if chunk.is_null() {
            crate::abort::fatal("no memory to register a thread-local's destructor");
        }
        // SAFETY: fresh memory of a chunk's layout.
        unsafe {
            chunk.write(Chunk { older: self.newest, used: 0, entries: [(core::ptr::null_mut(), None); CHUNK_ENTRIES] })
        };
        self.newest = chunk;
    }

    fn pop(&mut self) -> Option<(*mut u8, Destructor)> {
        loop {
            if self.newest.is_null() {
                return None;
            }
            // SAFETY: chunks are ours.
            let chunk = unsafe { &mut *self.newest };
            if chunk.used > 0 {
                chunk.used -= 1;
                let (value, destructor) = chunk.entries[chunk.used];
                return destructor.map(|destructor| (value, destructor));
            }
            let empty = self.newest;
            self.newest = chunk.older;
            // SAFETY: it came from `add_chunk` and nothing refers to it any more.
            unsafe { deallocate(empty.cast(), Layout::new::<Chunk>()) };
        }
    }
}

/// Has `destructor(value)` called when the calling thread ends: newest first, before its memory goes.
///
/// # Safety
/// The call must be sound at that time on this thread, and `value` must live until then.
pub unsafe fn register_destructor(value: *mut u8, destructor: Destructor) {
    let record = record::current();
    record.run_destructors.set(Some(run_all));
    // SAFETY: only the thread itself touches its list, never while another reference to it is alive.
    unsafe { (*record.destructors.get()).push(value, destructor) };
}

/// Runs the calling thread's destructors until none is left; they may register new ones.
#[cfg_attr(fullrust_sysroot, optimize(size))]
pub fn run_destructors() {
    let record = record::current();
    if let Some(run) = record.run_destructors.get() {
        run(record);
    }
}

fn run_all(record: &Record) {
    let list = record.destructors.get();
    for _ in 0..MOST_RUN {
        // SAFETY: as above; the reference ends before the destructor runs.
        let Some((value, destructor)) = (unsafe { (*list).pop() }) else { return };
        // SAFETY: the promise of whoever registered it.
        unsafe { destructor(value) };
    }
}
