//! Connections between Unix sockets.

use core::time::Duration;

use super::SocketAddr;
use crate::fmt;
use crate::io;
use crate::net::Shutdown;
use crate::os::fd::AsRawFd;
use crate::path::Path;
use crate::sys::net::{AF_UNIX, SO_RCVTIMEO, SO_SNDTIMEO, SOCK_STREAM, Socket, socket_traits, stream_io};

/// A connection between Unix sockets.
pub struct UnixStream(pub(super) Socket);

socket_traits!(UnixStream);
stream_io!(UnixStream);

/// The methods that streams and datagram sockets share.
macro_rules! common_methods {
    () => {
        /// Another handle to the socket.
        pub fn try_clone(&self) -> io::Result<Self> {
            self.0.try_clone().map(Self)
        }

        /// This side's address.
        pub fn local_addr(&self) -> io::Result<SocketAddr> {
            SocketAddr::from_raw(self.0.local_address()?)
        }

        /// The other side's address.
        pub fn peer_addr(&self) -> io::Result<SocketAddr> {
            SocketAddr::from_raw(self.0.peer_address()?)
        }

        /// Limits the time that receiving waits.
        pub fn set_read_timeout(&self, timeout: Option<Duration>) -> io::Result<()> {
            self.0.set_timeout(SO_RCVTIMEO, timeout)
        }

        /// Limits the time that sending waits.
        pub fn set_write_timeout(&self, timeout: Option<Duration>) -> io::Result<()> {
            self.0.set_timeout(SO_SNDTIMEO, timeout)
        }

        /// How long receiving waits at most.
        pub fn read_timeout(&self) -> io::Result<Option<Duration>> {
            self.0.timeout(SO_RCVTIMEO)
        }

        /// How long sending waits at most.
        pub fn write_timeout(&self) -> io::Result<Option<Duration>> {
            self.0.timeout(SO_SNDTIMEO)
        }

        /// Whether calls fail with `WouldBlock` instead of waiting.
        pub fn set_nonblocking(&self, nonblocking: bool) -> io::Result<()> {
            self.0.set_nonblocking(nonblocking)
        }

        /// Takes the error that the socket has collected.
        pub fn take_error(&self) -> io::Result<Option<io::Error>> {
            self.0.take_error()
        }

        /// Ends one or both directions.
        pub fn shutdown(&self, how: Shutdown) -> io::Result<()> {
            self.0.shutdown(how)
        }

        /// Two sockets that are connected with each other.
        pub fn pair() -> io::Result<(Self, Self)> {
            let (one, other) = Socket::pair(AF_UNIX, Self::KIND)?;
            Ok((Self(one), Self(other)))
        }

        fn debug(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            let mut d = f.debug_struct(name);
            d.field("fd", &crate::sys::fd::FileDesc(&self.0.0));
            if let Ok(address) = self.local_addr() {
                d.field("local", &address);
            }
            if let Ok(address) = self.peer_addr() {
                d.field("peer", &address);
            }
            d.finish()
        }
    };
}
pub(super) use common_methods;

impl UnixStream {
    const KIND: i32 = SOCK_STREAM;

    common_methods!();

    /// Connects to the socket of a path.
    pub fn connect<P: AsRef<Path>>(path: P) -> io::Result<UnixStream> {
        Self::connect_addr(&SocketAddr::of_path(path.as_ref())?)
    }

    /// Connects to an address.
    pub fn connect_addr(socket_addr: &SocketAddr) -> io::Result<UnixStream> {
        let socket = Socket::new(AF_UNIX, SOCK_STREAM)?;
        socket.connect(socket_addr.raw())?;
        Ok(UnixStream(socket))
    }
}

impl fmt::Debug for UnixStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.debug("UnixStream", f)
    }
}
