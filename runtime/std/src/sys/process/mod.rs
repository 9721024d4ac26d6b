//! Ending this process, starting and watching others.

mod program;
mod spawn;

pub(crate) use spawn::{PreExec, exec, spawn};

use crate::io::Result;
use crate::os::fd::{AsRawFd, OwnedFd};
use core::fmt;
use fullrust_sys::Errno;
use fullrust_sys::io::{POLLIN, PollFd, poll};
use fullrust_sys::{process as kernel, signal};

pub(crate) fn exit(code: i32) -> ! {
    fullrust_rt::exit::exit(code)
}

pub(crate) fn abort() -> ! {
    fullrust_rt::abort()
}

pub(crate) fn id() -> u32 {
    kernel::getpid() as u32
}

pub(crate) fn parent_id() -> u32 {
    kernel::getppid() as u32
}

/// A child's end as `wait(2)` packs it.
#[derive(PartialEq, Eq, Clone, Copy, Default)]
pub(crate) struct WaitStatus(i32);

impl WaitStatus {
    pub(crate) fn from_raw(raw: i32) -> Self {
        WaitStatus(raw)
    }

    pub(crate) fn raw(self) -> i32 {
        self.0
    }

    pub(crate) fn code(self) -> Option<i32> {
        (self.0 & 0x7f == 0).then_some((self.0 >> 8) & 0xff)
    }

    pub(crate) fn signal(self) -> Option<i32> {
        (((self.0 & 0x7f) + 1) as i8 >> 1 > 0).then_some(self.0 & 0x7f)
    }

    pub(crate) fn core_dumped(self) -> bool {
        self.signal().is_some() && self.0 & 0x80 != 0
    }

    pub(crate) fn stopped_signal(self) -> Option<i32> {
        (self.0 & 0xff == 0x7f).then_some((self.0 >> 8) & 0xff)
    }

    pub(crate) fn continued(self) -> bool {
        self.0 == 0xffff
    }
}

impl fmt::Debug for WaitStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("unix_wait_status").field(&self.0).finish()
    }
}

/// The name of a signal, with which its number is shown.
fn signal_name(number: i32) -> &'static str {
    const NAMES: [&str; 31] = [
        "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM",
        "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF",
        "WINCH", "IO", "PWR", "SYS",
    ];
    usize::try_from(number - 1).ok().and_then(|index| NAMES.get(index)).copied().unwrap_or("")
}

/// Shows ` (SIGNAME)`, or nothing for signals without a name.
struct SignalText(i32);

impl fmt::Display for SignalText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match signal_name(self.0) {
            "" => Ok(()),
            name => write!(f, " (SIG{name})"),
        }
    }
}

impl fmt::Display for WaitStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(code) = self.code() {
            write!(f, "exit status: {code}")
        } else if let Some(signal) = self.signal() {
            let core = if self.core_dumped() { " (core dumped)" } else { "" };
            write!(f, "signal: {signal}{}{core}", SignalText(signal))
        } else if let Some(signal) = self.stopped_signal() {
            write!(f, "stopped (not terminated) by signal: {signal}{}", SignalText(signal))
        } else if self.continued() {
            f.write_str("continued (WIFCONTINUED)")
        } else {
            write!(f, "unrecognised wait status: {} {:#x}", self.0, self.0)
        }
    }
}

pub(crate) const SIGKILL: i32 = signal::SIGKILL;

/// A child that may still be running.
pub(crate) struct Running {
    pid: i32,
    /// Set once the child has been waited for: from then on its number may belong to another process.
    status: Option<WaitStatus>,
}

impl Running {
    pub(crate) fn id(&self) -> u32 {
        self.pid as u32
    }

    /// Sends a signal, unless the child has been waited for.
    pub(crate) fn kill(&self, number: i32) -> Result<()> {
        match self.status {
            Some(_) => Ok(()),
            None => Ok(kernel::kill(self.pid, number)?),
        }
    }

    pub(crate) fn wait(&mut self) -> Result<WaitStatus> {
        if let Some(status) = self.status {
            return Ok(status);
        }
        let (_, raw) = super::io::retry(|| kernel::wait4(self.pid, 0))?;
        Ok(*self.status.insert(WaitStatus(raw)))
    }

    pub(crate) fn try_wait(&mut self) -> Result<Option<WaitStatus>> {
        if self.status.is_none() {
            let (pid, raw) = kernel::wait4(self.pid, kernel::WNOHANG)?;
            self.status = (pid != 0).then_some(WaitStatus(raw));
        }
        Ok(self.status)
    }
}

/// Reads two pipes to their ends, whichever has something, so that a full one never blocks the writer.
pub(crate) fn read_both(first: &OwnedFd, into: &mut Vec<u8>, second: &OwnedFd, other: &mut Vec<u8>) -> Result<()> {
    let entry = |fd: &OwnedFd| PollFd { fd: fd.as_raw_fd(), events: POLLIN, revents: 0 };
    let mut entries = [entry(first), entry(second)];
    let mut buffers = [into, other];
    // The kernel skips entries with a negative descriptor.
    while entries.iter().any(|entry| entry.fd >= 0) {
        super::io::retry(|| poll(&mut entries, -1))?;
        for (entry, buffer) in entries.iter_mut().zip(&mut buffers) {
            if entry.fd < 0 || entry.revents == 0 {
                continue;
            }
            buffer.try_reserve(64)?;
            match super::io::read_into_spare(entry.fd, buffer) {
                Ok(0) => entry.fd = -1,
                Ok(_) => {}
                Err(error) if error.is_interrupted() => {}
                Err(error) if error.raw_os_error() == Some(Errno::EAGAIN.raw()) => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(())
}
