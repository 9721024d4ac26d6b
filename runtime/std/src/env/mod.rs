//! The process's arguments, environment and surroundings.

mod args;
pub mod consts;
mod split;
mod vars;

pub use args::{args, args_os};
pub use split::{join_paths, split_paths};
pub use vars::{remove_var, set_var, var, var_os, vars, vars_os};

use crate::ffi::OsString;
use crate::io::{self, ErrorKind, const_error};
use crate::path::{Path, PathBuf};
use crate::vec;

/// The arguments as text.
pub struct Args {
    inner: ArgsOs,
}

/// The arguments as they are.
pub struct ArgsOs {
    inner: vec::IntoIter<OsString>,
}

/// All variables as text.
pub struct Vars {
    inner: VarsOs,
}

/// All variables as they are.
pub struct VarsOs {
    inner: vec::IntoIter<(OsString, OsString)>,
}

/// Why a variable could not be read as text.
#[derive(Debug, PartialEq, Eq, Clone)]
pub enum VarError {
    /// There is none with that name.
    NotPresent,
    /// Its value is not UTF-8.
    NotUnicode(OsString),
}

/// The paths in a list.
pub struct SplitPaths<'a> {
    rest: Option<&'a [u8]>,
}

/// The error of [`join_paths`].
#[derive(Debug)]
pub struct JoinPathsError {
    inner: split::ContainsSeparator,
}

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
