//! Searching the register, a dictionary for every client.

use crate::App;
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::demand::Page;
use crate::failure::Failure;
use domain::medicinal_product::RegisteredProduct;
use store::medicinal_product::{self, Edition, ProductFilter};

/// What the caller looks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProductSearch {
    pub filter: ProductFilter,
    /// 1–200.
    pub limit: u16,
}

/// A page of the edition that was served when it was read; no edition where none has been imported.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundProducts {
    pub edition: Option<Edition>,
    pub page: Page<RegisteredProduct>,
}

impl App {
    /// The edition that is served, by which a client knows whether what it keeps is current.
    #[tracing::instrument(name = "product_edition", skip_all)]
    pub async fn product_edition(&self, caller: &Caller) -> Result<Option<Edition>, Failure> {
        authorize_role(caller, Action::ReadProducts).map_err(Failure::Denied)?;
        Ok(self.inner.store.read(medicinal_product::current).await?)
    }

    #[tracing::instrument(name = "list_products", skip_all)]
    pub async fn list_products(
        &self,
        caller: &Caller,
        search: ProductSearch,
    ) -> Result<FoundProducts, Failure> {
        authorize_role(caller, Action::ReadProducts).map_err(Failure::Denied)?;
        let limit = search.limit;
        let (edition, found) = self
            .inner
            .store
            .read_snapshot(move |tx| {
                let Some(edition) = medicinal_product::current(tx)? else { return Ok((None, Vec::new())) };
                let wanted = i64::from(limit) + 1;
                let found = medicinal_product::search(tx, &edition.id, &search.filter, wanted)?;
                Ok::<_, Failure>((Some(edition), found))
            })
            .await?;
        Ok(FoundProducts { edition, page: Page::cut(found, limit) })
    }
}
