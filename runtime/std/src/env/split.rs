//! Lists of paths in one string, as `PATH` has them.

use super::{JoinPathsError, SplitPaths};
use crate::ffi::{OsStr, OsString};
use crate::path::PathBuf;
use crate::sys::os_str::os_str;
use crate::{error, fmt};

const SEPARATOR: u8 = b':';

/// The paths in a list that is separated by colons.
pub fn split_paths<T: AsRef<OsStr> + ?Sized>(unparsed: &T) -> SplitPaths<'_> {
    SplitPaths { rest: Some(unparsed.as_ref().as_encoded_bytes()) }
}

impl Iterator for SplitPaths<'_> {
    type Item = PathBuf;

    fn next(&mut self) -> Option<PathBuf> {
        let rest = self.rest?;
        let (part, after) = match rest.iter().position(|byte| *byte == SEPARATOR) {
            Some(index) => (&rest[..index], Some(&rest[index + 1..])),
            None => (rest, None),
        };
        self.rest = after;
        Some(PathBuf::from(os_str(part)))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match self.rest {
            Some(rest) => (1, Some(rest.len() + 1)),
            None => (0, Some(0)),
        }
    }
}

impl fmt::Debug for SplitPaths<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SplitPaths").finish_non_exhaustive()
    }
}

mod contains_separator {
    /// The only reason; printed under the name that std prints.
    #[derive(Debug)]
    pub struct JoinPathsError;
}
pub(super) use contains_separator::JoinPathsError as ContainsSeparator;

/// Makes a list of paths that is separated by colons.
pub fn join_paths<I, T>(paths: I) -> Result<OsString, JoinPathsError>
where
    I: IntoIterator<Item = T>,
    T: AsRef<OsStr>,
{
    let mut joined = OsString::new();
    for (index, path) in paths.into_iter().enumerate() {
        let path = path.as_ref();
        if path.as_encoded_bytes().contains(&SEPARATOR) {
            return Err(JoinPathsError { inner: ContainsSeparator });
        }
        if index > 0 {
            joined.push(":");
        }
        joined.push(path);
    }
    Ok(joined)
}

impl fmt::Display for JoinPathsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let ContainsSeparator = self.inner;
        f.write_str("path segment contains separator `:`")
    }
}

impl error::Error for JoinPathsError {
    #[allow(deprecated)]
    fn description(&self) -> &str {
        "failed to join paths"
    }
}
