//! UDP.

use core::time::Duration;

use super::{Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs, each_address};
use crate::fmt;
use crate::io::{self, ErrorKind, const_error};
use crate::os::fd::AsRawFd;
use crate::sys::net::{
    IP_ADD_MEMBERSHIP, IP_DROP_MEMBERSHIP, IP_MULTICAST_LOOP, IP_MULTICAST_TTL, IP_TTL, IPPROTO_IP, IPPROTO_IPV6,
    IPV6_ADD_MEMBERSHIP, IPV6_DROP_MEMBERSHIP, IPV6_MULTICAST_LOOP, MSG_PEEK, RawAddress, SO_BROADCAST, SO_RCVTIMEO,
    SO_SNDTIMEO, SOCK_DGRAM, SOL_SOCKET, Socket, socket_traits,
};

/// A socket for UDP datagrams.
pub struct UdpSocket(Socket);

socket_traits!(UdpSocket);

/// Pairs of methods for options that are a flag or a number.
macro_rules! options {
    ($($doc:literal $level:ident $option:ident: $set:ident $get:ident $value:ident: $ty:ty, |$raw:ident| $from_raw:expr;)*) => {$(
        #[doc = $doc]
        pub fn $set(&self, $value: $ty) -> io::Result<()> {
            self.0.set_option($level, $option, $value as i32)
        }

        #[doc = $doc]
        pub fn $get(&self) -> io::Result<$ty> {
            self.0.option($level, $option).map(|$raw| $from_raw)
        }
    )*};
}

impl UdpSocket {
    /// A socket at the first of the addresses that can be had.
    pub fn bind<A: ToSocketAddrs>(addr: A) -> io::Result<UdpSocket> {
        each_address(addr, |address| {
            let socket = Socket::for_address(address, SOCK_DGRAM)?;
            socket.bind(&RawAddress::from(address))?;
            Ok(UdpSocket(socket))
        })
    }

    /// Waits for a datagram; its length and its sender.
    pub fn recv_from(&self, buf: &mut [u8]) -> io::Result<(usize, SocketAddr)> {
        let (count, address) = self.0.receive_from(buf, 0)?;
        Ok((count, SocketAddr::try_from(&address)?))
    }

    /// As [`UdpSocket::recv_from`]; the datagram stays.
    pub fn peek_from(&self, buf: &mut [u8]) -> io::Result<(usize, SocketAddr)> {
        let (count, address) = self.0.receive_from(buf, MSG_PEEK)?;
        Ok((count, SocketAddr::try_from(&address)?))
    }

    /// Sends a datagram to the first of the addresses.
    pub fn send_to<A: ToSocketAddrs>(&self, buf: &[u8], addr: A) -> io::Result<usize> {
        match addr.to_socket_addrs()?.next() {
            Some(address) => self.0.send_to(buf, &RawAddress::from(&address)),
            None => Err(const_error!(ErrorKind::InvalidInput, "no addresses to send data to")),
        }
    }

    /// The address that the socket is connected to.
    pub fn peer_addr(&self) -> io::Result<SocketAddr> {
        SocketAddr::try_from(&self.0.peer_address()?)
    }

    /// The socket's own address.
    pub fn local_addr(&self) -> io::Result<SocketAddr> {
        SocketAddr::try_from(&self.0.local_address()?)
    }

    /// Another handle to the socket.
    pub fn try_clone(&self) -> io::Result<UdpSocket> {
        self.0.try_clone().map(UdpSocket)
    }

    /// Limits the time that receiving waits.
    pub fn set_read_timeout(&self, dur: Option<Duration>) -> io::Result<()> {
        self.0.set_timeout(SO_RCVTIMEO, dur)
    }

    /// Limits the time that sending waits.
    pub fn set_write_timeout(&self, dur: Option<Duration>) -> io::Result<()> {
        self.0.set_timeout(SO_SNDTIMEO, dur)
    }

    /// How long receiving waits at most.
    pub fn read_timeout(&self) -> io::Result<Option<Duration>> {
        self.0.timeout(SO_RCVTIMEO)
    }

    /// How long sending waits at most.
    pub fn write_timeout(&self) -> io::Result<Option<Duration>> {
        self.0.timeout(SO_SNDTIMEO)
    }

    options! {
        "Whether datagrams may go to broadcast addresses."
            SOL_SOCKET SO_BROADCAST: set_broadcast broadcast broadcast: bool, |raw| raw != 0;
        "Whether IPv4 multicast datagrams come back to this machine."
            IPPROTO_IP IP_MULTICAST_LOOP: set_multicast_loop_v4 multicast_loop_v4 multicast_loop_v4: bool, |raw| raw != 0;
        "How many routers IPv4 multicast datagrams may pass."
            IPPROTO_IP IP_MULTICAST_TTL: set_multicast_ttl_v4 multicast_ttl_v4 multicast_ttl_v4: u32, |raw| raw as u32;
        "Whether IPv6 multicast datagrams come back to this machine."
            IPPROTO_IPV6 IPV6_MULTICAST_LOOP: set_multicast_loop_v6 multicast_loop_v6 multicast_loop_v6: bool, |raw| raw != 0;
        "How many routers datagrams may pass."
            IPPROTO_IP IP_TTL: set_ttl ttl ttl: u32, |raw| raw as u32;
    }

    /// Joins an IPv4 multicast group at the interface with the given address.
    pub fn join_multicast_v4(&self, multiaddr: &Ipv4Addr, interface: &Ipv4Addr) -> io::Result<()> {
        self.0.change_membership_v4(IP_ADD_MEMBERSHIP, multiaddr, interface)
    }

    /// Joins an IPv6 multicast group at the interface with the given number.
    pub fn join_multicast_v6(&self, multiaddr: &Ipv6Addr, interface: u32) -> io::Result<()> {
        self.0.change_membership_v6(IPV6_ADD_MEMBERSHIP, multiaddr, interface)
    }

    /// Leaves an IPv4 multicast group.
    pub fn leave_multicast_v4(&self, multiaddr: &Ipv4Addr, interface: &Ipv4Addr) -> io::Result<()> {
        self.0.change_membership_v4(IP_DROP_MEMBERSHIP, multiaddr, interface)
    }

    /// Leaves an IPv6 multicast group.
    pub fn leave_multicast_v6(&self, multiaddr: &Ipv6Addr, interface: u32) -> io::Result<()> {
        self.0.change_membership_v6(IPV6_DROP_MEMBERSHIP, multiaddr, interface)
    }

    /// Takes the error that the socket has collected.
    pub fn take_error(&self) -> io::Result<Option<io::Error>> {
        self.0.take_error()
    }

    /// Sends to, and receives from, one address only.
    pub fn connect<A: ToSocketAddrs>(&self, addr: A) -> io::Result<()> {
        each_address(addr, |address| self.0.connect(&RawAddress::from(address)))
    }

    /// Sends a datagram to the connected address.
    pub fn send(&self, buf: &[u8]) -> io::Result<usize> {
        self.0.send(buf)
    }

    /// Waits for a datagram from the connected address.
    pub fn recv(&self, buf: &mut [u8]) -> io::Result<usize> {
        self.0.receive(buf, 0)
    }

    /// As [`UdpSocket::recv`]; the datagram stays.
    pub fn peek(&self, buf: &mut [u8]) -> io::Result<usize> {
        self.0.receive(buf, MSG_PEEK)
    }

    /// Whether calls fail with `WouldBlock` instead of waiting.
    pub fn set_nonblocking(&self, nonblocking: bool) -> io::Result<()> {
        self.0.set_nonblocking(nonblocking)
    }
}

impl fmt::Debug for UdpSocket {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut d = f.debug_struct("UdpSocket");
        if let Ok(address) = self.local_addr() {
            d.field("addr", &address);
        }
        d.field("fd", &self.as_raw_fd()).finish()
    }
}
