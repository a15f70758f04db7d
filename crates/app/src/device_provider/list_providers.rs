//! Contracted providers with their places, a dictionary for every client.

use crate::App;
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::demand::Page;
use crate::failure::Failure;
use chrono::NaiveDate;
use domain::calendar::warsaw_date;
use domain::device_provider::{Contract, Coverage, Place, contracts_on};
use domain::ids::OrganisationId;
use domain::values::BranchCode;
use store::device_provider::{self, ContractedProvider, Wanted};

/// What the caller looks for; all of it must hold of one contract and one place.
#[derive(Clone, Debug)]
pub struct ProviderSearch {
    /// Today in Warsaw where none is given.
    pub on: Option<NaiveDate>,
    pub code: Option<Coverage>,
    pub branch: Option<BranchCode>,
    pub city: Option<String>,
    /// Continue after this provider.
    pub after: Option<OrganisationId>,
    /// 1–200.
    pub limit: u16,
}

/// A provider with what is in force for it on a day.
#[derive(Clone, Debug)]
pub struct ListedProvider {
    pub id: OrganisationId,
    pub name: String,
    pub nip: Option<String>,
    pub supplies: Vec<Supplies>,
}

/// A contract in force, from the side of the provider.
#[derive(Clone, Debug)]
pub struct Supplies {
    pub contract: Contract,
    /// The first and last day of the provider's own part.
    pub days: (NaiveDate, NaiveDate),
    /// The holder and its name, where the provider is a subcontractor.
    pub acts_for: Option<(OrganisationId, String)>,
    pub places: Vec<Place>,
}

impl App {
    #[tracing::instrument(name = "list_providers", skip_all)]
    pub async fn list_providers(
        &self,
        caller: &Caller,
        search: ProviderSearch,
    ) -> Result<(NaiveDate, Page<ListedProvider>), Failure> {
        authorize_role(caller, Action::ReadDirectory).map_err(Failure::Denied)?;
        let on = search.on.unwrap_or_else(|| warsaw_date(self.inner.clock.now(&caller.space)));
        let ProviderSearch { code, branch, city, after, limit, .. } = search;
        let wanted = Wanted { on, code, branch, city, after, limit: i64::from(limit) + 1 };
        let space = caller.space.clone();
        let found =
            self.inner.store.read_snapshot(move |tx| device_provider::providers(tx, &space, &wanted)).await?;
        Ok((on, Page::cut(found.into_iter().map(|it| listed(it, on)).collect(), limit)))
    }
}

fn listed(found: ContractedProvider, on: NaiveDate) -> ListedProvider {
    let ContractedProvider { id, name, nip, contracts, holders } = found;
    let supplies = contracts_on(id, &contracts, on).into_iter().map(|under| Supplies {
        contract: under.contract.clone(),
        days: (under.from, under.to),
        acts_for: under.acts_for.map(|holder| (holder, holders.get(&holder).cloned().unwrap_or_default())),
        places: under.places.to_vec(),
    });
    ListedProvider { id, name, nip, supplies: supplies.filter(|it| !it.places.is_empty()).collect() }
}
