//! What every operation has in common: its idempotency key and its problem answers, added once for all.

use crate::faults;
use crate::limits::is_limited;
use crate::problem::{MEDIA_TYPE, status_of, type_uri};
use app::faults::CLIENT_REFERENCE_TAKEN;
use domain::demand::refusals::WRONG_STATE;
use domain::problem::{Kind, ProblemType};
use domain::values::faults::PESEL;
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa::openapi::path::{HttpMethod, Operation, Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, SchemaType, Type};
use utoipa::openapi::{Content, OpenApi, Ref, RefOr, Required, Response, ResponseBuilder};

/// A problem answer that operations share.
struct Shared {
    status: &'static str,
    component: &'static str,
    description: &'static str,
    /// What it looks like.
    example: &'static ProblemType,
}

const fn shared(
    status: &'static str,
    component: &'static str,
    description: &'static str,
    example: &'static ProblemType,
) -> Shared {
    Shared { status, component, description, example }
}

const PROBLEMS: &[Shared] = &[
    shared(
        "400",
        "Malformed",
        "The request cannot be read: JSON, shape, a parameter or a header",
        faults::MISSING_MEMBER,
    ),
    shared(
        "401",
        "Unauthenticated",
        "No valid access token; `WWW-Authenticate` says why",
        faults::TOKEN_MISSING,
    ),
    shared("403", "Forbidden", "This role may not do this", app::faults::ROLE),
    shared("404", "NotFound", "Unknown, or not the caller's to know of", faults::NOT_FOUND),
    shared("408", "TimedOut", "The body did not arrive in time", faults::BODY_TIMEOUT),
    shared(
        "409",
        "Conflict",
        "The present state does not admit this; `currentState` and `allowedActions` say what does",
        WRONG_STATE,
    ),
    shared("412", "Stale", "The document has changed since the `ETag` in `If-Match`", faults::STALE),
    shared("413", "TooLarge", "The body is too large", faults::TOO_LARGE),
    shared("415", "UnsupportedMedia", "The body is not `application/json`", faults::MEDIA_TYPE),
    shared("422", "Unprocessable", "Illegal values or broken rules, all of them in `errors`", PESEL),
    shared("428", "PreconditionRequired", "`If-Match` is missing", faults::PRECONDITION_REQUIRED),
    shared(
        "429",
        "TooManyRequests",
        "Too many requests; `Retry-After` says when to come back",
        faults::TOO_MANY_REQUESTS,
    ),
    shared("500", "Bug", "Our fault; quote `traceId`", faults::BUG),
    shared(
        "503",
        "Unavailable",
        "Something that is needed does not answer; `Retry-After` says when to come back",
        app::faults::BUSY,
    ),
];

/// Last segments of POSTs that only look, and so take no key.
const LOOKING: &[&str] = &[
    "validations",
    "quotes",
    "look-ups",
    "searches",
    "retrievals",
    "checks",
    "diagnoses",
    "decision-verifications",
    "document",
    "token",
];

/// What Swagger UI fills in; its page sends a fresh key instead.
pub(crate) const KEY_EXAMPLE: &str = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a42";

/// An operation with its place.
pub(super) struct Placed<'d> {
    pub(super) path: &'d str,
    pub(super) method: HttpMethod,
    pub(super) operation: &'d mut Operation,
}

pub(super) fn operations(document: &mut OpenApi) -> Vec<Placed<'_>> {
    let mut all = Vec::new();
    for (path, item) in &mut document.paths.paths {
        let methods = [
            (HttpMethod::Get, &mut item.get),
            (HttpMethod::Put, &mut item.put),
            (HttpMethod::Post, &mut item.post),
            (HttpMethod::Delete, &mut item.delete),
            (HttpMethod::Patch, &mut item.patch),
        ];
        for (method, operation) in methods {
            if let Some(operation) = operation {
                all.push(Placed { path, method, operation });
            }
        }
    }
    all
}

pub(super) fn add(document: &mut OpenApi) {
    let components = document.components.get_or_insert_default();
    for it in PROBLEMS {
        components.responses.insert(it.component.to_owned(), RefOr::T(problem(it)));
    }
    for placed in operations(document) {
        describe(placed);
    }
}

/// Whether this POST changes something and so needs the client's key.
pub(super) fn takes_key(path: &str, method: &HttpMethod) -> bool {
    let last = path.rsplit('/').next().unwrap_or_default();
    matches!(method, HttpMethod::Post) && !LOOKING.contains(&last) && !path.contains("/sandbox/")
}

fn describe(placed: Placed<'_>) {
    let Placed { path, method, operation } = placed;
    let writes = takes_key(path, &method);
    if writes {
        operation.parameters.get_or_insert_default().push(RefOr::T(key(Required::True)));
    } else if matches!(method, HttpMethod::Put) {
        operation.parameters.get_or_insert_default().push(RefOr::T(key(Required::False)));
    }
    super::parameters::tidy(operation);
    let has = |parameter_in: &ParameterIn, name: Option<&str>| {
        operation.parameters.iter().flatten().any(|parameter| match parameter {
            RefOr::T(it) => it.parameter_in == *parameter_in && name.is_none_or(|name| it.name == name),
            RefOr::Ref(_) => false,
        })
    };
    let account = operation.security.is_none();
    let body = operation.request_body.is_some();
    let precondition = has(&ParameterIn::Header, Some("If-Match"));
    let revalidated = has(&ParameterIn::Header, Some("If-None-Match"));
    let limited = is_limited(verb(&method), path);
    let (named, asked) = (has(&ParameterIn::Path, None), has(&ParameterIn::Query, None));
    let applies = |status: &str| match status {
        "400" => body || asked || writes || precondition,
        "401" | "403" => account,
        "404" => named,
        "408" | "413" | "415" | "422" => body,
        "409" => writes || precondition,
        "412" | "428" => precondition,
        "429" => limited,
        "503" => account || body || writes,
        _ => true,
    };
    let answers = &mut operation.responses.responses;
    for it in PROBLEMS.iter().filter(|it| applies(it.status)) {
        let own = answers.entry(it.status.to_owned());
        own.and_modify(|own| exemplify(own, it))
            .or_insert_with(|| Ref::from_response_name(it.component).into());
    }
    if revalidated {
        let unchanged = ResponseBuilder::new().description("Unchanged since the `ETag` in `If-None-Match`");
        answers.entry("304".to_owned()).or_insert_with(|| unchanged.build().into());
    }
}

fn verb(method: &HttpMethod) -> &'static str {
    match method {
        HttpMethod::Get => "GET",
        HttpMethod::Post => "POST",
        HttpMethod::Put => "PUT",
        HttpMethod::Delete => "DELETE",
        HttpMethod::Options => "OPTIONS",
        HttpMethod::Head => "HEAD",
        HttpMethod::Patch => "PATCH",
        HttpMethod::Trace => "TRACE",
    }
}

fn problem(it: &Shared) -> Response {
    let mut content = Content::new(Some(Ref::from_schema_name(crate::problem::ProblemView::name())));
    content.example = Some(example(it.example));
    ResponseBuilder::new().description(it.description).content(MEDIA_TYPE, content).build()
}

/// A problem answer that an operation describes in its own words shows the status that it has.
fn exemplify(own: &mut RefOr<Response>, it: &Shared) {
    if let RefOr::T(own) = own
        && let Some(RefOr::T(content)) = own.content.get_mut(MEDIA_TYPE)
    {
        content.example.get_or_insert_with(|| example(it.example));
    }
}

pub(crate) fn example(problem: &ProblemType) -> Value {
    let fault = |pointer| json!([{"pointer": pointer, "code": problem.code, "detail": problem.says.pl}]);
    let errors = match problem.kind {
        Kind::Malformed => fault("/content"),
        Kind::Unprocessable => fault("/content/patients/patient/identifier/number"),
        Kind::Conflict => fault(""),
        _ => json!([]),
    };
    let mut shown = json!({
        "type": type_uri(problem), "title": problem.says.pl, "status": status_of(problem.kind).as_u16(),
        "detail": problem.fix.pl, "instance": "/api/v1/medicine-demands", "code": problem.code,
        "traceId": "4bf92f3577b34da6a3ce929d0e0e4736", "errors": errors
    });
    let Some(members) = shown.as_object_mut() else { return shown };
    if problem == CLIENT_REFERENCE_TAKEN {
        let id = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a40";
        let existing = json!({"id": id, "href": format!("/api/v1/medicine-demands/{id}")});
        members.insert("existing".to_owned(), existing);
    } else if problem.kind == Kind::Conflict {
        members.insert("currentState".to_owned(), json!("DRAFT"));
        members.insert("allowedActions".to_owned(), json!(["edit", "submission", "withdrawal"]));
    }
    shown
}

fn key(required: Required) -> Parameter {
    let text = ObjectBuilder::new()
        .schema_type(SchemaType::Type(Type::String))
        .min_length(Some(16))
        .max_length(Some(128))
        .pattern(Some("^[!-~]+$"))
        .build();
    ParameterBuilder::new()
        .name("Idempotency-Key")
        .parameter_in(ParameterIn::Header)
        .required(required)
        .description(Some(
            "Your own name for this change; the same request with the same key gets the first answer. \
             Swagger UI sends a fresh one in place of the example.",
        ))
        .example(Some(KEY_EXAMPLE.into()))
        .schema(Some(text))
        .build()
}
