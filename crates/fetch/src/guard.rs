//! Which networks may be asked.

use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs};
use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::thread;

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

use crate::error::Fault;

/// Looks up where a host lies.
pub trait Names: std::fmt::Debug + Send + Sync + 'static {
    /// The addresses of a host.
    ///
    /// # Errors
    /// The name service knows no such host, or does not answer.
    fn look_up(&self, host: &str) -> io::Result<Vec<IpAddr>>;
}

/// The name service of this machine.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemNames;

impl Names for SystemNames {
    fn look_up(&self, host: &str) -> io::Result<Vec<IpAddr>> {
        Ok((host, 0).to_socket_addrs()?.map(|found| found.ip()).collect())
    }
}

/// Gives the client the addresses to connect to: only public ones, save for hosts that are named.
/// The client connects to what it is given here and looks nothing up itself, so that a name server
/// that answers otherwise a moment later changes nothing.
#[derive(Debug, Clone)]
pub struct Guard {
    names: Arc<dyn Names>,
    private: Vec<String>,
}

impl Guard {
    /// A guard that lets through to private networks only for these hosts.
    pub fn new(names: Arc<dyn Names>, private: &[String]) -> Self {
        Self { names, private: private.to_vec() }
    }

    /// Where a host lies.
    ///
    /// # Errors
    /// It is not found, or lies in a private network and is not named as allowed.
    pub fn addresses(&self, host: &str) -> Result<Vec<IpAddr>, Fault> {
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        let found = match bare.parse::<IpAddr>() {
            Ok(address) => vec![address],
            Err(_) => self.names.look_up(bare).map_err(|error| no_host(host, &error.to_string()))?,
        };
        if found.is_empty() {
            return Err(no_host(host, "it has no address"));
        }
        let is_allowed = self.private.iter().any(|allowed| allowed.eq_ignore_ascii_case(bare));
        // One private address among public ones is enough: which is taken is up to chance.
        match found.iter().find(|address| !is_allowed && !is_public(**address)) {
            Some(address) => Err(Fault::Private { host: host.to_owned(), address: *address }),
            None => Ok(found),
        }
    }
}

fn no_host(host: &str, what: &str) -> Fault {
    Fault::NoHost { host: host.to_owned(), what: what.to_owned() }
}

impl Resolver for Guard {
    fn resolve(&self, uri: &Uri, _: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let host = uri.host().ok_or(ureq::Error::HostNotFound)?.to_owned();
        let port = uri.port_u16().unwrap_or(if uri.scheme_str() == Some("http") { 80 } else { 443 });
        // The system's look-up knows no time limit; a thread of its own may be left waiting.
        let (found, answer) = sync_channel(1);
        let guard = self.clone();
        thread::spawn(move || found.send(guard.addresses(&host)));
        let addresses = answer
            .recv_timeout(*timeout.after)
            .map_err(|_| ureq::Error::Timeout(timeout.reason))?
            .map_err(|fault| ureq::Error::Other(Box::new(fault)))?;
        let mut resolved = self.empty();
        for address in addresses.into_iter().take(16) {
            resolved.push(SocketAddr::new(address, port));
        }
        Ok(resolved)
    }
}

/// Whether an address lies in the public internet: not loopback, private, link-local, shared, reserved,
/// for documentation or many receivers, by IANA's special-purpose registries. An address that wraps
/// another (mapped, translated) is judged by the inner one.
#[must_use]
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = match a {
        0 | 10 | 127 | 224.. => true,
        100 => (64..128).contains(&b),
        169 => b == 254,
        172 => (16..32).contains(&b),
        192 => b == 168 || (b == 0 && (c == 0 || c == 2)) || (b == 88 && c == 99),
        198 => b == 18 || b == 19 || (b == 51 && c == 100),
        203 => b == 0 && c == 113,
        _ => false,
    };
    !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(mapped) = address.to_ipv4_mapped() {
        return is_public_v4(mapped);
    }
    let parts = address.segments();
    let inner = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match parts {
        // Translated by the network's own gateway (NAT64), and 6to4.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => inner(high, low),
        // Teredo, ORCHID, benchmarks and other uses of the registries; documentation.
        [0x2001, 0..=0x1ff | 0xdb8, ..] | [0x3fff, 0..=0xfff, ..] => false,
        // Only this eighth is given out; the rest is local, for many receivers or reserved.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Answers(Vec<IpAddr>);

    impl Names for Answers {
        fn look_up(&self, _: &str) -> io::Result<Vec<IpAddr>> {
            Ok(self.0.clone())
        }
    }

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    #[test]
    fn special_networks_are_not_public() {
        for special in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "100.64.0.1",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.1.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.9",
            "224.0.0.1",
            "240.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:169.254.169.254",
            "::ffff:10.1.1.1",
            "::127.0.0.1",
            "64:ff9b::7f00:1",
            "64:ff9b::a9fe:a9fe",
            "64:ff9b:1::1",
            "100::1",
            "2001::1",
            "2001:2::1",
            "2001:10::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "2002:a9fe:a9fe::1",
            "3fff::1",
            "5f00::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "fec0::1",
            "ff02::1",
        ] {
            assert!(!is_public(ip(special)), "{special} is special");
        }
        for public in [
            "1.1.1.1",
            "9.255.255.255",
            "11.0.0.0",
            "100.63.255.255",
            "100.128.0.0",
            "126.0.0.1",
            "128.0.0.1",
            "169.253.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.0.1.1",
            "192.167.1.1",
            "198.17.0.1",
            "198.20.0.1",
            "223.255.255.255",
            "2001:4860:4860::8888",
            "2606:4700::1111",
            "2a00:1450::1",
            "::ffff:1.1.1.1",
            "64:ff9b::101:101",
            "2002:101:101::1",
            "3ffe::1",
        ] {
            assert!(is_public(ip(public)), "{public} is public");
        }
    }

    #[test]
    fn one_private_answer_among_public_ones_is_refused() {
        let names = Arc::new(Answers(vec![ip("1.1.1.1"), ip("fd00::7")]));
        let refused = Guard::new(names.clone(), &[]).addresses("news.example").unwrap_err();
        assert!(
            matches!(refused, Fault::Private { ref host, address } if host == "news.example" && address == ip("fd00::7"))
        );
        let allowed = Guard::new(names, &["news.example".to_owned()]);
        assert_eq!(allowed.addresses("News.Example").unwrap().len(), 2);
        assert!(allowed.addresses("other.example").is_err(), "allowed for one host, not for all");
        assert!(allowed.addresses("127.0.0.1").is_err());
        assert!(allowed.addresses("[::1]").is_err());
    }

    #[test]
    fn a_host_without_addresses_is_not_found() {
        let refused = Guard::new(Arc::new(Answers(Vec::new())), &[]).addresses("news.example").unwrap_err();
        assert_eq!(
            refused.to_string(),
            "news.example was not found (it has no address); check the address and the connection"
        );
    }
}
