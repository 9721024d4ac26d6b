//! Which address to try first (RFC 6724, section 6, rules 1 and 6): those that the machine has a route to before
//! others, then by the precedence of the policy table. The order of the answer decides between equals.

use crate::net::{IpAddr, Ipv4Addr, Ipv6Addr, UdpSocket};

pub(super) fn sort(addresses: &mut [IpAddr]) {
    if addresses.len() > 1 {
        addresses.sort_by_cached_key(|address| (!has_route(address), -precedence(address)));
    }
}

/// Connecting a datagram socket sends nothing, but fails where there is no route or no own address to send from.
fn has_route(address: &IpAddr) -> bool {
    let any: IpAddr = if address.is_ipv4() { Ipv4Addr::UNSPECIFIED.into() } else { Ipv6Addr::UNSPECIFIED.into() };
    UdpSocket::bind((any, 0)).is_ok_and(|socket| socket.connect((*address, 53)).is_ok())
}

/// The policy table of RFC 6724, section 2.1.
fn precedence(address: &IpAddr) -> i32 {
    let address = match address {
        IpAddr::V4(_) => return 35,
        IpAddr::V6(address) => address,
    };
    let segments = address.segments();
    match segments {
        [0, 0, 0, 0, 0, 0, 0, 1] => 50,
        [0, 0, 0, 0, 0, 0xffff, _, _] => 35,
        [0, 0, 0, 0, 0, 0, _, _] => 1,
        [0x2002, ..] => 30,
        [0x2001, 0, ..] => 5,
        [first, ..] if first & 0xfe00 == 0xfc00 => 3,
        [first, ..] if first & 0xffc0 == 0xfec0 || first == 0x3ffe => 1,
        _ => 40,
    }
}
