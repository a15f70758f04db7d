//! How product lists are written, and what a list lacks afterwards.

use super::{Saved, StoredProduct};
use crate::App;
use crate::caller::Caller;
use crate::device_group::snapshot_of;
use crate::entry::Work;
use crate::failure::Failure;
use crate::faults::ENTITY_UNKNOWN;
use crate::register;
use chrono::{DateTime, NaiveDate, Utc};
use domain::calendar::warsaw_date;
use domain::device_group::DeviceGroup;
use domain::device_provider::Contract;
use domain::ids::OrganisationId;
use domain::provider_product::limits::{Lacks, lacks};
use domain::provider_product::{Offer, Product};
use domain::values::Text;
use std::sync::Arc;
use store::device_provider;
use store::provider_product::{self as kept, By};

pub(super) const DOCUMENT_KIND: &str = "PROVIDER_PRODUCT";

/// Everything that a change of a list is held against.
pub(super) struct Keeping {
    pub provider: OrganisationId,
    pub contracts: Vec<Contract>,
    pub today: NaiveDate,
    /// Who changes it, and when.
    pub by: By,
}

/// The caller's organisation with its contracts.
pub(super) fn keeping(work: &mut Work<'_, '_>) -> Result<Keeping, Failure> {
    let provider = provider_of(work.caller)?;
    let space = work.caller.space.clone();
    let contracts = device_provider::contracts_of(work.tx, &space, provider)?;
    let by = By { person: register::person(work.tx, work.caller)?.id, at: work.now };
    Ok(Keeping { provider, contracts, today: warsaw_date(work.now), by })
}

pub(super) fn provider_of(caller: &Caller) -> Result<OrganisationId, Failure> {
    caller.org_id().ok_or(Failure::Denied(ENTITY_UNKNOWN))
}

/// Closes the list to others until the transaction ends; its new revision.
pub(super) fn next_revision(
    work: &mut Work<'_, '_>,
    provider: OrganisationId,
    contract: &Text<40>,
) -> Result<i64, Failure> {
    let space = work.caller.space.clone();
    Ok(kept::next_revision(work.tx, &space, provider, contract)?)
}

/// Saves what is new of a product, of which so many entries were there before.
pub(super) fn save(
    work: &mut Work<'_, '_>,
    by: By,
    product: Product,
    before: Vec<DateTime<Utc>>,
) -> Result<StoredProduct, Failure> {
    let space = work.caller.space.clone();
    kept::save(work.tx, &space, &product, before.len(), by)?;
    let mut entered_at = before;
    entered_at.resize(product.entries.len(), work.now);
    Ok(StoredProduct { product, entered_at })
}

/// The single product with what its list lacks from the day of the change on.
pub(super) fn saved(
    work: &mut Work<'_, '_>,
    keeping: &Keeping,
    stored: StoredProduct,
    (from, groups): (NaiveDate, &[DeviceGroup]),
    list_revision: i64,
) -> Result<Saved, Failure> {
    let contract = stored.product.contract.clone();
    let lacks = list_lacks(work, keeping, &contract, (from, groups))?;
    Ok(Saved { stored, list_revision, lacks })
}

/// What a list lacks on the day on which its change takes effect, and today at the earliest (DO-49).
pub(super) fn list_lacks(
    work: &mut Work<'_, '_>,
    keeping: &Keeping,
    number: &Text<40>,
    (from, groups): (NaiveDate, &[DeviceGroup]),
) -> Result<Lacks, Failure> {
    let Some(contract) = keeping.contracts.iter().find(|it| it.number == *number) else {
        return Ok(Lacks::default());
    };
    let (space, on) = (work.caller.space.clone(), from.max(keeping.today));
    let all = kept::all_of(work.tx, &space, keeping.provider, number)?;
    let offers = all.iter().filter_map(|it| it.product.offered_on(on));
    let offers: Vec<Offer> = offers.map(|(_, offer)| offer.clone()).collect();
    Ok(lacks(contract, groups, &offers, on))
}

impl App {
    /// The device groups of all days with what officers entered, as they are before the change.
    pub(super) async fn groups_for_lists(&self, caller: &Caller) -> Result<Arc<Vec<DeviceGroup>>, Failure> {
        let current = snapshot_of(&self.inner, &self.catalogue, &caller.space).await?;
        let listed = current.map(|current| current.effective(|_| true)).unwrap_or_default();
        Ok(Arc::new(listed.into_iter().map(|it| it.group).collect()))
    }
}
