//! Whom the product of an ad-hoc need was given to.

use crate::demand::content::{Patient, Quantity};
use crate::demand::examples::answers;
use app::demand::TreatedPatients;
use chrono::{DateTime, NaiveDate, Utc};
use domain::demand::treated::{Reopening, TakenBack, TreatedList, TreatedPatient};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// How far the list of treated patients is; nothing of a patient.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PatientListState)]
pub struct PatientListView {
    /// How many lines stand.
    #[schema(example = 2)]
    pub lines: u32,
    /// What they add up to, in the approved unit.
    #[schema(example = "5")]
    pub given: String,
    /// When the last course ended, as stated (Warsaw date).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub treatment_ended_on: Option<NaiveDate>,
    /// Since when the list is whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub closed_at: Option<DateTime<Utc>>,
    /// When its term ran out while it was open; that has no other consequence.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub overdue_at: Option<DateTime<Utc>>,
}

impl PatientListView {
    pub fn of(it: &TreatedList) -> Self {
        let end = it.treatment_end.as_ref();
        Self {
            lines: it.lines,
            given: it.given.normalize().to_string(),
            treatment_ended_on: end.map(|end| end.on),
            closed_at: it.closed_at,
            overdue_at: end.and_then(|end| end.overdue_at),
        }
    }
}

/// The list of treated patients as far as the caller sees it: a patient sees their own lines alone.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TreatedPatients, example = answers::treated_patients)]
pub struct TreatedPatientsView {
    /// In the order in which they were reported.
    items: Vec<TreatedPatientView>,
    /// Not for a patient.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    patient_list: Option<PatientListView>,
    /// How often the list was opened again by itself, oldest first; not for a patient.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    reopenings: Option<Vec<PatientListReopeningView>>,
}

/// Why the list was not whole, or the end of treatment not what was stated.
#[derive(Serialize, ToSchema)]
#[schema(as = PatientListReopening)]
pub(super) struct PatientListReopeningView {
    reason: String,
    at: DateTime<Utc>,
}

impl TreatedPatientsView {
    pub fn of(it: &TreatedPatients) -> Self {
        Self {
            items: it.lines.iter().map(TreatedPatientView::of).collect(),
            patient_list: it.list.as_ref().map(PatientListView::of),
            reopenings: it
                .list
                .as_ref()
                .map(|list| list.reopenings.iter().map(PatientListReopeningView::of).collect()),
        }
    }
}

impl PatientListReopeningView {
    fn of(it: &Reopening) -> Self {
        Self { reason: it.reason.as_str().to_owned(), at: it.at }
    }
}

/// One line; it never changes, it can only be taken back.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = TreatedPatient)]
pub struct TreatedPatientView {
    id: Uuid,
    patient: Patient,
    quantity: Quantity,
    #[schema(example = "1 ampułka co 8 godzin")]
    dose: String,
    treated_from: NaiveDate,
    treated_to: NaiveDate,
    recorded_at: DateTime<Utc>,
    /// Why it does not count any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    taken_back: Option<TakenBackView>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = TreatedPatientTakenBack)]
pub struct TakenBackView {
    reason: String,
    at: DateTime<Utc>,
}

impl TreatedPatientView {
    fn of(it: &TreatedPatient) -> Self {
        Self {
            id: it.id.0,
            patient: super::content::patient(&it.patient),
            quantity: Quantity::of(&it.quantity),
            dose: it.dose.as_str().to_owned(),
            treated_from: it.treated_from,
            treated_to: it.treated_to,
            recorded_at: it.recorded_at,
            taken_back: it.taken_back.as_ref().map(TakenBackView::of),
        }
    }
}

impl TakenBackView {
    fn of(it: &TakenBack) -> Self {
        Self { reason: it.reason.as_str().to_owned(), at: it.at }
    }
}
