//! The one place where errors become HTTP: RFC 9457 problem details.

use crate::faults;
use crate::language::Language;
use actix_web::http::StatusCode;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_TYPE, HeaderName, HeaderValue, RETRY_AFTER, VARY,
    WWW_AUTHENTICATE,
};
use actix_web::{HttpResponse, ResponseError};
use app::failure::{Existing, Failure, Refused};
use chrono::{DateTime, Utc};
use domain::problem::{Kind, ProblemType, Violation};
use serde::Serialize;
use std::error::Error;
use std::fmt;
use std::sync::Arc;
use utoipa::ToSchema;

pub(crate) const MEDIA_TYPE: &str = "application/problem+json";

/// Seconds to wait where nobody knows better.
const SOON: u32 = 1;
const WHEN_BACK: u32 = 30;

/// An error on its way out; the envelope writes it once it knows path, language and trace.
#[derive(Clone, Debug)]
pub struct Problem(Arc<Facts>);

#[derive(Debug)]
struct Facts {
    problem: &'static ProblemType,
    violations: Vec<Violation>,
    current_state: Option<&'static str>,
    allowed_actions: Vec<&'static str>,
    existing: Option<Existing>,
    not_before: Option<DateTime<Utc>>,
    headers: Vec<(HeaderName, HeaderValue)>,
    closes: bool,
    /// For the log only.
    cause: Option<Box<dyn Error + Send + Sync>>,
}

impl Facts {
    fn new(problem: &'static ProblemType) -> Self {
        let mut facts = Self {
            problem,
            violations: Vec::new(),
            current_state: None,
            allowed_actions: Vec::new(),
            existing: None,
            not_before: None,
            headers: Vec::new(),
            closes: false,
            cause: None,
        };
        if let Some(seconds) = usual_wait(problem) {
            facts.retry_after(seconds);
        }
        facts
    }

    fn retry_after(&mut self, seconds: u32) {
        self.headers.retain(|(name, _)| name != RETRY_AFTER);
        self.headers.push((RETRY_AFTER, HeaderValue::from(seconds)));
    }
}

fn usual_wait(problem: &ProblemType) -> Option<u32> {
    match problem.kind {
        Kind::Unavailable => Some(WHEN_BACK),
        Kind::TooManyRequests => Some(SOON),
        // A conflict that resolves itself: the first of two equal requests is still at work.
        Kind::Conflict if problem.retryable => Some(SOON),
        _ => None,
    }
}

impl Problem {
    pub fn new(problem: &'static ProblemType) -> Self {
        Self(Arc::new(Facts::new(problem)))
    }

    /// One fault at one place of the body (`/product/name`) or of the query (`?limit`).
    pub fn at(problem: &'static ProblemType, pointer: impl Into<String>) -> Self {
        Self::refused(Refused::all(vec![Violation::new(problem, pointer)]))
    }

    pub fn retry_after(problem: &'static ProblemType, seconds: u32) -> Self {
        let mut facts = Facts::new(problem);
        facts.retry_after(seconds.max(1));
        Self(Arc::new(facts))
    }

    /// RFC 6750 §3: a request without a token learns only the scheme, a bad token what is wrong with it.
    pub fn challenged(problem: &'static ProblemType) -> Self {
        let mut facts = Facts::new(problem);
        let challenge = if problem == faults::TOKEN_MISSING {
            "Bearer realm=\"soid\"".to_owned()
        } else {
            format!(
                "Bearer realm=\"soid\", error=\"invalid_token\", error_description=\"{}\"",
                problem.says.en
            )
        };
        if let Ok(value) = HeaderValue::from_str(&challenge) {
            facts.headers.push((WWW_AUTHENTICATE, value));
        }
        Self(Arc::new(facts))
    }

    /// The rest of the body is unread or never comes, so the connection cannot be used again.
    pub fn closing(problem: &'static ProblemType) -> Self {
        Self(Arc::new(Facts { closes: true, ..Facts::new(problem) }))
    }

    /// The same where the rest of the body is unread.
    #[must_use]
    pub fn and_closes(self) -> Self {
        match Arc::try_unwrap(self.0) {
            Ok(facts) => Self(Arc::new(Facts { closes: true, ..facts })),
            Err(shared) => Self(shared),
        }
    }

    pub fn with_header(problem: &'static ProblemType, name: HeaderName, value: HeaderValue) -> Self {
        let mut facts = Facts::new(problem);
        facts.headers.push((name, value));
        Self(Arc::new(facts))
    }

    pub fn bug(cause: Box<dyn Error + Send + Sync>) -> Self {
        Self(Arc::new(Facts { cause: Some(cause), ..Facts::new(faults::BUG) }))
    }

    /// What a framework error is called here, by its status alone.
    pub fn of_status(status: StatusCode) -> Self {
        Self::new(match status {
            StatusCode::NOT_FOUND => faults::UNKNOWN_PATH,
            StatusCode::METHOD_NOT_ALLOWED => faults::METHOD,
            StatusCode::REQUEST_TIMEOUT => return Self::closing(faults::BODY_TIMEOUT),
            StatusCode::PAYLOAD_TOO_LARGE => return Self::closing(faults::TOO_LARGE),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => faults::MEDIA_TYPE,
            StatusCode::UNAUTHORIZED => return Self::challenged(faults::TOKEN_MALFORMED),
            StatusCode::SERVICE_UNAVAILABLE => app::faults::BUSY,
            status if status.is_server_error() => faults::BUG,
            _ => faults::UNREADABLE,
        })
    }

    fn refused(refused: Refused) -> Self {
        let Some(leading) = refused.violations.iter().min_by_key(|violation| rank(violation.problem.kind))
        else {
            return Self::bug("a refusal without a reason".into());
        };
        let leading = leading.problem;
        let mut violations = refused.violations;
        // Who may not do a thing does not learn what else is wrong with it.
        violations
            .retain(|violation| leading.kind != Kind::Forbidden || violation.problem.kind == Kind::Forbidden);
        let several = violations.iter().any(|violation| violation.problem != leading);
        let problem = match leading.kind {
            Kind::Unprocessable if several => faults::SEVERAL_FAULTS,
            Kind::Malformed if several => faults::SHAPE,
            _ => leading,
        };
        Self(Arc::new(Facts {
            violations,
            current_state: refused.current_state,
            allowed_actions: refused.allowed_actions,
            existing: refused.existing,
            not_before: refused.not_before.map(|from| *from),
            ..Facts::new(problem)
        }))
    }

    pub fn code(&self) -> &'static str {
        self.0.problem.code
    }

    /// Everything that went wrong inside, for the log.
    pub(crate) fn cause(&self) -> Option<String> {
        let mut error: &dyn Error = self.0.cause.as_deref()?;
        let mut text = error.to_string();
        while let Some(source) = error.source() {
            text.push_str(": ");
            text.push_str(&source.to_string());
            error = source;
        }
        Some(text)
    }

    pub(crate) fn respond(&self, language: Language, instance: &str, trace_id: &str) -> HttpResponse {
        let mut response = HttpResponse::build(status_of(self.0.problem.kind));
        response
            .insert_header((CONTENT_TYPE, MEDIA_TYPE))
            .insert_header((CONTENT_LANGUAGE, language.tag()))
            .insert_header((VARY, "Accept-Language"))
            .insert_header((CACHE_CONTROL, "no-store"));
        for header in &self.0.headers {
            response.append_header(header.clone());
        }
        if self.0.closes {
            response.force_close();
        }
        response.body(serde_json::to_vec(&self.view(language, instance, trace_id)).unwrap_or_default())
    }

    fn view(&self, language: Language, instance: &str, trace_id: &str) -> ProblemView {
        let facts = &self.0;
        ProblemView {
            kind: type_uri(facts.problem),
            title: language.pick(&facts.problem.says),
            status: status_of(facts.problem.kind).as_u16(),
            detail: language.pick(&facts.problem.fix),
            instance: instance.to_owned(),
            code: facts.problem.code,
            trace_id: trace_id.to_owned(),
            errors: facts.violations.iter().map(|violation| FaultView::of(violation, language)).collect(),
            current_state: facts.current_state,
            allowed_actions: (!facts.allowed_actions.is_empty() || facts.current_state.is_some())
                .then(|| facts.allowed_actions.clone()),
            existing: facts
                .existing
                .as_ref()
                .map(|it| ExistingView { id: it.id.clone(), href: it.href.clone() }),
            not_before: facts.not_before,
        }
    }
}

/// Where the kinds stand in the order of checks; the earliest decides the status.
fn rank(kind: Kind) -> u8 {
    match kind {
        Kind::Unauthenticated => 0,
        Kind::TooManyRequests => 1,
        Kind::UnsupportedMedia | Kind::TooLarge | Kind::TimedOut => 2,
        Kind::MethodNotAllowed => 3,
        Kind::Malformed => 4,
        Kind::NotFound => 5,
        Kind::Forbidden => 6,
        Kind::PreconditionRequired => 7,
        Kind::Stale => 8,
        Kind::Conflict => 9,
        Kind::Unprocessable | Kind::RangeNotSatisfiable => 10,
        // Asking again is of no use while something else is certainly wrong.
        Kind::Unavailable => 11,
        Kind::Bug => 12,
    }
}

pub(crate) fn status_of(kind: Kind) -> StatusCode {
    match kind {
        Kind::Malformed => StatusCode::BAD_REQUEST,
        Kind::Unauthenticated => StatusCode::UNAUTHORIZED,
        Kind::Forbidden => StatusCode::FORBIDDEN,
        Kind::NotFound => StatusCode::NOT_FOUND,
        Kind::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
        Kind::Conflict => StatusCode::CONFLICT,
        Kind::Stale => StatusCode::PRECONDITION_FAILED,
        Kind::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Kind::UnsupportedMedia => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        Kind::RangeNotSatisfiable => StatusCode::RANGE_NOT_SATISFIABLE,
        Kind::Unprocessable => StatusCode::UNPROCESSABLE_ENTITY,
        Kind::PreconditionRequired => StatusCode::PRECONDITION_REQUIRED,
        Kind::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
        Kind::Bug => StatusCode::INTERNAL_SERVER_ERROR,
        Kind::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
        Kind::TimedOut => StatusCode::REQUEST_TIMEOUT,
    }
}

pub(crate) fn type_uri(problem: &ProblemType) -> String {
    format!("/api/v1/problems/{}", problem.code)
}

impl From<Failure> for Problem {
    fn from(failure: Failure) -> Self {
        match failure.settled() {
            Failure::NotFound => Self::new(faults::NOT_FOUND),
            Failure::Denied(problem) => Self::new(problem),
            Failure::PreconditionRequired => Self::new(faults::PRECONDITION_REQUIRED),
            Failure::Stale => Self::new(faults::STALE),
            Failure::Refused(refused) => Self::refused(refused),
            Failure::Limited { retry_after } => Self::retry_after(faults::TOO_MANY_REQUESTS, retry_after),
            Failure::Unavailable { problem, retry_after } => Self::retry_after(problem, retry_after),
            Failure::Bug(cause) => Self::bug(cause),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        status_of(self.0.problem.kind)
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::new(self.status_code());
        response.extensions_mut().insert(self.clone());
        response
    }
}

/// Problem details (RFC 9457). `code` is stable; the sentences follow `Accept-Language`.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Problem, example = json!({
    "type": "/api/v1/problems/request.missing_member", "title": "Brakuje wymaganej składowej.", "status": 400,
    "detail": "Dodaj składową wskazaną w pointer.", "instance": "/api/v1/medicine-demands",
    "code": "request.missing_member", "traceId": "4bf92f3577b34da6a3ce929d0e0e4736",
    "errors": [{"pointer": "/product", "code": "request.missing_member", "detail": "Brakuje wymaganej składowej."}]
}))]
pub struct ProblemView {
    /// Address of the catalogue entry that explains the code.
    #[serde(rename = "type")]
    #[schema(format = "uri-reference")]
    kind: String,
    /// What is wrong.
    title: &'static str,
    status: u16,
    /// What can be done about it.
    detail: &'static str,
    /// Path of the request.
    instance: String,
    /// Stable name of the problem; never changes its meaning.
    code: &'static str,
    /// Quote this when reporting a fault.
    trace_id: String,
    /// Every fault found, each with its place.
    errors: Vec<FaultView>,
    /// State of the document, where it stands in the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    current_state: Option<&'static str>,
    /// What this caller may do with the document instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    allowed_actions: Option<Vec<&'static str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    existing: Option<ExistingView>,
    /// From when on the same may succeed, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    not_before: Option<DateTime<Utc>>,
}

/// One fault at one place.
#[derive(Serialize, ToSchema)]
#[schema(as = ProblemFault)]
pub struct FaultView {
    /// RFC 6901 pointer into the body; empty for the whole request.
    pointer: String,
    /// Name of the query parameter, or of the header that stands for one, at fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    parameter: Option<String>,
    code: &'static str,
    detail: &'static str,
}

impl FaultView {
    fn of(violation: &Violation, language: Language) -> Self {
        let parameter = violation.pointer.strip_prefix('?').map(str::to_owned);
        Self {
            pointer: if parameter.is_some() { String::new() } else { violation.pointer.clone() },
            parameter,
            code: violation.problem.code,
            detail: language.pick(&violation.problem.says),
        }
    }
}

/// The open document that already bears the same reference.
#[derive(Serialize, ToSchema)]
#[schema(as = ProblemExisting)]
pub struct ExistingView {
    id: String,
    #[schema(format = "uri-reference")]
    href: String,
}
