//! Request headers with a meaning of their own: If-Match, Idempotency-Key, Prefer.

use crate::faults;
use crate::problem::Problem;
use actix_web::http::header::{HeaderMap, HeaderName, IF_MATCH};
use std::time::Duration;
use utoipa::IntoParams;

const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
const PREFER: HeaderName = HeaderName::from_static("prefer");

/// Declares `If-Match` in the contract of a transition.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
pub struct IfMatchHeader {
    /// The document's `ETag` as the caller last saw it.
    #[param(rename = "If-Match", example = "\"3\"", required = true)]
    #[expect(dead_code, reason = "only describes the header; if_match reads it")]
    if_match: String,
}

/// Declares `If-None-Match` in the contract of a read that has an `ETag`.
#[derive(IntoParams)]
#[into_params(parameter_in = Header)]
pub struct IfNoneMatchHeader {
    /// An `ETag` seen before; 304 while it still holds.
    #[param(rename = "If-None-Match", example = "\"3\"", required = false)]
    #[expect(dead_code, reason = "only describes the header; etag reads it")]
    if_none_match: String,
}

/// The revision that the caller saw; `None` without the header. What an `ETag` tells after the revision is nothing that a
/// change could overtake.
pub fn if_match(headers: &HeaderMap) -> Result<Option<u64>, Problem> {
    let Some(text) = single(headers, &IF_MATCH).map_err(|Repeated| Problem::new(faults::IF_MATCH))? else {
        return Ok(None);
    };
    let tag = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or_default();
    let (digits, unrevised) = tag.split_once('.').unwrap_or((tag, "0"));
    let is_digest = !unrevised.is_empty() && unrevised.bytes().all(|byte| byte.is_ascii_hexdigit());
    let plain = is_digest && digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
    match digits.parse() {
        Ok(revision) if plain => Ok(Some(revision)),
        _ => Err(Problem::new(faults::IF_MATCH)),
    }
}

/// The client's name for this write; `None` without the header.
pub(crate) fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let malformed = || Problem::new(faults::IDEMPOTENCY_KEY);
    match single(headers, &IDEMPOTENCY_KEY).map_err(|Repeated| malformed())? {
        None => Ok(None),
        Some(key) if (16..=128).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic()) => {
            Ok(Some(key.to_owned()))
        }
        Some(_) => Err(malformed()),
    }
}

/// `Prefer: wait=20` (RFC 7240 §4.3), at most `longest`; zero without it.
pub fn preferred_wait(headers: &HeaderMap, longest: Duration) -> Duration {
    let asked = headers
        .get_all(PREFER)
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split([',', ';']))
        .find_map(|preference| preference.trim().strip_prefix("wait=")?.trim_matches('"').parse().ok());
    asked.map_or(Duration::ZERO, |seconds| Duration::from_secs(seconds).min(longest))
}

struct Repeated;

/// The value of a header that may stand once; one that is not ASCII reads as empty, which no rule takes.
fn single<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Result<Option<&'h str>, Repeated> {
    let mut values = headers.get_all(name);
    let first = values.next().map(|value| value.to_str().unwrap_or_default().trim());
    if values.next().is_some() { Err(Repeated) } else { Ok(first) }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop where it fails")]
    use super::*;
    use actix_web::http::header::HeaderValue;

    fn with(name: &HeaderName, values: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(name.clone(), HeaderValue::from_str(value).unwrap());
        }
        headers
    }

    #[test]
    fn only_one_strong_etag_is_a_precondition() {
        assert_eq!(if_match(&HeaderMap::new()).unwrap(), None);
        assert_eq!(if_match(&with(&IF_MATCH, &["\"12\""])).unwrap(), Some(12));
        assert_eq!(if_match(&with(&IF_MATCH, &["\"12.0a9f\""])).unwrap(), Some(12));
        for bad in [
            "\"12.\"",
            "\"12.x\"",
            "\".0a9f\"",
            "\"12.0a.9f\"",
            "12",
            "*",
            "W/\"12\"",
            "\"1\", \"2\"",
            "\"\"",
            "\"x\"",
            "\"+1\"",
            "\"01\"",
            "\"99999999999999999999\"",
        ] {
            assert!(if_match(&with(&IF_MATCH, &[bad])).is_err(), "{bad}");
        }
        assert!(if_match(&with(&IF_MATCH, &["\"1\"", "\"1\""])).is_err());
    }

    #[test]
    fn a_key_is_16_to_128_visible_ascii_characters() {
        let key = |values: &[&str]| idempotency_key(&with(&IDEMPOTENCY_KEY, values));
        assert_eq!(idempotency_key(&HeaderMap::new()).unwrap(), None);
        assert_eq!(key(&["0123456789abcdef"]).unwrap().as_deref(), Some("0123456789abcdef"));
        assert!(key(&[&"k".repeat(128)]).is_ok());
        for bad in ["0123456789abcde", "0123456789 abcdef", "żółć0123456789abcdef", &"k".repeat(129)] {
            assert!(key(&[bad]).is_err(), "{bad}");
        }
        assert!(key(&["0123456789abcdef", "0123456789abcdef"]).is_err());
    }

    #[test]
    fn a_wait_is_granted_up_to_the_longest() {
        let wait = |value: &str| preferred_wait(&with(&PREFER, &[value]), Duration::from_secs(20));
        assert_eq!(wait("wait=5"), Duration::from_secs(5));
        assert_eq!(wait("respond-async, wait=60"), Duration::from_secs(20));
        assert_eq!(wait("respond-async"), Duration::ZERO);
    }
}
