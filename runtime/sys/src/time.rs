//! Clocks and sleeping, by syscall. The faster way to read a clock is [`crate::vdso`].

use crate::Result;
pub use crate::abi::time::*;
use crate::reg::syscall;

/// `clock_gettime(2)`.
#[inline]
pub fn clock_gettime(clock: i32) -> Result<Timespec> {
    let mut time = Timespec::default();
    // SAFETY: the record has the kernel's layout.
    unsafe { syscall!(CLOCK_GETTIME, clock, &raw mut time) }?;
    Ok(time)
}

/// `clock_getres(2)`.
#[inline]
pub fn clock_getres(clock: i32) -> Result<Timespec> {
    let mut time = Timespec::default();
    // SAFETY: the record has the kernel's layout.
    unsafe { syscall!(CLOCK_GETRES, clock, &raw mut time) }?;
    Ok(time)
}

/// `clock_nanosleep(2)`: until an absolute time with [`TIMER_ABSTIME`], else for a span.
#[inline]
pub fn clock_nanosleep(clock: i32, flags: i32, time: &Timespec) -> Result<()> {
    // SAFETY: the time is readable, no rest is asked for.
    unsafe { syscall!(CLOCK_NANOSLEEP, clock, flags, time as *const Timespec, 0usize) }.map(drop)
}

/// `nanosleep(2)`; after `EINTR` the rest is in `remaining`.
#[inline]
pub fn nanosleep(time: &Timespec, remaining: &mut Timespec) -> Result<()> {
    // SAFETY: the time is readable, the rest writable.
    unsafe { syscall!(NANOSLEEP, time as *const Timespec, remaining as *mut Timespec) }.map(drop)
}

/// `setitimer(2)`; `which` 0 counts real time and sends SIGALRM.
#[inline]
pub fn setitimer(which: i32, value: &Itimerval) -> Result<()> {
    // SAFETY: the value is readable, no old one is asked for.
    unsafe { syscall!(SETITIMER, which, value as *const Itimerval, 0usize) }.map(drop)
}
