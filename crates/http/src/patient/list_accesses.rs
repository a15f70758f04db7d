//! Who looked at the patient's data.

use crate::answer;
use crate::asked::Inquired;
use crate::demand::examples::answers;
use crate::edge::Edge;
use crate::headers::IfNoneMatchHeader;
use crate::paging::Scope;
use crate::problem::Problem;
use crate::query;
use actix_web::{HttpRequest, HttpResponse, get, web};
use app::App;
use app::patient::Access;
use app::recorded::Read;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

const PATH: &str = "/api/v1/patient/access-log";

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct AccessesQuery {
    /// `nextCursor` of the page before.
    cursor: Option<String>,
    /// Entries of a page, 50 unless asked otherwise.
    #[serde(default, deserialize_with = "query::number")]
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum AccessOutcome {
    Allowed,
    Refused,
}

/// Somebody read or changed something about the patient, or tried to.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Access)]
pub(crate) struct AccessView {
    at: DateTime<Utc>,
    /// The operation.
    #[schema(example = "find_demand")]
    action: String,
    /// In which role; `PUBLIC` for a check without an account, `SERVICE` for a term that ran out.
    #[schema(example = "PHARMACY")]
    role: String,
    /// Somebody who represents the patient did it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    by_representative: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    organisation: Option<AccessOrganisationView>,
    outcome: AccessOutcome,
    /// Why it was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "request.not_found")]
    code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "MEDICINE")]
    document_kind: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    document_id: Option<String>,
    /// Why an officer of the payer did it.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = AccessOrganisation)]
pub(crate) struct AccessOrganisationView {
    id: Uuid,
    /// Absent once it is no longer on record.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "Apteka Testowa")]
    name: Option<String>,
}

/// A page of the log, the latest first.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Accesses, example = answers::accesses)]
pub(crate) struct AccessesView {
    items: Vec<AccessView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

impl AccessView {
    fn of(access: Access) -> Self {
        Self {
            at: access.at,
            action: access.action,
            role: access.role,
            by_representative: access.is_by_representative,
            organisation: access.organisation.map(|(id, name)| AccessOrganisationView { id: id.0, name }),
            outcome: if access.refused.is_some() { AccessOutcome::Refused } else { AccessOutcome::Allowed },
            code: access.refused,
            document_kind: access.document_kind,
            document_id: access.document_id,
            reason: access.reason,
        }
    }
}

/// List who looked at my data
///
/// For a patient. Organisations are named, their people are not. Reading this list stands in it as well.
#[utoipa::path(tag = "patient", params(AccessesQuery, IfNoneMatchHeader),
    responses((status = 200, description = "A page of accesses", body = AccessesView,
               headers(("ETag" = String, description = "Weak; of this page"),
                       ("Link" = String, description = "`rel=\"next\"` where more follows")))))]
#[get("/api/v1/patient/access-log")]
pub(crate) async fn list_accesses(
    request: HttpRequest,
    edge: web::Data<Edge>,
    app: web::Data<App>,
    asked: Inquired<AccessesQuery>,
) -> Result<HttpResponse, Problem> {
    let (query, caller) = (&asked.query, &asked.caller);
    let scope = Scope { caller, list: PATH, filter: "" };
    let page = edge.cursors.page::<i64>(&scope, query.limit, query.cursor.as_deref())?;
    let Read { told: found, record } =
        app.list_accesses(caller, page.after, page.wanted(), &asked.trace_id).await?;
    let next_cursor = edge.cursors.after(&scope, &found, |access| access.cursor)?;
    let items = found.items.into_iter().map(AccessView::of).collect();
    let view = AccessesView { items, next_cursor };
    let response = answer::page(&request, &view, view.next_cursor.as_deref())?;
    answer::on_record(&app, record, response).await
}
