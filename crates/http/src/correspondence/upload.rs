//! What an upload says of its file before the first byte, and the bytes as they come.
//!
//! The order of checks is that of every operation: 401, 429, 415, 413, 400, 422; the file's own faults come with it.

use crate::answer;
use crate::authentication::{Authenticated, authenticated};
use crate::demand::choices::CaseParty;
use crate::edge::Edge;
use crate::faults;
use crate::headers::idempotency_key;
use crate::parsing::Faults;
use crate::problem::Problem;
use crate::query;
use actix_web::http::header::{CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderName};
use actix_web::web::{Bytes, Payload};
use actix_web::{HttpRequest, HttpResponse};
use app::answer::{Answer, Write};
use app::caller::Caller;
use app::correspondence::{AddAttachment, Upload};
use app::failure::Failure;
use domain::correspondence::attachment::LARGEST;
use domain::correspondence::refusals::{RECIPIENTS, TOO_LARGE, TYPE};
use domain::correspondence::{self, MediaType};
use domain::problem::ProblemType;
use domain::values::Text;
use domain::values::faults::TEXT_CHARACTERS;
use futures_util::StreamExt;
use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};
use signing::canonical;
use std::time::Duration;
use tokio::time::Instant;

const TITLE: HeaderName = HeaderName::from_static("attachment-title");

/// How much longer than a form a file may take, however little of it comes.
const PATIENCE: u32 = 30;
/// A file that comes at this rate, in bytes a second, is never cut off: a slow line is no attack.
const SLOWEST: u32 = 16 * 1024;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct UploadQuery {
    /// Parties that take part in the case now, separated by commas. Those of the examination, those of supply and offices
    /// have only the ministry in common.
    #[serde(deserialize_with = "parties")]
    #[param(style = Form, explode = false, min_items = 1, max_items = 11, example = json!(["MINISTRY"]))]
    recipients: Vec<CaseParty>,
}

/// Declares the file's title, which stays out of addresses because it may name a patient.
#[derive(utoipa::IntoParams)]
#[into_params(parameter_in = Header)]
pub(super) struct TitleHeader {
    /// What the file is called, 1 to 200 characters in percent-encoded UTF-8 (RFC 3986 §2.1).
    #[param(rename = "Attachment-Title", example = "Wypis%20ze%20szpitala", required = true)]
    #[expect(dead_code, reason = "only describes the header; title reads it")]
    title: String,
}

fn parties<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<CaseParty>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let party = |name: &str| correspondence::CaseParty::parse(name).map(CaseParty::from);
    let names = text.split(',').filter(|name| !name.is_empty());
    let read: Option<Vec<CaseParty>> = names.map(party).collect();
    read.ok_or_else(|| serde::de::Error::custom("not a party of a case"))
}

/// A checked request, of whose body nothing is read yet.
pub(super) struct Asked {
    pub caller: Caller,
    pub attachment: AddAttachment,
    /// Its fingerprint lacks the file.
    pub write: Write,
}

impl Asked {
    pub(super) async fn of(request: &HttpRequest) -> Result<Self, Problem> {
        let (Authenticated { caller, trace_id }, media_type, key) = announced(request).await?;
        let query: UploadQuery = query::read(request)?;
        let attachment = read(&query, request.headers(), media_type)?;
        let fingerprint = fingerprint(request, &said_of(&attachment))?;
        Ok(Self { caller, attachment, write: Write { key: Some(key), fingerprint, trace_id } })
    }
}

/// A file that says nothing of itself but its type.
pub(crate) struct AskedFile {
    pub caller: Caller,
    pub media_type: MediaType,
    /// Its fingerprint lacks the file.
    pub write: Write,
}

impl AskedFile {
    pub(crate) async fn of(request: &HttpRequest) -> Result<Self, Problem> {
        let (Authenticated { caller, trace_id }, media_type, key) = announced(request).await?;
        let fingerprint = fingerprint(request, &json!({ "mediaType": media_type.name() }))?;
        Ok(Self { caller, media_type, write: Write { key: Some(key), fingerprint, trace_id } })
    }
}

/// Who sends it, of which type, and under which key; a file that says that it is too large is refused before it comes.
async fn announced(request: &HttpRequest) -> Result<(Authenticated, MediaType, String), Problem> {
    let caller = authenticated(request).await?;
    let headers = request.headers();
    let media_type = media_type(headers).ok_or_else(|| Problem::new(TYPE))?;
    let length = headers.get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    if length.is_some_and(|length| length > LARGEST) {
        return Err(Problem::new(TOO_LARGE));
    }
    let key = idempotency_key(headers)?.ok_or_else(|| Problem::new(faults::IDEMPOTENCY_KEY_MISSING))?;
    Ok((caller, media_type, key))
}

fn media_type(headers: &HeaderMap) -> Option<MediaType> {
    let plain = headers
        .get(CONTENT_ENCODING)
        .is_none_or(|coding| coding.to_str().is_ok_and(|text| text.eq_ignore_ascii_case("identity")));
    let declared = headers.get(CONTENT_TYPE)?.to_str().ok()?;
    let essence = declared.split(';').next().unwrap_or_default();
    MediaType::parse(essence.trim()).filter(|_| plain)
}

fn read(query: &UploadQuery, headers: &HeaderMap, media_type: MediaType) -> Result<AddAttachment, Problem> {
    let mut faults = Faults::new();
    let title = faults.take("?Attachment-Title", title(headers));
    if query.recipients.is_empty() {
        faults.add("?recipients", RECIPIENTS);
    }
    let recipients = query.recipients.iter().map(|party| (*party).into()).collect();
    Ok(faults.finish_with(title.map(|title| AddAttachment { recipients, title, media_type }))?)
}

fn title(headers: &HeaderMap) -> Result<Text<200>, &'static ProblemType> {
    let encoded = headers.get(TITLE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Text::parse(&percent_decoded(encoded).ok_or(TEXT_CHARACTERS)?)
}

/// `None` where a percent sign begins no byte, or the bytes are no UTF-8.
fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        if *first == b'%' {
            let (digits, after) = rest.split_at_checked(2)?;
            bytes.extend(hex::decode(digits).ok()?);
            rest = after;
        } else {
            bytes.push(*first);
        }
    }
    String::from_utf8(bytes).ok()
}

fn said_of(asked: &AddAttachment) -> Value {
    let recipients: Vec<&str> = asked.recipients.iter().map(|party| party.name()).collect();
    json!({ "recipients": recipients, "title": asked.title.as_str(), "mediaType": asked.media_type.name() })
}

/// SHA-256 over method, path and what is said of the file; the file itself is added when it is there.
fn fingerprint(request: &HttpRequest, said: &Value) -> Result<[u8; 32], Problem> {
    let canonical = canonical::canonical_value(said).map_err(|error| Problem::bug(error.into()))?;
    let mut bytes = format!("{}\n{}\n", request.method(), request.path()).into_bytes();
    bytes.extend(canonical);
    Ok(canonical::sha256(&bytes))
}

/// The bytes of the file, none of which may be long in coming.
pub(crate) struct Body {
    payload: Payload,
    between: Duration,
    until: Instant,
    has_ended: bool,
}

impl Body {
    pub(crate) fn of(payload: Payload, edge: &Edge) -> Self {
        let between = edge.body_timeout;
        Self { payload, between, until: Instant::now() + longest(between), has_ended: false }
    }

    /// What became of it; a file that was not read to its end leaves nothing to be read after it.
    pub(crate) fn answer(&self, outcome: Result<Answer, Failure>) -> Result<HttpResponse, Problem> {
        match outcome {
            Ok(added) => answer::send(added),
            Err(failure) if self.has_ended => Err(failure.into()),
            Err(failure) => Err(Problem::from(failure).and_closes()),
        }
    }
}

impl Upload for &mut Body {
    async fn next(&mut self) -> Option<Result<Bytes, &'static ProblemType>> {
        let soonest = self.until.min(Instant::now() + self.between);
        match tokio::time::timeout_at(soonest, self.payload.next()).await {
            Ok(Some(Ok(bytes))) => {
                self.until += granted(bytes.len());
                Some(Ok(bytes))
            }
            Ok(Some(Err(_))) => Some(Err(faults::UNREADABLE)),
            Ok(None) => {
                self.has_ended = true;
                None
            }
            Err(_) => Some(Err(faults::BODY_TIMEOUT)),
        }
    }
}

/// How long a file may take of which next to nothing comes.
fn longest(between: Duration) -> Duration {
    between * PATIENCE
}

/// How much longer the whole may take for so many bytes that came.
fn granted(bytes: usize) -> Duration {
    Duration::from_secs(1) * u32::try_from(bytes).unwrap_or(u32::MAX) / SLOWEST
}

#[cfg(test)]
mod tests {
    use super::{granted, longest, percent_decoded};
    use std::time::Duration;

    /// Whether twenty MiB pass that come in pieces of this size, one a second.
    fn passes(piece: usize) -> bool {
        let mut until = longest(Duration::from_secs(10));
        let mut seconds = (1..).map(Duration::from_secs);
        let mut missing = 20_usize * 1024 * 1024;
        while missing > 0 {
            if seconds.next().is_none_or(|now| now > until) {
                return false;
            }
            until += granted(piece.min(missing));
            missing = missing.saturating_sub(piece);
        }
        true
    }

    #[test]
    fn a_slow_and_steady_upload_passes_and_one_that_trickles_does_not() {
        assert!(passes(64 * 1024) && passes(16 * 1024));
        assert!(!passes(1024) && !passes(1));
    }

    #[test]
    fn a_title_is_percent_encoded_utf_8() {
        assert_eq!(percent_decoded("Wypis%20%c5%BC").as_deref(), Some("Wypis ż"));
        assert_eq!(percent_decoded("RTG 2").as_deref(), Some("RTG 2"));
        for bad in ["%", "%2", "%zz", "%c5", "100%"] {
            assert_eq!(percent_decoded(bad), None, "{bad}");
        }
    }
}
