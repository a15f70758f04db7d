//! What a handler is given: the caller, the headers and the body, checked in the one order of all operations.

use crate::authentication::{Authenticated, authenticated, check_limit};
use crate::body::{self, FORM, RequestBody};
use crate::edge::Edge;
use crate::faults;
use crate::headers;
use crate::problem::Problem;
use crate::query;
use crate::trace::TraceId;
use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use app::answer::Write;
use app::caller::Caller;
use futures_util::FutureExt;
use futures_util::future::LocalBoxFuture;
use serde::de::DeserializeOwned;
use serde_json::Value;
use signing::canonical;

type Extraction<T> = LocalBoxFuture<'static, Result<T, Problem>>;

/// A POST that changes something: caller, key, precondition and body of at most `LIMIT` bytes.
#[derive(Debug)]
pub struct Asked<T, const LIMIT: usize = FORM> {
    pub caller: Caller,
    pub write: Write,
    pub if_match: Option<u64>,
    pub body: T,
}

/// A PUT: as [`Asked`], but the key is optional.
#[derive(Debug)]
pub struct Replaced<T, const LIMIT: usize = FORM> {
    pub caller: Caller,
    pub write: Write,
    pub if_match: Option<u64>,
    pub body: T,
}

/// A POST that only looks: a dry run, a search, the bytes to sign.
#[derive(Debug)]
pub struct Looked<T, const LIMIT: usize = FORM> {
    pub caller: Caller,
    pub body: T,
    pub trace_id: String,
}

/// A GET with a query.
#[derive(Debug)]
pub struct Inquired<Q> {
    pub caller: Caller,
    pub query: Q,
    pub trace_id: String,
}

/// A POST that needs no account; limits count the address.
#[derive(Debug)]
pub struct Open<T, const LIMIT: usize = FORM> {
    /// Where the request comes from, as limits and audit name it.
    pub address: String,
    pub body: T,
    pub trace_id: String,
}

impl<T: RequestBody, const LIMIT: usize> FromRequest for Asked<T, LIMIT> {
    type Error = Problem;
    type Future = Extraction<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        async move {
            let Replaced { caller, write, if_match, body } =
                replaced::<T>(&request, payload, LIMIT, Key::Required).await?;
            Ok(Self { caller, write, if_match, body })
        }
        .boxed_local()
    }
}

impl<T: RequestBody, const LIMIT: usize> FromRequest for Replaced<T, LIMIT> {
    type Error = Problem;
    type Future = Extraction<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        async move {
            let Replaced { caller, write, if_match, body } =
                replaced::<T>(&request, payload, LIMIT, Key::Optional).await?;
            Ok(Self { caller, write, if_match, body })
        }
        .boxed_local()
    }
}

impl<T: RequestBody, const LIMIT: usize> FromRequest for Looked<T, LIMIT> {
    type Error = Problem;
    type Future = Extraction<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        async move {
            let Authenticated { caller, trace_id } = authenticated(&request).await?;
            let body = body::decode(body::json(&request, payload, LIMIT).await?)?;
            Ok(Self { caller, body, trace_id })
        }
        .boxed_local()
    }
}

impl<Q: DeserializeOwned + 'static> FromRequest for Inquired<Q> {
    type Error = Problem;
    type Future = Extraction<Self>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        async move {
            let Authenticated { caller, trace_id } = authenticated(&request).await?;
            Ok(Self { caller, query: query::read(&request)?, trace_id })
        }
        .boxed_local()
    }
}

impl<T: RequestBody, const LIMIT: usize> FromRequest for Open<T, LIMIT> {
    type Error = Problem;
    type Future = Extraction<Self>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, payload) = (request.clone(), payload.take());
        async move {
            let edge = Edge::of(&request)?;
            let address = edge.proxies.client(&request);
            check_limit(&edge, &request, &address)?;
            let body = body::decode(body::json(&request, payload, LIMIT).await?)?;
            Ok(Self { address, body, trace_id: TraceId::of_request(&request).to_string() })
        }
        .boxed_local()
    }
}

/// Whether a write needs the client's own name for it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Key {
    Required,
    Optional,
}

/// 401, 429, 415, 413, 400 of the headers, 400 of the body.
async fn replaced<T: RequestBody>(
    request: &HttpRequest,
    payload: Payload,
    limit: usize,
    needs: Key,
) -> Result<Replaced<T>, Problem> {
    let Authenticated { caller, trace_id } = authenticated(request).await?;
    let value = body::json(request, payload, limit).await?;
    let if_match = headers::if_match(request.headers())?;
    let key = headers::idempotency_key(request.headers())?;
    if key.is_none() && needs == Key::Required {
        return Err(Problem::new(faults::IDEMPOTENCY_KEY_MISSING));
    }
    let write = Write { key, fingerprint: fingerprint(request, &value)?, trace_id };
    Ok(Replaced { caller, write, if_match, body: body::decode(value)? })
}

/// SHA-256 of method, path and the RFC 8785 form of the body: equal requests have equal fingerprints, whatever
/// the white space and the order of members.
fn fingerprint(request: &HttpRequest, body: &Value) -> Result<[u8; 32], Problem> {
    let canonical = canonical::canonical_value(body).map_err(|error| Problem::bug(error.into()))?;
    let mut bytes = format!("{}\n{}\n", request.method(), request.path()).into_bytes();
    bytes.extend(canonical);
    Ok(canonical::sha256(&bytes))
}
