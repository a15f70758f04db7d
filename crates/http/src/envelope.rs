//! Around every request: trace id, span, one log line, problem bodies for every error, security headers.

use crate::edge::Edge;
use crate::language::Language;
use crate::problem::Problem;
use crate::trace::TraceId;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, HeaderMap, HeaderName, HeaderValue, REFERRER_POLICY,
    X_CONTENT_TYPE_OPTIONS,
};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpResponse, web};
use futures_util::FutureExt;
use std::any::Any;
use std::panic::AssertUnwindSafe;
use std::time::Instant;
use tracing::field::Empty;
use tracing::{Instrument, Span};

const TRACE_ID: HeaderName = HeaderName::from_static("trace-id");
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const NOTHING_LOADED: HeaderValue = HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");

/// Marks an answer of 400 and above that is meant as it stands, such as a failing health report.
pub(crate) struct Deliberate;

/// What the answer needs of the request. A clone of the request itself would make routing panic.
struct Seen {
    path: String,
    method: Method,
    language: Language,
    trace: TraceId,
}

pub(crate) async fn wrap(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let started = Instant::now();
    let seen = Seen {
        path: request.path().to_owned(),
        method: request.method().clone(),
        language: Language::of(request.headers()),
        trace: TraceId::of(request.headers()),
    };
    request.extensions_mut().insert(seen.trace.clone());
    if seen.method == Method::HEAD {
        // RFC 9110 §9.3.2: as GET; the codec leaves the content out by itself.
        request.head_mut().method = Method::GET;
    }
    let span = tracing::info_span!(
        "request", trace.id = %seen.trace, http.method = %seen.method, http.route = Empty,
        http.operation = Empty, http.status = Empty, client.id = Empty,
    );
    async {
        let outcome = AssertUnwindSafe(next.call(request)).catch_unwind().await;
        let answer = finish(outcome, &seen);
        let status = answer.as_ref().map_or(StatusCode::INTERNAL_SERVER_ERROR, ServiceResponse::status);
        Span::current().record("http.status", status.as_u16());
        tracing::info!(
            http.duration_us = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
            "answered"
        );
        answer
    }
    .instrument(span)
    .await
}

type Outcome<B> = Result<Result<ServiceResponse<B>, Error>, Box<dyn Any + Send>>;

fn finish<B: MessageBody + 'static>(
    outcome: Outcome<B>,
    seen: &Seen,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let mut response = match outcome {
        Ok(Ok(response)) => response,
        Ok(Err(error)) => {
            let problem =
                problem_of(&error.error_response()).unwrap_or_else(|| Problem::bug("no answer".into()));
            return Err(bare(&problem, seen));
        }
        // The panic's own text may quote data, so only its happening is told.
        Err(_) => return Err(bare(&Problem::bug("a panic".into()), seen)),
    };
    name_operation(&response, &seen.method);
    if let Some(problem) = problem_of(response.response()) {
        let answer = written(&problem, seen);
        return Ok(response.into_response(answer));
    }
    secure(response.headers_mut(), seen);
    Ok(response.map_into_boxed_body())
}

/// The route pattern and the operation id, never the path as it was sent.
fn name_operation<B>(response: &ServiceResponse<B>, method: &Method) {
    let request = response.request();
    let Some(pattern) = request.match_pattern() else { return };
    let span = Span::current();
    span.record("http.route", pattern.as_str());
    if let Some(edge) = request.app_data::<web::Data<Edge>>()
        && let Some(operation) = edge.contract.operation(&pattern, method)
    {
        span.record("http.operation", operation);
    }
}

fn problem_of<B>(response: &HttpResponse<B>) -> Option<Problem> {
    let marks = response.extensions();
    if let Some(problem) = marks.get::<Problem>() {
        return Some(problem.clone());
    }
    let status = response.status();
    let faulty = status.is_client_error() || status.is_server_error();
    (faulty && marks.get::<Deliberate>().is_none()).then(|| Problem::of_status(status))
}

fn written(problem: &Problem, seen: &Seen) -> HttpResponse {
    let mut answer = problem.respond(seen.language, &seen.path, &seen.trace.to_string());
    if answer.status().is_server_error() {
        let cause = problem.cause();
        tracing::error!(problem.code = problem.code(), error.cause = cause.as_deref(), "request failed");
    }
    secure(answer.headers_mut(), seen);
    answer
}

/// Without a service response the dispatcher sends the error's own answer.
fn bare(problem: &Problem, seen: &Seen) -> Error {
    InternalError::from_response(problem.code(), written(problem, seen)).into()
}

fn secure(headers: &mut HeaderMap, seen: &Seen) {
    let defaults = [
        (CACHE_CONTROL, HeaderValue::from_static("no-store")),
        (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
        (RESOURCE_POLICY, HeaderValue::from_static("same-origin")),
        (CONTENT_SECURITY_POLICY, NOTHING_LOADED),
    ];
    for (name, value) in defaults {
        if !headers.contains_key(&name) {
            headers.insert(name, value);
        }
    }
    if let Ok(trace) = HeaderValue::from_str(&seen.trace.to_string()) {
        headers.insert(TRACE_ID, trace);
    }
}
