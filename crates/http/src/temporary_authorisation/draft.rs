//! What a responsible person does with a notification, and what everybody reads of it.

use super::choices::AuthorisationState;
use super::examples;
use super::lines::{AuthorisationLineView, AuthorisationPageView};
use super::reports::AuthorisationValidationView;
use super::requests::{AdditionRequest, AuthorisationValidationRequest, TemporaryAuthorisationRequest};
use super::step::{
    AuthorisationCreated, AuthorisationPath, AuthorisationShown, addition, authorisation_id, changed,
    created, target,
};
use super::view::TemporaryAuthorisationView;
use crate::asked::Inquired;
use crate::demand::reports::spoken;
use crate::demand::requests::ReasonRequest;
use crate::demand::step::ReferenceTaken;
use crate::edge::Edge;
use crate::faults::BAD_PARAMETER;
use crate::headers::{IfMatchHeader, IfNoneMatchHeader};
use crate::language::Language;
use crate::paging::Scope;
use crate::problem::Problem;
use crate::{Asked, Authenticated, Looked, Replaced, answer, query};
use actix_web::{HttpRequest, HttpResponse, get, post, put, web};
use app::App;
use app::temporary_authorisation::{AuthorisationFilter, EditAuthorisation};
use domain::ids::AuthorisationId;
use domain::values::ClientReference;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

const PATH: &str = "/api/v1/temporary-authorisations";

/// Create a notification
///
/// A responsible person of a wholesaler opens the draft of a notification for a temporary authorisation. It may be
/// incomplete, but never illegal. What it attaches is named by title, date and digest, and so signed with it.
#[utoipa::path(tag = "temporary-authorisations", responses(AuthorisationCreated, ReferenceTaken),
    request_body(content = TemporaryAuthorisationRequest, examples(
        ("1-human" = (summary = "A medicine for people", value = json!({"content": examples::content()}))),
        ("2-veterinary" = (summary = "A veterinary medicine, on request of the minister of agriculture",
                           value = json!({"content": examples::veterinary()}))),
        ("3-authorised" = (summary = "Signed by whom the responsible person authorised",
                           value = json!({"content": examples::authorised()})))
    )))]
#[post("/api/v1/temporary-authorisations")]
pub(crate) async fn create_temporary_authorisation(
    app: web::Data<App>,
    asked: Asked<TemporaryAuthorisationRequest>,
) -> Result<HttpResponse, Problem> {
    let draft = asked.body.parse()?;
    answer::send(app.create_authorisation(&asked.caller, draft, asked.write, created).await?)
}

/// Edit a notification
///
/// Replaces content and client reference as a whole, in `DRAFT`.
#[utoipa::path(tag = "temporary-authorisations", params(AuthorisationPath, IfMatchHeader),
    request_body = TemporaryAuthorisationRequest, responses(AuthorisationShown))]
#[put("/api/v1/temporary-authorisations/{id}")]
pub(crate) async fn edit_temporary_authorisation(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Replaced<TemporaryAuthorisationRequest>,
) -> Result<HttpResponse, Problem> {
    let draft = asked.body.parse()?;
    let edit = EditAuthorisation { content: draft.content, client_reference: draft.client_reference };
    let target = target(&id, asked.if_match)?;
    answer::send(app.edit_authorisation(&asked.caller, target, edit, asked.write, changed).await?)
}

/// Open an addition of new batches
///
/// To a consent in force. The answer is a notification of its own, with its own number: it is edited, signed by both,
/// and resolved like the first one; its consent adds its batches and quantity to the consent named in `addsTo`.
#[utoipa::path(tag = "temporary-authorisations", params(AuthorisationPath), request_body = AdditionRequest,
    responses(AuthorisationCreated))]
#[post("/api/v1/temporary-authorisations/{id}/additions")]
pub(crate) async fn open_temporary_authorisation_addition(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<AdditionRequest>,
) -> Result<HttpResponse, Problem> {
    let new = asked.body.parse()?;
    answer::send(app.open_addition(&asked.caller, addition(&id)?, new, asked.write, created).await?)
}

/// Withdraw a notification
///
/// By a responsible person of the wholesaler, any time before the resolution, with a reason.
#[utoipa::path(tag = "temporary-authorisations", params(AuthorisationPath, IfMatchHeader),
    request_body = ReasonRequest, responses(AuthorisationShown))]
#[post("/api/v1/temporary-authorisations/{id}/withdrawal")]
pub(crate) async fn withdraw_temporary_authorisation(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<ReasonRequest>,
) -> Result<HttpResponse, Problem> {
    let reason = asked.body.parse()?;
    let target = target(&id, asked.if_match)?;
    answer::send(app.withdraw_authorisation(&asked.caller, target, reason, asked.write, changed).await?)
}

/// Validate a notification
///
/// Judges the content as a submission would: every problem with its place and the rules behind it. Whether the files of the
/// documents that it names are there is not asked, since they are added to a draft. An addition names in `addsTo` the consent
/// to which it adds, and is judged beside it. Writes nothing.
#[utoipa::path(tag = "temporary-authorisations", request_body = AuthorisationValidationRequest,
    responses((status = 200, description = "Everything that a submission would find",
               body = AuthorisationValidationView)))]
#[post("/api/v1/temporary-authorisations/validations")]
pub(crate) async fn validate_temporary_authorisation(
    app: web::Data<App>,
    language: Language,
    asked: Looked<AuthorisationValidationRequest>,
) -> Result<HttpResponse, Problem> {
    let (content, adds_to) = asked.body.parse()?;
    let is_addition = adds_to.is_some();
    let found = app.validate_authorisation(&asked.caller, content, adds_to).await?;
    Ok(spoken(answer::plain(&AuthorisationValidationView::of(&found, is_addition, language))?, language))
}

/// Find a notification
///
/// Every party sees what its task needs; members of other groups are left out.
#[utoipa::path(
    tag = "temporary-authorisations",
    params(AuthorisationPath, IfNoneMatchHeader),
    responses(AuthorisationShown)
)]
#[get("/api/v1/temporary-authorisations/{id}")]
pub(crate) async fn find_temporary_authorisation(
    request: HttpRequest,
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Authenticated,
) -> Result<HttpResponse, Problem> {
    let found = app.find_authorisation(&asked.caller, authorisation_id(&id)?).await?;
    let revision = u64::try_from(found.revision).unwrap_or_default();
    let shown = TemporaryAuthorisationView::of(&found);
    answer::document_with(&request, revision, shown.unrevised().as_ref(), &shown)
}

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct AuthorisationsQuery {
    /// Only notifications in this state.
    #[param(nullable = false)]
    state: Option<AuthorisationState>,
    /// Only the client's own notification of this name.
    #[param(nullable = false, max_length = 64)]
    client_reference: Option<String>,
    /// Only additions to this consent.
    #[param(nullable = false)]
    adds_to: Option<Uuid>,
    /// Entries of a page; 50 unless given.
    #[serde(default, deserialize_with = "query::number")]
    #[param(nullable = false, minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `nextCursor` of the page before.
    #[param(nullable = false)]
    cursor: Option<String>,
}

/// What narrows the list, and so binds its cursors.
#[derive(Serialize)]
struct Narrowing<'a> {
    state: Option<AuthorisationState>,
    client_reference: Option<&'a str>,
    adds_to: Option<Uuid>,
}

impl AuthorisationsQuery {
    fn filter(&self, edge: &Edge, scope: &Scope<'_>) -> Result<AuthorisationFilter, Problem> {
        let reference = self.client_reference.as_deref();
        if reference.is_some_and(|text| ClientReference::parse(text).is_err()) {
            return Err(Problem::at(BAD_PARAMETER, "?clientReference"));
        }
        let page = edge.cursors.page(scope, self.limit, self.cursor.as_deref())?;
        Ok(AuthorisationFilter {
            state: self.state.map(Into::into),
            client_reference: self.client_reference.clone(),
            adds_to: self.adds_to.map(AuthorisationId),
            after: page.after,
            limit: u16::try_from(page.limit).unwrap_or(u16::MAX),
        })
    }
}

/// List notifications
///
/// Newest first, what concerns this caller: the wholesaler's own, those at the ministry, consents that a pharmacy has
/// retrieved.
#[utoipa::path(tag = "temporary-authorisations", params(AuthorisationsQuery, IfNoneMatchHeader),
    responses((status = 200, description = "A page of notifications", body = AuthorisationPageView,
        headers(("ETag" = String, description = "Weak tag of this page"),
                ("Link" = String, description = "The next page, when there is one (RFC 8288)")))))]
#[get("/api/v1/temporary-authorisations")]
pub(crate) async fn list_temporary_authorisations(
    request: HttpRequest,
    app: web::Data<App>,
    edge: web::Data<Edge>,
    asked: Inquired<AuthorisationsQuery>,
) -> Result<HttpResponse, Problem> {
    let (wanted, caller) = (&asked.query, &asked.caller);
    let client_reference = wanted.client_reference.as_deref();
    let narrowed =
        query::filter(&Narrowing { state: wanted.state, client_reference, adds_to: wanted.adds_to });
    let scope = Scope { caller, list: PATH, filter: &narrowed };
    let found = app.list_authorisations(caller, wanted.filter(&edge, &scope)?).await?;
    let next_cursor = edge.cursors.after(&scope, &found, |line| line.id)?;
    let items = found.items.iter().map(AuthorisationLineView::of).collect::<Result<_, _>>()?;
    let view = AuthorisationPageView { items, next_cursor };
    answer::page(&request, &view, view.next_cursor.as_deref())
}
