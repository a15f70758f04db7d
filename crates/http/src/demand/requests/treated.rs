//! What a report of treated patients says.

use crate::demand::content::{Patient, Quantity};
use crate::demand::{examples, parse};
use crate::parsing::Faults;
use app::demand::{ReportTreatedPatients, TreatedCourse};
use app::failure::Failure;
use chrono::NaiveDate;
use domain::values::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

/// Patients, the end of the treatment, or that the list is whole; at least one of them.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = examples::treated_patients)]
pub struct TreatedPatientsRequest {
    /// Courses that have ended; several reports add up.
    #[serde(default)]
    #[validate(length(max = 100))]
    #[schema(max_items = 100)]
    pub patients: Vec<TreatedCourseRequest>,
    /// When the last course of all patients ended (Warsaw date); the term of the list counts from it.
    #[schema(example = "2026-12-20")]
    pub treatment_ended_on: Option<NaiveDate>,
    /// The list is whole: nobody else will be reported.
    #[serde(default, rename = "final")]
    pub closes: bool,
}

/// A course of one patient, from the first day to the last.
#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = TreatedCourse)]
pub struct TreatedCourseRequest {
    pub patient: Patient,
    /// What the patient was given in all, in the approved unit.
    pub quantity: Quantity,
    #[schema(min_length = 1, max_length = 300, example = "1 ampułka co 8 godzin")]
    pub dose: String,
    #[schema(example = "2026-12-10")]
    pub treated_from: NaiveDate,
    #[schema(example = "2026-12-12")]
    pub treated_to: NaiveDate,
}

impl TreatedPatientsRequest {
    pub fn parse(&self) -> Result<ReportTreatedPatients, Failure> {
        let mut faults = Faults::new();
        let courses = faults.each("patients", &self.patients, course);
        faults.finish_with(courses.map(|courses| ReportTreatedPatients {
            courses,
            treatment_ended_on: self.treatment_ended_on,
            closes: self.closes,
        }))
    }
}

fn course(faults: &mut Faults, it: &TreatedCourseRequest) -> Option<TreatedCourse> {
    let patient = faults.within("patient", |faults| parse::patient(faults, &it.patient));
    let quantity = faults.within("quantity", |faults| parse::quantity(faults, &it.quantity));
    let dose = faults.take("/dose", Text::parse(&it.dose));
    Some(TreatedCourse {
        patient: patient?,
        quantity: quantity?,
        dose: dose?,
        treated_from: it.treated_from,
        treated_to: it.treated_to,
    })
}
