//! A consultant, or an officer for them, enters an absence.

use super::absences::{AbsenceView, ConsultantPath, consultant_id, recorded};
use crate::parsing::Faults;
use crate::problem::Problem;
use crate::{Asked, answer};
use actix_web::{HttpResponse, post, web};
use app::App;
use app::directory::RecordAbsence;
use app::failure::Failure;
use chrono::NaiveDate;
use domain::ids::PersonId;
use domain::values::FieldOfMedicine;
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

/// Which days, in which field, and who may answer meanwhile.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = ConsultantAbsenceRequest, example = json!({"field": "0745", "firstDay": "2026-12-14", "lastDay": "2026-12-23",
    "substituteId": "01376a46-a471-8057-8324-18bb66fdbe04"}))]
pub(crate) struct AbsenceRequest {
    /// Code of the field; may be left out by a consultant of one field.
    #[schema(nullable = false, pattern = "^[0-9]{4}$")]
    field: Option<String>,
    first_day: NaiveDate,
    /// Included.
    last_day: NaiveDate,
    /// Another consultant of the same field.
    #[schema(nullable = false)]
    substitute_id: Option<Uuid>,
}

impl AbsenceRequest {
    fn parse(&self, consultant: PersonId) -> Result<RecordAbsence, Failure> {
        let mut faults = Faults::new();
        let field = faults.optional("/field", self.field.as_deref(), FieldOfMedicine::parse);
        faults.finish_with(field.map(|field| RecordAbsence {
            consultant,
            field,
            first_day: self.first_day,
            last_day: self.last_day,
            substitute: self.substitute_id.map(PersonId),
        }))
    }
}

/// Enter an absence of a consultant
///
/// By the consultant or an officer of the ministry. On these days the substitute sees what waits for the consultant and may
/// answer in their own name; the term for the opinion runs on. Without a substitute the consultant cannot be chosen.
/// Of two absences that share a day the later entry counts.
#[utoipa::path(tag = "directory", params(ConsultantPath), request_body = AbsenceRequest,
    responses((status = 201, description = "Entered", body = AbsenceView)))]
#[post("/api/v1/consultants/{id}/absences")]
pub(crate) async fn record_absence(
    app: web::Data<App>,
    id: web::Path<String>,
    asked: Asked<AbsenceRequest>,
) -> Result<HttpResponse, Problem> {
    let absence = asked.body.parse(consultant_id(&id)?)?;
    answer::send(app.record_absence(&asked.caller, absence, asked.write, recorded).await?)
}
