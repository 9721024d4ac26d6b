//! Networking: addresses from `core`, TCP and UDP, and finding addresses by name.

pub(crate) mod resolver;
mod tcp;
mod to_socket_addrs;
mod udp;

pub use core::net::*;

pub use self::tcp::{Incoming, TcpListener, TcpStream};
pub use self::to_socket_addrs::ToSocketAddrs;
pub use self::udp::UdpSocket;
use crate::io::{self, ErrorKind, const_error};

/// Which directions of a connection to shut down.
#[derive(Copy, Clone, PartialEq, Eq, Debug)]
pub enum Shutdown {
    /// Receiving.
    Read,
    /// Sending.
    Write,
    /// Both.
    Both,
}

/// Tries each address in turn; the last failure counts.
fn each_address<A: ToSocketAddrs, T>(addr: A, mut f: impl FnMut(&SocketAddr) -> io::Result<T>) -> io::Result<T> {
    let mut last = None;
    for address in addr.to_socket_addrs()? {
        match f(&address) {
            Ok(value) => return Ok(value),
            Err(error) => last = Some(error),
        }
    }
    Err(last.unwrap_or(const_error!(ErrorKind::InvalidInput, "could not resolve to any addresses")))
}
