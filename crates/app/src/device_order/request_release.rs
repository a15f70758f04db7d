//! The patient, or another provider that has opened the order, asks whoever holds months of it to give them back.

use super::view::DeviceOrderView;
use super::write::{Change, OrderTarget};
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::{Caller, Role};
use crate::failure::Failure;
use crate::faults::ENTITY_UNKNOWN;
use domain::device_order::Command;
use domain::device_order::model::Months;
use domain::device_order::release::{ReleaseRequest, Requester, request};
use domain::ids::DeviceOrderId;
use domain::values::Text;
use store::{Tx, directory};

impl App {
    #[tracing::instrument(name = "request_release", skip_all)]
    pub async fn request_release(
        &self,
        caller: &Caller,
        order: DeviceOrderId,
        (months, reason): (Option<Months>, Text<500>),
        write: Write,
        render: Render<DeviceOrderView>,
    ) -> Result<Answer, Failure> {
        let change = Change { is_of_part: true, ..Change::of(Command::ReleaseRequest, "request_release") };
        let target = OrderTarget { id: order, if_match: None };
        self.change_order(caller, change, target, write, render, move |work, found| {
            let by = requester(work.tx, work.caller)?;
            let asked = ReleaseRequest { by, reason: reason.clone(), at: work.now };
            Ok(request(found, months, &asked, work.now)?)
        })
        .await
    }
}

/// Who asks: the patient, or a provider by its name in the directory.
pub(crate) fn requester(tx: &mut Tx<'_>, caller: &Caller) -> Result<Requester, Failure> {
    if caller.role == Role::Patient {
        return Ok(Requester::Patient);
    }
    let unknown = || Failure::Denied(ENTITY_UNKNOWN);
    let id = caller.org_id().ok_or_else(unknown)?;
    let known = directory::find_organisation(tx, &caller.space, id)?.ok_or_else(unknown)?;
    let name = Text::parse(&known.name).map_err(|_| Failure::Bug("a name of an organisation".into()))?;
    Ok(Requester::Provider { id, name })
}
