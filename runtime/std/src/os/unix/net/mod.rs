//! Sockets whose addresses are paths (`unix(7)`).

mod addr;
mod datagram;
mod listener;
mod stream;

pub use self::addr::SocketAddr;
pub use self::datagram::UnixDatagram;
pub use self::listener::{Incoming, UnixListener};
pub use self::stream::UnixStream;
