//! Starting, replacing, ending, watching and describing processes.

use core::ffi::{CStr, c_char};

use crate::Result;
pub use crate::abi::process::*;
use crate::arch;
use crate::reg::syscall;
use crate::signal::SigInfo;

/// `getpid(2)`.
#[inline]
pub fn getpid() -> i32 {
    // SAFETY: no memory is involved; the call cannot fail.
    unsafe { arch::syscall0(arch::nr::GETPID) as i32 }
}

/// `getppid(2)`.
#[inline]
pub fn getppid() -> i32 {
    // SAFETY: no memory is involved; the call cannot fail.
    unsafe { arch::syscall0(arch::nr::GETPPID) as i32 }
}

/// `getuid(2)`.
#[inline]
pub fn getuid() -> u32 {
    // SAFETY: no memory is involved; the call cannot fail.
    unsafe { arch::syscall0(arch::nr::GETUID) as u32 }
}

/// `getgid(2)`.
#[inline]
pub fn getgid() -> u32 {
    // SAFETY: no memory is involved; the call cannot fail.
    unsafe { arch::syscall0(arch::nr::GETGID) as u32 }
}

/// `exit_group(2)`: ends the process with a status; the parent sees its low 8 bits.
#[inline]
pub fn exit_group(status: i32) -> ! {
    // SAFETY: no memory is involved.
    unsafe { arch::syscall1(arch::nr::EXIT_GROUP, status as usize) };
    arch::trap()
}

/// `fork(2)`: 0 in the child.
///
/// # Safety
/// In the child only the calling thread exists: locks of others stay locked for ever.
#[inline]
pub unsafe fn fork() -> Result<i32> {
    // SAFETY: the caller's promise.
    unsafe { syscall!(FORK) }.map(|pid| pid as i32)
}

/// `execve(2)`: returns only on failure.
///
/// # Safety
/// `argv` and `envp` must be arrays of C strings that end with a null pointer.
#[inline]
pub unsafe fn execve(path: &CStr, argv: *const *const c_char, envp: *const *const c_char) -> crate::Errno {
    // SAFETY: the caller's promise.
    match unsafe { syscall!(EXECVE, path.as_ptr(), argv, envp) } {
        Err(errno) => errno,
        Ok(_) => arch::trap(),
    }
}

/// `wait4(2)`: pid and raw status of a child; pid 0 with [`WNOHANG`] if none has changed.
#[inline]
pub fn wait4(pid: i32, options: i32) -> Result<(i32, i32)> {
    let mut status = 0i32;
    // SAFETY: the status is writable, no rusage is asked for.
    let pid = unsafe { syscall!(WAIT4, pid, &raw mut status, options, 0usize) }?;
    Ok((pid as i32, status))
}

/// `waitid(2)`.
#[inline]
pub fn waitid(kind: i32, id: i32, options: i32) -> Result<SigInfo> {
    let mut info = SigInfo::zeroed();
    // SAFETY: the record has the kernel's layout, no rusage is asked for.
    unsafe { syscall!(WAITID, kind, id, &raw mut info, options, 0usize) }?;
    Ok(info)
}

/// `kill(2)`.
#[inline]
pub fn kill(pid: i32, signal: i32) -> Result<()> {
    // SAFETY: no memory is involved.
    unsafe { syscall!(KILL, pid, signal) }.map(drop)
}

/// `tgkill(2)`: a signal for one thread.
#[inline]
pub fn tgkill(pid: i32, tid: i32, signal: i32) -> Result<()> {
    // SAFETY: no memory is involved.
    unsafe { syscall!(TGKILL, pid, tid, signal) }.map(drop)
}

/// `pidfd_open(2)` (Linux 5.3).
#[inline]
pub fn pidfd_open(pid: i32, flags: u32) -> Result<i32> {
    // SAFETY: no memory is involved.
    unsafe { syscall!(PIDFD_OPEN, pid, flags) }.map(|fd| fd as i32)
}

/// `pidfd_send_signal(2)` (Linux 5.1).
#[inline]
pub fn pidfd_send_signal(pidfd: i32, signal: i32) -> Result<()> {
    // SAFETY: no record is passed.
    unsafe { syscall!(PIDFD_SEND_SIGNAL, pidfd, signal, 0usize, 0u32) }.map(drop)
}

/// `setsid(2)`.
#[inline]
pub fn setsid() -> Result<i32> {
    // SAFETY: no memory is involved.
    unsafe { syscall!(SETSID) }.map(|id| id as i32)
}

/// `setpgid(2)`.
#[inline]
pub fn setpgid(pid: i32, group: i32) -> Result<()> {
    // SAFETY: no memory is involved.
    unsafe { syscall!(SETPGID, pid, group) }.map(drop)
}

/// `getpgid(2)`.
#[inline]
pub fn getpgid(pid: i32) -> Result<i32> {
    // SAFETY: no memory is involved.
    unsafe { syscall!(GETPGID, pid) }.map(|id| id as i32)
}

/// `setuid(2)` of the calling thread.
#[inline]
pub fn setuid(uid: u32) -> Result<()> {
    // SAFETY: no memory is involved.
    unsafe { syscall!(SETUID, uid) }.map(drop)
}

/// `setgid(2)` of the calling thread.
#[inline]
pub fn setgid(gid: u32) -> Result<()> {
    // SAFETY: no memory is involved.
    unsafe { syscall!(SETGID, gid) }.map(drop)
}

/// `setgroups(2)` of the calling thread.
#[inline]
pub fn setgroups(groups: &[u32]) -> Result<()> {
    // SAFETY: the list is readable.
    unsafe { syscall!(SETGROUPS, groups.len(), groups.as_ptr()) }.map(drop)
}

/// `prctl(PR_SET_NAME)`: the calling thread's name; the kernel keeps 15 bytes.
#[inline]
pub fn set_thread_name(name: &CStr) -> Result<()> {
    // SAFETY: at most 16 bytes of a C string are read.
    unsafe { syscall!(PRCTL, PR_SET_NAME, name.as_ptr(), 0usize, 0usize, 0usize) }.map(drop)
}

/// `prctl(2)`.
///
/// # Safety
/// The arguments must be what `operation` takes.
#[inline]
pub unsafe fn prctl(operation: i32, a: usize, b: usize, c: usize, d: usize) -> Result<usize> {
    // SAFETY: the caller's promise.
    unsafe { syscall!(PRCTL, operation, a, b, c, d) }
}

/// `prlimit64(2)`: the calling process's limit.
#[inline]
pub fn getrlimit(resource: i32) -> Result<Rlimit> {
    let mut limit = Rlimit::default();
    // SAFETY: no new limit is read, the old one is written.
    unsafe { syscall!(PRLIMIT64, 0i32, resource, 0usize, &raw mut limit) }?;
    Ok(limit)
}

/// `prlimit64(2)`: sets the calling process's limit.
#[inline]
pub fn setrlimit(resource: i32, limit: &Rlimit) -> Result<()> {
    // SAFETY: the new limit is read, no old one is written.
    unsafe { syscall!(PRLIMIT64, 0i32, resource, limit as *const Rlimit, 0usize) }.map(drop)
}

/// `getrusage(2)`; `who` 0 is the process, -1 its children, 1 the calling thread.
#[inline]
pub fn getrusage(who: i32) -> Result<Rusage> {
    let mut usage = Rusage::default();
    // SAFETY: the record has the kernel's layout.
    unsafe { syscall!(GETRUSAGE, who, &raw mut usage) }?;
    Ok(usage)
}

/// `sched_getaffinity(2)`: fills the bit mask, returns the bytes that the kernel wrote.
#[inline]
pub fn sched_getaffinity(pid: i32, mask: &mut [u64]) -> Result<usize> {
    // SAFETY: the mask is writable for its length.
    unsafe { syscall!(SCHED_GETAFFINITY, pid, size_of_val(mask), mask.as_mut_ptr()) }
}

/// `uname(2)`.
#[inline]
pub fn uname() -> Result<Utsname> {
    // SAFETY: six byte arrays; all zeros is a value.
    let mut name: Utsname = unsafe { core::mem::zeroed() };
    // SAFETY: the record has the kernel's layout.
    unsafe { syscall!(UNAME, &raw mut name) }?;
    Ok(name)
}
