//! Unix sockets for datagrams.

use core::time::Duration;

use super::SocketAddr;
use super::stream::common_methods;
use crate::fmt;
use crate::io;
use crate::net::Shutdown;
use crate::path::Path;
use crate::sys::net::{AF_UNIX, SO_RCVTIMEO, SO_SNDTIMEO, SOCK_DGRAM, Socket, socket_traits};

/// A Unix socket for datagrams.
pub struct UnixDatagram(Socket);

socket_traits!(UnixDatagram);

impl UnixDatagram {
    const KIND: i32 = SOCK_DGRAM;

    common_methods!();

    /// A socket at a path, which must not exist.
    pub fn bind<P: AsRef<Path>>(path: P) -> io::Result<UnixDatagram> {
        Self::bind_addr(&SocketAddr::of_path(path.as_ref())?)
    }

    /// A socket at an address.
    pub fn bind_addr(socket_addr: &SocketAddr) -> io::Result<UnixDatagram> {
        let socket = UnixDatagram::unbound()?;
        socket.0.bind(socket_addr.raw())?;
        Ok(socket)
    }

    /// A socket without an address.
    pub fn unbound() -> io::Result<UnixDatagram> {
        Socket::new(AF_UNIX, SOCK_DGRAM).map(UnixDatagram)
    }

    /// Sends to, and receives from, the socket of a path only.
    pub fn connect<P: AsRef<Path>>(&self, path: P) -> io::Result<()> {
        self.connect_addr(&SocketAddr::of_path(path.as_ref())?)
    }

    /// Sends to, and receives from, one address only.
    pub fn connect_addr(&self, socket_addr: &SocketAddr) -> io::Result<()> {
        self.0.connect(socket_addr.raw())
    }

    /// Waits for a datagram; its length and its sender.
    pub fn recv_from(&self, buf: &mut [u8]) -> io::Result<(usize, SocketAddr)> {
        let (count, address) = self.0.receive_from(buf, 0)?;
        Ok((count, SocketAddr::from_raw(address)?))
    }

    /// Waits for a datagram.
    pub fn recv(&self, buf: &mut [u8]) -> io::Result<usize> {
        self.0.receive(buf, 0)
    }

    /// Sends a datagram to the socket of a path.
    pub fn send_to<P: AsRef<Path>>(&self, buf: &[u8], path: P) -> io::Result<usize> {
        self.send_to_addr(buf, &SocketAddr::of_path(path.as_ref())?)
    }

    /// Sends a datagram to an address.
    pub fn send_to_addr(&self, buf: &[u8], socket_addr: &SocketAddr) -> io::Result<usize> {
        self.0.send_to(buf, socket_addr.raw())
    }

    /// Sends a datagram to the connected address.
    pub fn send(&self, buf: &[u8]) -> io::Result<usize> {
        self.0.send(buf)
    }
}

impl fmt::Debug for UnixDatagram {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.debug("UnixDatagram", f)
    }
}
