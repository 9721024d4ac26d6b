//! Addresses in the kernel's form.

use super::{AF_INET, AF_INET6, SockaddrStorage};
use crate::io::{Error, ErrorKind, Result, const_error};
use crate::net::{Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};

/// An address as the kernel takes and gives it: family, then the family's own bytes.
#[derive(Clone, Copy)]
pub(crate) struct RawAddress {
    pub(super) storage: SockaddrStorage,
    pub(super) length: u32,
}

impl RawAddress {
    pub(crate) const FAMILY_BYTES: u32 = 2;

    pub(super) const EMPTY: Self = Self { storage: SockaddrStorage::zeroed(), length: 0 };

    /// A family and the bytes that follow it; `None` if they are too many.
    pub(crate) fn new(family: i32, bytes: &[u8]) -> Option<Self> {
        let mut address = Self::EMPTY;
        address.storage.ss_family = family as u16;
        address.storage.__data.get_mut(..bytes.len())?.copy_from_slice(bytes);
        address.length = Self::FAMILY_BYTES + bytes.len() as u32;
        Some(address)
    }

    pub(crate) fn family(&self) -> i32 {
        self.storage.ss_family.into()
    }

    /// The bytes behind the family.
    pub(crate) fn bytes(&self) -> &[u8] {
        let length = (self.length as usize).saturating_sub(2).min(self.storage.__data.len());
        &self.storage.__data[..length]
    }

    pub(super) fn parts(&self) -> (*const u8, u32) {
        ((&raw const self.storage).cast(), self.length)
    }
}

/// `sockaddr_in` is port and address in network order and eight zeros; `sockaddr_in6` is port, flow, address, scope.
impl From<&SocketAddr> for RawAddress {
    fn from(address: &SocketAddr) -> Self {
        let mut bytes = [0u8; 26];
        bytes[..2].copy_from_slice(&address.port().to_be_bytes());
        let (family, length) = match address {
            SocketAddr::V4(v4) => {
                bytes[2..6].copy_from_slice(&v4.ip().octets());
                (AF_INET, 14)
            }
            SocketAddr::V6(v6) => {
                bytes[2..6].copy_from_slice(&v6.flowinfo().to_ne_bytes());
                bytes[6..22].copy_from_slice(&v6.ip().octets());
                bytes[22..26].copy_from_slice(&v6.scope_id().to_ne_bytes());
                (AF_INET6, 26)
            }
        };
        Self::new(family, &bytes[..length]).unwrap_or(Self::EMPTY)
    }
}

impl TryFrom<&RawAddress> for SocketAddr {
    type Error = Error;

    fn try_from(address: &RawAddress) -> Result<SocketAddr> {
        const INVALID: Error = const_error!(ErrorKind::InvalidInput, "invalid argument");
        fn part<const N: usize>(bytes: &[u8], at: usize) -> Result<[u8; N]> {
            bytes.get(at..at + N).and_then(|part| part.try_into().ok()).ok_or(INVALID)
        }
        let bytes = address.bytes();
        let port = u16::from_be_bytes(part(bytes, 0)?);
        match address.family() {
            AF_INET => Ok(SocketAddrV4::new(Ipv4Addr::from(part::<4>(bytes, 2)?), port).into()),
            AF_INET6 => {
                let flow = u32::from_ne_bytes(part(bytes, 2)?);
                let scope = u32::from_ne_bytes(part(bytes, 22)?);
                Ok(SocketAddrV6::new(Ipv6Addr::from(part::<16>(bytes, 6)?), port, flow, scope).into())
            }
            _ => Err(INVALID),
        }
    }
}
