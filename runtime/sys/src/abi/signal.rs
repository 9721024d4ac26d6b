//! Signals: `signal(7)`, `rt_sigaction(2)`, `sigaltstack(2)`.

use super::{assert_offset, assert_size};

pub const SIGHUP: i32 = 1;
pub const SIGINT: i32 = 2;
pub const SIGQUIT: i32 = 3;
pub const SIGILL: i32 = 4;
pub const SIGTRAP: i32 = 5;
pub const SIGABRT: i32 = 6;
pub const SIGBUS: i32 = 7;
pub const SIGFPE: i32 = 8;
pub const SIGKILL: i32 = 9;
pub const SIGUSR1: i32 = 10;
pub const SIGSEGV: i32 = 11;
pub const SIGUSR2: i32 = 12;
pub const SIGPIPE: i32 = 13;
pub const SIGALRM: i32 = 14;
pub const SIGTERM: i32 = 15;
pub const SIGCHLD: i32 = 17;
pub const SIGCONT: i32 = 18;
pub const SIGSTOP: i32 = 19;
/// Highest signal number.
pub const NSIG: i32 = 64;

pub const SIG_DFL: usize = 0;
pub const SIG_IGN: usize = 1;

pub const SA_NOCLDSTOP: u64 = 1;
pub const SA_NOCLDWAIT: u64 = 2;
pub const SA_SIGINFO: u64 = 4;
pub const SA_RESTORER: u64 = 0x0400_0000;
pub const SA_ONSTACK: u64 = 0x0800_0000;
pub const SA_RESTART: u64 = 0x1000_0000;
pub const SA_NODEFER: u64 = 0x4000_0000;
pub const SA_RESETHAND: u64 = 0x8000_0000;

pub const SIG_BLOCK: i32 = 0;
pub const SIG_UNBLOCK: i32 = 1;
pub const SIG_SETMASK: i32 = 2;

pub const SS_ONSTACK: i32 = 1;
pub const SS_DISABLE: i32 = 2;
pub const MINSIGSTKSZ: usize = 2048;

/// A set of signals: bit `n - 1` is signal `n`.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SigSet(pub u64);

/// The kernel's `struct sigaction` (not the C library's).
#[repr(C)]
#[derive(Clone, Copy, Debug, Default)]
pub struct SigAction {
    /// `SIG_DFL`, `SIG_IGN` or the address of the handler.
    pub handler: usize,
    pub flags: u64,
    pub restorer: usize,
    pub mask: SigSet,
}

/// `siginfo_t`: what a handler learns; `si_addr` holds the faulting address for SIGSEGV and SIGBUS.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct SigInfo {
    pub si_signo: i32,
    pub si_errno: i32,
    pub si_code: i32,
    pub __pad: i32,
    pub si_addr: usize,
    pub __rest: [u64; 13],
}

impl SigInfo {
    /// The fields of a child's change of state (`si_pid`, `si_uid`, `si_status`), as `waitid` fills them.
    #[inline]
    pub fn child(&self) -> (i32, u32, i32) {
        (self.si_addr as i32, (self.si_addr >> 32) as u32, self.__rest[0] as i32)
    }

    /// An empty record to be filled.
    #[inline]
    pub const fn zeroed() -> Self {
        Self { si_signo: 0, si_errno: 0, si_code: 0, __pad: 0, si_addr: 0, __rest: [0; 13] }
    }
}

#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct StackT {
    pub ss_sp: *mut u8,
    pub ss_flags: i32,
    pub ss_size: usize,
}

assert_size!(SigAction = 32, SigInfo = 128, StackT = 24);
assert_offset!(SigInfo, si_addr = 16);
