//! What a list offers on a day.

use super::StoredProduct;
use super::change::provider_of;
use crate::App;
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::demand::Page;
use crate::failure::Failure;
use chrono::NaiveDate;
use domain::calendar::warsaw_date;
use domain::device_provider::Coverage;
use domain::values::{Text, TradeProductNumber};
use store::provider_product::{self as kept, Listing};

/// Which part of the caller's list to a contract.
#[derive(Clone, Debug)]
pub struct ProductSearch {
    pub contract: Text<40>,
    /// Today in Warsaw where none is given.
    pub on: Option<NaiveDate>,
    pub code: Option<Coverage>,
    /// Continue after this number.
    pub after: Option<TradeProductNumber>,
    /// 1–200.
    pub limit: u16,
}

/// A page of a list.
#[derive(Clone, Debug)]
pub struct FoundProducts {
    pub on: NaiveDate,
    pub list_revision: i64,
    pub page: Page<StoredProduct>,
}

impl App {
    #[tracing::instrument(name = "list_provider_products", skip_all)]
    pub async fn list_provider_products(
        &self,
        caller: &Caller,
        search: ProductSearch,
    ) -> Result<FoundProducts, Failure> {
        authorize_role(caller, Action::ReadProviderProducts).map_err(Failure::Denied)?;
        let on = search.on.unwrap_or_else(|| warsaw_date(self.inner.clock.now(&caller.space)));
        let (space, organisation) = (caller.space.clone(), provider_of(caller)?);
        let ProductSearch { contract, code, after, limit, .. } = search;
        let wanted = Listing { organisation, contract, on, code, after, limit: i64::from(limit) + 1 };
        let read = self.inner.store.read_snapshot(move |tx| {
            let list_revision = kept::revision(tx, wanted.organisation, &wanted.contract)?;
            Ok::<_, store::StoreError>((list_revision, kept::list(tx, &space, &wanted)?))
        });
        let (list_revision, found) = read.await?;
        Ok(FoundProducts { on, list_revision, page: Page::cut(found, limit) })
    }
}
