//! Registered products like the one that a demand asks for, told to who issued it and to who rules on it.

use super::access::Named;
use super::read::Reading;
use crate::App;
use crate::authorize::{Action, Relation, authorize_role};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::medicinal_product::{ProductMatches, matches};
use domain::calendar::warsaw_date;

/// The warning helps those who answer for the demand or rule on it; nobody else needs it.
fn may_see(relation: Relation) -> bool {
    match relation {
        Relation::IssuingPhysician | Relation::AssignedPreparer | Relation::Decider => true,
        Relation::Colleague
        | Relation::Representative
        | Relation::AssignedConsultant
        | Relation::OtherPreparer
        | Relation::RevocationPreparer
        | Relation::MinistryStaff
        | Relation::Patient
        | Relation::GrantedPharmacy
        | Relation::FormerPharmacy
        | Relation::ReceivingPharmacy
        | Relation::Inspectorate
        | Relation::AskedOffice(_)
        | Relation::GrantedWholesaler
        | Relation::HoldingWholesaler => false,
    }
}

impl App {
    /// Nothing of a patient is looked at, so only a refused look is recorded.
    #[tracing::instrument(name = "product_matches", skip_all)]
    pub async fn product_matches(
        &self,
        caller: &Caller,
        demand: Named,
        trace_id: &str,
    ) -> Result<ProductMatches, Failure> {
        authorize_role(caller, Action::ReadProductMatches).map_err(Failure::Denied)?;
        let reading = Reading { caller, operation: "product_matches", trace_id };
        self.look_at_demand(reading, demand, |sight| {
            if !may_see(sight.relation) {
                return Err(Failure::Denied(crate::faults::NOT_YOURS));
            }
            let product =
                sight.seen.loaded.demand.content.product.as_medicine().cloned().ok_or(Failure::NotFound)?;
            Ok(matches(sight.tx, &product, warsaw_date(sight.now))?)
        })
        .await
    }
}
