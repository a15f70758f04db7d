//! Where an unauthenticated request comes from, as limits count it.

use actix_web::HttpRequest;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

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
        let forwarded = request.headers().get_all("x-forwarded-for").filter_map(|value| value.to_str().ok());
        let hops: Vec<IpAddr> = forwarded
            .flat_map(|line| line.split(','))
            .filter_map(|hop| hop.trim().parse::<IpAddr>().ok())
            .map(|hop| hop.to_canonical())
            .chain([peer])
            .collect();
        let client = hops.into_iter().rev().find(|hop| !self.0.contains(hop)).unwrap_or(peer);
        network(client)
    }
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
    use std::net::SocketAddr;

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
    fn neighbours_share_a_network() {
        assert_eq!(neighbourhood("198.51.100.7"), "198.51.100.0/24");
        assert_eq!(neighbourhood("2001:db8:1:2::/64"), "2001:db8:1::/48");
        assert_eq!(neighbourhood("unknown"), "unknown");
    }
}
