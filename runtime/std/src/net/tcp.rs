//! TCP.

use core::iter::FusedIterator;
use core::time::Duration;

use super::{Shutdown, SocketAddr, ToSocketAddrs, each_address};
use crate::fmt;
use crate::io;
use crate::os::fd::AsRawFd;
use crate::sys::net::{
    IP_TTL, IPPROTO_IP, IPPROTO_IPV6, IPPROTO_TCP, IPV6_V6ONLY, MSG_PEEK, RawAddress, SO_RCVTIMEO, SO_REUSEADDR,
    SO_SNDTIMEO, SOCK_STREAM, SOL_SOCKET, Socket, TCP_NODELAY, TCP_QUICKACK, socket_traits, stream_io,
};

/// A TCP connection.
pub struct TcpStream(Socket);

/// A socket that TCP connections come in at.
pub struct TcpListener(Socket);

/// The connections that come in, without end.
#[must_use = "iterators are lazy and do nothing unless consumed"]
#[derive(Debug)]
pub struct Incoming<'a> {
    listener: &'a TcpListener,
}

socket_traits!(TcpStream, TcpListener);
stream_io!(TcpStream);

impl TcpStream {
    /// Connects to the first of the addresses that answers.
    pub fn connect<A: ToSocketAddrs>(addr: A) -> io::Result<TcpStream> {
        each_address(addr, |address| {
            let socket = Socket::for_address(address, SOCK_STREAM)?;
            socket.connect(&RawAddress::from(address))?;
            Ok(TcpStream(socket))
        })
    }

    /// Connects within the given time.
    pub fn connect_timeout(addr: &SocketAddr, timeout: Duration) -> io::Result<TcpStream> {
        let socket = Socket::for_address(addr, SOCK_STREAM)?;
        socket.connect_timeout(&RawAddress::from(addr), timeout)?;
        Ok(TcpStream(socket))
    }

    /// The other side's address.
    pub fn peer_addr(&self) -> io::Result<SocketAddr> {
        SocketAddr::try_from(&self.0.peer_address()?)
    }

    /// This side's address.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        SocketAddr::try_from(&self.0.local_address()?)
    }

    /// Ends one or both directions.
    pub fn shutdown(&self, how: Shutdown) -> io::Result<()> {
        self.0.shutdown(how)
    }

    /// Another handle to the connection.
    pub fn try_clone(&self) -> io::Result<TcpStream> {
        self.0.try_clone().map(TcpStream)
    }

    /// Limits the time that a read waits.
    pub fn set_read_timeout(&self, dur: Option<Duration>) -> io::Result<()> {
        self.0.set_timeout(SO_RCVTIMEO, dur)
    }

    /// Limits the time that a write waits.
    pub fn set_write_timeout(&self, dur: Option<Duration>) -> io::Result<()> {
        self.0.set_timeout(SO_SNDTIMEO, dur)
    }

    /// How long a read waits at most.
    pub fn read_timeout(&self) -> io::Result<Option<Duration>> {
        self.0.timeout(SO_RCVTIMEO)
    }

    /// How long a write waits at most.
    pub fn write_timeout(&self) -> io::Result<Option<Duration>> {
        self.0.timeout(SO_SNDTIMEO)
    }

    /// Reads without taking the bytes away.
    pub fn peek(&self, buf: &mut [u8]) -> io::Result<usize> {
        self.0.receive(buf, MSG_PEEK)
    }

    /// Whether small pieces are sent at once.
    pub fn set_nodelay(&self, nodelay: bool) -> io::Result<()> {
        self.0.set_option(IPPROTO_TCP, TCP_NODELAY, nodelay.into())
    }

    /// Whether small pieces are sent at once.
    pub fn nodelay(&self) -> io::Result<bool> {
        self.0.option(IPPROTO_TCP, TCP_NODELAY).map(|value| value != 0)
    }

    /// Whether acknowledgements are sent at once, for now.
    pub(crate) fn set_quickack(&self, quickack: bool) -> io::Result<()> {
        self.0.set_option(IPPROTO_TCP, TCP_QUICKACK, quickack.into())
    }

    /// Whether acknowledgements are sent at once.
    pub(crate) fn quickack(&self) -> io::Result<bool> {
        self.0.option(IPPROTO_TCP, TCP_QUICKACK).map(|value| value != 0)
    }

    /// Sets how many routers packets may pass.
    pub fn set_ttl(&self, ttl: u32) -> io::Result<()> {
        self.0.set_option(IPPROTO_IP, IP_TTL, ttl as i32)
    }

    /// How many routers packets may pass.
    pub fn ttl(&self) -> io::Result<u32> {
        self.0.option(IPPROTO_IP, IP_TTL).map(|value| value as u32)
    }

    /// Takes the error that the socket has collected.
    pub fn take_error(&self) -> io::Result<Option<io::Error>> {
        self.0.take_error()
    }

    /// Whether calls fail with `WouldBlock` instead of waiting.
    pub fn set_nonblocking(&self, nonblocking: bool) -> io::Result<()> {
        self.0.set_nonblocking(nonblocking)
    }
}

impl TcpListener {
    /// Listens at the first of the addresses that can be had.
    pub fn bind<A: ToSocketAddrs>(addr: A) -> io::Result<TcpListener> {
        each_address(addr, |address| {
            let socket = Socket::for_address(address, SOCK_STREAM)?;
            socket.set_option(SOL_SOCKET, SO_REUSEADDR, 1)?;
            socket.bind(&RawAddress::from(address))?;
            socket.listen()?;
            Ok(TcpListener(socket))
        })
    }

    /// The address that it listens at.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        SocketAddr::try_from(&self.0.local_address()?)
    }

    /// Another handle to the socket.
    pub fn try_clone(&self) -> io::Result<TcpListener> {
        self.0.try_clone().map(TcpListener)
    }

    /// Waits for a connection.
    pub fn accept(&self) -> io::Result<(TcpStream, SocketAddr)> {
        let (socket, address) = self.0.accept()?;
        Ok((TcpStream(socket), SocketAddr::try_from(&address)?))
    }

    /// Iterator over the connections that come in.
    pub fn incoming(&self) -> Incoming<'_> {
        Incoming { listener: self }
    }

    /// Sets how many routers packets may pass.
    pub fn set_ttl(&self, ttl: u32) -> io::Result<()> {
        self.0.set_option(IPPROTO_IP, IP_TTL, ttl as i32)
    }

    /// How many routers packets may pass.
    pub fn ttl(&self) -> io::Result<u32> {
        self.0.option(IPPROTO_IP, IP_TTL).map(|value| value as u32)
    }

    /// Whether an IPv6 socket leaves IPv4 alone.
    #[deprecated(since = "1.16.0", note = "this option can only be set before the socket is bound")]
    #[allow(missing_docs)]
    pub fn set_only_v6(&self, only_v6: bool) -> io::Result<()> {
        self.0.set_option(IPPROTO_IPV6, IPV6_V6ONLY, only_v6.into())
    }

    /// Whether an IPv6 socket leaves IPv4 alone.
    #[deprecated(since = "1.16.0", note = "this option can only be set before the socket is bound")]
    #[allow(missing_docs)]
    pub fn only_v6(&self) -> io::Result<bool> {
        self.0.option(IPPROTO_IPV6, IPV6_V6ONLY).map(|value| value != 0)
    }

    /// Takes the error that the socket has collected.
    pub fn take_error(&self) -> io::Result<Option<io::Error>> {
        self.0.take_error()
    }

    /// Whether calls fail with `WouldBlock` instead of waiting.
    pub fn set_nonblocking(&self, nonblocking: bool) -> io::Result<()> {
        self.0.set_nonblocking(nonblocking)
    }
}

impl Iterator for Incoming<'_> {
    type Item = io::Result<TcpStream>;

    fn next(&mut self) -> Option<io::Result<TcpStream>> {
        Some(self.listener.accept().map(|(stream, _)| stream))
    }
}

impl FusedIterator for Incoming<'_> {}

impl fmt::Debug for TcpStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut d = f.debug_struct("TcpStream");
        if let Ok(address) = self.local_addr() {
            d.field("addr", &address);
        }
        if let Ok(peer) = self.peer_addr() {
            d.field("peer", &peer);
        }
        d.field("fd", &self.as_raw_fd()).finish()
    }
}

impl fmt::Debug for TcpListener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut d = f.debug_struct("TcpListener");
        if let Ok(address) = self.local_addr() {
            d.field("addr", &address);
        }
        d.field("fd", &self.as_raw_fd()).finish()
    }
}
