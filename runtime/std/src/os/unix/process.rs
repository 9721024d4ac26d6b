//! Processes as Unix has them.

use crate::ffi::OsStr;
use crate::io::Result;
use crate::path::Path;
use crate::process::{Child, ChildStderr, ChildStdin, ChildStdout, Command, ExitStatus, ExitStatusError};
use crate::sys::process::WaitStatus;

/// Unix choices for starting a program.
pub trait CommandExt: sealed::Sealed {
    /// Whose rights the child has.
    fn uid(&mut self, id: u32) -> &mut Command;

    /// Which group's rights the child has.
    fn gid(&mut self, id: u32) -> &mut Command;

    /// Which further groups the child is in.
    #[doc(hidden)]
    fn groups(&mut self, groups: &[u32]) -> &mut Command;

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

    /// The child's root directory.
    #[doc(hidden)]
    fn chroot<P: AsRef<Path>>(&mut self, dir: P) -> &mut Command;

    /// Whether the child starts a session.
    #[doc(hidden)]
    fn setsid(&mut self, setsid: bool) -> &mut Command;
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

    fn groups(&mut self, groups: &[u32]) -> &mut Command {
        self.ids.groups = Some(groups.into());
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
        self.args[0] = arg.as_ref().to_os_string();
        self
    }

    fn process_group(&mut self, pgroup: i32) -> &mut Command {
        self.ids.process_group = Some(pgroup);
        self
    }

    fn chroot<P: AsRef<Path>>(&mut self, dir: P) -> &mut Command {
        self.ids.root = Some(dir.as_ref().to_path_buf());
        if self.cwd.is_none() {
            self.current_dir("/");
        }
        self
    }

    fn setsid(&mut self, setsid: bool) -> &mut Command {
        self.ids.new_session = setsid;
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

impl ExitStatusExt for ExitStatusError {
    fn from_raw(raw: i32) -> Self {
        ExitStatus::from_raw(raw)
            .exit_ok()
            .expect_err("<ExitStatusError as ExitStatusExt>::from_raw(0) but zero is not an error")
    }
    fn signal(&self) -> Option<i32> {
        self.into_status().signal()
    }
    fn core_dumped(&self) -> bool {
        self.into_status().core_dumped()
    }
    fn stopped_signal(&self) -> Option<i32> {
        self.into_status().stopped_signal()
    }
    fn continued(&self) -> bool {
        self.into_status().continued()
    }
    fn into_raw(self) -> i32 {
        self.into_status().into_raw()
    }
}

/// Signals for a child.
#[doc(hidden)]
pub trait ChildExt: sealed::Sealed {
    /// Sends a signal, unless the child has been waited for.
    fn send_signal(&self, signal: i32) -> Result<()>;
}

impl ChildExt for Child {
    fn send_signal(&self, signal: i32) -> Result<()> {
        self.running.kill(signal)
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
    impl Sealed for super::ExitStatusError {}
    impl Sealed for super::Child {}
    impl Sealed for super::ChildStdin {}
    impl Sealed for super::ChildStdout {}
    impl Sealed for super::ChildStderr {}
}
