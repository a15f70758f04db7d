//! What this caller may do with a demand now.

use super::place::Place;
use super::possible_actions::ActionsView;
use super::reports::spoken;
use super::step::DemandPath;
use crate::headers::IfNoneMatchHeader;
use crate::language::Language;
use crate::problem::Problem;
use crate::{Authenticated, answer};
use actix_web::{HttpRequest, HttpResponse, get, web};
use app::App;

/// List what can be done with a demand
///
/// Every action of this caller: allowed, or blocked with code, reason and the roles whose move would unblock it.
#[utoipa::path(tag = "demands", params(DemandPath, IfNoneMatchHeader),
    responses((status = 200, description = "The caller's actions", body = ActionsView)))]
#[get("/{id}/actions")]
pub(crate) async fn list_demand_actions(
    request: HttpRequest,
    app: web::Data<App>,
    at: Place,
    language: Language,
    asked: Authenticated,
) -> Result<HttpResponse, Problem> {
    let demand = at.demand()?;
    let actions = app.demand_actions(&asked.caller, demand, &asked.trace_id).await?;
    Ok(spoken(
        answer::look(&request, &ActionsView::of(&at.list(&format!("/{}", demand.id)), &actions, language))?,
        language,
    ))
}
