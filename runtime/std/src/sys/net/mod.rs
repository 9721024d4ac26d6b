//! Sockets: one owned descriptor, its addresses in the kernel's form, and its options.

mod address;
mod traits;

pub(crate) use address::RawAddress;
pub(crate) use traits::{socket_traits, stream_io};

use core::time::Duration;

use fullrust_sys::io::{POLLOUT, PollFd, poll};
use fullrust_sys::net::{self as kernel, SockaddrStorage};
pub(crate) use fullrust_sys::net::{
    AF_INET, AF_INET6, AF_UNIX, IP_ADD_MEMBERSHIP, IP_DROP_MEMBERSHIP, IP_MULTICAST_LOOP, IP_MULTICAST_TTL, IP_TTL,
    IPPROTO_IP, IPPROTO_IPV6, IPPROTO_TCP, IPV6_ADD_MEMBERSHIP, IPV6_DROP_MEMBERSHIP, IPV6_MULTICAST_LOOP, IPV6_V6ONLY,
    IpMreq, Ipv6Mreq, MSG_PEEK, SO_BROADCAST, SO_RCVTIMEO, SO_REUSEADDR, SO_SNDTIMEO, SOCK_DGRAM, SOCK_STREAM,
    SOL_SOCKET, TCP_NODELAY, TCP_QUICKACK,
};
use fullrust_sys::net::{MSG_NOSIGNAL, SO_ERROR, SOCK_CLOEXEC};
use fullrust_sys::time::Timeval;
use fullrust_sys::{Errno, Result as KernelResult};

use super::fd::own;
use super::io::retry;
use crate::io::{Error, ErrorKind, Result, const_error};
use crate::net::{Ipv4Addr, Ipv6Addr, Shutdown, SocketAddr};
use crate::os::fd::{AsRawFd, OwnedFd};
use crate::time::Instant;

/// How many connections may wait to be accepted.
const BACKLOG: i32 = 128;

pub(crate) struct Socket(pub(crate) OwnedFd);

impl Socket {
    /// A new close-on-exec socket.
    pub(crate) fn new(family: i32, kind: i32) -> Result<Socket> {
        Ok(Socket(own(kernel::socket(family, kind | SOCK_CLOEXEC, 0)?)))
    }

    /// A new socket of the family of an address.
    pub(crate) fn for_address(address: &SocketAddr, kind: i32) -> Result<Socket> {
        Socket::new(if address.is_ipv4() { AF_INET } else { AF_INET6 }, kind)
    }

    /// Two sockets that are connected with each other.
    pub(crate) fn pair(family: i32, kind: i32) -> Result<(Socket, Socket)> {
        let (one, other) = kernel::socketpair(family, kind | SOCK_CLOEXEC, 0)?;
        Ok((Socket(own(one)), Socket(own(other))))
    }

    fn fd(&self) -> i32 {
        self.0.as_raw_fd()
    }

    pub(crate) fn bind(&self, address: &RawAddress) -> Result<()> {
        let (pointer, length) = address.parts();
        // SAFETY: pointer and length are those of the storage.
        Ok(unsafe { kernel::bind(self.fd(), pointer, length) }?)
    }

    pub(crate) fn listen(&self) -> Result<()> {
        Ok(kernel::listen(self.fd(), BACKLOG)?)
    }

    fn start_connecting(&self, address: &RawAddress) -> KernelResult<()> {
        let (pointer, length) = address.parts();
        // SAFETY: pointer and length are those of the storage.
        unsafe { kernel::connect(self.fd(), pointer, length) }
    }

    /// Connects, also where a signal interrupts: the kernel goes on, and calling again would be an error.
    pub(crate) fn connect(&self, address: &RawAddress) -> Result<()> {
        loop {
            match self.start_connecting(address) {
                // The kernel goes on connecting; asking again waits for that.
                Err(Errno::EINTR) => {}
                Err(Errno::EISCONN) => return Ok(()),
                result => return Ok(result?),
            }
        }
    }

    pub(crate) fn connect_timeout(&self, address: &RawAddress, timeout: Duration) -> Result<()> {
        if timeout.is_zero() {
            return Err(Error::ZERO_TIMEOUT);
        }
        self.set_nonblocking(true)?;
        let started = self.start_connecting(address);
        self.set_nonblocking(false)?;
        match started {
            Err(Errno::EINPROGRESS | Errno::EINTR) => self.wait_until_connected(timeout),
            result => Ok(result?),
        }
    }

    fn wait_until_connected(&self, timeout: Duration) -> Result<()> {
        let start = Instant::now();
        loop {
            let rest = timeout.saturating_sub(start.elapsed());
            if rest.is_zero() {
                return Err(const_error!(ErrorKind::TimedOut, "connection timed out"));
            }
            let milliseconds = rest.as_nanos().div_ceil(1_000_000).min(i32::MAX as u128) as i32;
            let mut entry = [PollFd { fd: self.fd(), events: POLLOUT, revents: 0 }];
            match poll(&mut entry, milliseconds) {
                Err(Errno::EINTR) | Ok(0) => {}
                Err(errno) => return Err(errno.into()),
                Ok(_) => return self.take_error()?.map_or(Ok(()), Err),
            }
        }
    }

    /// A connection that has come in, and who it comes from.
    pub(crate) fn accept(&self) -> Result<(Socket, RawAddress)> {
        let mut address = RawAddress::EMPTY;
        let (fd, length) = retry(|| kernel::accept4(self.fd(), &mut address.storage, SOCK_CLOEXEC))?;
        address.length = length;
        Ok((Socket(own(fd)), address))
    }

    pub(crate) fn local_address(&self) -> Result<RawAddress> {
        let mut address = RawAddress::EMPTY;
        address.length = kernel::getsockname(self.fd(), &mut address.storage)?;
        Ok(address)
    }

    pub(crate) fn peer_address(&self) -> Result<RawAddress> {
        let mut address = RawAddress::EMPTY;
        address.length = kernel::getpeername(self.fd(), &mut address.storage)?;
        Ok(address)
    }

    pub(crate) fn shutdown(&self, how: Shutdown) -> Result<()> {
        let how = match how {
            Shutdown::Read => kernel::SHUT_RD,
            Shutdown::Write => kernel::SHUT_WR,
            Shutdown::Both => kernel::SHUT_RDWR,
        };
        Ok(kernel::shutdown(self.fd(), how)?)
    }

    pub(crate) fn try_clone(&self) -> Result<Socket> {
        Ok(Socket(self.0.try_clone()?))
    }

    pub(crate) fn receive(&self, buffer: &mut [u8], flags: i32) -> Result<usize> {
        Ok(kernel::recv(self.fd(), buffer, flags)?)
    }

    /// Datagrams are received again after a signal, as in std.
    pub(crate) fn receive_from(&self, buffer: &mut [u8], flags: i32) -> Result<(usize, RawAddress)> {
        let mut address = RawAddress::EMPTY;
        let (count, length) = retry(|| kernel::recvfrom(self.fd(), buffer, flags, &mut address.storage))?;
        address.length = length;
        Ok((count, address))
    }

    pub(crate) fn send(&self, bytes: &[u8]) -> Result<usize> {
        Ok(kernel::send(self.fd(), bytes, MSG_NOSIGNAL)?)
    }

    pub(crate) fn send_to(&self, bytes: &[u8], address: &RawAddress) -> Result<usize> {
        let (pointer, length) = address.parts();
        // SAFETY: pointer and length are those of the storage.
        retry(|| unsafe { kernel::sendto(self.fd(), bytes, MSG_NOSIGNAL, pointer, length) })
    }

    pub(crate) fn set_nonblocking(&self, nonblocking: bool) -> Result<()> {
        super::fd::set_nonblocking(self.fd(), nonblocking)
    }

    /// Sets an option that is an integer.
    pub(crate) fn set_option(&self, level: i32, option: i32, value: i32) -> Result<()> {
        // SAFETY: an int has no padding, and the callers know the options that take one.
        Ok(unsafe { kernel::setsockopt(self.fd(), level, option, &value) }?)
    }

    /// Reads an option that is an integer.
    pub(crate) fn option(&self, level: i32, option: i32) -> Result<i32> {
        // SAFETY: every pattern is an int.
        Ok(unsafe { kernel::getsockopt::<i32>(self.fd(), level, option) }?.0)
    }

    pub(crate) fn change_membership_v4(&self, option: i32, group: &Ipv4Addr, interface: &Ipv4Addr) -> Result<()> {
        let request = IpMreq { imr_multiaddr: group.octets(), imr_interface: interface.octets() };
        // SAFETY: the structure is what these options take, without padding.
        Ok(unsafe { kernel::setsockopt(self.fd(), IPPROTO_IP, option, &request) }?)
    }

    pub(crate) fn change_membership_v6(&self, option: i32, group: &Ipv6Addr, interface: u32) -> Result<()> {
        let request = Ipv6Mreq { ipv6mr_multiaddr: group.octets(), ipv6mr_interface: interface };
        // SAFETY: as above.
        Ok(unsafe { kernel::setsockopt(self.fd(), IPPROTO_IPV6, option, &request) }?)
    }

    /// The error that the socket has collected, which is cleared.
    pub(crate) fn take_error(&self) -> Result<Option<Error>> {
        let number = self.option(SOL_SOCKET, SO_ERROR)?;
        Ok((number != 0).then(|| Error::from_raw_os_error(number)))
    }

    /// Sets `SO_RCVTIMEO` or `SO_SNDTIMEO`. Less than a microsecond is rounded up: zero would mean no limit.
    pub(crate) fn set_timeout(&self, option: i32, timeout: Option<Duration>) -> Result<()> {
        let value = match timeout {
            Some(timeout) if timeout.is_zero() => return Err(Error::ZERO_TIMEOUT),
            None => Timeval::default(),
            Some(timeout) => {
                let tv_sec = i64::try_from(timeout.as_secs()).unwrap_or(i64::MAX);
                let tv_usec = i64::from(timeout.subsec_micros());
                Timeval { tv_sec, tv_usec: if tv_sec == 0 { tv_usec.max(1) } else { tv_usec } }
            }
        };
        // SAFETY: the structure is what these options take, without padding.
        Ok(unsafe { kernel::setsockopt(self.fd(), SOL_SOCKET, option, &value) }?)
    }

    pub(crate) fn timeout(&self, option: i32) -> Result<Option<Duration>> {
        // SAFETY: every pattern is two integers.
        let (value, _) = unsafe { kernel::getsockopt::<Timeval>(self.fd(), SOL_SOCKET, option) }?;
        let span = Duration::new(value.tv_sec as u64, value.tv_usec as u32 * 1000);
        Ok((!span.is_zero()).then_some(span))
    }
}

impl AsRawFd for Socket {
    fn as_raw_fd(&self) -> i32 {
        self.fd()
    }
}

impl crate::os::fd::FromRawFd for Socket {
    unsafe fn from_raw_fd(fd: i32) -> Self {
        // SAFETY: the caller's promise.
        Socket(unsafe { OwnedFd::from_raw_fd(fd) })
    }
}

impl From<OwnedFd> for Socket {
    fn from(fd: OwnedFd) -> Self {
        Socket(fd)
    }
}

impl From<Socket> for OwnedFd {
    fn from(socket: Socket) -> Self {
        socket.0
    }
}

impl crate::os::fd::AsFd for Socket {
    fn as_fd(&self) -> crate::os::fd::BorrowedFd<'_> {
        self.0.as_fd()
    }
}
