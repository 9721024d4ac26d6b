//! Starting programs and ending this one.

mod child;
pub(crate) mod command;
mod pipes;
mod status;
pub(crate) mod stdio;
mod termination;

pub use child::{Child, Output};
pub(crate) use command::Ids;
pub use command::{Command, CommandArgs, CommandEnvs};
pub use pipes::{ChildStderr, ChildStdin, ChildStdout};
pub use status::{ExitCode, ExitStatus};
pub use stdio::Stdio;
pub use termination::Termination;

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
