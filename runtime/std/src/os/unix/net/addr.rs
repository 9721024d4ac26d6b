//! Addresses of Unix sockets: a path, an abstract name, or nothing.

use crate::fmt;
use crate::io::{self, ErrorKind, const_error};
use crate::os::unix::ffi::OsStrExt as _;
use crate::path::Path;
use crate::sys::net::{AF_UNIX, RawAddress};

/// Bytes of `sun_path`.
const PATH_BYTES: usize = 108;

/// The address of a Unix socket.
#[derive(Clone)]
pub struct SocketAddr(RawAddress);

enum Kind<'a> {
    Unnamed,
    Path(&'a Path),
    Abstract(&'a [u8]),
}

impl SocketAddr {
    /// The address of a path.
    pub fn from_pathname<P: AsRef<Path>>(path: P) -> io::Result<SocketAddr> {
        Self::of_path(path.as_ref())
    }

    pub(super) fn of_path(path: &Path) -> io::Result<SocketAddr> {
        let bytes = path.as_os_str().as_bytes();
        if bytes.contains(&0) {
            return Err(const_error!(ErrorKind::InvalidInput, "paths must not contain interior null bytes"));
        }
        if bytes.len() >= PATH_BYTES {
            return Err(const_error!(ErrorKind::InvalidInput, "path must be shorter than SUN_LEN"));
        }
        // An empty path stands for no name; any other ends with a NUL.
        let mut name = Vec::from(bytes);
        if !bytes.is_empty() {
            name.push(0);
        }
        Self::of_name(&name)
    }

    /// The address of an abstract name, which no file has.
    pub(crate) fn of_abstract_name(name: &[u8]) -> io::Result<SocketAddr> {
        if name.len() + 1 > PATH_BYTES {
            return Err(const_error!(ErrorKind::InvalidInput, "abstract socket name must be shorter than SUN_LEN"));
        }
        let mut bytes = vec![0];
        bytes.extend(name);
        Self::of_name(&bytes)
    }

    fn of_name(name: &[u8]) -> io::Result<SocketAddr> {
        let raw = RawAddress::new(AF_UNIX, name);
        raw.map(SocketAddr).ok_or(const_error!(ErrorKind::InvalidInput, "path must be shorter than SUN_LEN"))
    }

    /// What the kernel gave.
    pub(super) fn from_raw(raw: RawAddress) -> io::Result<SocketAddr> {
        // A sender without a name has an empty address, of no family.
        if raw.family() != AF_UNIX && !raw.bytes().is_empty() {
            return Err(const_error!(ErrorKind::InvalidInput, "file descriptor did not correspond to a Unix socket"));
        }
        Ok(SocketAddr(raw))
    }

    pub(super) fn raw(&self) -> &RawAddress {
        &self.0
    }

    fn kind(&self) -> Kind<'_> {
        match self.0.bytes() {
            [] => Kind::Unnamed,
            [0, name @ ..] => Kind::Abstract(name),
            path => {
                let end = path.iter().position(|&byte| byte == 0).unwrap_or(path.len());
                Kind::Path(Path::new(crate::ffi::OsStr::from_bytes(&path[..end])))
            }
        }
    }

    /// Whether there is no name.
    #[must_use]
    pub fn is_unnamed(&self) -> bool {
        matches!(self.kind(), Kind::Unnamed)
    }

    /// The path, if that is the name.
    #[must_use]
    pub fn as_pathname(&self) -> Option<&Path> {
        if let Kind::Path(path) = self.kind() { Some(path) } else { None }
    }

    /// The abstract name, if there is one.
    pub(crate) fn abstract_name(&self) -> Option<&[u8]> {
        if let Kind::Abstract(name) = self.kind() { Some(name) } else { None }
    }
}

impl fmt::Debug for SocketAddr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind() {
            Kind::Unnamed => f.write_str("(unnamed)"),
            Kind::Abstract(name) => {
                f.write_str("\"")?;
                for byte in name {
                    match byte {
                        0 => f.write_str("\\0")?,
                        byte => write!(f, "{}", byte.escape_ascii())?,
                    }
                }
                f.write_str("\" (abstract)")
            }
            Kind::Path(path) => write!(f, "{path:?} (pathname)"),
        }
    }
}
