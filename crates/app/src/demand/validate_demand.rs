//! The dry run: what submitting this content now would answer, and the terms that would follow.

use super::submit_demand::on_record;
use crate::App;
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::medicinal_product::{ProductMatches, matches};
use crate::register;
use chrono::{DateTime, Utc};
use domain::calendar::warsaw_date;
use domain::demand::clocks::ClockKind;
use domain::demand::content::Content;
use domain::demand::issue;
use domain::demand::lifecycle::StateName;
use domain::paper::formerly::Formerly;
use domain::problem::Violation;

/// A term that would start with the submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ValidatedClock {
    pub kind: ClockKind,
    pub due_at: DateTime<Utc>,
    /// The state in which it would begin to run.
    pub state: StateName,
}

/// Everything that the dry run found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Validation {
    pub violations: Vec<Violation>,
    pub clocks: Vec<ValidatedClock>,
    /// What the register holds of the product; the equivalent ones warn.
    pub products: ProductMatches,
    /// What the paper was entered as before, and withdrawn; it warns.
    pub formerly: Option<Formerly>,
}

impl App {
    /// Judges the content as a submission would. Writes nothing.
    #[tracing::instrument(name = "validate_demand", skip_all)]
    pub async fn validate_demand(&self, caller: &Caller, content: Content) -> Result<Validation, Failure> {
        authorize_role(caller, Action::ValidateDemand).map_err(Failure::Denied)?;
        let now = self.inner.clock.now(&caller.space);
        let asking = caller.clone();
        let medicine = content.product.as_medicine().cloned();
        let (known, issuer, products) = self
            .inner
            .store
            .read_snapshot(move |tx| {
                let known = register::organisation(tx, &asking)?;
                let issuer = register::physician(tx, &asking)?;
                let products = match &medicine {
                    Some(product) => matches(tx, product, warsaw_date(now))?,
                    None => ProductMatches::default(),
                };
                Ok::<_, Failure>((known, issuer, products))
            })
            .await?;
        let violations = issue::dry_run_faults(&content, &issuer, &on_record(&known), now);
        let (first, state) = if content.is_in_facility() {
            (ClockKind::RepresentativeApproval, StateName::AwaitingRepresentative)
        } else {
            (ClockKind::Opinion, StateName::AwaitingConsultant)
        };
        let clocks = [first, ClockKind::SubmissionToMinister]
            .into_iter()
            .map(|kind| ValidatedClock { kind, due_at: kind.term().due(now), state })
            .collect();
        Ok(Validation { violations, clocks, products, formerly: None })
    }
}
