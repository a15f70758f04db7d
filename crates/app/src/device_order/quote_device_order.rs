//! What products would cost of an order, for each of several choices, before anything is written: a take-up that is not carried
//! out, judged as a real one (DO-58 to DO-61).

use super::read::{OrderReading, Sight};
use super::take_up_device_order::{Counter, TakeUpDeviceOrder, refusal};
use super::verify::{groups_at_take_up, known};
use crate::App;
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::failure::{Failure, Refused};
use crate::recorded::Read;
use chrono::NaiveDate;
use domain::calendar::warsaw_date;
use domain::device_group::DeviceGroup;
use domain::device_order::model::{IssuedProduct, Provider, Side, TakeUp, TakeUpState};
use domain::device_order::money::Amounts;
use domain::device_order::realisation::{Item, Quoted, listed_price, months_from, quote_items};
use domain::device_order::refusals::{TAKE_UP_UNKNOWN, admit_state};
use domain::device_order::verification::{Finding, Insurance, Verdict};
use domain::device_order::{Command, DeviceOrder, take_up};
use domain::ids::{DeviceOrderId, SpaceId, TakeUpId};
use domain::problem::Violation;
use domain::provider_product::Offer;
use domain::values::{DeviceCode, Grosze, Text, TradeProductNumber};
use store::provider_product;

/// What would be taken up, or was, and what could be issued of it.
#[derive(Clone, Debug)]
pub struct QuoteDeviceOrder {
    pub of: Quotable,
    pub choices: Vec<Vec<QuotedItem>>,
}

#[derive(Clone, Debug)]
pub enum Quotable {
    /// What the provider holds, on the terms that were frozen.
    Held(TakeUpId),
    /// What it would take up now.
    Asked(Box<TakeUpDeviceOrder>),
}

/// What could be issued of one code, tier and side.
#[derive(Clone, Debug)]
pub struct QuotedItem {
    pub code: DeviceCode,
    pub tier: u32,
    pub side: Option<Side>,
    pub products: Vec<QuotedProduct>,
}

#[derive(Clone, Debug)]
pub struct QuotedProduct {
    pub pieces: u32,
    pub price: Price,
}

#[derive(Clone, Debug)]
pub enum Price {
    Free(Grosze),
    /// Of the provider's list, today.
    Listed(TradeProductNumber),
}

/// What was found.
#[derive(Clone, Debug)]
pub struct OrderQuote {
    /// Why it would be refused; then nothing is quoted.
    pub findings: Vec<Finding>,
    pub warnings: Vec<Finding>,
    pub choices: Vec<QuotedChoice>,
}

#[derive(Clone, Debug)]
pub struct QuotedChoice {
    pub items: Vec<Quoted>,
    pub total: Amounts,
}

impl App {
    #[tracing::instrument(name = "quote_device_order", skip_all)]
    pub async fn quote_device_order(
        &self,
        caller: &Caller,
        id: DeviceOrderId,
        asked: QuoteDeviceOrder,
        trace_id: &str,
    ) -> Result<Read<OrderQuote>, Failure> {
        authorize_role(caller, Action::QuoteDeviceOrder).map_err(Failure::Denied)?;
        let insurance = self.insurance_of_quote(caller, id, &asked).await?;
        let reading = OrderReading { caller, operation: "quote_device_order", trace_id };
        let (parts, asking) = (self.inner.clone(), caller.clone());
        self.read_order(reading, id, move |mut sight| {
            let counter = Counter { parts: &parts, caller: &asking, now: sight.now };
            quote(&counter, &mut sight, &asked, &insurance)
        })
        .await
    }

    /// The register is asked with nothing open, as at a take-up; what is held was looked at already.
    async fn insurance_of_quote(
        &self,
        caller: &Caller,
        id: DeviceOrderId,
        asked: &QuoteDeviceOrder,
    ) -> Result<Insurance, Failure> {
        if matches!(asked.of, Quotable::Held(_)) {
            return Ok(Insurance::NotAsked { is_outage: false });
        }
        let (parts, asking) = (self.inner.clone(), caller.clone());
        let look = move |tx: &mut store::Tx<'_>| match super::access::load(tx, &parts, &asking, id) {
            Ok(seen) => Ok(Some(seen.loaded.order.content)),
            // Told, and put on record, by the reading itself.
            Err(Failure::NotFound) => Ok(None),
            Err(failure) => Err(failure),
        };
        match self.inner.store.read_snapshot(look).await? {
            Some(content) => Ok(self.ask_insurance(&content.patient).await),
            None => Ok(Insurance::NotAsked { is_outage: false }),
        }
    }
}

fn quote(
    counter: &Counter<'_>,
    sight: &mut Sight<'_, '_>,
    asked: &QuoteDeviceOrder,
    insurance: &Insurance,
) -> Result<OrderQuote, Failure> {
    let loaded = &sight.seen.loaded;
    let (order, today) = (&loaded.order, warsaw_date(sight.now));
    let known = known(sight.tx, counter.parts, order, Some(loaded.patient), sight.now)?;
    let (found, months) = match &asked.of {
        Quotable::Held(id) => {
            let held = held(order, counter.caller, *id)?;
            (Ok((held, Vec::new())), months_from(order, *id, today))
        }
        Quotable::Asked(asked) => {
            let taken = would_take(counter, sight.tx, order, asked)?;
            let facts = known.facts(today, insurance.clone());
            (looked_at(&taken, &facts)?, months_from(&taken.0, taken.1, today))
        }
    };
    let (take_up, warnings) = match found {
        Ok(found) => found,
        Err((findings, warnings)) => return Ok(OrderQuote { findings, warnings, choices: Vec::new() }),
    };
    let rounding = counter.parts.take_ups.rounding;
    let issued = asked.choices.iter().flatten().map(|item| item.code.clone());
    let groups = groups_at_take_up(sight.tx, order, &take_up, issued)?;
    let mut choices = Vec::new();
    for (at, choice) in asked.choices.iter().enumerate() {
        let within = |found: Vec<Violation>| Failure::Refused(Refused::all(placed(found, at)));
        let items =
            items(counter, sight.tx, (&take_up, &groups), choice).map_err(|failure| match failure {
                Failure::Refused(refused) => within(refused.violations),
                other => other,
            })?;
        let items = quote_items((&take_up, months), &items, &groups, today, rounding).map_err(within)?;
        let total = items.iter().try_fold(Amounts::default(), |sum, item| sum.plus(item.amounts));
        let total = total.map_err(|problem| within(vec![Violation::new(problem, "/items")]))?;
        choices.push(QuotedChoice { items, total });
    }
    Ok(OrderQuote { findings: Vec::new(), warnings, choices })
}

fn placed(found: Vec<Violation>, choice: usize) -> Vec<Violation> {
    let within = |it: Violation| Violation::new(it.problem, format!("/choices/{choice}{}", it.pointer));
    found.into_iter().map(within).collect()
}

fn held(order: &DeviceOrder, caller: &Caller, id: TakeUpId) -> Result<TakeUp, Failure> {
    let own = take_up::find(order, id).filter(|it| Some(it.provider.id) == caller.org_id());
    let held = own.filter(|it| it.state == TakeUpState::Held);
    held.cloned().ok_or_else(|| Failure::Refused(Refused::one(TAKE_UP_UNKNOWN)))
}

/// The order with the take-up in it, which nobody saves, and the take-up's id.
fn would_take(
    counter: &Counter<'_>,
    tx: &mut store::Tx<'_>,
    order: &DeviceOrder,
    asked: &TakeUpDeviceOrder,
) -> Result<(DeviceOrder, TakeUpId), Failure> {
    admit_state(&order.state, Command::TakeUp)?;
    let id = TakeUpId(counter.parts.entropy.id(counter.now));
    let taking = counter.taking(tx, &order.content, id, asked)?;
    let months = taking.months;
    let taken = take_up::take_up(order.clone(), taking, counter.now);
    let taken = taken.map_err(|broken| refusal(broken, order, months))?;
    Ok((taken.document, id))
}

type Findings = (Vec<Finding>, Vec<Finding>);

/// The take-up on the terms of today, or what would be found.
fn looked_at(
    (taken, id): &(DeviceOrder, TakeUpId),
    facts: &domain::device_order::verification::Facts,
) -> Result<Result<(TakeUp, Vec<Finding>), Findings>, Failure> {
    match take_up::look_again(taken, *id, facts)? {
        Verdict::Positive { lines, warnings, .. } => {
            let take_up = take_up::find(taken, *id).ok_or_else(|| Failure::Bug("no take-up".into()))?;
            Ok(Ok((TakeUp { lines, ..take_up.clone() }, warnings)))
        }
        Verdict::Negative { findings, warnings, .. } => Ok(Err((findings, warnings))),
    }
}

/// The items at their prices; a listed product has today's of the list to the contract.
fn items(
    counter: &Counter<'_>,
    tx: &mut store::Tx<'_>,
    (take_up, groups): (&TakeUp, &[DeviceGroup]),
    choice: &[QuotedItem],
) -> Result<Vec<Item>, Failure> {
    let mut found = Vec::new();
    for (at, item) in choice.iter().enumerate() {
        let mut products = Vec::new();
        for (of, product) in item.products.iter().enumerate() {
            let price = match &product.price {
                Price::Free(price) => Ok(*price),
                Price::Listed(number) => {
                    let (space, today) = (&counter.caller.space, warsaw_date(counter.now));
                    let offer = offered(tx, space, &take_up.provider, number, today)?;
                    listed_price(offer.as_ref(), &item.code, groups)
                }
            };
            let placed =
                |problem| vec![Violation::new(problem, format!("/items/{at}/products/{of}/product"))];
            products.push(priced(product.pieces, price.map_err(placed)?)?);
        }
        found.push(Item { code: item.code.clone(), tier: item.tier, side: item.side, products });
    }
    Ok(found)
}

/// What the list to the provider's contract has under the number on that day.
pub(super) fn offered(
    tx: &mut store::Tx<'_>,
    space: &SpaceId,
    provider: &Provider,
    number: &TradeProductNumber,
    day: NaiveDate,
) -> Result<Option<Offer>, Failure> {
    let list = (provider.id, &provider.contract);
    let Some(id) = provider_product::find_numbered(tx, space, list, number)? else { return Ok(None) };
    let found = provider_product::find(tx, space, provider.id, id)?;
    Ok(found.and_then(|it| it.product.offered_on(day).map(|(_, offer)| offer.clone())))
}

/// Only pieces and price count for a quote.
fn priced(pieces: u32, price: Grosze) -> Result<IssuedProduct, Failure> {
    let bug = |_| Failure::Bug("a dash is no text".into());
    Ok(IssuedProduct {
        product: Text::parse("0").map_err(bug)?,
        maker: Text::parse("–").map_err(bug)?,
        model: Text::parse("–").map_err(bug)?,
        name: Text::parse("–").map_err(bug)?,
        serial_number: None,
        pieces,
        price,
    })
}
