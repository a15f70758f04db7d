//! Bearer tokens (RFC 6750): from the header to a verified caller.

use crate::edge::Edge;
use crate::faults;
use crate::problem::Problem;
use crate::trace::TraceId;
use actix_web::dev::Payload;
use actix_web::http::header::AUTHORIZATION;
use actix_web::{FromRequest, HttpRequest};
use app::caller::Caller;
use domain::problem::{Kind, ProblemType};
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, LocalBoxFuture};

/// Who turns a token into a caller.
pub trait Authenticator: Send + Sync {
    fn authenticate<'a>(&'a self, token: &'a str) -> BoxFuture<'a, Result<Caller, AuthFault>>;
}

/// Why a token makes nobody a caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthFault {
    /// One of the `auth.…` problems of [`signing::faults`], [`app::faults`] or [`faults`].
    Refused(&'static ProblemType),
    /// The issuer's keys cannot be had at present.
    KeysUnavailable { retry_after: u32 },
}

impl From<AuthFault> for Problem {
    fn from(fault: AuthFault) -> Self {
        match fault {
            // The token is good and asking with it again is of no use (RFC 9110 §15.5.4).
            AuthFault::Refused(problem) if problem.kind == Kind::Forbidden => Self::new(problem),
            AuthFault::Refused(problem) => Self::challenged(problem),
            AuthFault::KeysUnavailable { retry_after } => {
                Self::retry_after(faults::KEYS_UNAVAILABLE, retry_after)
            }
        }
    }
}

/// A caller without a body or query; the first two checks of every operation, 401 and 429, are done.
#[derive(Debug)]
pub struct Authenticated {
    pub caller: Caller,
    pub trace_id: String,
}

impl FromRequest for Authenticated {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = request.clone();
        async move { authenticated(&request).await }.boxed_local()
    }
}

pub(crate) async fn authenticated(request: &HttpRequest) -> Result<Authenticated, Problem> {
    let edge = Edge::of(request)?;
    let caller = edge.authenticator.authenticate(bearer(request)?).await?;
    tracing::Span::current().record("client.id", caller.client_id.as_str());
    check_limit(&edge, request, &caller.client_id)?;
    Ok(Authenticated { caller, trace_id: TraceId::of_request(request).to_string() })
}

pub(crate) fn check_limit(edge: &Edge, request: &HttpRequest, key: &str) -> Result<(), Problem> {
    let pattern = request.match_pattern().unwrap_or_default();
    edge.limits
        .check_operation(request.method().as_str(), &pattern, key)
        .map_err(|limited| Problem::retry_after(faults::TOO_MANY_REQUESTS, limited.retry_after))
}

fn bearer(request: &HttpRequest) -> Result<&str, Problem> {
    let mut headers = request.headers().get_all(AUTHORIZATION);
    let Some(header) = headers.next() else {
        return Err(Problem::challenged(faults::TOKEN_MISSING));
    };
    let malformed = || Problem::challenged(faults::TOKEN_MALFORMED);
    let (scheme, token) = header.to_str().ok().and_then(|text| text.split_once(' ')).ok_or_else(malformed)?;
    // RFC 6750 §2.1: b64token.
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~+/=".contains(&byte);
    let token = token.trim();
    if headers.next().is_some()
        || !scheme.eq_ignore_ascii_case("bearer")
        || token.is_empty()
        || !token.bytes().all(legal)
    {
        return Err(malformed());
    }
    Ok(token)
}
