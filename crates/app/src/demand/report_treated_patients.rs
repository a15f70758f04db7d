//! The physician reports who was treated from an ad-hoc need, that the treatment has ended, or that the list is whole.

use super::change::{Change, Decision, Target};
use super::view::DemandView;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use chrono::NaiveDate;
use domain::calendar::warsaw_date;
use domain::demand::content::Patient;
use domain::demand::lifecycle::Command;
use domain::demand::treated::{self, Report, TreatedPatient};
use domain::ids::{PatientId, TreatedPatientId};
use domain::values::{Quantity, Text};

/// A course of one patient.
#[derive(Clone, Debug)]
pub struct TreatedCourse {
    pub patient: Patient,
    pub quantity: Quantity,
    pub dose: Text<300>,
    pub treated_from: NaiveDate,
    pub treated_to: NaiveDate,
}

#[derive(Clone, Debug)]
pub struct ReportTreatedPatients {
    pub courses: Vec<TreatedCourse>,
    pub treatment_ended_on: Option<NaiveDate>,
    /// Nobody else will be reported.
    pub closes: bool,
}

impl App {
    #[tracing::instrument(name = "report_treated_patients", skip_all)]
    pub async fn report_treated_patients(
        &self,
        caller: &Caller,
        target: Target,
        asked: ReportTreatedPatients,
        write: Write,
        render: Render<DemandView>,
    ) -> Result<Answer, Failure> {
        let change = Change::addition(Command::TreatedPatients, "report_treated_patients");
        self.change_demand(caller, change, target, write, render, move |work, demand| {
            let (now, entropy) = (work.now, &work.parts.entropy);
            let line = |course: &TreatedCourse| TreatedPatient {
                id: TreatedPatientId(entropy.id(now)),
                patient: course.patient.clone(),
                quantity: course.quantity,
                dose: course.dose.clone(),
                treated_from: course.treated_from,
                treated_to: course.treated_to,
                recorded_by: demand.physician.clone(),
                recorded_at: now,
                taken_back: None,
            };
            let before = store::demand::list_treated(work.tx, work.key, demand.id)?;
            let report = Report {
                lines: asked.courses.iter().map(line).collect(),
                treatment_ended_on: asked.treatment_ended_on,
                closes: asked.closes,
                before: before.into_iter().map(|known| known.line).collect(),
                days: work.parts.patient_list_days,
                today: warsaw_date(now),
            };
            let decided = treated::report(demand, &report, now)?;
            let new_ids: Vec<_> = report.lines.iter().map(|_| PatientId(entropy.id(now))).collect();
            let list = (&decided.document.space, decided.document.id);
            let ring = &work.parts.ring;
            let concerned =
                store::demand::insert_treated(work.tx, ring, work.key, list, &report.lines, &new_ids)?;
            Ok(Decision { concerned, ..decided.into() })
        })
        .await
    }
}
