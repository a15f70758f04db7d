//! A provider issues goods of what it holds: the contract of the day of issue is looked at, products are named as its list has
//! them, and what the payer bears is split to the grosz (DO-40 to DO-45, DO-58 to DO-61).

use super::quote_device_order::offered;
use super::settlement::book_realisation;
use super::verify::groups_at_take_up;
use super::view::DeviceOrderView;
use super::write::{Change, OrderTarget, Work};
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::device_provider::{Supplying, supplier};
use crate::failure::{Failure, Refused};
use chrono::NaiveDate;
use domain::calendar::warsaw_date;
use domain::device_group::DeviceGroup;
use domain::device_order::model::{Method, Provider, Receipt, Side, TakeUp};
use domain::device_order::realisation::{Issuing, Item, NamedProduct, named, realise};
use domain::device_order::refusals::admit_state;
use domain::device_order::settlement::EntryKind;
use domain::device_order::{Command, take_up};
use domain::ids::{DeviceOrderId, TakeUpId};
use domain::problem::Violation;
use domain::values::{DeviceCode, Text};
use std::collections::BTreeSet;

/// What a provider says that it issued.
#[derive(Clone, Debug)]
pub struct RealiseTakeUp {
    pub issued_on: NaiveDate,
    pub method: Method,
    pub staff: Text<120>,
    pub items: Vec<NamedItem>,
    pub receipt: Option<Receipt>,
}

/// What was issued of one code, tier and side.
#[derive(Clone, Debug)]
pub struct NamedItem {
    pub code: DeviceCode,
    pub tier: u32,
    pub side: Option<Side>,
    pub products: Vec<NamedProduct>,
}

impl App {
    #[tracing::instrument(name = "realise_take_up", skip_all)]
    pub async fn realise_take_up(
        &self,
        caller: &Caller,
        (order, id): (DeviceOrderId, TakeUpId),
        asked: RealiseTakeUp,
        write: Write,
        render: Render<DeviceOrderView>,
    ) -> Result<Answer, Failure> {
        let change = Change::of_take_up(Command::Realisation, "realise_take_up", id);
        let target = OrderTarget { id: order, if_match: None };
        self.change_order(caller, change, target, write, render, move |work, found| {
            work.take_up(&found, id)?;
            admit_state(&found.state, Command::Realisation)?;
            let held = take_up::held(&found, id)?.clone();
            let issued = asked.items.iter().map(|item| item.code.clone());
            let groups = groups_at_take_up(work.tx, &found, &held, issued)?;
            let issuing = issuing(work, &held, &groups, &asked)?;
            let decided = realise(found, id, issuing, &groups, work.now)?;
            book_realisation(work, &decided.document, id, EntryKind::Realised)?;
            Ok(decided)
        })
        .await
    }
}

fn issuing(
    work: &mut Work<'_, '_>,
    take_up: &TakeUp,
    groups: &[DeviceGroup],
    asked: &RealiseTakeUp,
) -> Result<Issuing, Failure> {
    let provider = provider(work, take_up, asked)?;
    let lists_of = provider.as_ref().unwrap_or(&take_up.provider);
    let mut items = Vec::new();
    let mut faults = Vec::new();
    for (at, item) in asked.items.iter().enumerate() {
        let mut products = Vec::new();
        for (of, product) in item.products.iter().enumerate() {
            let offer = offered(work.tx, &work.caller.space, lists_of, &product.number, asked.issued_on)?;
            match named(product, offer.as_ref(), &item.code, groups) {
                Ok(product) => products.push(product),
                Err(fault) => {
                    let pointer = format!("/items/{at}/products/{of}{}", fault.pointer);
                    faults.push(Violation::new(fault.problem, pointer));
                }
            }
        }
        items.push(Item { code: item.code.clone(), tier: item.tier, side: item.side, products });
    }
    if !faults.is_empty() {
        return Err(Failure::Refused(Refused::all(faults)));
    }
    Ok(Issuing {
        issued_on: asked.issued_on,
        method: asked.method,
        staff: asked.staff.clone(),
        items,
        receipt: asked.receipt.clone(),
        provider,
        today: warsaw_date(work.now),
        rounding: work.parts.take_ups.rounding,
    })
}

/// The provider under the one contract that covers, on the day of issue and at the place of the take-up, everything that is
/// issued; it may be another one than at the take-up. None where there is none.
fn provider(
    work: &mut Work<'_, '_>,
    take_up: &TakeUp,
    asked: &RealiseTakeUp,
) -> Result<Option<Provider>, Failure> {
    let codes: BTreeSet<&DeviceCode> = asked.items.iter().map(|item| &item.code).collect();
    let mut found = None;
    for code in codes {
        let (organisation, place) = (take_up.provider.id, &take_up.provider.place);
        let supplying = Supplying { organisation, code, day: asked.issued_on, place };
        let provider = match supplier(work.tx, &work.caller.space, &supplying) {
            Ok(provider) => provider,
            Err(Failure::Refused(_)) => return Ok(None),
            Err(failure) => return Err(failure),
        };
        if found.as_ref().is_some_and(|first| *first != provider) {
            return Ok(None);
        }
        found = Some(provider);
    }
    // That nothing is issued is told by a rule of its own.
    Ok(found.or_else(|| Some(take_up.provider.clone())))
}
