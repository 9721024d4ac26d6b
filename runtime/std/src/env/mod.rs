//! The process's arguments, environment and surroundings.

mod args;
pub mod consts;
mod split;
mod vars;

pub use args::{Args, ArgsOs, args, args_os};
pub use split::{JoinPathsError, SplitPaths, join_paths, split_paths};
pub use vars::{VarError, Vars, VarsOs, remove_var, set_var, var, var_os, vars, vars_os};

use crate::io::{self, ErrorKind, const_error};
use crate::path::{Path, PathBuf};

/// The working directory.
pub fn current_dir() -> io::Result<PathBuf> {
    crate::sys::fs::getcwd()
}

/// Changes the working directory.
pub fn set_current_dir<P: AsRef<Path>>(path: P) -> io::Result<()> {
    crate::sys::fs::chdir(path.as_ref())
}

/// The path of the running program.
pub fn current_exe() -> io::Result<PathBuf> {
    match crate::fs::read_link("/proc/self/exe") {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            Err(const_error!(ErrorKind::Uncategorized, "no /proc/self/exe available. Is /proc mounted?"))
        }
        other => other,
    }
}

/// The user's home: `HOME` unless that is empty, else what the user table says.
#[must_use]
pub fn home_dir() -> Option<PathBuf> {
    var_os("HOME").filter(|home| !home.is_empty()).or_else(crate::sys::env::home_from_passwd).map(PathBuf::from)
}

/// A folder for temporary files: `TMPDIR`, else `/tmp`.
#[must_use]
pub fn temp_dir() -> PathBuf {
    var_os("TMPDIR").map_or_else(|| PathBuf::from("/tmp"), PathBuf::from)
}
