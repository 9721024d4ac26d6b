//! Signal actions, masks and alternate stacks.

use crate::Result;
pub use crate::abi::signal::*;
use crate::arch::signal_restorer;
use crate::reg::syscall;

impl SigAction {
    /// An action that calls a handler with three arguments (`SA_SIGINFO`).
    #[inline]
    pub fn handler(handler: unsafe extern "C" fn(i32, *mut SigInfo, *mut u8), flags: u64) -> Self {
        Self {
            handler: handler as usize,
            flags: flags | SA_SIGINFO | SA_RESTORER,
            restorer: signal_restorer as *const () as usize,
            mask: SigSet(0),
        }
    }

    /// `SIG_DFL` or `SIG_IGN`.
    #[inline]
    pub const fn disposition(disposition: usize) -> Self {
        Self { handler: disposition, flags: 0, restorer: 0, mask: SigSet(0) }
    }
}

impl SigSet {
    /// Every signal.
    pub const ALL: Self = Self(u64::MAX);

    /// The set of one signal.
    #[inline]
    pub const fn of(signal: i32) -> Self {
        Self(1 << (signal - 1))
    }
}

/// `rt_sigaction(2)`: sets an action if one is given, returns the old one.
///
/// # Safety
/// A handler must be async-signal-safe code with the signature that its flags ask for, and a restorer must be set.
#[inline]
pub unsafe fn sigaction(signal: i32, action: Option<&SigAction>) -> Result<SigAction> {
    let mut old = SigAction::default();
    let new = action.map_or(core::ptr::null(), |action| action as *const SigAction);
    // SAFETY: both records have the kernel's layout.
    unsafe { syscall!(RT_SIGACTION, signal, new, &raw mut old, size_of::<SigSet>()) }?;
    Ok(old)
}

/// As [`sigaction`], with the old action written to `old`.
///
/// # Safety
/// As there.
#[inline]
pub unsafe fn exchange_action(signal: i32, action: &SigAction, old: &mut SigAction) -> Result<()> {
    // SAFETY: both records have the kernel's layout.
    unsafe { syscall!(RT_SIGACTION, signal, action as *const SigAction, old as *mut SigAction, size_of::<SigSet>()) }
        .map(drop)
}

/// As [`sigaction`], without the old action.
///
/// # Safety
/// As there.
#[inline]
pub unsafe fn set_action(signal: i32, action: &SigAction) -> Result<()> {
    let none = core::ptr::null_mut::<SigAction>();
    // SAFETY: the record has the kernel's layout.
    unsafe { syscall!(RT_SIGACTION, signal, action as *const SigAction, none, size_of::<SigSet>()) }.map(drop)
}

/// `pause(2)`: waits for a signal that has a handler.
#[inline]
pub fn pause() {
    // SAFETY: it touches no memory.
    let _ = unsafe { syscall!(PAUSE) };
}

/// Takes signals out of the calling thread's mask.
#[inline]
pub fn unblock(set: SigSet) -> Result<()> {
    let none = core::ptr::null_mut::<SigSet>();
    // SAFETY: the set has the kernel's layout.
    unsafe { syscall!(RT_SIGPROCMASK, SIG_UNBLOCK, &raw const set, none, size_of::<SigSet>()) }.map(drop)
}

/// `rt_sigprocmask(2)` of the calling thread: changes the mask, returns the old one.
#[inline]
pub fn sigprocmask(how: i32, set: SigSet) -> Result<SigSet> {
    let mut old = SigSet(0);
    // SAFETY: both sets have the kernel's layout.
    unsafe { syscall!(RT_SIGPROCMASK, how, &raw const set, &raw mut old, size_of::<SigSet>()) }?;
    Ok(old)
}

/// `sigaltstack(2)` of the calling thread: sets a stack.
///
/// # Safety
/// The stack must live until it is replaced or the thread has ended.
#[inline]
pub unsafe fn set_stack(stack: &StackT) -> Result<()> {
    let none = core::ptr::null_mut::<StackT>();
    // SAFETY: the record has the kernel's layout.
    unsafe { syscall!(SIGALTSTACK, stack as *const StackT, none) }.map(drop)
}

/// `sigaltstack(2)` of the calling thread: sets a stack if one is given, returns the old one.
///
/// # Safety
/// The stack must live until it is replaced or the thread has ended.
#[inline]
pub unsafe fn sigaltstack(stack: Option<&StackT>) -> Result<StackT> {
    let mut old = StackT { ss_sp: core::ptr::null_mut(), ss_flags: 0, ss_size: 0 };
    let new = stack.map_or(core::ptr::null(), |stack| stack as *const StackT);
    // SAFETY: both records have the kernel's layout.
    unsafe { syscall!(SIGALTSTACK, new, &raw mut old) }?;
    Ok(old)
}
