//! The id under which a request is found again in the logs: the caller's own (W3C Trace Context) or a new one.

use actix_web::http::header::HeaderMap;
use actix_web::{HttpMessage, HttpRequest};
use std::fmt;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraceId(String);

impl TraceId {
    #[expect(
        clippy::disallowed_methods,
        reason = "names a request in the logs; no test and no rule depends on it"
    )]
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let sent = headers.get("traceparent").and_then(|value| value.to_str().ok()).and_then(trace_part);
        Self(sent.unwrap_or_else(|| hex::encode(rand::random::<[u8; 16]>())))
    }

    pub fn of_request(request: &HttpRequest) -> Self {
        request.extensions().get::<Self>().cloned().unwrap_or_else(|| Self::of(request.headers()))
    }
}

/// `00-<32 hex>-<16 hex>-<2 hex>`; an all-zero trace id is invalid.
fn trace_part(header: &str) -> Option<String> {
    let mut parts = header.split('-');
    let (version, trace, parent) = (parts.next()?, parts.next()?, parts.next()?);
    let lower_hex = |text: &str| text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let legal = version.len() == 2
        && trace.len() == 32
        && parent.len() == 16
        && lower_hex(trace)
        && trace.bytes().any(|byte| byte != b'0');
    legal.then(|| trace.to_owned())
}

impl fmt::Display for TraceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_well_formed_trace_is_carried_on() {
        let good = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        assert_eq!(trace_part(good).as_deref(), Some("4bf92f3577b34da6a3ce929d0e0e4736"));
        for bad in [
            "",
            "00-4bf92f3577b34da6a3ce929d0e0e4736",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01",
        ] {
            assert_eq!(trace_part(bad), None, "{bad}");
        }
    }
}
