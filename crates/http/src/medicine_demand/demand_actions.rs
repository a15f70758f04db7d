//! What this caller may do with a demand now.

use super::possible_actions::ActionsView;
use super::reports::spoken;
use super::step::{DemandPath, demand_id};
use crate::headers::IfNoneMatchHeader;
use crate::language::Language;
use crate::problem::Problem;
use crate::{Authenticated, answer};
use actix_web::{HttpRequest, HttpResponse, get, web};
use app::App;

/// List what can be done with a demand
///
/// Every action of this caller: allowed, or blocked with code, reason and the roles whose move would unblock it.
#[utoipa::path(tag = "medicine-demands", params(DemandPath, IfNoneMatchHeader),
    responses((status = 200, description = "The caller's actions", body = ActionsView)))]
#[get("/api/v1/medicine-demands/{id}/actions")]
pub(crate) async fn list_medicine_demand_actions(
    request: HttpRequest,
    app: web::Data<App>,
    id: web::Path<String>,
    language: Language,
    asked: Authenticated,
) -> Result<HttpResponse, Problem> {
    let id = demand_id(&id)?;
    let actions = app.demand_actions(&asked.caller, id, &asked.trace_id).await?;
    Ok(spoken(answer::look(&request, &ActionsView::of(id, &actions, language))?, language))
}
