//! What can stand for socket addresses.

use super::resolver::{self, LookupError};
use super::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};
use crate::io::{self, ErrorKind, const_error};
use crate::{iter, option, slice, vec};

/// Can be turned into socket addresses, perhaps by asking name servers.
pub trait ToSocketAddrs {
    /// The addresses.
    type Iter: Iterator<Item = SocketAddr>;

    /// The addresses, in the order in which to try them.
    fn to_socket_addrs(&self) -> io::Result<Self::Iter>;
}

macro_rules! one_address {
    ($($ty:ty, |$this:ident| $address:expr;)*) => {$(
        impl ToSocketAddrs for $ty {
            type Iter = option::IntoIter<SocketAddr>;

            fn to_socket_addrs(&self) -> io::Result<option::IntoIter<SocketAddr>> {
                let $this = self;
                Ok(Some($address).into_iter())
            }
        }
    )*};
}

one_address! {
    SocketAddr, |this| *this;
    SocketAddrV4, |this| SocketAddr::V4(*this);
    SocketAddrV6, |this| SocketAddr::V6(*this);
    (IpAddr, u16), |this| SocketAddr::new(this.0, this.1);
    (Ipv4Addr, u16), |this| SocketAddr::new(this.0.into(), this.1);
    (Ipv6Addr, u16), |this| SocketAddr::new(this.0.into(), this.1);
}

impl ToSocketAddrs for (&str, u16) {
    type Iter = vec::IntoIter<SocketAddr>;

    fn to_socket_addrs(&self) -> io::Result<vec::IntoIter<SocketAddr>> {
        let (host, port) = *self;
        if let Ok(address) = host.parse::<IpAddr>() {
            return Ok(vec![SocketAddr::new(address, port)].into_iter());
        }
        look_up(host, port)
    }
}

impl ToSocketAddrs for (String, u16) {
    type Iter = vec::IntoIter<SocketAddr>;

    fn to_socket_addrs(&self) -> io::Result<vec::IntoIter<SocketAddr>> {
        (&*self.0, self.1).to_socket_addrs()
    }
}

impl ToSocketAddrs for str {
    type Iter = vec::IntoIter<SocketAddr>;

    fn to_socket_addrs(&self) -> io::Result<vec::IntoIter<SocketAddr>> {
        if let Ok(address) = self.parse() {
            return Ok(vec![address].into_iter());
        }
        let (host, port) =
            self.rsplit_once(':').ok_or(const_error!(ErrorKind::InvalidInput, "invalid socket address"))?;
        let port = port.parse().map_err(|_| const_error!(ErrorKind::InvalidInput, "invalid port value"))?;
        look_up(host, port)
    }
}

impl<'a> ToSocketAddrs for &'a [SocketAddr] {
    type Iter = iter::Cloned<slice::Iter<'a, SocketAddr>>;

    fn to_socket_addrs(&self) -> io::Result<Self::Iter> {
        Ok(self.iter().cloned())
    }
}

impl<T: ToSocketAddrs + ?Sized> ToSocketAddrs for &T {
    type Iter = T::Iter;

    fn to_socket_addrs(&self) -> io::Result<T::Iter> {
        (**self).to_socket_addrs()
    }
}

impl ToSocketAddrs for String {
    type Iter = vec::IntoIter<SocketAddr>;

    fn to_socket_addrs(&self) -> io::Result<vec::IntoIter<SocketAddr>> {
        (**self).to_socket_addrs()
    }
}

/// The addresses of a name; the texts of failures are those of getaddrinfo(3).
fn look_up(host: &str, port: u16) -> io::Result<vec::IntoIter<SocketAddr>> {
    if host.contains('\0') {
        return Err(const_error!(ErrorKind::InvalidInput, "file name contained an unexpected NUL byte"));
    }
    let error = |text| io::Error::new(ErrorKind::Uncategorized, text);
    match resolver::resolve(host, port) {
        Ok(addresses) => Ok(addresses.into_iter()),
        Err(LookupError::NotFound) => Err(error("failed to lookup address information: Name or service not known")),
        Err(LookupError::NoAddress) => {
            Err(error("failed to lookup address information: No address associated with hostname"))
        }
        Err(LookupError::ServerFailed | LookupError::NoAnswer) => {
            Err(error("failed to lookup address information: Temporary failure in name resolution"))
        }
    }
}
