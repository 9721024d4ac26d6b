//! `/etc/resolv.conf` (`resolver(5)`).

use core::time::Duration;

use crate::fs;
use crate::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV6};

/// The port of name servers.
const PORT: u16 = 53;
/// Values beyond these are cut, as other resolvers do.
const MOST_DOTS: usize = 15;
const MOST_SECONDS: u64 = 30;
const MOST_ATTEMPTS: u32 = 5;
const MOST_SERVERS: usize = 8;

/// What the resolver goes by.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Config {
    pub(crate) servers: Vec<SocketAddr>,
    pub(crate) search: Vec<String>,
    /// A name with at least that many dots is first tried as it is.
    pub(crate) ndots: usize,
    /// How long to wait for one server.
    pub(crate) timeout: Duration,
    /// How often to go through the servers.
    pub(crate) attempts: u32,
    /// Whether to begin with another server each time.
    pub(crate) rotate: bool,
    /// Whether to ask by TCP only.
    pub(crate) use_tcp: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            servers: Vec::new(),
            search: Vec::new(),
            ndots: 1,
            timeout: Duration::from_secs(5),
            attempts: 2,
            rotate: false,
            use_tcp: false,
        }
    }
}

impl Config {
    /// Reads the file's content; what cannot be understood is passed over.
    pub(crate) fn parse(text: &[u8]) -> Self {
        let text = String::from_utf8_lossy(text);
        let mut config = Self::default();
        for line in text.lines() {
            let line = line.split(['#', ';']).next().unwrap_or_default();
            let mut words = line.split_ascii_whitespace();
            match words.next() {
                Some("nameserver") => config.add_server(words.next().unwrap_or_default()),
                // The last of these lines counts.
                Some("domain") => config.search = words.take(1).map(trim_dot).collect(),
                Some("search") => config.search = words.map(trim_dot).filter(|domain| !domain.is_empty()).collect(),
                Some("options") => words.for_each(|word| config.set_option(word)),
                _ => {}
            }
        }
        if config.servers.is_empty() {
            config.servers.push(SocketAddr::new(Ipv4Addr::LOCALHOST.into(), PORT));
        }
        config
    }

    fn add_server(&mut self, text: &str) {
        let server = match text.parse::<IpAddr>() {
            Ok(address) => Some(SocketAddr::new(address, PORT)),
            Err(_) => scoped(text).map(|(address, scope)| SocketAddrV6::new(address, PORT, 0, scope).into()),
        };
        if let Some(server) = server
            && self.servers.len() < MOST_SERVERS
        {
            self.servers.push(server);
        }
    }

    fn set_option(&mut self, option: &str) {
        let (name, value) = option.split_once(':').unwrap_or((option, ""));
        let number = value.parse::<u64>();
        match (name, number) {
            ("ndots", Ok(dots)) => self.ndots = usize::try_from(dots).unwrap_or(MOST_DOTS).min(MOST_DOTS),
            ("timeout", Ok(seconds)) => self.timeout = Duration::from_secs(seconds.clamp(1, MOST_SECONDS)),
            ("attempts", Ok(attempts)) => self.attempts = attempts.clamp(1, MOST_ATTEMPTS.into()) as u32,
            ("rotate", _) => self.rotate = true,
            ("use-vc", _) => self.use_tcp = true,
            _ => {}
        }
    }
}

fn trim_dot(domain: &str) -> String {
    domain.trim_end_matches('.').into()
}

/// An IPv6 address with a scope (RFC 4007, 11): for those that are of one link or interface its name, for any a number.
pub(crate) fn scoped(text: &str) -> Option<(Ipv6Addr, u32)> {
    let (address, scope) = text.split_once('%')?;
    let address: Ipv6Addr = address.parse().ok()?;
    let by_name = is_of_one_link(&address).then(|| index_of_interface(scope)).flatten();
    let by_number = || scope.bytes().all(|byte| byte.is_ascii_digit()).then(|| scope.parse().ok()).flatten();
    Some((address, by_name.or_else(by_number)?))
}

fn is_of_one_link(address: &Ipv6Addr) -> bool {
    // Multicast of interface-local and link-local scope (RFC 4291, 2.7).
    address.is_unicast_link_local() || matches!(address.segments()[0] & 0xFF0F, 0xFF01 | 0xFF02)
}

fn index_of_interface(name: &str) -> Option<u32> {
    if name.contains(['/', '\0']) {
        return None;
    }
    fs::read_to_string(format!("/sys/class/net/{name}/ifindex")).ok()?.trim().parse().ok()
}
