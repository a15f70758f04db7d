//! Answers: documents with strong ETags, lists with weak ones, and the stored answers of writes.

use crate::problem::Problem;
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, ETAG, HeaderName, HeaderValue, IF_NONE_MATCH, LINK, LOCATION};
use actix_web::{HttpRequest, HttpResponse};
use app::App;
use app::answer::{Answer, StoredAnswer};
use app::failure::Failure;
use app::recorded::AccessRecord;
use serde::Serialize;
use signing::canonical;

const JSON: &str = "application/json";
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// The strong ETag of a document's revision.
pub fn strong_etag(revision: u64) -> String {
    format!("\"{revision}\"")
}

/// The strong ETag of a document of which something changes without a revision, such as a term that an outage holds: that
/// is told after the revision. `If-Match` looks at the revision alone.
fn etag_of(revision: u64, unrevised: Option<&[u8]>) -> String {
    match unrevised {
        None => strong_etag(revision),
        Some(bytes) => {
            let digest = hex::encode(canonical::sha256(bytes));
            format!("\"{revision}.{}\"", digest.get(..16).unwrap_or(&digest))
        }
    }
}

/// The weak ETag of a representation that has no revision of its own.
pub fn weak_etag(bytes: &[u8]) -> String {
    let digest = hex::encode(canonical::sha256(bytes));
    format!("W/\"{}\"", digest.get(..32).unwrap_or(&digest))
}

/// Whether the caller has this representation already (RFC 9110 §13.1.2, weak comparison).
pub fn is_known(request: &HttpRequest, etag: &str) -> bool {
    let opaque = |tag: &str| tag.trim().trim_start_matches("W/").to_owned();
    let current = opaque(etag);
    let mut lines = request.headers().get_all(IF_NONE_MATCH).filter_map(|value| value.to_str().ok());
    lines.any(|line| line.split(',').any(|tag| tag.trim() == "*" || opaque(tag) == current))
}

/// A document with its revision; 304 when the caller has it.
pub fn document(
    request: &HttpRequest,
    revision: u64,
    view: &impl Serialize,
) -> Result<HttpResponse, Problem> {
    Ok(tagged(request, &strong_etag(revision), bytes(view)?))
}

/// The same of one of which something changes without a revision; `None` while there is nothing of that kind.
pub fn document_with(
    request: &HttpRequest,
    revision: u64,
    unrevised: Option<&impl Serialize>,
    view: &impl Serialize,
) -> Result<HttpResponse, Problem> {
    let unrevised = unrevised.map(bytes).transpose()?;
    Ok(tagged(request, &etag_of(revision, unrevised.as_deref()), bytes(view)?))
}

/// A document whose tag says more than its revision; 304 when the caller has it.
pub fn tagged_with(
    request: &HttpRequest,
    etag: &str,
    view: &impl Serialize,
) -> Result<HttpResponse, Problem> {
    Ok(tagged(request, etag, bytes(view)?))
}

/// The answer of a read, once the read is on record; 304 tells nothing and leaves no record.
pub async fn on_record(
    app: &App,
    record: AccessRecord,
    response: HttpResponse,
) -> Result<HttpResponse, Problem> {
    if response.status() != StatusCode::NOT_MODIFIED {
        app.keep(record).await?;
    }
    Ok(response)
}

/// A list, a dictionary, a set of actions; 304 when the caller has it.
pub fn look(request: &HttpRequest, view: &impl Serialize) -> Result<HttpResponse, Problem> {
    let bytes = bytes(view)?;
    Ok(tagged(request, &weak_etag(&bytes), bytes))
}

/// The same in another form than JSON.
pub fn look_as(request: &HttpRequest, media_type: &str, bytes: Vec<u8>) -> HttpResponse {
    tagged_as(request, &weak_etag(&bytes), media_type, bytes)
}

/// A page of a list, with `Link: rel="next"` (RFC 8288) when there is more.
pub fn page(
    request: &HttpRequest,
    view: &impl Serialize,
    next_cursor: Option<&str>,
) -> Result<HttpResponse, Problem> {
    let mut response = look(request, view)?;
    let link = next_cursor.map(|cursor| format!("<{}>; rel=\"next\"", next_address(request, cursor)));
    if let Some(link) = link.and_then(|link| HeaderValue::from_str(&link).ok()) {
        response.headers_mut().insert(LINK, link);
    }
    Ok(response)
}

/// An answer that is neither stored nor revalidated, such as a dry run's.
pub fn plain(view: &impl Serialize) -> Result<HttpResponse, Problem> {
    Ok(HttpResponse::Ok().content_type(JSON).body(bytes(view)?))
}

/// What a write answers, for the `render` of a use case. Views have string keys only, so they always have JSON;
/// if one ever had not, the change is answered as our fault and not stored.
pub fn written(
    status: StatusCode,
    revision: Option<u64>,
    location: Option<&str>,
    view: &impl Serialize,
) -> StoredAnswer {
    let Ok(body) = serde_json::to_vec(view) else {
        return StoredAnswer { status: 500, headers: Vec::new(), body: Vec::new() };
    };
    let mut headers = vec![(CONTENT_TYPE.to_string(), JSON.to_owned())];
    headers.extend(revision.map(|revision| (ETAG.to_string(), strong_etag(revision))));
    headers.extend(location.map(|location| (LOCATION.to_string(), location.to_owned())));
    StoredAnswer { status: status.as_u16(), headers, body }
}

/// Sends the answer of a write as it was stored.
pub fn send(answer: Answer) -> Result<HttpResponse, Problem> {
    let (stored, replayed) = match answer {
        Answer::Fresh(stored) => (stored, false),
        Answer::Replayed(stored) => (stored, true),
    };
    let status = StatusCode::from_u16(stored.status).map_err(|error| Problem::bug(error.into()))?;
    let mut response = HttpResponse::build(status);
    for header in stored.headers {
        response.append_header(header);
    }
    if replayed {
        response.append_header((REPLAYED, "true"));
    }
    Ok(response.body(stored.body))
}

/// An id out of the path; what is no id names nothing.
pub fn path_id<T>(text: &str, parse: impl FnOnce(&str) -> Option<T>) -> Result<T, Failure> {
    parse(text).ok_or(Failure::NotFound)
}

fn bytes(view: &impl Serialize) -> Result<Vec<u8>, Problem> {
    serde_json::to_vec(view).map_err(|error| Problem::bug(error.into()))
}

fn tagged(request: &HttpRequest, etag: &str, bytes: Vec<u8>) -> HttpResponse {
    tagged_as(request, etag, JSON, bytes)
}

fn tagged_as(request: &HttpRequest, etag: &str, media_type: &str, bytes: Vec<u8>) -> HttpResponse {
    if is_known(request, etag) {
        return HttpResponse::NotModified().insert_header((ETAG, etag)).finish();
    }
    HttpResponse::Ok().insert_header((ETAG, etag)).content_type(media_type).body(bytes)
}

/// The same list from the cursor on; cursors need no percent-encoding.
fn next_address(request: &HttpRequest, cursor: &str) -> String {
    let kept =
        request.query_string().split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("cursor="));
    let query: Vec<&str> = kept.collect();
    let separator = if query.is_empty() { "" } else { "&" };
    format!("{}?{}{separator}cursor={cursor}", request.path(), query.join("&"))
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop where it fails")]
    use super::*;
    use actix_web::test::TestRequest;
    use serde_json::json;

    #[test]
    fn a_known_document_is_not_sent_again() {
        for (header, status) in
            [("\"3\"", 304), ("W/\"3\"", 304), ("\"2\", \"3\"", 304), ("*", 304), ("\"4\"", 200)]
        {
            let request = TestRequest::get().insert_header((IF_NONE_MATCH, header)).to_http_request();
            let response = document(&request, 3, &json!({})).unwrap();
            assert_eq!(response.status().as_u16(), status, "{header}");
            assert_eq!(response.headers().get(ETAG).unwrap(), "\"3\"");
        }
    }

    #[test]
    fn what_changes_without_a_revision_is_not_taken_for_known() {
        let tag_of = |unrevised: Option<&str>, seen: &str| {
            let request = TestRequest::get().insert_header((IF_NONE_MATCH, seen)).to_http_request();
            let response = document_with(&request, 3, unrevised.as_ref(), &json!({})).unwrap();
            (response.status().as_u16(), response.headers().get(ETAG).unwrap().to_str().unwrap().to_owned())
        };
        let (plain, held) = (tag_of(None, "x").1, tag_of(Some("held"), "x").1);
        assert_eq!(plain, "\"3\"");
        assert!(held.starts_with("\"3.") && held.len() == 20, "{held}");
        let headers = |tag: &str| {
            let value = HeaderValue::from_str(tag).unwrap();
            [(actix_web::http::header::IF_MATCH, value)].into_iter().collect()
        };
        assert_eq!(crate::headers::if_match(&headers(&held)).unwrap(), Some(3));
        for (unrevised, seen, status) in [
            (Some("held"), &held, 304),
            (Some("held"), &plain, 200),
            (Some("still held"), &held, 200),
            (None, &held, 200),
            (None, &plain, 304),
        ] {
            assert_eq!(tag_of(unrevised, seen).0, status, "{unrevised:?} {seen}");
        }
    }

    #[test]
    fn the_next_page_keeps_the_filter() {
        let request =
            TestRequest::get().uri("/api/v1/things?state=DRAFT&cursor=old&limit=2").to_http_request();
        let response = page(&request, &json!({"items": []}), Some("new")).unwrap();
        assert_eq!(
            response.headers().get(LINK).unwrap(),
            "</api/v1/things?state=DRAFT&limit=2&cursor=new>; rel=\"next\""
        );
        assert!(response.headers().get(ETAG).unwrap().to_str().unwrap().starts_with("W/\""));
    }

    #[test]
    fn a_replayed_answer_says_so_and_is_otherwise_the_same() {
        let stored = written(StatusCode::CREATED, Some(1), Some("/api/v1/things/1"), &json!({"id": 1}));
        let fresh = send(Answer::Fresh(stored.clone())).unwrap();
        let replayed = send(Answer::Replayed(stored)).unwrap();
        assert_eq!(fresh.status(), replayed.status());
        assert!(fresh.headers().get(REPLAYED).is_none());
        assert_eq!(replayed.headers().get(REPLAYED).unwrap(), "true");
        for name in [CONTENT_TYPE, ETAG, LOCATION] {
            assert_eq!(fresh.headers().get(&name), replayed.headers().get(&name));
        }
    }
}
