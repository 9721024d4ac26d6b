//! The program of a child: where it may lie, what it is given, and how it is executed.

use super::spawn::{NUL_INSIDE, c_string};
use crate::ffi::{CStr, CString, OsStr};
use crate::io::Result;
use core::cell::Cell;
use core::ffi::c_char;
use core::ptr;
use fullrust_sys::{Errno, process as kernel};

/// Where programs are looked for if the child has no `PATH`.
const DEFAULT_PATH: &[u8] = b"/bin:/usr/bin";

/// What executes a file that the kernel does not know the format of (POSIX, `execvp`).
const SHELL: &CStr = c"/bin/sh";

/// Strings as `execve` wants them.
struct CStrings {
    /// Owns what `pointers` point to.
    _strings: Vec<CString>,
    pointers: Vec<*const c_char>,
}

impl CStrings {
    fn new(strings: Vec<CString>) -> Self {
        let pointers = strings.iter().map(|string| string.as_ptr()).chain([ptr::null()]).collect();
        CStrings { _strings: strings, pointers }
    }
}

/// A program with its arguments and environment, ready for a child that must not allocate.
pub(super) struct Program {
    /// The paths to try, in order.
    candidates: Vec<CString>,
    arguments: CStrings,
    environment: CStrings,
    /// The shell's arguments for a script without an interpreter, which is the second of them; `None` if that is an error.
    script: Option<Vec<Cell<*const c_char>>>,
}

/// A name with a slash is a path; others are looked for in the child's `PATH`.
fn candidates(program: &OsStr, path: Option<Vec<u8>>) -> Result<Vec<CString>> {
    let name = program.as_encoded_bytes();
    if name.contains(&b'/') || name.is_empty() {
        return Ok(vec![c_string(program)?]);
    }
    path.as_deref()
        .unwrap_or(DEFAULT_PATH)
        .split(|byte| *byte == b':')
        .map(|folder| {
            let slash = if folder.is_empty() { &b""[..] } else { b"/" };
            CString::new([folder, slash, name].concat()).map_err(|_| NUL_INSIDE)
        })
        .collect()
}

impl Program {
    /// `name` is looked for in `path`; the first argument is what the program is called.
    pub(super) fn new(
        name: &OsStr,
        path: Option<Vec<u8>>,
        arguments: Vec<CString>,
        environment: Vec<CString>,
        may_be_script: bool,
    ) -> Result<Program> {
        let arguments = CStrings::new(arguments);
        let script = may_be_script.then(|| {
            let rest = arguments.pointers.iter().skip(1).copied();
            [SHELL.as_ptr(), ptr::null()].into_iter().chain(rest).map(Cell::new).collect()
        });
        Ok(Program { candidates: candidates(name, path)?, arguments, environment: CStrings::new(environment), script })
    }

    /// Tries the candidates. One that may not be executed is reported only if no later one can be.
    pub(super) fn execute(&self) -> Errno {
        let mut forbidden = false;
        let mut last = Errno::ENOENT;
        for path in &self.candidates {
            last = self.execute_one(path);
            match last {
                Errno::EACCES => forbidden = true,
                Errno::ENOENT | Errno::ENOTDIR | Errno::ENODEV | Errno::ETIMEDOUT | Errno::ESTALE => {}
                other => return other,
            }
        }
        if forbidden { Errno::EACCES } else { last }
    }

    fn execute_one(&self, path: &CStr) -> Errno {
        let (arguments, environment) = (&self.arguments.pointers, &self.environment.pointers);
        // SAFETY: both lists hold C strings that are owned here, and end with null.
        let error = unsafe { kernel::execve(path, arguments.as_ptr(), environment.as_ptr()) };
        match &self.script {
            Some(script) if error == Errno::ENOEXEC => {
                script[1].set(path.as_ptr());
                // SAFETY: the same of this list; a cell is what it holds.
                unsafe { kernel::execve(SHELL, script.as_ptr().cast(), environment.as_ptr()) }
            }
            _ => error,
        }
    }
}
