//! Reading a body: media type, size, time, then JSON with the place of its first fault.

use crate::edge::Edge;
use crate::faults;
use crate::problem::Problem;
use actix_web::HttpRequest;
use actix_web::dev::Payload;
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap};
use actix_web::web::BytesMut;
use app::failure::{Failure, Refused};
use domain::problem::{ProblemType, Violation};
use futures_util::StreamExt;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::{Path, Segment};
use signing::canonical::{self, CanonicalError};
use std::borrow::Cow;
use std::collections::HashMap;
use validator::ValidationErrorsKind;
/// For request bodies declared elsewhere, which have no other way to it.
pub use validator::{Validate, ValidationErrors};

/// The greatest body of an operation without signatures, in bytes.
pub const FORM: usize = 64 * 1024;
/// The greatest body of an operation that carries a signature, in bytes.
pub const SIGNED: usize = 1024 * 1024;

/// The greatest body with the content of a device order: its texts at their greatest length, some 57 000 characters, each
/// in the longest form that JSON has for one (two `\\uXXXX`).
pub const ORDER: usize = 768 * 1024;
/// The same with a signature that repeats the content, in base64 once or twice.
pub const SIGNED_ORDER: usize = 2 * 1024 * 1024;
/// The greatest body of an offer with each possible choice at a counter: ten of twenty items of fifty products.
pub const QUOTES: usize = 2 * 1024 * 1024;
/// The greatest list of products: a thousand, each with a thousand characters in their longest form.
pub const PRODUCTS: usize = 13 * 1024 * 1024;

/// What a request body is read into. Unknown members are refused by `#[serde(deny_unknown_fields)]` on the type.
pub trait RequestBody: DeserializeOwned + Validate + 'static {}

impl<T: DeserializeOwned + Validate + 'static> RequestBody for T {}

/// The body as JSON, read within the limits of size and time; 415, 413, 408, then 400.
pub(crate) async fn json(request: &HttpRequest, payload: Payload, limit: usize) -> Result<Value, Problem> {
    let edge = Edge::of(request)?;
    check_media_type(request.headers())?;
    check_announced_length(request.headers(), limit)?;
    let bytes = tokio::time::timeout(edge.body_timeout, collect(payload, limit))
        .await
        .map_err(|_| Problem::closing(faults::BODY_TIMEOUT))??;
    canonical::read(&bytes).map_err(|error| {
        let problem = match error {
            CanonicalError::NotJson => faults::NOT_JSON,
            CanonicalError::DuplicateMember { .. } => faults::DUPLICATE_MEMBER,
            CanonicalError::UnsafeInteger { .. } => faults::NUMBER_RANGE,
        };
        Problem::at(problem, error.pointer())
    })
}

fn check_media_type(headers: &HeaderMap) -> Result<(), Problem> {
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let mut parts = content_type.split(';').map(str::trim);
    let json = parts.next().is_some_and(|essence| essence.eq_ignore_ascii_case("application/json"));
    let utf8 = parts.filter_map(|parameter| parameter.split_once('=')).all(|(name, value)| {
        !name.eq_ignore_ascii_case("charset") || value.trim_matches('"').eq_ignore_ascii_case("utf-8")
    });
    let plain = headers
        .get(CONTENT_ENCODING)
        .is_none_or(|coding| coding.to_str().is_ok_and(|text| text.eq_ignore_ascii_case("identity")));
    if json && utf8 && plain { Ok(()) } else { Err(Problem::closing(faults::MEDIA_TYPE)) }
}

fn check_announced_length(headers: &HeaderMap, limit: usize) -> Result<(), Problem> {
    let announced = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    match announced {
        Some(length) if length > limit => Err(Problem::closing(faults::TOO_LARGE)),
        _ => Ok(()),
    }
}

async fn collect(mut payload: Payload, limit: usize) -> Result<BytesMut, Problem> {
    let mut bytes = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| Problem::closing(faults::UNREADABLE))?;
        if bytes.len() + chunk.len() > limit {
            return Err(Problem::closing(faults::TOO_LARGE));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

/// The typed request; a fault of shape is 400 and names its place.
pub(crate) fn decode<T: RequestBody>(value: Value) -> Result<T, Problem> {
    let request: T = shaped(value).map_err(|(problem, pointer)| Problem::at(problem, pointer))?;
    let mut violations = Vec::new();
    if let Err(errors) = request.validate() {
        gather(&errors, "", &mut violations);
        violations.sort_by(|a, b| a.pointer.cmp(&b.pointer));
        return Err(Failure::Refused(Refused::all(violations)).into());
    }
    Ok(request)
}

/// The value as `T`, or what is wrong with it and where.
pub(crate) fn shaped<T: DeserializeOwned>(value: Value) -> Result<T, (&'static ProblemType, String)> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let message = error.inner().to_string();
        let place = pointer(error.path());
        let (problem, member) = classify(&message);
        match member {
            // serde names the member only in the message when it is missing or unknown at this level.
            Some(member) if !place.ends_with(&format!("/{}", escape(member))) => {
                (problem, format!("{place}/{}", escape(member)))
            }
            _ => (problem, place),
        }
    })
}

/// serde tells its derived errors apart only by these sentences; any other is a fault of shape.
fn classify(message: &str) -> (&'static ProblemType, Option<&str>) {
    let quoted = message.split('`').nth(1);
    if message.starts_with("unknown field") {
        (faults::UNKNOWN_MEMBER, quoted)
    } else if message.starts_with("missing field") {
        (faults::MISSING_MEMBER, quoted)
    } else if message.starts_with("unknown variant") {
        (faults::UNKNOWN_CHOICE, None)
    } else if message.starts_with("invalid type") {
        (faults::WRONG_TYPE, None)
    } else {
        (faults::SHAPE, None)
    }
}

fn pointer(path: &Path) -> String {
    path.iter().fold(String::new(), |pointer, segment| match segment {
        Segment::Seq { index } => format!("{pointer}/{index}"),
        Segment::Map { key } => format!("{pointer}/{}", escape(key)),
        // A variant is no level of the document.
        Segment::Enum { .. } | Segment::Unknown => pointer,
    })
}

/// RFC 6901 §3.
pub(crate) fn escape(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

fn gather(errors: &ValidationErrors, base: &str, violations: &mut Vec<Violation>) {
    let members: &HashMap<Cow<'static, str>, ValidationErrorsKind> = errors.errors();
    for (name, kind) in members {
        // `__all__` is validator's name for a rule over the whole struct.
        let here = if name == "__all__" { base.to_owned() } else { format!("{base}/{}", camel_case(name)) };
        match kind {
            ValidationErrorsKind::Field(_) => violations.push(Violation::new(faults::SHAPE, here)),
            ValidationErrorsKind::Struct(inner) => gather(inner, &here, violations),
            ValidationErrorsKind::List(items) => {
                for (index, inner) in items {
                    gather(inner, &format!("{here}/{index}"), violations);
                }
            }
        }
    }
}

/// validator knows a member by its Rust name.
fn camel_case(name: &str) -> String {
    let mut words = name.split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |text, word| {
        let mut letters = word.chars();
        let initial = letters.next().map(|letter| letter.to_ascii_uppercase());
        text + &initial.into_iter().chain(letters).collect::<String>()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use serde_json::json;

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "camelCase", deny_unknown_fields)]
    struct Order {
        #[expect(dead_code, reason = "only its reading matters")]
        trade_name: String,
        #[expect(dead_code, reason = "only its reading matters")]
        lines: Vec<Line>,
        #[expect(dead_code, reason = "only its reading matters")]
        verdict: Option<Verdict>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Line {
        #[expect(dead_code, reason = "only its reading matters")]
        packs: u32,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
    enum Verdict {
        Confirmed,
    }

    fn fault(value: Value) -> (&'static str, String) {
        shaped::<Order>(value)
            .map_or_else(|(problem, pointer)| (problem.code, pointer), |it| ("none", format!("{it:?}")))
    }

    #[test]
    fn each_fault_of_shape_has_its_own_code_and_place() {
        let cases = [
            (json!({"lines": []}), "request.missing_member", "/tradeName"),
            (json!({"tradeName": "a", "lines": [], "a/b": 1}), "request.unknown_member", "/a~1b"),
            (
                json!({"tradeName": "a", "lines": [{"packs": 1}, {"packs": 1, "x": 2}]}),
                "request.unknown_member",
                "/lines/1/x",
            ),
            (json!({"tradeName": "a", "lines": [{}]}), "request.missing_member", "/lines/0/packs"),
            (json!({"tradeName": 5, "lines": []}), "request.wrong_type", "/tradeName"),
            (json!({"tradeName": "a", "lines": [{"packs": -1}]}), "request.shape", "/lines/0/packs"),
            (json!({"tradeName": "a", "lines": [], "verdict": "NO"}), "request.unknown_choice", "/verdict"),
            (json!([]), "request.shape", ""),
            (json!("x"), "request.wrong_type", ""),
        ];
        for (value, code, pointer) in cases {
            assert_eq!(fault(value.clone()), (code, pointer.to_owned()), "{value}");
        }
        assert_eq!(fault(json!({"tradeName": "a", "lines": [], "verdict": "CONFIRMED"})).0, "none");
    }

    #[test]
    fn members_are_named_as_the_contract_names_them() {
        assert_eq!(camel_case("approved_quantity"), "approvedQuantity");
        assert_eq!(camel_case("name"), "name");
    }
}
