//! Unix sockets that connections come in at.

use super::{SocketAddr, UnixStream};
use crate::fmt;
use crate::io;
use crate::path::Path;
use crate::sys::net::{AF_UNIX, SOCK_STREAM, Socket, socket_traits};

/// A Unix socket that connections come in at.
pub struct UnixListener(Socket);

/// The connections that come in, without end.
#[derive(Debug)]
#[must_use = "iterators are lazy and do nothing unless consumed"]
pub struct Incoming<'a> {
    listener: &'a UnixListener,
}

socket_traits!(UnixListener);

impl UnixListener {
    /// Listens at a path, which must not exist.
    pub fn bind<P: AsRef<Path>>(path: P) -> io::Result<UnixListener> {
        Self::bind_addr(&SocketAddr::of_path(path.as_ref())?)
    }

    /// Listens at an address.
    pub fn bind_addr(socket_addr: &SocketAddr) -> io::Result<UnixListener> {
        let socket = Socket::new(AF_UNIX, SOCK_STREAM)?;
        socket.bind(socket_addr.raw())?;
        socket.listen()?;
        Ok(UnixListener(socket))
    }

    /// Waits for a connection.
    pub fn accept(&self) -> io::Result<(UnixStream, SocketAddr)> {
        let (socket, address) = self.0.accept()?;
        Ok((UnixStream(socket), SocketAddr::from_raw(address)?))
    }

    /// Another handle to the socket.
    pub fn try_clone(&self) -> io::Result<UnixListener> {
        self.0.try_clone().map(UnixListener)
    }

    /// The address that it listens at.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        SocketAddr::from_raw(self.0.local_address()?)
    }

    /// Whether calls fail with `WouldBlock` instead of waiting.
    pub fn set_nonblocking(&self, nonblocking: bool) -> io::Result<()> {
        self.0.set_nonblocking(nonblocking)
    }

    /// Takes the error that the socket has collected.
    pub fn take_error(&self) -> io::Result<Option<io::Error>> {
        self.0.take_error()
    }

    /// Iterator over the connections that come in.
    pub fn incoming(&self) -> Incoming<'_> {
        Incoming { listener: self }
    }
}

impl fmt::Debug for UnixListener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut d = f.debug_struct("UnixListener");
        d.field("fd", &crate::sys::fd::FileDesc(&self.0.0));
        if let Ok(address) = self.local_addr() {
            d.field("local", &address);
        }
        d.finish()
    }
}

impl<'a> IntoIterator for &'a UnixListener {
    type Item = io::Result<UnixStream>;
    type IntoIter = Incoming<'a>;

    fn into_iter(self) -> Incoming<'a> {
        self.incoming()
    }
}

impl Iterator for Incoming<'_> {
    type Item = io::Result<UnixStream>;

    fn next(&mut self) -> Option<io::Result<UnixStream>> {
        Some(self.listener.accept().map(|(stream, _)| stream))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (usize::MAX, None)
    }
}
