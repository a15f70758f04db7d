//! The wholesaler's feed of demands, without gaps.

use super::feed::FeedQuery;
use crate::answer;
use crate::asked::Inquired;
use crate::demand::examples::answers;
use crate::demand::view::DemandShown;
use crate::edge::Edge;
use crate::headers::IfNoneMatchHeader;
use crate::problem::Problem;
use actix_web::{HttpRequest, HttpResponse, get, web};
use app::App;
use app::demand::DemandView;
use app::recorded::Read;
use app::supply::{FeedItem, FeedPage};
use chrono::{DateTime, Utc};
use domain::ids::DemandId;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

const PATH: &str = "/api/v1/supply/demands";

/// One change of a demand that concerns this wholesaler.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SupplyChange)]
pub(crate) struct SupplyChangeView {
    /// Grows from change to change; none is ever inserted before one that was shown.
    #[schema(minimum = 1, example = 4711)]
    seq: i64,
    /// What happened.
    #[serde(rename = "type")]
    #[schema(example = "DemandHandedOver")]
    kind: String,
    at: DateTime<Utc>,
    demand_id: Uuid,
    /// The demand as it is now; absent when it is no longer this wholesaler's.
    #[serde(skip_serializing_if = "Option::is_none")]
    demand: Option<DemandShown>,
}

/// Changes in the order in which they were committed.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = SupplyChanges, example = answers::changes)]
pub(crate) struct SupplyChangesView {
    items: Vec<SupplyChangeView>,
    /// Ask with this as `after` next time; the same as before when nothing is new.
    #[schema(minimum = 0, example = 4711)]
    next_after: i64,
    /// Whether more changes wait already.
    has_more: bool,
}

impl SupplyChangeView {
    fn of(item: &FeedItem<DemandId, DemandView>) -> Self {
        Self {
            seq: item.seq,
            kind: item.kind.clone(),
            at: item.at,
            demand_id: item.id.0,
            demand: item.document.as_ref().map(DemandShown::of),
        }
    }
}

impl SupplyChangesView {
    fn of(page: &FeedPage<DemandId, DemandView>) -> Self {
        let items = page.items.iter().map(SupplyChangeView::of).collect();
        Self { items, next_after: page.next_after, has_more: page.has_more }
    }
}

/// Read the feed of demands handed to this wholesaler
///
/// Ask again with `nextAfter` of the answer before: no change is left out and none comes twice. A change that is not the
/// latest of its demand shows the demand as it is now.
#[utoipa::path(tag = "supply", params(FeedQuery, IfNoneMatchHeader),
    responses((status = 200, description = "The next changes", body = SupplyChangesView,
               headers(("ETag" = String, description = "Weak; of this answer")))))]
#[get("/api/v1/supply/demands")]
pub(crate) async fn list_supply_demands(
    request: HttpRequest,
    edge: web::Data<Edge>,
    app: web::Data<App>,
    asked: Inquired<FeedQuery>,
) -> Result<HttpResponse, Problem> {
    let (after, wanted) = asked.query.place(&edge, &asked.caller, PATH)?;
    let Read { told, record } = app.supply_feed(&asked.caller, after, wanted, &asked.trace_id).await?;
    answer::on_record(&app, record, answer::look(&request, &SupplyChangesView::of(&told))?).await
}
