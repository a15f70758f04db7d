//! The patient, or another provider that has opened the order, asks whoever holds the repair to give it back.

use super::view::RepairOrderView;
use super::write::{Change, RepairTarget};
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::device_order::requester;
use crate::failure::Failure;
use domain::device_order::release::ReleaseRequest;
use domain::device_repair_order::Command;
use domain::device_repair_order::release::request;
use domain::ids::RepairOrderId;
use domain::values::Text;

impl App {
    #[tracing::instrument(name = "request_device_repair_release", skip_all)]
    pub async fn request_repair_release(
        &self,
        caller: &Caller,
        order: RepairOrderId,
        reason: Text<500>,
        write: Write,
        render: Render<RepairOrderView>,
    ) -> Result<Answer, Failure> {
        let change = Change {
            needs_no_match: true,
            ..Change::of(Command::ReleaseRequest, "request_device_repair_release")
        };
        let target = RepairTarget { id: order, if_match: None };
        self.change_repair_order(caller, change, target, write, render, move |work, found| {
            let by = requester(work.tx, work.caller)?;
            Ok(request(found, ReleaseRequest { by, reason: reason.clone(), at: work.now }, work.now)?)
        })
        .await
    }
}
