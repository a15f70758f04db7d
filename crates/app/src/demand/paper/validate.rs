//! The dry run: what entering this paper now would answer.

use super::PaperEntry;
use super::judge::look_up;
use crate::App;
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::demand::Validation;
use crate::failure::Failure;
use crate::medicinal_product::{ProductMatches, matches};
use crate::register;
use domain::calendar::warsaw_date;
use domain::demand::paper;

impl App {
    /// Judges the entry as it would be judged. Writes nothing.
    #[tracing::instrument(name = "validate_demand_from_paper", skip_all)]
    pub async fn validate_demand_from_paper(
        &self,
        caller: &Caller,
        entry: PaperEntry,
    ) -> Result<Validation, Failure> {
        authorize_role(caller, Action::EnterPaper).map_err(Failure::Denied)?;
        let now = self.inner.clock.now(&caller.space);
        let (parts, asking) = (self.inner.clone(), caller.clone());
        self.inner
            .store
            .read_snapshot(move |tx| {
                register::in_post(tx, &asking)?;
                let found = look_up(tx, &parts, &asking, &entry, None, now)?;
                let products = match entry.content.product.as_medicine() {
                    Some(product) => matches(tx, product, warsaw_date(now))?,
                    None => ProductMatches::default(),
                };
                let violations = paper::faults(&entry.content, &found.asked, &found.facts);
                // With the minister no term runs.
                let formerly = found.facts.formerly;
                Ok(Validation { violations, clocks: Vec::new(), products, formerly })
            })
            .await
    }
}
