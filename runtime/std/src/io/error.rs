//! The error type of all input and output, and its kinds.
//!
//! An [`Error`] is one machine word: the packing lives in `sys::error_repr`, texts of error numbers in `fullrust_sys`.

use crate::sys::error_repr::{Content, ContentMut, Owned, Repr};
use crate::{error, fmt, result};

/// A specialised result for input and output.
pub type Result<T> = result::Result<T, Error>;

/// An error number of the operating system.
pub type RawOsError = i32;

/// The error of an input or output operation.
pub struct Error {
    repr: Repr,
}

/// An error made of a kind and a payload.
#[derive(Debug)]
pub(crate) struct Custom {
    pub(crate) kind: ErrorKind,
    pub(crate) error: Box<dyn error::Error + Send + Sync>,
}

/// A message fixed at compile time.
#[derive(Debug)]
#[repr(align(4))]
#[doc(hidden)]
pub struct SimpleMessage {
    pub(crate) kind: ErrorKind,
    pub(crate) message: &'static str,
}

impl SimpleMessage {
    pub(crate) const fn new(kind: ErrorKind, message: &'static str) -> Self {
        SimpleMessage { kind, message }
    }
}

/// Builds an [`Error`] from a kind and a literal without allocating.
macro_rules! const_error {
    ($kind:expr, $message:expr $(,)?) => {
        $crate::io::Error::from_static(const { &$crate::io::SimpleMessage::new($kind, $message) })
    };
}
pub(crate) use const_error;

macro_rules! error_kinds {
    ($($(#[$attribute:meta])* $name:ident = $text:literal;)*) => {
        /// The categories of errors.
        #[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        #[non_exhaustive]
        #[allow(deprecated)]
        pub enum ErrorKind {
            $(#[doc = $text] $(#[$attribute])* $name,)*
        }

        impl ErrorKind {
            /// All kinds, in the order of their numbers.
            pub(crate) const ALL: &'static [ErrorKind] = &[$(ErrorKind::$name),*];

            pub(crate) const fn description(self) -> &'static str {
                match self {
                    $(ErrorKind::$name => $text,)*
                }
            }
        }
    };
}

error_kinds! {
    NotFound = "entity not found";
    PermissionDenied = "permission denied";
    ConnectionRefused = "connection refused";
    ConnectionReset = "connection reset";
    HostUnreachable = "host unreachable";
    NetworkUnreachable = "network unreachable";
    ConnectionAborted = "connection aborted";
    NotConnected = "not connected";
    AddrInUse = "address in use";
    AddrNotAvailable = "address not available";
    NetworkDown = "network down";
    BrokenPipe = "broken pipe";
    AlreadyExists = "entity already exists";
    WouldBlock = "operation would block";
    NotADirectory = "not a directory";
    IsADirectory = "is a directory";
    DirectoryNotEmpty = "directory not empty";
    ReadOnlyFilesystem = "read-only filesystem or storage medium";
    FilesystemLoop = "filesystem loop or indirection limit (e.g. symlink loop)";
    StaleNetworkFileHandle = "stale network file handle";
    InvalidInput = "invalid input parameter";
    InvalidData = "invalid data";
    TimedOut = "timed out";
    WriteZero = "write zero";
    StorageFull = "no storage space";
    NotSeekable = "seek on unseekable file";
    QuotaExceeded = "quota exceeded";
    FileTooLarge = "file too large";
    ResourceBusy = "resource busy";
    ExecutableFileBusy = "executable file busy";
    Deadlock = "deadlock";
    CrossesDevices = "cross-device link or rename";
    TooManyLinks = "too many links";
    InvalidFilename = "invalid filename";
    ArgumentListTooLong = "argument list too long";
    Interrupted = "operation interrupted";
    Unsupported = "unsupported";
    UnexpectedEof = "unexpected end of file";
    OutOfMemory = "out of memory";
    InProgress = "in progress";
    Other = "other error";
    #[doc(hidden)]
    Uncategorized = "uncategorized error";
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.description())
    }
}

impl Error {
    pub(crate) const INVALID_UTF8: Self = const_error!(ErrorKind::InvalidData, "stream did not contain valid UTF-8");
    pub(crate) const READ_EXACT_EOF: Self = const_error!(ErrorKind::UnexpectedEof, "failed to fill whole buffer");
    pub(crate) const WRITE_ALL_EOF: Self = const_error!(ErrorKind::WriteZero, "failed to write whole buffer");
    pub(crate) const ZERO_TIMEOUT: Self = const_error!(ErrorKind::InvalidInput, "cannot set a 0 duration timeout");

    /// An error of `kind` with a payload of any kind.
    #[inline(never)]
    pub fn new<E>(kind: ErrorKind, error: E) -> Error
    where
        E: Into<Box<dyn error::Error + Send + Sync>>,
    {
        Self::from_boxed(kind, error.into())
    }

    /// An error of kind [`ErrorKind::Other`].
    pub fn other<E>(error: E) -> Error
    where
        E: Into<Box<dyn error::Error + Send + Sync>>,
    {
        Self::from_boxed(ErrorKind::Other, error.into())
    }

    fn from_boxed(kind: ErrorKind, error: Box<dyn error::Error + Send + Sync>) -> Error {
        Error { repr: Repr::new_custom(Box::new(Custom { kind, error })) }
    }

    /// An error whose message is a constant; never allocates.
    #[inline]
    #[doc(hidden)]
    pub const fn from_static(message: &'static SimpleMessage) -> Error {
        Error { repr: Repr::new_simple_message(message) }
    }

    /// The error of the last system call that failed on this thread.
    #[must_use]
    #[inline]
    pub fn last_os_error() -> Error {
        Error::from_raw_os_error(crate::sys::io::last_error_number())
    }

    /// An error from its number.
    #[must_use]
    #[inline]
    pub fn from_raw_os_error(code: RawOsError) -> Error {
        Error { repr: Repr::new_os(code) }
    }

    /// The error number, if the operating system reported this error.
    #[must_use]
    #[inline]
    pub fn raw_os_error(&self) -> Option<RawOsError> {
        match self.repr.content() {
            Content::Os(code) => Some(code),
            _ => None,
        }
    }

    /// The payload, if there is one.
    #[must_use]
    #[inline]
    pub fn get_ref(&self) -> Option<&(dyn error::Error + Send + Sync + 'static)> {
        match self.repr.content() {
            Content::Custom(custom) => Some(&*custom.error),
            _ => None,
        }
    }

    /// The payload for changing, if there is one.
    #[must_use]
    #[inline]
    pub fn get_mut(&mut self) -> Option<&mut (dyn error::Error + Send + Sync + 'static)> {
        match self.repr.content_mut() {
            ContentMut::Custom(custom) => Some(&mut *custom.error),
            ContentMut::Other => None,
        }
    }

    /// The payload by value, if there is one.
    #[must_use = "`self` will be dropped if the result is not used"]
    #[inline]
    pub fn into_inner(self) -> Option<Box<dyn error::Error + Send + Sync>> {
        match self.repr.into_owned() {
            Owned::Custom(custom) => Some(custom.error),
            Owned::Other(_) => None,
        }
    }

    /// The payload as a concrete type, or the error back.
    pub fn downcast<E>(self) -> result::Result<E, Self>
    where
        E: error::Error + Send + Sync + 'static,
    {
        match self.repr.into_owned() {
            Owned::Custom(custom) if custom.error.is::<E>() => match custom.error.downcast::<E>() {
                Ok(error) => Ok(*error),
                Err(_) => unreachable!(),
            },
            Owned::Custom(custom) => Err(Error { repr: Repr::new_custom(custom) }),
            Owned::Other(repr) => Err(Error { repr }),
        }
    }

    /// The category of this error.
    #[must_use]
    #[inline]
    pub fn kind(&self) -> ErrorKind {
        match self.repr.content() {
            Content::Os(code) => crate::sys::io::decode_error_kind(code),
            Content::Simple(kind) => kind,
            Content::SimpleMessage(message) => message.kind,
            Content::Custom(custom) => custom.kind,
        }
    }

    #[inline]
    pub(crate) fn is_interrupted(&self) -> bool {
        match self.repr.content() {
            Content::Os(code) => crate::sys::io::is_interrupted(code),
            _ => self.kind() == ErrorKind::Interrupted,
        }
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.repr.content() {
            Content::Os(code) => f
                .debug_struct("Os")
                .field("code", &code)
                .field("kind", &crate::sys::io::decode_error_kind(code))
                .field("message", &format_args!("{:?}", crate::sys::io::ErrorText(code)))
                .finish(),
            Content::Simple(kind) => f.debug_tuple("Kind").field(&kind).finish(),
            Content::SimpleMessage(message) => {
                f.debug_struct("Error").field("kind", &message.kind).field("message", &message.message).finish()
            }
            Content::Custom(custom) => fmt::Debug::fmt(custom, f),
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.repr.content() {
            Content::Os(code) => write!(f, "{} (os error {code})", crate::sys::io::ErrorText(code)),
            Content::Simple(kind) => f.write_str(kind.description()),
            Content::SimpleMessage(message) => f.write_str(message.message),
            Content::Custom(custom) => fmt::Display::fmt(&custom.error, f),
        }
    }
}

impl error::Error for Error {
    #[allow(deprecated)]
    fn cause(&self) -> Option<&dyn error::Error> {
        self.get_ref().and_then(|error| error.cause())
    }

    fn source(&self) -> Option<&(dyn error::Error + 'static)> {
        self.get_ref().and_then(|error| error.source())
    }
}

impl From<ErrorKind> for Error {
    #[inline]
    fn from(kind: ErrorKind) -> Error {
        Error { repr: Repr::new_simple(kind) }
    }
}

impl From<crate::ffi::NulError> for Error {
    fn from(_: crate::ffi::NulError) -> Error {
        const_error!(ErrorKind::InvalidInput, "data provided contains a nul byte")
    }
}

impl From<crate::collections::TryReserveError> for Error {
    fn from(_: crate::collections::TryReserveError) -> Error {
        ErrorKind::OutOfMemory.into()
    }
}
