//! Ending this process, starting and watching others.

use core::fmt;
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

/// Sends a signal to a process that has not been waited for.
pub(crate) fn kill(pid: i32, number: i32) -> crate::io::Result<()> {
    Ok(kernel::kill(pid, number)?)
}

pub(crate) const SIGKILL: i32 = signal::SIGKILL;
