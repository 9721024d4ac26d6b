//! Finding the addresses of a name: numbers, `/etc/hosts`, the machine itself, then name servers (`resolver(5)`,
//! RFC 1034, RFC 1035). There is no NSS.
//!
//! | file | does |
//! |---|---|
//! | `config` | reads `/etc/resolv.conf` |
//! | `hosts` | searches `/etc/hosts` |
//! | `message` | writes questions, reads answers |
//! | `query` | asks servers about one full name |
//! | `order` | which address to try first |

mod config;
mod hosts;
mod message;
mod order;
mod query;

pub(crate) use self::config::Config;
use crate::fs;
use crate::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV6};

/// Why there are no addresses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum LookupError {
    /// There is no such name.
    NotFound,
    /// There is such a name, without addresses.
    NoAddress,
    /// A server said that it cannot tell.
    ServerFailed,
    /// No server answered in time.
    NoAnswer,
}

/// The addresses of a host, by the files of this machine and its name servers.
pub(crate) fn resolve(host: &str, port: u16) -> Result<Vec<SocketAddr>, LookupError> {
    if let Some(address) = numeric(host, port) {
        return Ok(vec![address]);
    }
    let hosts = fs::read("/etc/hosts").unwrap_or_default();
    let config = || Config::parse(&fs::read("/etc/resolv.conf").unwrap_or_default());
    resolve_with(host, port, &hosts, config)
}

/// As [`resolve`], with the content of the files.
pub(crate) fn resolve_with(
    host: &str,
    port: u16,
    hosts: &[u8],
    config: impl FnOnce() -> Config,
) -> Result<Vec<SocketAddr>, LookupError> {
    let name = host.strip_suffix('.').unwrap_or(host);
    let mut addresses = hosts::find(hosts, name);
    if addresses.is_empty() {
        addresses = if is_this_machine(name) {
            vec![Ipv4Addr::LOCALHOST.into(), Ipv6Addr::LOCALHOST.into()]
        } else {
            search(host, &config())?
        };
    }
    order::sort(&mut addresses);
    Ok(addresses.into_iter().map(|address| SocketAddr::new(address, port)).collect())
}

/// An address in digits, also with a scope: `fe80::1%eth0`.
fn numeric(host: &str, port: u16) -> Option<SocketAddr> {
    if let Ok(address) = host.parse::<IpAddr>() {
        return Some(SocketAddr::new(address, port));
    }
    if let Some(address) = old_notation(host) {
        return Some(SocketAddr::new(address.into(), port));
    }
    let (address, scope) = config::scoped(host)?;
    Some(SocketAddrV6::new(address, port, 0, scope).into())
}

/// An address with fewer parts, or with octal and hexadecimal ones, as `inet_aton(3)` takes them: `127.1`, `0x7f000001`.
/// The last part fills what the others leave.
fn old_notation(host: &str) -> Option<Ipv4Addr> {
    let part = |text: &str| match text.as_bytes() {
        [b'+' | b'-', ..] => None,
        [b'0', b'x' | b'X', digits @ ..] if digits.first() != Some(&b'+') => u32::from_str_radix(&text[2..], 16).ok(),
        [b'0', _, ..] => u32::from_str_radix(text, 8).ok(),
        _ => text.parse().ok(),
    };
    let mut parts = [0; 4];
    let mut count = 0;
    for text in host.split('.') {
        *parts.get_mut(count)? = part(text)?;
        count += 1;
    }
    let (last, head) = parts[..count].split_last()?;
    let room = 32 - 8 * head.len() as u32;
    if head.iter().any(|byte| *byte > 255) || (room < 32 && *last >> room != 0) {
        return None;
    }
    let head = head.iter().enumerate().map(|(index, byte)| byte << (24 - 8 * index)).sum::<u32>();
    Some(Ipv4Addr::from_bits(head | last))
}

/// `localhost` and what is below it never leave the machine (RFC 6761, 6.3).
fn is_this_machine(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or(name);
    last.eq_ignore_ascii_case("localhost")
}

/// Asks for the name as it is and with the search list, in the order of `resolver(5)`.
fn search(host: &str, config: &Config) -> Result<Vec<IpAddr>, LookupError> {
    let dots = host.bytes().filter(|&byte| byte == b'.').count();
    let as_it_is = || query::look_up(host, config);
    if host.ends_with('.') {
        return as_it_is();
    }
    let first = dots >= config.ndots;
    let mut worst = LookupError::NotFound;
    let domains = config.search.iter().map(Some);
    let itself = core::iter::once(None);
    let candidates: Vec<Option<&String>> =
        if first { itself.chain(domains).collect() } else { domains.chain(itself).collect() };
    for domain in candidates {
        let result = match domain {
            None => as_it_is(),
            Some(domain) => query::look_up(&format!("{host}.{domain}"), config),
        };
        match result {
            // Going on without an answer could find another host under a name meant for this one.
            Ok(_) | Err(LookupError::NoAnswer) => return result,
            Err(error) => worst = worst.max(error),
        }
    }
    Err(worst)
}
