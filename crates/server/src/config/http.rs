//! Where the service listens, how the world calls it, and how long it waits.

use super::reader::Reader;
use super::variable::variables;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;
use url::Url;

variables! {
    LISTEN = "SOID_LISTEN", default "127.0.0.1:8080",
        "Address and port to listen on; TLS ends in front of it.";
    PUBLIC_URL = "SOID_PUBLIC_URL", required "https://soid.przyklad.pl",
        "How clients reach the service: scheme, host and port without a path.";
    TRUSTED_PROXIES = "SOID_TRUSTED_PROXIES", optional "10.0.0.1,10.0.0.2",
        "IP addresses, separated by commas, of the reverse proxies whose X-Forwarded-For is believed.";
    BODY_TIMEOUT_SECONDS = "SOID_BODY_TIMEOUT_SECONDS", default "10",
        "How long the whole body of a request may take to arrive.";
    DRAIN_SECONDS = "SOID_DRAIN_SECONDS", default "30",
        "How long requests in progress may take after SIGTERM.";
    WORKERS = "SOID_WORKERS", optional "4",
        "Threads that answer requests; without it one for each processor.";
}

#[derive(Clone, Debug)]
pub struct HttpConfig {
    /// `SOID_LISTEN`
    pub listen: SocketAddr,
    /// `SOID_PUBLIC_URL`, without a slash at its end
    pub public_url: String,
    /// `SOID_TRUSTED_PROXIES`
    pub trusted_proxies: Vec<IpAddr>,
    /// `SOID_BODY_TIMEOUT_SECONDS`
    pub body_timeout: Duration,
    /// `SOID_DRAIN_SECONDS`
    pub drain: Duration,
    /// `SOID_WORKERS`
    pub workers: Option<usize>,
}

pub(super) fn read(reader: &mut Reader<'_>) -> Option<HttpConfig> {
    let listen = reader.parsed(&LISTEN, |text| {
        text.parse().map_err(|_| format!("must be an IP address and a port, not {text:?}"))
    });
    let public_url = reader.parsed(&PUBLIC_URL, origin);
    let trusted_proxies = reader.list(&TRUSTED_PROXIES, |text| {
        text.parse().map_err(|_| format!("holds {text:?}, which is no IP address"))
    });
    let body_timeout = reader.seconds(&BODY_TIMEOUT_SECONDS, 1, 300);
    let drain = reader.seconds(&DRAIN_SECONDS, 0, 600);
    let workers = match reader.text(&WORKERS) {
        None => Some(None),
        Some(_) => reader.number(&WORKERS, 1, 256).map(Some),
    };
    Some(HttpConfig {
        listen: listen?,
        public_url: public_url?,
        trusted_proxies: trusted_proxies?,
        body_timeout: body_timeout?,
        drain: drain?,
        workers: workers?,
    })
}

/// The origin of an http or https URL that has nothing else.
fn origin(text: &str) -> Result<String, String> {
    let bare = |url: &Url| {
        matches!(url.scheme(), "http" | "https")
            && url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none()
            && url.username().is_empty()
            && url.password().is_none()
    };
    Url::parse(text)
        .ok()
        .filter(bare)
        .map(|url| url.origin().ascii_serialization())
        .ok_or_else(|| format!("must be an http or https address without a path, not {text:?}"))
}
