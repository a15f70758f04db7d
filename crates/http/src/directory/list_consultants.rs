//! The consultants who can be asked for an opinion (PF art. 4ac(1)).

use super::absences::AbsenceView;
use crate::answer;
use crate::asked::Inquired;
use crate::demand::choices::ConsultantKind;
use crate::edge::Edge;
use crate::headers::IfNoneMatchHeader;
use crate::paging::Scope;
use crate::parsing::Faults;
use crate::problem::Problem;
use crate::query;
use actix_web::{HttpRequest, HttpResponse, get, web};
use app::App;
use app::directory::ListedConsultant;
use app::failure::Failure;
use domain::ids::PersonId;
use domain::values::FieldOfMedicine;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

const PATH: &str = "/api/v1/consultants";

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConsultantsQuery {
    /// Code of the field of medicine.
    #[param(pattern = "^[0-9]{4}$", example = "0745")]
    field: Option<String>,
    /// National or of one voivodeship.
    kind: Option<ConsultantKind>,
    /// `nextCursor` of the page before.
    cursor: Option<String>,
    /// Entries of a page, 50 unless asked otherwise.
    #[serde(default, deserialize_with = "query::number")]
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

/// A consultant in one field of medicine.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ConsultantEntry)]
pub(crate) struct ConsultantEntryView {
    /// The `consultantId` of a submission.
    id: Uuid,
    #[schema(example = "Ewa")]
    given_names: String,
    #[schema(example = "Przykładowa")]
    family_name: String,
    #[schema(example = "prof. dr hab. n. med.")]
    qualifications: String,
    kind: ConsultantKind,
    field: FieldOfMedicineView,
    /// Demands that wait for their opinion, in all their fields together and with those of the colleagues for whom they
    /// answer today; told to physicians and the ministry.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = 3)]
    waiting: Option<u64>,
    /// Days that last or are ahead on which they do not answer in this field; told to physicians, the ministry and
    /// consultants.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    absences: Vec<AbsenceView>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = FieldOfMedicine)]
pub(crate) struct FieldOfMedicineView {
    #[schema(example = "0745")]
    code: &'static str,
    /// In Polish, which is the only official name.
    #[schema(example = "hematologia")]
    name: &'static str,
}

/// A page of consultants.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Consultants, example = json!({"items": [
    {"id": "01376a46-a471-8057-8324-18bb66fdbe04", "givenNames": "Kazimierz", "familyName": "Wzorcowy",
        "qualifications": "dr n. med.", "kind": "VOIVODESHIP",
        "field": {"code": "0707", "name": "dermatologia i wenerologia"}, "waiting": 3}]}))]
pub(crate) struct ConsultantsView {
    items: Vec<ConsultantEntryView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

impl ConsultantEntryView {
    fn of(listed: &ListedConsultant) -> Self {
        let consultant = &listed.consultant;
        Self {
            id: consultant.person.0,
            given_names: consultant.given_names.reveal().to_owned(),
            family_name: consultant.family_name.reveal().to_owned(),
            qualifications: consultant.qualifications.as_str().to_owned(),
            kind: consultant.kind.into(),
            field: FieldOfMedicineView { code: consultant.field.as_str(), name: consultant.field.name() },
            waiting: listed.waiting,
            absences: listed.absences.iter().map(AbsenceView::of).collect(),
        }
    }
}

impl ConsultantsQuery {
    fn field(&self) -> Result<Option<FieldOfMedicine>, Failure> {
        let mut faults = Faults::new();
        let field = faults.optional("?field", self.field.as_deref(), FieldOfMedicine::parse);
        faults.finish_with(field)
    }
}

/// List consultants
///
/// Who can be chosen at a submission, and how many demands wait for them. Somebody who is a consultant in several fields
/// stands here once for each.
#[utoipa::path(tag = "directory", params(ConsultantsQuery, IfNoneMatchHeader),
    responses((status = 200, description = "A page of consultants", body = ConsultantsView,
               headers(("ETag" = String, description = "Weak; of this page"),
                       ("Link" = String, description = "`rel=\"next\"` where more follows"))),
              (status = 422, description = "No field of medicine has this code", body = crate::ProblemView,
               content_type = "application/problem+json")))]
#[get("/api/v1/consultants")]
pub(crate) async fn list_consultants(
    request: HttpRequest,
    edge: web::Data<Edge>,
    app: web::Data<App>,
    asked: Inquired<ConsultantsQuery>,
) -> Result<HttpResponse, Problem> {
    let (query, caller) = (&asked.query, &asked.caller);
    let filter = query::filter(&(&query.field, &query.kind));
    let scope = Scope { caller, list: PATH, filter: &filter };
    let page =
        edge.cursors.page::<(PersonId, FieldOfMedicine)>(&scope, query.limit, query.cursor.as_deref())?;
    let kind = query.kind.map(Into::into);
    let found = app.list_consultants(caller, query.field()?, kind, page.after, page.wanted()).await?;
    let next_cursor =
        edge.cursors.after(&scope, &found, |last| (last.consultant.person, last.consultant.field))?;
    let items = found.items.iter().map(ConsultantEntryView::of).collect();
    answer::page(
        &request,
        &ConsultantsView { items, next_cursor: next_cursor.clone() },
        next_cursor.as_deref(),
    )
}
