//! The wholesaler's feed of consents, without gaps.

use super::feed::FeedQuery;
use crate::answer;
use crate::asked::Inquired;
use crate::edge::Edge;
use crate::headers::IfNoneMatchHeader;
use crate::problem::Problem;
use crate::temporary_authorisation::examples;
use crate::temporary_authorisation::view::TemporaryAuthorisationView;
use actix_web::{HttpRequest, HttpResponse, get, web};
use app::App;
use app::recorded::Read;
use app::supply::{FeedItem, FeedPage};
use app::temporary_authorisation::AuthorisationView;
use chrono::{DateTime, Utc};
use domain::ids::AuthorisationId;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

const PATH: &str = "/api/v1/supply/temporary-authorisations";

/// One change of a consent that concerns this wholesaler.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ConsentChange)]
pub(crate) struct ConsentChangeView {
    /// Grows from change to change; none is ever inserted before one that was shown.
    #[schema(minimum = 1, example = 4711)]
    seq: i64,
    /// What happened.
    #[serde(rename = "type")]
    #[schema(example = "ConsentHandedOver")]
    kind: String,
    at: DateTime<Utc>,
    temporary_authorisation_id: Uuid,
    /// The consent as it is now.
    #[serde(skip_serializing_if = "Option::is_none")]
    temporary_authorisation: Option<TemporaryAuthorisationView>,
}

/// Changes in the order in which they were committed.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ConsentChanges, example = examples::changes)]
pub(crate) struct ConsentChangesView {
    items: Vec<ConsentChangeView>,
    /// Ask with this as `after` next time; the same as before when nothing is new.
    #[schema(minimum = 0, example = 4711)]
    next_after: i64,
    /// Whether more changes wait already.
    has_more: bool,
}

impl ConsentChangeView {
    fn of(item: &FeedItem<AuthorisationId, AuthorisationView>) -> Self {
        Self {
            seq: item.seq,
            kind: item.kind.clone(),
            at: item.at,
            temporary_authorisation_id: item.id.0,
            temporary_authorisation: item.document.as_ref().map(TemporaryAuthorisationView::of),
        }
    }
}

impl ConsentChangesView {
    fn of(page: &FeedPage<AuthorisationId, AuthorisationView>) -> Self {
        let items = page.items.iter().map(ConsentChangeView::of).collect();
        Self { items, next_after: page.next_after, has_more: page.has_more }
    }
}

/// Read the feed of this wholesaler's consents
///
/// Which pharmacies passed a consent on or took that back, which batches were added, and how it ended. Ask again with
/// `nextAfter` of the answer before: no change is left out and none comes twice. A change that is not the latest of its
/// consent shows the consent as it is now.
#[utoipa::path(tag = "supply", params(FeedQuery, IfNoneMatchHeader),
    responses((status = 200, description = "The next changes", body = ConsentChangesView,
               headers(("ETag" = String, description = "Weak; of this answer")))))]
#[get("/api/v1/supply/temporary-authorisations")]
pub(crate) async fn list_supply_authorisations(
    request: HttpRequest,
    edge: web::Data<Edge>,
    app: web::Data<App>,
    asked: Inquired<FeedQuery>,
) -> Result<HttpResponse, Problem> {
    let (after, wanted) = asked.query.place(&edge, &asked.caller, PATH)?;
    let Read { told, record } = app.consent_feed(&asked.caller, after, wanted, &asked.trace_id).await?;
    answer::on_record(&app, record, answer::look(&request, &ConsentChangesView::of(&told))?).await
}
