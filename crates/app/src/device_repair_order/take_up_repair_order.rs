//! A provider takes a repair up: its contract is looked at, and of several at once exactly one has it.

use super::view::RepairOrderView;
use super::write::{Change, Changed, RepairTarget, Work};
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::device_provider::{Supplying, supplier};
use crate::failure::{Failure, Refused};
use crate::faults::ENTITY_UNKNOWN;
use chrono::NaiveDate;
use domain::calendar::warsaw_date;
use domain::device_order::model::Provider;
use domain::device_order::take_up::Settings;
use domain::device_repair_order::model::Hold;
use domain::device_repair_order::refusals::TAKE_UP_UNKNOWN;
use domain::device_repair_order::supply::{self, Asked};
use domain::device_repair_order::{Command, RepairOrder};
use domain::ids::{OrganisationId, RepairOrderId, TakeUpId};
use domain::values::Text;

impl App {
    #[tracing::instrument(name = "take_up_device_repair_order", skip_all)]
    pub async fn take_up_repair_order(
        &self,
        caller: &Caller,
        order: RepairOrderId,
        place: Text<40>,
        write: Write,
        render: Render<RepairOrderView>,
    ) -> Result<Answer, Failure> {
        let id = TakeUpId(self.inner.entropy.id(self.inner.clock.now(&caller.space)));
        let change = at_the_counter(Command::TakeUp, "take_up_device_repair_order");
        let target = RepairTarget { id: order, if_match: None };
        self.change_repair_order(caller, change, target, write, render, move |work, found| {
            take_up(work, found, id, &place)
        })
        .await
    }
}

/// A step of a provider: no revision is named, and the state lets one in.
pub(super) fn at_the_counter(command: Command, operation: &'static str) -> Change {
    Change { needs_no_match: true, ..Change::of(command, operation) }
}

fn take_up(work: &mut Work<'_, '_>, found: RepairOrder, id: TakeUpId, place: &Text<40>) -> Changed {
    if let Err(broken) = supply::admit_take_up(&found) {
        let not_before = supply::free_from(&found).map(Box::new);
        return Err(Failure::Refused(Refused { not_before, ..Refused::all(broken) }));
    }
    let organisation = work.caller.org_id().ok_or(Failure::Denied(ENTITY_UNKNOWN))?;
    let provider = under_contract(work, &found, (organisation, place), warsaw_date(work.now))?;
    let Settings { hold_days, confirmation_days, .. } = work.parts.take_ups;
    let asked = Asked { id, provider, has_contract: true, hold_days, confirmation_days };
    Ok(supply::take_up(found, asked, work.now)?)
}

/// The provider under the contract that covers the device on that day, at that place (DO-35); or the named refusal.
pub(super) fn under_contract(
    work: &mut Work<'_, '_>,
    order: &RepairOrder,
    (organisation, place): (OrganisationId, &Text<40>),
    day: NaiveDate,
) -> Result<Provider, Failure> {
    let device = order.content.device.as_ref();
    let code = &device.ok_or_else(|| Failure::Bug("a repair of nothing".into()))?.code;
    supplier(work.tx, &work.caller.space, &Supplying { organisation, code, day, place })
}

impl Work<'_, '_> {
    /// The hold of that id, where it is the caller's own or an officer asks; another provider is not told of it.
    pub(super) fn hold<'o>(&self, order: &'o RepairOrder, id: TakeUpId) -> Result<&'o Hold, Failure> {
        let is_theirs = |hold: &&Hold| self.is_officer() || self.caller.org_id() == Some(hold.provider.id);
        let found = supply::hold(order, id).filter(is_theirs);
        found.ok_or_else(|| Failure::Refused(Refused::one(TAKE_UP_UNKNOWN)))
    }
}
