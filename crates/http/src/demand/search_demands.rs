//! A physician's demands for one patient, whose identifier stands in the body and never in an address.

use super::lines::DemandPageView;
use super::place::Place;
use super::requests::SearchRequest;
use crate::edge::Edge;
use crate::paging::{Page, Scope};
use crate::problem::Problem;
use crate::{Looked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;
use app::failure::Failure;
use domain::ids::DemandId;

/// The page that the body names; a fault of it stands in the body, not in the query.
fn page(edge: &Edge, scope: &Scope<'_>, body: &SearchRequest) -> Result<Page<DemandId>, Failure> {
    edge.cursors.page(scope, body.limit, body.cursor.as_deref()).map_err(|failure| match failure {
        Failure::Refused(mut refused) => {
            for violation in &mut refused.violations {
                violation.pointer = violation.pointer.replacen('?', "/", 1);
            }
            Failure::Refused(refused)
        }
        other => other,
    })
}

/// Search demands by patient
///
/// The caller's own demands for this patient, newest first. The search is on record for the patient.
#[utoipa::path(tag = "demands", request_body = SearchRequest,
    responses((status = 200, description = "A page of demands", body = DemandPageView)))]
#[post("/searches")]
pub(crate) async fn search_demands(
    app: web::Data<App>,
    edge: web::Data<Edge>,
    at: Place,
    asked: Looked<SearchRequest>,
) -> Result<HttpResponse, Problem> {
    let patient = asked.body.parse()?;
    let index = patient.index_text();
    let list = at.list("/searches");
    let scope = Scope { caller: &asked.caller, list: &list, filter: index.reveal() };
    let Page { limit, after } = page(&edge, &scope, &asked.body)?;
    let limit = u16::try_from(limit).unwrap_or(u16::MAX);
    let found = app.search_demands(&asked.caller, at.kind(), patient, after, limit, &asked.trace_id).await?;
    answer::plain(&DemandPageView::of(&found, &edge.cursors, &scope)?)
}
