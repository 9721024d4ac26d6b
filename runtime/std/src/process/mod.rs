//! Starting programs and ending this one.

mod child;
pub(crate) mod command;
mod pipes;
mod status;
pub(crate) mod stdio;
mod termination;

pub(crate) use command::Ids;
pub use termination::Termination;

use crate::ffi::OsString;
use crate::os::fd::OwnedFd;
use crate::path::PathBuf;
use crate::sys::process::{PreExec, Running, WaitStatus};
use command::CommandEnv;
use stdio::Target;

/// A child process. Dropping it neither ends nor waits for it.
pub struct Child {
    pub(crate) running: Running,
    /// Writes to the child, if a pipe was asked for.
    pub stdin: Option<ChildStdin>,
    /// Reads what the child prints, if a pipe was asked for.
    pub stdout: Option<ChildStdout>,
    /// Reads the child's errors, if a pipe was asked for.
    pub stderr: Option<ChildStderr>,
}

/// How a child ended and what it wrote.
#[derive(PartialEq, Eq, Clone)]
pub struct Output {
    /// How it ended.
    pub status: ExitStatus,
    /// What it printed.
    pub stdout: Vec<u8>,
    /// Its errors.
    pub stderr: Vec<u8>,
}

/// Describes a program to be started, and starts it.
pub struct Command {
    pub(crate) program: OsString,
    /// Some text has a NUL inside, so that the command cannot be started.
    pub(crate) has_nul: bool,
    /// The first is what the program sees as its name.
    pub(crate) args: Vec<OsString>,
    pub(crate) env: CommandEnv,
    pub(crate) cwd: Option<PathBuf>,
    pub(crate) stdin: Option<Stdio>,
    pub(crate) stdout: Option<Stdio>,
    pub(crate) stderr: Option<Stdio>,
    pub(crate) ids: Ids,
    pub(crate) pre_exec: Vec<PreExec>,
    pub(crate) create_pidfd: bool,
}

/// The arguments of a [`Command`].
#[derive(Clone)]
pub struct CommandArgs<'a> {
    inner: crate::slice::Iter<'a, OsString>,
}

/// The changes that a [`Command`] makes to the environment.
#[derive(Clone)]
pub struct CommandEnvs<'a> {
    iter: crate::collections::btree_map::Iter<'a, OsString, Option<OsString>>,
}

/// Writes to a child's standard input.
pub struct ChildStdin(pub(crate) OwnedFd);

/// Reads from a child's standard output.
pub struct ChildStdout(pub(crate) OwnedFd);

/// Reads from a child's standard error.
pub struct ChildStderr(pub(crate) OwnedFd);

/// How a child ended.
#[derive(PartialEq, Eq, Clone, Copy, Default)]
pub struct ExitStatus(pub(crate) WaitStatus);

/// The status that this process ends with.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ExitCode(u8);

/// Where one standard stream of a child leads.
pub struct Stdio(pub(crate) Target);

/// Ends the process: stdout is flushed, this thread's thread-locals and `.fini_array` run, nothing else is dropped.
pub fn exit(code: i32) -> ! {
    crate::sys::process::exit(code)
}

/// Ends the process by SIGABRT, with no cleaning up.
#[cold]
pub fn abort() -> ! {
    crate::sys::process::abort()
}

/// The number of this process.
#[must_use]
pub fn id() -> u32 {
    crate::sys::process::id()
}
