//! Absences of consultants as they are shown.

use crate::answer::{path_id, written};
use actix_web::http::StatusCode;
use app::answer::StoredAnswer;
use app::directory::StoredAbsence;
use app::failure::Failure;
use chrono::NaiveDate;
use domain::demand::model::Consultant;
use domain::ids::{AbsenceId, PersonId};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

/// Days on which a consultant does not answer in one field of medicine.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ConsultantAbsence, example = absence_example)]
pub(crate) struct AbsenceView {
    id: Uuid,
    /// Code of the field of medicine.
    #[schema(example = "0745")]
    field: &'static str,
    first_day: NaiveDate,
    /// Included.
    last_day: NaiveDate,
    /// Who may answer meanwhile; absent where nobody does.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    substitute: Option<SubstituteView>,
    /// It covers no day any more.
    is_ended: bool,
}

/// Another consultant of the same field.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = ConsultantSubstitute)]
pub(crate) struct SubstituteView {
    id: Uuid,
    #[schema(example = "Ewa")]
    given_names: String,
    #[schema(example = "Przykładowa")]
    family_name: String,
}

pub(super) fn absence_example() -> Value {
    json!({"id": "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a52", "field": "0745", "firstDay": "2026-12-14",
        "lastDay": "2026-12-23", "isEnded": false,
        "substitute": {"id": "01376a46-a471-8057-8324-18bb66fdbe04", "givenNames": "Kazimierz", "familyName": "Wzorcowy"}})
}

impl AbsenceView {
    pub(super) fn of(stored: &StoredAbsence) -> Self {
        let absence = &stored.absence;
        Self {
            id: absence.id.0,
            field: absence.field.as_str(),
            first_day: absence.first_day,
            last_day: absence.last_day,
            substitute: stored.substitute.as_ref().map(SubstituteView::of),
            is_ended: absence.is_ended,
        }
    }
}

impl SubstituteView {
    fn of(consultant: &Consultant) -> Self {
        Self {
            id: consultant.person.0,
            given_names: consultant.given_names.reveal().to_owned(),
            family_name: consultant.family_name.reveal().to_owned(),
        }
    }
}

/// Declares the consultant in the path.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(super) struct ConsultantPath {
    /// Id of the consultant, as in `GET /consultants`.
    #[param(example = "01376a46-a471-8057-8324-18bb66fdbe04")]
    #[expect(dead_code, reason = "only describes the path; consultant_id reads it")]
    id: Uuid,
}

/// Declares both ids in the path.
#[derive(IntoParams)]
#[into_params(parameter_in = Path)]
pub(super) struct AbsencePath {
    /// Id of the consultant, as in `GET /consultants`.
    #[param(example = "01376a46-a471-8057-8324-18bb66fdbe04")]
    #[expect(dead_code, reason = "only describes the path; consultant_id reads it")]
    id: Uuid,
    /// Id of the absence.
    #[param(rename = "absenceId", example = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a52")]
    #[expect(dead_code, reason = "only describes the path; absence_id reads it")]
    absence_id: Uuid,
}

pub(super) fn consultant_id(text: &str) -> Result<PersonId, Failure> {
    path_id(text, PersonId::parse)
}

pub(super) fn absence_id(text: &str) -> Result<AbsenceId, Failure> {
    path_id(text, AbsenceId::parse)
}

pub(super) fn recorded(stored: &StoredAbsence) -> StoredAnswer {
    written(StatusCode::CREATED, None, None, &AbsenceView::of(stored))
}

pub(super) fn shown(stored: &StoredAbsence) -> StoredAnswer {
    written(StatusCode::OK, None, None, &AbsenceView::of(stored))
}
