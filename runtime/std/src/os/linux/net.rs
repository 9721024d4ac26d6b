//! What Linux adds to sockets.

use crate::io;
use crate::net::TcpStream;
use crate::os::unix::net::SocketAddr;

mod sealed {
    #[allow(unnameable_types)]
    pub trait Sealed {}
    impl Sealed for crate::os::unix::net::SocketAddr {}
    impl Sealed for crate::net::TcpStream {}
}

/// Abstract names of Unix sockets.
pub trait SocketAddrExt: sealed::Sealed {
    /// The address of an abstract name.
    fn from_abstract_name<N>(name: N) -> io::Result<SocketAddr>
    where
        N: AsRef<[u8]>;

    /// The abstract name, if the address has one.
    fn as_abstract_name(&self) -> Option<&[u8]>;
}

impl SocketAddrExt for SocketAddr {
    fn from_abstract_name<N>(name: N) -> io::Result<SocketAddr>
    where
        N: AsRef<[u8]>,
    {
        SocketAddr::of_abstract_name(name.as_ref())
    }

    fn as_abstract_name(&self) -> Option<&[u8]> {
        self.abstract_name()
    }
}

/// Options of TCP that only Linux has.
pub trait TcpStreamExt: sealed::Sealed {
    /// Whether acknowledgements are sent at once, for now.
    fn set_quickack(&self, quickack: bool) -> io::Result<()>;

    /// Whether acknowledgements are sent at once.
    fn quickack(&self) -> io::Result<bool>;
}

impl TcpStreamExt for TcpStream {
    fn set_quickack(&self, quickack: bool) -> io::Result<()> {
        TcpStream::set_quickack(self, quickack)
    }

    fn quickack(&self) -> io::Result<bool> {
        TcpStream::quickack(self)
    }
}
