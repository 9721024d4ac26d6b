//! `io::Error` and `io::ErrorKind`: texts, kinds, payloads, size.
use std::error::Error as _;
use std::io::{self, Error, ErrorKind};

#[derive(Debug)]
struct Mine(i32);
impl std::fmt::Display for Mine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "mine {}", self.0)
    }
}
impl std::error::Error for Mine {}

fn main() {
    for code in -3..140 {
        let error = Error::from_raw_os_error(code);
        println!("{code}: {error} | {error:?} | {:?} {:?}", error.kind(), error.raw_os_error());
    }
    println!("{} {}", Error::from_raw_os_error(4095), Error::from_raw_os_error(i32::MIN));
    use ErrorKind::*;
    let kinds = [
        NotFound, PermissionDenied, ConnectionRefused, ConnectionReset, HostUnreachable, NetworkUnreachable,
        ConnectionAborted, NotConnected, AddrInUse, AddrNotAvailable, NetworkDown, BrokenPipe, AlreadyExists, WouldBlock,
        NotADirectory, IsADirectory, DirectoryNotEmpty, ReadOnlyFilesystem, StaleNetworkFileHandle, InvalidInput,
        InvalidData, TimedOut, WriteZero, StorageFull, NotSeekable, QuotaExceeded, FileTooLarge, ResourceBusy,
        ExecutableFileBusy, Deadlock, CrossesDevices, TooManyLinks, InvalidFilename, ArgumentListTooLong, Interrupted,
        Unsupported, UnexpectedEof, OutOfMemory, Other,
    ];
    for kind in kinds {
        let error = Error::from(kind);
        println!("{kind} {kind:?} | {error} | {error:?} | {:#?} | {}", error, kind == error.kind());
    }
    println!("{:?}", kinds.iter().max());
    println!("{} {}", size_of::<Error>(), size_of::<io::Result<()>>());

    let mut error = Error::new(InvalidData, Mine(7));
    println!("{error} {error:?} {:?}", error.kind());
    println!("{:?}", error.get_ref().map(|e| e.to_string()));
    if let Some(payload) = error.get_mut() {
        payload.downcast_mut::<Mine>().unwrap().0 = 8;
    }
    println!("{error:#?} {:?}", error.source().is_none());
    println!("{:?}", error.downcast::<std::fmt::Error>().map_err(|e| e.to_string()));
    let error = Error::other(Mine(1));
    println!("{:?}", error.downcast::<Mine>());
    println!("{:?}", Error::new(Other, "text").into_inner().map(|e| e.to_string()));
    println!("{:?}", Error::from(NotFound).into_inner().is_none());
    println!("{:?} {:?}", Error::from_raw_os_error(2).downcast::<Mine>(), Error::from(NotFound).get_ref().is_none());
    let nested = Error::new(Other, Error::new(NotFound, Mine(3)));
    println!("{nested} {nested:?} {:?}", nested.source().map(|e| e.to_string()));

    println!("{:?}", Error::from(std::ffi::CString::new("a\0b").unwrap_err()));
    println!("{:?}", Error::from(Vec::<u8>::new().try_reserve(usize::MAX).unwrap_err()).kind());
    println!("{:?}", std::fs::File::open("/nonexistent/x").unwrap_err());
    println!("{:?}", std::fs::File::open("/nonexistent/x").is_err().then(Error::last_os_error));
    let boxed: Box<dyn std::error::Error + Send + Sync> = Error::from(TimedOut).into();
    println!("{boxed} {:?}", boxed.downcast_ref::<Error>().map(Error::kind));
    #[allow(deprecated)]
    {
        println!("{} {:?}", Error::from_raw_os_error(13).description(), Error::from(NotFound).cause().is_none());
    }
}
