//! Processes as Unix has them.

use crate::ffi::OsStr;
use crate::io::Result;
use crate::process::command::text_for_c;
use crate::process::{ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus};
use crate::sys::process::WaitStatus;

/// Unix choices for starting a program.
pub trait CommandExt: sealed::Sealed {
    /// Whose rights the child has.
    fn uid(&mut self, id: u32) -> &mut Command;

    /// Which group's rights the child has.
    fn gid(&mut self, id: u32) -> &mut Command;

    /// What runs in the child just before the program.
    ///
    /// # Safety
    /// The closure runs in a copy of a process whose other threads are gone: what they held stays locked.
    unsafe fn pre_exec<F>(&mut self, f: F) -> &mut Command
    where
        F: FnMut() -> Result<()> + Send + Sync + 'static;

    /// The old form of `pre_exec`, safe before edition 2024.
    ///
    /// # Safety
    /// As for `pre_exec`.
    #[deprecated(since = "1.37.0", note = "should be unsafe, use `pre_exec` instead")]
    #[rustc_deprecated_safe_2024(audit_that = "the closure is async-signal-safe")]
    unsafe fn before_exec<F>(&mut self, f: F) -> &mut Command
    where
        F: FnMut() -> Result<()> + Send + Sync + 'static;

    /// Becomes the program; returns only if that fails.
    #[must_use]
    fn exec(&mut self) -> crate::io::Error;

    /// What the program sees as its name.
    fn arg0<S>(&mut self, arg: S) -> &mut Command
    where
        S: AsRef<OsStr>;

    /// The child's process group; 0 makes a new one.
    fn process_group(&mut self, pgroup: i32) -> &mut Command;
}

impl CommandExt for Command {
    fn uid(&mut self, id: u32) -> &mut Command {
        self.ids.uid = Some(id);
        self
    }

    fn gid(&mut self, id: u32) -> &mut Command {
        self.ids.gid = Some(id);
        self
    }

    unsafe fn pre_exec<F>(&mut self, f: F) -> &mut Command
    where
        F: FnMut() -> Result<()> + Send + Sync + 'static,
    {
        self.pre_exec.push(Box::new(f));
        self
    }

    unsafe fn before_exec<F>(&mut self, f: F) -> &mut Command
    where
        F: FnMut() -> Result<()> + Send + Sync + 'static,
    {
        self.pre_exec.push(Box::new(f));
        self
    }

    fn exec(&mut self) -> crate::io::Error {
        crate::sys::process::exec(self)
    }

    fn arg0<S>(&mut self, arg: S) -> &mut Command
    where
        S: AsRef<OsStr>,
    {
        self.args[0] = text_for_c(arg.as_ref(), &mut self.has_nul);
        self
    }

    fn process_group(&mut self, pgroup: i32) -> &mut Command {
        self.ids.process_group = Some(pgroup);
        self
    }
}

/// How a child ended, as Unix says it.
pub trait ExitStatusExt: sealed::Sealed {
    /// From what `wait` gives.
    fn from_raw(raw: i32) -> Self;

    /// The signal that ended the child.
    fn signal(&self) -> Option<i32>;

    /// Whether the child left a core dump.
    fn core_dumped(&self) -> bool;

    /// The signal that stopped the child.
    fn stopped_signal(&self) -> Option<i32>;

    /// Whether the child was continued.
    fn continued(&self) -> bool;

    /// What `wait` gave.
    fn into_raw(self) -> i32;
}

impl ExitStatusExt for ExitStatus {
    fn from_raw(raw: i32) -> Self {
        ExitStatus(WaitStatus::from_raw(raw))
    }
    fn signal(&self) -> Option<i32> {
        self.0.signal()
    }
    fn core_dumped(&self) -> bool {
        self.0.core_dumped()
    }
    fn stopped_signal(&self) -> Option<i32> {
        self.0.stopped_signal()
    }
    fn continued(&self) -> bool {
        self.0.continued()
    }
    fn into_raw(self) -> i32 {
        self.0.raw()
    }
}

/// The number of the process that started this one.
#[must_use]
pub fn parent_id() -> u32 {
    crate::sys::process::parent_id()
}

mod sealed {
    /// Keeps the traits to std's own types.
    pub trait Sealed {}
    impl Sealed for super::Command {}
    impl Sealed for super::ExitStatus {}
    impl Sealed for super::ChildStdin {}
    impl Sealed for super::ChildStdout {}
    impl Sealed for super::ChildStderr {}
}
