//! A small application on the edge, with operations of every kind.

use actix_web::body::to_bytes;
use actix_web::http::StatusCode;
use actix_web::http::header::HeaderMap;
use actix_web::test::{TestRequest, init_service, try_call_service};
use actix_web::{HttpRequest, HttpResponse, get, post, put, web};
use app::answer::Answer;
use app::caller::{Caller, Role};
use app::failure::{Existing, Failure, Refused};
use domain::ids::SpaceId;
use domain::problem::Violation;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use http::limits::{Bucket, Limits};
use http::paging::{CursorKey, Scope};
use http::{
    Asked, AuthFault, Authenticator, Catalogue, Contract, Dependency, Edge, Faults, Inquired, Looked, Open,
};
use http::{IfMatchHeader, Problem, Replaced, SIGNED, answer, headers, query};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;
use validator::Validate;

pub(crate) const KEY: &str = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a42";

domain::problems! { THINGS:
    NAME = "thing.name", Unprocessable, pl: "Zła nazwa.", en: "Bad name.", fix_pl: "Popraw.", fix_en: "Correct it.";
    COLOUR = "thing.colour", Unprocessable, pl: "Zły kolor.", en: "Bad colour.", fix_pl: "Popraw.", fix_en: "Correct it.";
    CLOSED = "thing.closed", Conflict, pl: "Zamknięte.", en: "Closed.", fix_pl: "Otwórz.", fix_en: "Open it.";
    NOT_YOURS = "thing.role", Forbidden, pl: "Nie ta rola.", en: "Wrong role.", fix_pl: "Inna rola.", fix_en: "Another role.";
}

#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"tradeName": "Lek", "colour": "red"}))]
pub(crate) struct ThingRequest {
    #[validate(length(max = 20))]
    trade_name: String,
    colour: Option<String>,
    #[validate(nested)]
    #[serde(default)]
    parts: Vec<PartRequest>,
}

#[derive(Debug, Deserialize, ToSchema, Validate)]
#[serde(deny_unknown_fields)]
pub(crate) struct PartRequest {
    #[validate(length(max = 20))]
    name: String,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ThingView {
    trade_name: String,
    fingerprint: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ThingPageView {
    items: Vec<u32>,
    next_cursor: Option<String>,
}

#[derive(Debug, Deserialize, Serialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ThingsQuery {
    /// Entries of a page.
    #[serde(default, deserialize_with = "query::number")]
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `nextCursor` of the page before.
    cursor: Option<String>,
}

impl ThingRequest {
    fn parse(self) -> Result<String, Failure> {
        let mut faults = Faults::new();
        let short = |text: &str| if text.starts_with('!') { Err(NAME) } else { Ok(text.to_owned()) };
        let name = faults.take("/tradeName", short(&self.trade_name));
        let colour = faults.optional("/colour", self.colour.as_deref(), |text| {
            if text == "red" { Ok(()) } else { Err(COLOUR) }
        });
        let parts = faults.each("parts", &self.parts, |faults, part| faults.take("/name", short(&part.name)));
        let all = (|| {
            colour?;
            parts?;
            name
        })();
        faults.finish_with(all)
    }
}

#[utoipa::path(tag = "sandbox", request_body = ThingRequest, responses((status = 201, description = "Made", body = ThingView)))]
#[post("/things")]
async fn make_thing(asked: Asked<ThingRequest>) -> Result<HttpResponse, Problem> {
    let fingerprint = hex::encode(asked.write.fingerprint);
    let view = ThingView { trade_name: asked.body.parse()?, fingerprint: Some(fingerprint) };
    answer::send(Answer::Fresh(answer::written(StatusCode::CREATED, Some(1), Some("/things/1"), &view)))
}

#[utoipa::path(tag = "sandbox", params(("id" = String, Path, description = "Id"), IfMatchHeader), request_body = ThingRequest,
    responses((status = 200, description = "Closed", body = ThingView)))]
#[post("/things/{id}/closing")]
async fn close_thing(
    id: web::Path<String>,
    asked: Asked<ThingRequest, SIGNED>,
) -> Result<HttpResponse, Problem> {
    let name = asked.body.parse()?;
    let refused = |violations: Vec<Violation>| Refused {
        current_state: Some("CLOSED"),
        allowed_actions: vec!["reopen"],
        existing: Some(Existing { id: "2".to_owned(), href: "/things/2".to_owned() }),
        ..Refused::all(violations)
    };
    let at = |problem, place: &str| Violation::new(problem, place);
    match id.as_str() {
        "mixed" => {
            return Err(Failure::from(refused(vec![at(NAME, "/tradeName"), Violation::whole(CLOSED)])).into());
        }
        "denied" => {
            return Err(
                Failure::from(Refused::all(vec![at(NAME, ""), at(CLOSED, ""), at(NOT_YOURS, "")])).into()
            );
        }
        "unknown" => return Err(Failure::NotFound.into()),
        "broken" => return Err(Failure::Bug("secret table patients".into()).into()),
        "busy" => return Err(Failure::Unavailable { problem: app::faults::BUSY, retry_after: 7 }.into()),
        _ => {}
    }
    match asked.if_match {
        None => return Err(Failure::PreconditionRequired.into()),
        Some(1) => {}
        Some(_) => return Err(Failure::Stale.into()),
    }
    answer::send(Answer::Replayed(answer::written(
        StatusCode::OK,
        Some(2),
        None,
        &json!({"tradeName": name}),
    )))
}

#[utoipa::path(tag = "sandbox", params(("id" = String, Path, description = "Id"), IfMatchHeader), request_body = ThingRequest,
    responses((status = 200, description = "Replaced", body = ThingView)))]
#[put("/things/{id}")]
async fn replace_thing(asked: Replaced<ThingRequest>) -> Result<HttpResponse, Problem> {
    answer::plain(&json!({"keyed": asked.write.key.is_some(), "trade": asked.body.parse()?}))
}

#[utoipa::path(tag = "sandbox", request_body = ThingRequest, responses((status = 200, description = "Judged", body = ThingView)))]
#[post("/things/validations")]
async fn validate_thing(asked: Looked<ThingRequest>) -> Result<HttpResponse, Problem> {
    answer::plain(&ThingView { trade_name: asked.body.parse()?, fingerprint: None })
}

#[utoipa::path(tag = "sandbox", security(()), request_body = ThingRequest, responses((status = 200, description = "Checked", body = ThingView)))]
#[post("/things/checks")]
async fn check_thing(asked: Open<ThingRequest>) -> Result<HttpResponse, Problem> {
    answer::plain(&ThingView { trade_name: asked.body.parse()?, fingerprint: Some(asked.address) })
}

#[utoipa::path(tag = "sandbox", params(ThingsQuery), responses((status = 200, description = "A page", body = ThingPageView)))]
#[get("/things")]
async fn list_things(
    request: HttpRequest,
    edge: web::Data<Edge>,
    asked: Inquired<ThingsQuery>,
) -> Result<HttpResponse, Problem> {
    let scope = Scope { caller: &asked.caller, list: "/things", filter: "" };
    let page = edge.cursors.page::<u32>(&scope, asked.query.limit, asked.query.cursor.as_deref())?;
    let first = page.after.map_or(1, |last| last + 1);
    let items: Vec<u32> = (first..first + page.limit).collect();
    let next_cursor = Some(edge.cursors.next(&scope, items.last().unwrap())?);
    let wait = headers::preferred_wait(request.headers(), Duration::from_secs(1));
    assert_eq!(wait, Duration::ZERO);
    answer::page(&request, &ThingPageView { items, next_cursor: next_cursor.clone() }, next_cursor.as_deref())
}

#[utoipa::path(tag = "sandbox", security(()), responses((status = 200, description = "Never")))]
#[get("/panics")]
async fn always_panic() -> HttpResponse {
    assert_eq!("44051401359", "", "a secret");
    HttpResponse::Ok().finish()
}

#[utoipa::path(tag = "sandbox", security(()), responses((status = 200, description = "Never")))]
#[get("/misconfigured")]
async fn lack_data(_: web::Data<u8>) -> HttpResponse {
    HttpResponse::Ok().finish()
}

pub(crate) fn more(cfg: &mut ServiceConfig) {
    cfg.service(validate_thing)
        .service(check_thing)
        .service(make_thing)
        .service(close_thing)
        .service(replace_thing)
        .service(list_things)
        .service(always_panic)
        .service(lack_data);
}

struct Tokens;

impl Authenticator for Tokens {
    fn authenticate<'a>(&'a self, token: &'a str) -> BoxFuture<'a, Result<Caller, AuthFault>> {
        let outcome = match token {
            "expired" => Err(AuthFault::Refused(signing::faults::TOKEN_EXPIRED)),
            "keys-away" => Err(AuthFault::KeysUnavailable { retry_after: 3 }),
            client => Ok(Caller {
                client_id: client.to_owned(),
                org: None,
                person: None,
                role: Role::Physician,
                patient: None,
                representative: None,
                space: SpaceId::production(),
            }),
        };
        async move { outcome }.boxed()
    }
}

struct Database(bool);

impl Dependency for Database {
    fn name(&self) -> &'static str {
        "database"
    }

    fn is_up(&self) -> BoxFuture<'_, bool> {
        async { self.0 }.boxed()
    }
}

/// Down, and nobody needs it.
struct Luxury;

impl Dependency for Luxury {
    fn name(&self) -> &'static str {
        "luxury"
    }

    fn is_up(&self) -> BoxFuture<'_, bool> {
        async { false }.boxed()
    }

    fn is_required(&self) -> bool {
        false
    }
}

pub(crate) fn edge(database_up: bool) -> web::Data<Edge> {
    let count = |number| NonZeroU32::new(number).unwrap();
    let bucket = |name, operations| Bucket { name, operations, per_minute: count(1), burst: count(2) };
    web::Data::new(Edge {
        authenticator: Arc::new(Tokens),
        dependencies: vec![Arc::new(Database(database_up)), Arc::new(Luxury)],
        limits: Limits::new(vec![
            bucket("checks", &["POST /things/checks"]),
            bucket("judging", &["POST /things/validations"]),
        ]),
        cursors: CursorKey::new(b"a key of the tests"),
        catalogue: Catalogue::of(&[THINGS]),
        contract: Contract::default(),
        body_timeout: Duration::from_millis(300),
        proxies: http::address::Proxies::default(),
    })
}

/// What came back.
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Reply {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Checks that this is a whole problem, and returns its code.
    pub(crate) fn code(&self) -> String {
        let problem = self.json();
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.text);
        assert_eq!(problem["status"], self.status);
        assert_eq!(self.header("vary"), "Accept-Language");
        assert_eq!(self.header("cache-control"), "no-store");
        assert_eq!(self.header("trace-id"), problem["traceId"]);
        assert_eq!(self.header("x-content-type-options"), "nosniff");
        for member in ["title", "detail", "instance", "code"] {
            assert!(problem[member].as_str().is_some_and(|text| !text.is_empty()), "{member}: {problem}");
        }
        assert_eq!(problem["type"], format!("/api/v1/problems/{}", problem["code"].as_str().unwrap()));
        problem["code"].as_str().unwrap().to_owned()
    }

    /// `(pointer, code)` of every fault.
    pub(crate) fn faults(&self) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        self.json()["errors"]
            .as_array()
            .unwrap()
            .iter()
            .map(|it| (text(&it["pointer"]), text(&it["code"])))
            .collect()
    }
}

/// Sends one request to a fresh application.
pub(crate) async fn send(request: TestRequest) -> Reply {
    send_all(vec![request]).await.pop().unwrap()
}

pub(crate) async fn send_all(requests: Vec<TestRequest>) -> Vec<Reply> {
    send_to(&edge(true), requests).await
}

pub(crate) async fn send_to(edge: &web::Data<Edge>, requests: Vec<TestRequest>) -> Vec<Reply> {
    let service = init_service(http::application(edge, more)).await;
    let mut replies = Vec::new();
    for request in requests {
        let response = match try_call_service(&service, request.to_request()).await {
            Ok(response) => response.map_into_boxed_body().into_parts().1,
            Err(error) => error.error_response(),
        };
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let bytes = to_bytes(response.into_body()).await.unwrap();
        replies.push(Reply { status, headers, text: String::from_utf8(bytes.to_vec()).unwrap() });
    }
    replies
}

/// A write that is in order, by `clinic-1`.
pub(crate) fn post(path: &str, body: &str) -> TestRequest {
    TestRequest::post()
        .uri(path)
        .insert_header(("Authorization", "Bearer clinic-1"))
        .insert_header(("Content-Type", "application/json"))
        .insert_header(("Idempotency-Key", KEY))
        .set_payload(body.to_owned())
}

pub(crate) fn get(path: &str) -> TestRequest {
    TestRequest::get().uri(path).insert_header(("Authorization", "Bearer clinic-1"))
}
