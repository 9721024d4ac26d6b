//! The lock of `RwLock`: many readers or one writer; waiting writers go before new readers.
//!
//! `holders` says who has it. Who finds it taken counts itself as waiting, looks again and sleeps on its gate, a
//! counter; who leaves it looks at the waiting numbers afterwards and moves the gate. Both sides do their two steps in
//! one total order (`SeqCst`), so at least one of them sees the other.

use core::sync::atomic::AtomicU32;
use core::sync::atomic::Ordering::{Acquire, Relaxed, SeqCst};

use fullrust_rt::futex;

const WRITER: u32 = 1 << 31;
const MOST_READERS: u32 = WRITER - 1;

pub(crate) struct RawRwLock {
    /// Number of readers, or `WRITER`.
    holders: AtomicU32,
    readers_waiting: AtomicU32,
    writers_waiting: AtomicU32,
    reader_gate: AtomicU32,
    writer_gate: AtomicU32,
}

impl RawRwLock {
    #[inline]
    pub(crate) const fn new() -> Self {
        Self {
            holders: AtomicU32::new(0),
            readers_waiting: AtomicU32::new(0),
            writers_waiting: AtomicU32::new(0),
            reader_gate: AtomicU32::new(0),
            writer_gate: AtomicU32::new(0),
        }
    }

    #[inline]
    pub(crate) fn try_read(&self) -> bool {
        let mut holders = self.holders.load(SeqCst);
        while holders < MOST_READERS && self.writers_waiting.load(SeqCst) == 0 {
            match self.holders.compare_exchange_weak(holders, holders + 1, SeqCst, Relaxed) {
                Ok(_) => return true,
                Err(now) => holders = now,
            }
        }
        assert!(holders != MOST_READERS, "too many active read locks on RwLock");
        false
    }

    #[inline]
    pub(crate) fn try_write(&self) -> bool {
        self.holders.compare_exchange(0, WRITER, SeqCst, Relaxed).is_ok()
    }

    #[inline]
    pub(crate) fn read(&self) {
        if !self.try_read() {
            self.read_contended();
        }
    }

    #[cold]
    fn read_contended(&self) {
        super::spin(&self.holders, |holders| holders < MOST_READERS);
        if self.try_read() {
            return;
        }
        self.readers_waiting.fetch_add(1, SeqCst);
        loop {
            let gate = self.reader_gate.load(Acquire);
            if self.try_read() {
                break;
            }
            futex::wait_until(&self.reader_gate, gate, None);
        }
        self.readers_waiting.fetch_sub(1, Relaxed);
    }

    #[inline]
    pub(crate) fn write(&self) {
        if !self.try_write() {
            self.write_contended();
        }
    }

    #[cold]
    fn write_contended(&self) {
        super::spin(&self.holders, |holders| holders == 0);
        if self.try_write() {
            return;
        }
        self.writers_waiting.fetch_add(1, SeqCst);
        loop {
            let gate = self.writer_gate.load(Acquire);
            if self.try_write() {
                break;
            }
            futex::wait_until(&self.writer_gate, gate, None);
        }
        self.writers_waiting.fetch_sub(1, SeqCst);
    }

    #[inline]
    pub(crate) fn read_unlock(&self) {
        if self.holders.fetch_sub(1, SeqCst) == 1 {
            self.wake_next();
        }
    }

    #[inline]
    pub(crate) fn write_unlock(&self) {
        self.holders.store(0, SeqCst);
        self.wake_next();
    }

    /// Turns the writer into a reader; no other writer comes in between.
    #[inline]
    pub(crate) fn downgrade(&self) {
        self.holders.store(1, SeqCst);
        if self.writers_waiting.load(SeqCst) == 0 {
            self.wake_readers();
        }
    }

    #[inline]
    fn wake_next(&self) {
        if self.writers_waiting.load(SeqCst) != 0 {
            self.writer_gate.fetch_add(1, SeqCst);
            futex::wake_one(&self.writer_gate);
        } else {
            self.wake_readers();
        }
    }

    #[inline]
    fn wake_readers(&self) {
        if self.readers_waiting.load(SeqCst) != 0 {
            self.reader_gate.fetch_add(1, SeqCst);
            futex::wake_all(&self.reader_gate);
        }
    }
}
