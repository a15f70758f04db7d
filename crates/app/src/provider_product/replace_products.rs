//! The whole list of a contract at once: all of it or every fault.

use super::change::{keeping, list_lacks, next_revision, save};
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::demand::check_match;
use crate::entry::{EntryWrite, Work};
use crate::failure::Failure;
use chrono::{DateTime, NaiveDate, Utc};
use domain::ids::ProviderProductId;
use domain::provider_product::limits::Lacks;
use domain::provider_product::{Listed, Product, Replacement, Target, replace};
use domain::values::Text;
use std::collections::BTreeMap;
use store::provider_product::{self as kept, By};

/// What is offered from a day on, and nothing else.
#[derive(Clone, Debug)]
pub struct ReplaceProducts {
    pub contract: Text<40>,
    /// Today where none is given.
    pub from: Option<NaiveDate>,
    pub products: Vec<Listed>,
    /// The revision of the list that the caller has seen; 1 before its first product.
    pub if_match: Option<u64>,
}

/// How much of the list became what.
#[derive(Clone, Debug)]
pub struct Replaced {
    pub contract: Text<40>,
    pub from: NaiveDate,
    pub list_revision: i64,
    pub added: usize,
    pub changed: usize,
    pub withdrawn: usize,
    pub unchanged: usize,
    pub lacks: Lacks,
}

impl App {
    #[tracing::instrument(name = "replace_provider_products", skip_all)]
    pub async fn replace_provider_products(
        &self,
        caller: &Caller,
        asked: ReplaceProducts,
        write: Write,
        render: Render<Replaced>,
    ) -> Result<Answer, Failure> {
        authorize_role(caller, Action::KeepProviderProducts).map_err(Failure::Denied)?;
        let groups = self.groups_for_lists(caller).await?;
        let entry = EntryWrite {
            action: Action::KeepProviderProducts,
            operation: "replace_provider_products",
            document_kind: "PROVIDER_PRODUCT_LIST",
            id_of: |replaced: &Replaced| replaced.contract.as_str().to_owned(),
            id: Some(asked.contract.as_str().to_owned()),
            write,
            render,
        };
        self.write_entry(caller, entry, move |work| {
            let keeping = keeping(work)?;
            let contract = asked.contract.clone();
            let from = asked.from.unwrap_or(keeping.today);
            let list_revision = next_revision(work, keeping.provider, &contract)?;
            check_match(asked.if_match, list_revision - 1, true)?;
            let space = work.caller.space.clone();
            let known = kept::all_of(work.tx, &space, keeping.provider, &contract)?;
            let before: BTreeMap<ProviderProductId, Vec<DateTime<Utc>>> =
                known.iter().map(|it| (it.product.id, it.entered_at.clone())).collect();
            let known: Vec<Product> = known.into_iter().map(|it| it.product).collect();
            let target =
                Target { provider: keeping.provider, contract: contract.clone(), from, today: keeping.today };
            let (entropy, now) = (&work.parts.entropy, work.now);
            let ids = || ProviderProductId(entropy.id(now));
            let made = replace(known, &asked.products, &target, &keeping.contracts, ids)?;
            let counts = [made.added.len(), made.changed.len(), made.withdrawn.len(), made.unchanged.len()];
            save_all(work, keeping.by, made, &before)?;
            let [added, changed, withdrawn, unchanged] = counts;
            let lacks = list_lacks(work, &keeping, &contract, (from, &groups))?;
            Ok(Replaced { contract, from, list_revision, added, changed, withdrawn, unchanged, lacks })
        })
        .await
    }
}

fn save_all(
    work: &mut Work<'_, '_>,
    by: By,
    made: Replacement,
    before: &BTreeMap<ProviderProductId, Vec<DateTime<Utc>>>,
) -> Result<(), Failure> {
    for product in made.added.into_iter().chain(made.changed).chain(made.withdrawn) {
        let entered_at = before.get(&product.id).cloned().unwrap_or_default();
        save(work, by, product, entered_at)?;
    }
    Ok(())
}
