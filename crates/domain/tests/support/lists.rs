//! Ad-hoc needs, and whom the product was given to afterwards.

use super::stages::Stage;
use super::{PHYSICIAN, draft, in_facility, npwz, packs, read, text};
use chrono::{DateTime, Utc};
use domain::calendar::warsaw_date;
use domain::demand::content::Patients;
use domain::demand::ledger::RealisationKind;
use domain::demand::model::Verdict;
use domain::demand::treated::{self, Reopening, Report, TakenBack, TreatedPatient, USUAL_DAYS};
use domain::ids::TreatedPatientId;
use domain::values::Quantity;
use serde_json::json;
use uuid::Uuid;

/// A course of one day, which is today.
pub(crate) fn course(line: u128, pesel: &str, amount: &str, now: DateTime<Utc>) -> TreatedPatient {
    TreatedPatient {
        id: TreatedPatientId(Uuid::from_u128(line)),
        patient: read(json!({
            "givenNames": "Ola", "familyName": "Zmyślona", "identifier": { "kind": "PESEL", "number": pesel }
        })),
        quantity: packs(amount),
        dose: text("1 ampułka co 8 godzin"),
        treated_from: warsaw_date(now),
        treated_to: warsaw_date(now),
        recorded_by: npwz(PHYSICIAN),
        recorded_at: now,
        taken_back: None,
    }
}

/// These lines, with the end of treatment today, on a list that had none.
pub(crate) fn report_of(lines: &[TreatedPatient], now: DateTime<Utc>) -> Report {
    Report {
        lines: lines.to_vec(),
        treatment_ended_on: Some(warsaw_date(now)),
        closes: false,
        before: Vec::new(),
        days: Some(USUAL_DAYS),
        today: warsaw_date(now),
    }
}

pub(crate) fn taken_back_line(now: DateTime<Utc>) -> TakenBack {
    TakenBack { reason: text("Nie ten pacjent."), by: npwz(PHYSICIAN), at: now }
}

pub(crate) fn reopening(now: DateTime<Utc>) -> Reopening {
    Reopening { reason: text("Zamknięto przez pomyłkę."), by: npwz(PHYSICIAN), at: now }
}

impl Stage {
    /// An ad-hoc need of ten packs, handed over.
    pub(crate) fn ad_hoc_with_wholesaler() -> Self {
        Self::ad_hoc_with_wholesaler_of(packs("10"))
    }

    pub(crate) fn ad_hoc_with_wholesaler_of(quantity: Quantity) -> Self {
        let mut content = in_facility();
        content.quantity = Some(quantity);
        content.patients = Some(Patients::AdHoc { justification: Some(text("Zapas na dyżur.")) });
        let demand = draft(content);
        let stage = Self { demand, ..Self::draft(true) };
        let stage = stage.submitted().approved_by_representative().opinion(Verdict::Confirmed);
        stage.handed_over_whole(quantity)
    }

    /// With this on its list.
    pub(crate) fn reported(mut self, asked: Report) -> Self {
        let asked = Report { before: self.treated.clone(), ..asked };
        self = self.then(|demand, now| treated::report(demand, &asked, now));
        self.treated.extend(asked.lines);
        self
    }

    pub(crate) fn with_course(self, line: u128, pesel: &str, amount: &str) -> Self {
        let asked = report_of(&[course(line, pesel, amount, self.now)], self.now);
        self.reported(asked)
    }
}

/// With a line on its list, in every state in which there is one.
pub(crate) fn samples() -> Vec<Stage> {
    let held = Stage::ad_hoc_with_wholesaler();
    let listed = held.clone().with_course(1, "44051401458", "1");
    let drawn = held.realised(RealisationKind::Dispensed, 10, false).with_course(1, "44051401458", "1");
    vec![listed.clone(), drawn, listed.revoked()]
}
