//! A provider says what it repaired: the contract of the day of issue is looked at, what is left of the limit bears the price with
//! the payer's share, and the period of use becomes longer (DO-40 to DO-45, DO-48).

use super::take_up_repair_order::{at_the_counter, under_contract};
use super::verify::left_by_now;
use super::view::RepairOrderView;
use super::write::{Changed, RepairTarget, Work};
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::device_order::{book_entries, periods_of_use};
use crate::failure::Failure;
use chrono::NaiveDate;
use domain::calendar::warsaw_date;
use domain::decision::Decided;
use domain::device_order::model::{Method, Receipt};
use domain::device_order::settlement::EntryKind;
use domain::device_repair_order::refusals::admit_state;
use domain::device_repair_order::settlement::entry;
use domain::device_repair_order::supply::{self, Repairing};
use domain::device_repair_order::{Command, RepairOrder, extension};
use domain::ids::{RepairOrderId, TakeUpId};
use domain::values::{Grosze, Text};
use store::patients;

/// What a provider says that it repaired.
#[derive(Clone, Debug)]
pub struct RealiseRepairOrder {
    pub description: Text<1000>,
    pub price: Grosze,
    pub guarantee_months: u32,
    pub issued_on: NaiveDate,
    pub method: Method,
    pub staff: Text<120>,
    pub receipt: Receipt,
}

impl App {
    #[tracing::instrument(name = "realise_device_repair_order", skip_all)]
    pub async fn realise_repair_order(
        &self,
        caller: &Caller,
        (order, id): (RepairOrderId, TakeUpId),
        asked: RealiseRepairOrder,
        write: Write,
        render: Render<RepairOrderView>,
    ) -> Result<Answer, Failure> {
        let change = at_the_counter(Command::Realisation, "realise_device_repair_order");
        let target = RepairTarget { id: order, if_match: None };
        self.change_repair_order(caller, change, target, write, render, move |work, found| {
            realise(work, found, id, &asked)
        })
        .await
    }
}

fn realise(work: &mut Work<'_, '_>, found: RepairOrder, id: TakeUpId, asked: &RealiseRepairOrder) -> Changed {
    let holder = work.hold(&found, id)?.provider.clone();
    admit_state(&found.state, Command::Realisation)?;
    let contract = match under_contract(work, &found, (holder.id, &holder.place), asked.issued_on) {
        Ok(provider) => Some(provider),
        Err(Failure::Refused(_)) => None,
        Err(failure) => return Err(failure),
    };
    // Of two repairs of one device, and of a repair and a look at the patient's next order, the second sees the first.
    patients::hold(work.tx, work.patient)?;
    let left = left_by_now(work.tx, work.parts, (&found, work.patient), work.now)?;
    let repairing = Repairing {
        provider: holder.id,
        contract,
        description: asked.description.clone(),
        price: asked.price,
        left,
        guarantee_months: asked.guarantee_months,
        issued_on: asked.issued_on,
        method: asked.method,
        staff: asked.staff.clone(),
        receipt: asked.receipt.clone(),
        today: warsaw_date(work.now),
        rounding: work.parts.take_ups.rounding,
    };
    let decided = supply::realise(found, repairing, work.now)?;
    let document = with_extension(work, decided.document)?;
    let booked: Vec<_> = entry(&document, EntryKind::Realised, work.now).into_iter().collect();
    book_entries(work.tx, work.parts, (&document.space, work.now), &booked)?;
    Ok(Decided { document, events: decided.events })
}

/// With the day to which the repair, and those before it, move the next device of the patient.
fn with_extension(work: &mut Work<'_, '_>, order: RepairOrder) -> Result<RepairOrder, Failure> {
    let codes = order.content.device.iter().map(|device| device.code.clone()).collect();
    let (wanted_by, of) = (order.id.to_string(), (&order.space, &codes));
    let mut known = periods_of_use(work.tx, work.parts, of, (&wanted_by, work.patient), work.now)?;
    known.repairs.retain(|it| it.id != order.id);
    Ok(extension::recorded(order, &known.repairs, &known.supplied, &known.versions))
}
