//! What callers pass to each other and get back.

/// What the thread that wakes tells the one that is woken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnparkToken(pub usize);

/// What a waiting thread tells those that wake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParkToken(pub usize);

/// A token that says nothing.
pub const DEFAULT_UNPARK_TOKEN: UnparkToken = UnparkToken(0);

/// A token that says nothing.
pub const DEFAULT_PARK_TOKEN: ParkToken = ParkToken(0);

/// How a thread's wait ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParkResult {
    /// Another thread woke it.
    Unparked(UnparkToken),
    /// It did not wait.
    Invalid,
    /// The time was over.
    TimedOut,
}

impl ParkResult {
    /// Whether another thread woke it.
    #[inline]
    pub fn is_unparked(self) -> bool {
        matches!(self, ParkResult::Unparked(_))
    }
}

/// What waking did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnparkResult {
    /// How many threads are woken.
    pub unparked_threads: usize,
    /// How many threads were moved to another queue.
    pub requeued_threads: usize,
    /// Whether threads are left in the queue.
    pub have_more_threads: bool,
    /// Whether it is time to hand a lock over rather than to leave it to whoever comes first; every half millisecond or so.
    pub be_fair: bool,
}

/// What to do with the threads of a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequeueOp {
    /// Nothing.
    Abort,
    /// Wake one and move the others.
    UnparkOneRequeueRest,
    /// Move all.
    RequeueAll,
    /// Wake one.
    UnparkOne,
    /// Move one.
    RequeueOne,
}

/// What to do with one thread of a queue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilterOp {
    /// Wake it.
    Unpark,
    /// Leave it and go on.
    Skip,
    /// Leave it and all behind it.
    Stop,
}
