//! What a repair would cost whom at several prices, before anything is written.

use super::read::Sight;
use super::write::refused;
use crate::App;
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::device_order::OrderReading;
use crate::failure::{Failure, Refused};
use crate::recorded::Read;
use domain::device_order::money::{Amounts, Rounding};
use domain::device_repair_order::model::RepairTerms;
use domain::device_repair_order::refusals::TAKEN;
use domain::device_repair_order::supply;
use domain::ids::{OrganisationId, RepairOrderId};
use domain::problem::Violation;
use domain::values::Grosze;

/// What is left of the limit, and what each price comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepairQuote {
    pub terms: RepairTerms,
    pub choices: Vec<Amounts>,
}

impl App {
    #[tracing::instrument(name = "quote_device_repair_order", skip_all)]
    pub async fn quote_repair_order(
        &self,
        caller: &Caller,
        id: RepairOrderId,
        prices: Vec<Grosze>,
        trace_id: &str,
    ) -> Result<Read<RepairQuote>, Failure> {
        authorize_role(caller, Action::QuoteDeviceOrder).map_err(Failure::Denied)?;
        let reading = OrderReading { caller, operation: "quote_device_repair_order", trace_id };
        let (own, rounding) = (caller.org_id(), self.inner.take_ups.rounding);
        self.read_repair_order(reading, id, move |sight| quote(&sight, own, &prices, rounding)).await
    }
}

fn quote(
    sight: &Sight<'_, '_>,
    own: Option<OrganisationId>,
    prices: &[Grosze],
    rounding: Rounding,
) -> Result<RepairQuote, Failure> {
    let order = &sight.seen.loaded.order;
    let within = |found: Vec<Violation>| refused(found, order.state.name(), sight.seen.relation);
    if order.state.hold().is_some_and(|hold| Some(hold.provider.id) != own) {
        let not_before = supply::free_from(order).map(Box::new);
        return Err(Failure::Refused(Refused { not_before, ..Refused::one(TAKEN) }));
    }
    let mut choices = Vec::new();
    for (at, price) in prices.iter().enumerate() {
        let placed = |found: Vec<Violation>| {
            found.into_iter().map(|it| Violation::new(it.problem, placed_at(at, &it.pointer))).collect()
        };
        choices.push(supply::quote(order, *price, rounding).map_err(|found| within(placed(found)))?);
    }
    let confirmed = order.state.confirmed().ok_or_else(|| Failure::Bug("a quote of nothing".into()))?;
    Ok(RepairQuote { terms: confirmed.confirmation.terms, choices })
}

/// Of the price that it is about; what concerns the whole order has no place.
fn placed_at(at: usize, pointer: &str) -> String {
    if pointer.is_empty() { String::new() } else { format!("/prices/{at}") }
}
