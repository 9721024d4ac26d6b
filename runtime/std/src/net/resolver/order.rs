//! Which address to try first (RFC 6724, section 6), by the tables that the C library has unless `gai.conf(5)` says
//! otherwise: those of RFC 3484, with labels for the newer prefixes. Left out are rules on what only the kernel knows of
//! source addresses. The order of the answer decides between equals.

use crate::net::{IpAddr, Ipv4Addr, Ipv6Addr, UdpSocket};
use core::cmp::Reverse;

pub(super) fn sort(addresses: &mut [IpAddr]) {
    if addresses.len() > 1 {
        addresses.sort_by_cached_key(|address| {
            let to = mapped(*address);
            let from = source(address).map(mapped);
            let shared =
                from.filter(|_| address.is_ipv6()).map_or(0, |from| (from.to_bits() ^ to.to_bits()).leading_zeros());
            // Rules 1, 2, 5, 6, 8 and 9; what is less comes first.
            (
                from.is_none(),
                from.is_some_and(|from| scope(&from) != scope(&to)),
                from.is_some_and(|from| label(&from) != label(&to)),
                Reverse(precedence(&to)),
                scope(&to),
                Reverse(shared),
            )
        });
    }
}

/// Where packets to an address would come from. Connecting a datagram socket sends nothing, but fails where there is no route
/// or no own address.
fn source(address: &IpAddr) -> Option<IpAddr> {
    let any: IpAddr = if address.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() };
    let socket = UdpSocket::bind((any, 0)).ok()?;
    socket.connect((*address, 53)).ok()?;
    Some(socket.local_addr().ok()?.ip())
}

/// As the policy table has addresses of version 4.
fn mapped(address: IpAddr) -> Ipv6Addr {
    match address {
        IpAddr::V4(address) => address.to_ipv6_mapped(),
        IpAddr::V6(address) => address,
    }
}

/// RFC 4291, 2.7; for version 4 RFC 6724, 3.2.
fn scope(address: &Ipv6Addr) -> u8 {
    const LINK_LOCAL: u8 = 2;
    const SITE_LOCAL: u8 = 5;
    const GLOBAL: u8 = 14;
    match (address.to_ipv4_mapped(), address.segments()[0]) {
        (Some(address), _) if address.is_loopback() || address.is_link_local() => LINK_LOCAL,
        (Some(_), _) => GLOBAL,
        (None, first) if first & 0xff00 == 0xff00 => (first & 0xf) as u8,
        (None, first) if first & 0xffc0 == 0xfe80 || address.is_loopback() => LINK_LOCAL,
        (None, first) if first & 0xffc0 == 0xfec0 => SITE_LOCAL,
        _ => GLOBAL,
    }
}

/// Which sources belong to which targets.
fn label(address: &Ipv6Addr) -> u8 {
    policy(address).0
}

fn precedence(address: &Ipv6Addr) -> u8 {
    policy(address).1
}

/// Label and precedence.
fn policy(address: &Ipv6Addr) -> (u8, u8) {
    match address.segments() {
        [0, 0, 0, 0, 0, 0, 0, 1] => (0, 50),
        [0, 0, 0, 0, 0, 0xffff, _, _] => (4, 10),
        [0, 0, 0, 0, 0, 0, _, _] => (3, 20),
        [0x2002, ..] => (2, 30),
        [0x2001, 0, ..] => (7, 40),
        [first, ..] if first & 0xfe00 == 0xfc00 => (6, 40),
        [first, ..] if first & 0xffc0 == 0xfec0 => (5, 40),
        _ => (1, 40),
    }
}
