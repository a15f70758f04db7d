//! What was issued for the patient, and how it stands.

use crate::answer;
use crate::asked::Inquired;
use crate::clock::ClockView;
use crate::demand::choices::DemandState;
use crate::demand::examples::answers;
use crate::demand::place::collection;
use crate::edge::Edge;
use crate::headers::IfNoneMatchHeader;
use crate::paging::Scope;
use crate::problem::Problem;
use crate::query;
use actix_web::{HttpRequest, HttpResponse, get, web};
use app::App;
use app::patient::CaseLine;
use app::recorded::Read;
use chrono::{DateTime, Utc};
use domain::demand::lifecycle::StateName;
use domain::demand::model;
use domain::ids::DemandId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

const PATH: &str = "/api/v1/patient/cases";

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct CasesQuery {
    /// `nextCursor` of the page before.
    cursor: Option<String>,
    /// Entries of a page, 50 unless asked otherwise.
    #[serde(default, deserialize_with = "query::number")]
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

/// A document issued for the patient.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PatientCase)]
pub(crate) struct CaseView {
    id: Uuid,
    /// Where the whole document can be read.
    #[schema(
        format = "uri-reference",
        example = "/api/v1/medicine-demands/01980f2a-6c00-7000-8000-000000000101"
    )]
    href: String,
    #[schema(example = "MEDICINE")]
    kind: String,
    #[schema(example = "ZPL-2026-7K3M9QXT-B")]
    number: String,
    state: DemandState,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "ROZ-2026-7K3M9QXT-S")]
    resolution_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "Przykładomycyna")]
    product: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "250 mg")]
    strength: Option<String>,
    /// Where it was issued.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "Szpital Testowy w Warszawie")]
    entity_name: Option<String>,
    /// The terms that run now, soonest first.
    clocks: Vec<ClockView>,
    created_at: DateTime<Utc>,
    changed_at: DateTime<Utc>,
}

/// A page of cases, newest first.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PatientCases, example = answers::cases)]
pub(crate) struct CasesView {
    items: Vec<CaseView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

impl CaseView {
    fn of(line: CaseLine) -> Result<Self, Problem> {
        let state = StateName::parse(&line.state)
            .ok_or_else(|| Problem::bug("a listed demand in an unknown state".into()))?;
        let kind = model::DemandKind::parse(&line.kind)
            .ok_or_else(|| Problem::bug("a listed demand of an unknown kind".into()))?;
        Ok(Self {
            id: line.id.0,
            href: format!("{}/{}", collection(kind), line.id),
            kind: line.kind,
            number: line.number,
            state: state.into(),
            resolution_number: line.resolution_number,
            product: line.summary.name.or(line.summary.international_name),
            strength: line.summary.strength,
            entity_name: line.summary.entity_name,
            clocks: line.summary.clocks.iter().map(|clock| ClockView::of(clock, kind, state)).collect(),
            created_at: line.created_at,
            changed_at: line.changed_at,
        })
    }
}

/// List my cases
///
/// For a patient: every demand that was issued for them.
#[utoipa::path(tag = "patient", params(CasesQuery, IfNoneMatchHeader),
    responses((status = 200, description = "A page of cases", body = CasesView,
               headers(("ETag" = String, description = "Weak; of this page"),
                       ("Link" = String, description = "`rel=\"next\"` where more follows")))))]
#[get("/api/v1/patient/cases")]
pub(crate) async fn list_cases(
    request: HttpRequest,
    edge: web::Data<Edge>,
    app: web::Data<App>,
    asked: Inquired<CasesQuery>,
) -> Result<HttpResponse, Problem> {
    let (query, caller) = (&asked.query, &asked.caller);
    let scope = Scope { caller, list: PATH, filter: "" };
    let page = edge.cursors.page::<DemandId>(&scope, query.limit, query.cursor.as_deref())?;
    let Read { told: found, record } =
        app.list_cases(caller, page.after, page.wanted(), &asked.trace_id).await?;
    let next_cursor = edge.cursors.after(&scope, &found, |line| line.id)?;
    let items = found.items.into_iter().map(CaseView::of).collect::<Result<_, _>>()?;
    let view = CasesView { items, next_cursor };
    let response = answer::page(&request, &view, view.next_cursor.as_deref())?;
    answer::on_record(&app, record, response).await
}
