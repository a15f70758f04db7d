//! The dry run: what submitting this content now would answer, and the terms that would follow.

use crate::App;
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::register;
use chrono::{DateTime, Utc};
use domain::demand::clocks::ClockKind;
use domain::demand::issue;
use domain::demand::model::Content;
use domain::demand::refusals::{ENTITY_DIFFERS, PHYSICIAN_DIFFERS};
use domain::problem::Violation;
use domain::values::{Nip, Npwz, RpwdlNumber};

/// A term that would start with the submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidatedClock {
    pub kind: ClockKind,
    pub due_at: DateTime<Utc>,
}

/// Everything that the dry run found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Validation {
    pub violations: Vec<Violation>,
    pub clocks: Vec<ValidatedClock>,
}

impl App {
    /// Judges the content as a submission would. Writes nothing.
    #[tracing::instrument(name = "validate_demand", skip_all)]
    pub async fn validate_demand(&self, caller: &Caller, content: Content) -> Result<Validation, Failure> {
        authorize_role(caller, Action::ValidateDemand).map_err(Failure::Denied)?;
        let now = self.inner.clock.now(&caller.space);
        let asking = caller.clone();
        let known = self.inner.store.read(move |tx| register::organisation(tx, &asking)).await?;
        let mut violations = issue::content_faults(&content, now);
        let Content::Medicine(medicine) = &content;
        let stated = medicine.physician.npwz.as_ref().map(Npwz::as_str);
        let own = caller.person.as_ref().map(|person| person.id.as_str());
        if stated.is_some() && stated != own {
            violations.push(Violation::new(PHYSICIAN_DIFFERS, "/content/physician/npwz"));
        }
        let differs = |stated: Option<&str>, known: Option<&str>| {
            stated.zip(known).is_some_and(|(stated, known)| stated != known)
        };
        let entity = &medicine.entity;
        if differs(entity.rpwdl_number.as_ref().map(RpwdlNumber::as_str), known.rpwdl_number.as_deref()) {
            violations.push(Violation::new(ENTITY_DIFFERS, "/content/entity/rpwdlNumber"));
        }
        if differs(entity.nip.as_ref().map(Nip::as_str), known.nip.as_deref()) {
            violations.push(Violation::new(ENTITY_DIFFERS, "/content/entity/nip"));
        }
        let first =
            if content.is_in_facility() { ClockKind::RepresentativeApproval } else { ClockKind::Opinion };
        let clocks = [first, ClockKind::SubmissionToMinister]
            .into_iter()
            .map(|kind| ValidatedClock { kind, due_at: kind.term().due(now) })
            .collect();
        Ok(Validation { violations, clocks })
    }
}
