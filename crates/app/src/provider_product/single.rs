//! One product: listed, changed from a day on, withdrawn, and read with everything that was entered of it.

use super::change::{DOCUMENT_KIND, keeping, next_revision, provider_of, save, saved};
use super::{ProductTarget, Saved, StoredProduct};
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::demand::check_match;
use crate::entry::{EntryWrite, Work};
use crate::failure::{Existing, Failure, Refused};
use chrono::NaiveDate;
use domain::ids::{ProviderProductId, SpaceId};
use domain::provider_product::refusals::EXISTS;
use domain::provider_product::{NewProduct, Offer, change, list_new, withdraw};
use domain::values::{Text, TradeProductNumber};
use store::provider_product as kept;

/// A product that is to be listed.
#[derive(Clone, Debug)]
pub struct NewListed {
    pub contract: Text<40>,
    pub number: TradeProductNumber,
    pub change: ChangeProduct,
}

/// What is offered, and from which day to which.
#[derive(Clone, Debug)]
pub struct ChangeProduct {
    /// Today where none is given.
    pub from: Option<NaiveDate>,
    pub to: Option<NaiveDate>,
    pub offer: Offer,
}

impl App {
    #[tracing::instrument(name = "create_provider_product", skip_all)]
    pub async fn create_provider_product(
        &self,
        caller: &Caller,
        asked: NewListed,
        write: Write,
        render: Render<Saved>,
    ) -> Result<Answer, Failure> {
        authorize_role(caller, Action::KeepProviderProducts).map_err(Failure::Denied)?;
        let groups = self.groups_for_lists(caller).await?;
        let entry = entry("create_provider_product", None, write, render);
        self.write_entry(caller, entry, move |work| {
            let keeping = keeping(work)?;
            let NewListed { contract, number, change } = asked.clone();
            let ChangeProduct { from, to, offer } = change;
            let from = from.unwrap_or(keeping.today);
            let revision = next_revision(work, keeping.provider, &contract)?;
            is_free(work, &contract, &number)?;
            let id = ProviderProductId(work.parts.entropy.id(work.now));
            let new = NewProduct { id, provider: keeping.provider, contract, number, from, to, offer };
            let product = list_new(new, &keeping.contracts, keeping.today)?;
            let stored = save(work, keeping.by, product, Vec::new())?;
            saved(work, &keeping, stored, (from, &groups), revision)
        })
        .await
    }

    #[tracing::instrument(name = "change_provider_product", skip_all)]
    pub async fn change_provider_product(
        &self,
        caller: &Caller,
        target: ProductTarget,
        asked: ChangeProduct,
        write: Write,
        render: Render<Saved>,
    ) -> Result<Answer, Failure> {
        authorize_role(caller, Action::KeepProviderProducts).map_err(Failure::Denied)?;
        let groups = self.groups_for_lists(caller).await?;
        let entry = entry("change_provider_product", Some(target.id), write, render);
        self.write_entry(caller, entry, move |work| {
            let keeping = keeping(work)?;
            let (found, revision) = seen(work, target)?;
            let ChangeProduct { from, to, offer } = asked.clone();
            let from = from.unwrap_or(keeping.today);
            let product = change(found.product, (from, to), offer, &keeping.contracts, keeping.today)?;
            let stored = save(work, keeping.by, product, found.entered_at)?;
            saved(work, &keeping, stored, (from, &groups), revision)
        })
        .await
    }

    #[tracing::instrument(name = "withdraw_provider_product", skip_all)]
    pub async fn withdraw_provider_product(
        &self,
        caller: &Caller,
        target: ProductTarget,
        from: Option<NaiveDate>,
        write: Write,
        render: Render<Saved>,
    ) -> Result<Answer, Failure> {
        authorize_role(caller, Action::KeepProviderProducts).map_err(Failure::Denied)?;
        let groups = self.groups_for_lists(caller).await?;
        let entry = entry("withdraw_provider_product", Some(target.id), write, render);
        self.write_entry(caller, entry, move |work| {
            let keeping = keeping(work)?;
            let (found, revision) = seen(work, target)?;
            let from = from.unwrap_or(keeping.today);
            let product = withdraw(found.product, from, keeping.today)?;
            let stored = save(work, keeping.by, product, found.entered_at)?;
            saved(work, &keeping, stored, (from, &groups), revision)
        })
        .await
    }

    #[tracing::instrument(name = "find_provider_product", skip_all)]
    pub async fn find_provider_product(
        &self,
        caller: &Caller,
        id: ProviderProductId,
    ) -> Result<StoredProduct, Failure> {
        authorize_role(caller, Action::ReadProviderProducts).map_err(Failure::Denied)?;
        let (space, provider): (SpaceId, _) = (caller.space.clone(), provider_of(caller)?);
        let found = self.inner.store.read_snapshot(move |tx| kept::find(tx, &space, provider, id)).await?;
        found.ok_or(Failure::NotFound)
    }
}

fn entry(
    operation: &'static str,
    id: Option<ProviderProductId>,
    write: Write,
    render: Render<Saved>,
) -> EntryWrite<Saved> {
    EntryWrite {
        action: Action::KeepProviderProducts,
        operation,
        document_kind: DOCUMENT_KIND,
        id_of: |saved: &Saved| saved.stored.product.id.to_string(),
        id: id.map(|id| id.to_string()),
        write,
        render,
    }
}

/// The product as the caller saw it, after its list is closed to others; the list's revision beside it.
fn seen(work: &mut Work<'_, '_>, target: ProductTarget) -> Result<(StoredProduct, i64), Failure> {
    let (space, provider) = (work.caller.space.clone(), provider_of(work.caller)?);
    let found = kept::find(work.tx, &space, provider, target.id)?.ok_or(Failure::NotFound)?;
    let revision = next_revision(work, provider, &found.product.contract)?;
    // Another may have changed it while this one waited.
    let found = kept::find(work.tx, &space, provider, target.id)?.ok_or(Failure::NotFound)?;
    check_match(target.if_match, found.product.revision, true)?;
    Ok((found, revision))
}

/// A number stands once on a list; the caller is told where (PP-07).
fn is_free(work: &mut Work<'_, '_>, contract: &Text<40>, number: &TradeProductNumber) -> Result<(), Failure> {
    let (space, provider) = (work.caller.space.clone(), provider_of(work.caller)?);
    let known = kept::find_numbered(work.tx, &space, (provider, contract), number)?;
    let Some(id) = known else { return Ok(()) };
    let existing = Existing { id: id.to_string(), href: format!("/api/v1/provider-products/{id}") };
    Err(Failure::Refused(Refused { existing: Some(existing), ..Refused::one(EXISTS) }))
}
