//! What a repair would cost whom at several prices, before anything is written.

use super::read::Sight;
use super::verify::left_by_now;
use super::write::refused;
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::device_order::OrderReading;
use crate::failure::{Failure, Refused};
use crate::recorded::Read;
use crate::{App, Parts};
use domain::device_order::money::{Amounts, Terms};
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
        let (own, parts) = (caller.org_id(), self.inner.clone());
        self.read_repair_order(reading, id, move |mut sight| quote(&mut sight, &parts, own, &prices)).await
    }
}

fn quote(
    sight: &mut Sight<'_, '_>,
    parts: &Parts,
    own: Option<OrganisationId>,
    prices: &[Grosze],
) -> Result<RepairQuote, Failure> {
    let (seen, now) = (sight.seen, sight.now);
    let order = &seen.loaded.order;
    let within = |found: Vec<Violation>| refused(found, order.state.name(), seen.relation);
    if order.state.hold().is_some_and(|hold| Some(hold.provider.id) != own) {
        let not_before = supply::free_from(order).map(Box::new);
        return Err(Failure::Refused(Refused { not_before, ..Refused::one(TAKEN) }));
    }
    let left = left_by_now(sight.tx, parts, (order, seen.loaded.patient), now)?;
    let mut choices = Vec::new();
    for (at, price) in prices.iter().enumerate() {
        let placed = |found: Vec<Violation>| {
            found.into_iter().map(|it| Violation::new(it.problem, placed_at(at, &it.pointer))).collect()
        };
        let quoted = supply::quote(order, (*price, left), parts.take_ups.rounding);
        choices.push(quoted.map_err(|found| within(placed(found)))?);
    }
    let confirmed = order.state.confirmed().ok_or_else(|| Failure::Bug("a quote of nothing".into()))?;
    let terms = confirmed.confirmation.terms;
    // Without it no price was quoted.
    let limit = left.unwrap_or_default();
    Ok(RepairQuote { terms: RepairTerms { left: Terms { limit, ..terms.left }, ..terms }, choices })
}

/// Of the price that it is about; what concerns the whole order has no place.
fn placed_at(at: usize, pointer: &str) -> String {
    if pointer.is_empty() { String::new() } else { format!("/prices/{at}") }
}
