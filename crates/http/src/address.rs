//! Where an unauthenticated request comes from, as limits count it.

use actix_web::HttpRequest;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

/// Addresses of the reverse proxies whose `X-Forwarded-For` is believed.
#[derive(Clone, Debug, Default)]
pub struct Proxies(Vec<IpAddr>);

impl Proxies {
    pub fn new(addresses: Vec<IpAddr>) -> Self {
        Self(addresses)
    }

    /// The nearest address that is no proxy of ours; an IPv6 caller is its /64, which one subscriber owns whole.
    pub(crate) fn client(&self, request: &HttpRequest) -> String {
        let Some(peer) = request.peer_addr().map(|address| address.ip().to_canonical()) else {
            return "unknown".to_owned();
        };
        let lines = request.headers().get_all("x-forwarded-for").map(|value| value.to_str().unwrap_or("?"));
        let hops: Vec<&str> = lines.flat_map(|line| line.split(',')).collect();
        network(self.nearest_stranger(peer, &hops))
    }

    /// Walks from the peer towards the client. What stands before a hop that cannot be read was written by nobody whom
    /// we know, so the walk ends there, at our own proxy.
    fn nearest_stranger(&self, peer: IpAddr, hops: &[&str]) -> IpAddr {
        let mut nearest = peer;
        for hop in hops.iter().rev() {
            if !self.0.contains(&nearest) {
                break;
            }
            let Some(before) = address_of(hop.trim()) else { break };
            nearest = before;
        }
        nearest
    }
}

/// The address of a hop; some proxies append the port.
fn address_of(hop: &str) -> Option<IpAddr> {
    let bracketed = || hop.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    let with_port = || hop.parse::<SocketAddr>().ok().map(|address| address.ip());
    hop.parse::<IpAddr>().ok().or_else(with_port).or_else(bracketed).map(|address| address.to_canonical())
}

/// The network around an address as [`Proxies::client`] names it: a /24, or the /48 of an IPv6 site.
pub(crate) fn neighbourhood(address: &str) -> String {
    let bare = address.split_once('/').map_or(address, |(bare, _)| bare);
    match bare.parse() {
        Ok(IpAddr::V4(address)) => {
            let [a, b, c, _] = address.octets();
            format!("{}/24", Ipv4Addr::new(a, b, c, 0))
        }
        Ok(IpAddr::V6(address)) => {
            let [a, b, c, ..] = address.segments();
            format!("{}/48", Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0))
        }
        Err(_) => address.to_owned(),
    }
}

fn network(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn request(peer: [u8; 4], forwarded: &str) -> HttpRequest {
        let peer = SocketAddr::from((Ipv4Addr::from(peer), 4711));
        TestRequest::get().peer_addr(peer).insert_header(("X-Forwarded-For", forwarded)).to_http_request()
    }

    #[test]
    fn only_our_own_proxies_are_believed() {
        let proxies = Proxies::new(vec![IpAddr::from([10, 0, 0, 1])]);
        assert_eq!(proxies.client(&request([192, 0, 2, 9], "198.51.100.7")), "192.0.2.9");
        assert_eq!(proxies.client(&request([10, 0, 0, 1], "203.0.113.5, 198.51.100.7")), "198.51.100.7");
        assert_eq!(proxies.client(&request([10, 0, 0, 1], "2001:db8:1:2:3:4:5:6")), "2001:db8:1:2::/64");
        assert_eq!(proxies.client(&request([10, 0, 0, 1], "")), "10.0.0.1");
    }

    #[test]
    fn a_proxy_may_append_the_port() {
        let proxies = Proxies::new(vec![IpAddr::from([10, 0, 0, 1])]);
        let client = |forwarded| proxies.client(&request([10, 0, 0, 1], forwarded));
        assert_eq!(client("203.0.113.5, 198.51.100.7:51234"), "198.51.100.7");
        assert_eq!(client("[2001:db8:1:2::7]:443"), "2001:db8:1:2::/64");
        assert_eq!(client("[2001:db8:1:2::7]"), "2001:db8:1:2::/64");
        assert_eq!(client("198.51.100.7:51234, 10.0.0.1:8443"), "198.51.100.7");
    }

    #[test]
    fn nothing_before_a_hop_that_cannot_be_read_is_believed() {
        let proxies = Proxies::new(vec![IpAddr::from([10, 0, 0, 1])]);
        for hop in ["unknown", "198.51.100.7:", "198.51.100.7:99999", "", "_hidden", "żółw"] {
            let forged = format!("203.0.113.5, {hop}");
            assert_eq!(proxies.client(&request([10, 0, 0, 1], &forged)), "10.0.0.1", "{hop}");
        }
    }

    #[test]
    fn neighbours_share_a_network() {
        assert_eq!(neighbourhood("198.51.100.7"), "198.51.100.0/24");
        assert_eq!(neighbourhood("2001:db8:1:2::/64"), "2001:db8:1::/48");
        assert_eq!(neighbourhood("unknown"), "unknown");
    }
}
