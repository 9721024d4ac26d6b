//! A program that was started.

use super::{Child, ExitStatus, Output};
use crate::io::{Read, Result};
use crate::sys::process as sys;
use crate::{fmt, str};

impl Child {
    /// Ends the child by SIGKILL; nothing happens if it has been waited for.
    pub fn kill(&mut self) -> Result<()> {
        self.running.kill(sys::SIGKILL)
    }

    /// The number of the child.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.running.id()
    }

    /// Closes our end of the child's input and waits for its end.
    pub fn wait(&mut self) -> Result<ExitStatus> {
        drop(self.stdin.take());
        self.running.wait().map(ExitStatus)
    }

    /// The status, if the child has ended.
    pub fn try_wait(&mut self) -> Result<Option<ExitStatus>> {
        Ok(self.running.try_wait()?.map(ExitStatus))
    }

    /// Waits for the end and collects what comes through the pipes meanwhile.
    pub fn wait_with_output(mut self) -> Result<Output> {
        drop(self.stdin.take());
        let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
        match (self.stdout.take(), self.stderr.take()) {
            (None, None) => {}
            (Some(mut out), None) => drop(out.read_to_end(&mut stdout)?),
            (None, Some(mut err)) => drop(err.read_to_end(&mut stderr)?),
            (Some(out), Some(err)) => sys::read_both(&out.0, &mut stdout, &err.0, &mut stderr)?,
        }
        Ok(Output { status: self.wait()?, stdout, stderr })
    }
}

impl fmt::Debug for Child {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Child")
            .field("stdin", &self.stdin)
            .field("stdout", &self.stdout)
            .field("stderr", &self.stderr)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        /// Text as text, other bytes as a list.
        struct Shown<'a>(&'a [u8]);
        impl fmt::Debug for Shown<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match str::from_utf8(self.0) {
                    Ok(text) => text.fmt(f),
                    Err(_) => self.0.fmt(f),
                }
            }
        }
        f.debug_struct("Output")
            .field("status", &self.status)
            .field("stdout", &Shown(&self.stdout))
            .field("stderr", &Shown(&self.stderr))
            .finish()
    }
}
