//! An officer of the payer says why they must see a repair order whole; for an hour they do, and its patient sees why (ADR 49).

use super::access::load;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::authorize::Action;
use crate::caller::Caller;
use crate::demand::{Act, actor_of, entries};
use crate::entry::EntryWrite;
use crate::failure::Failure;
use crate::register;
use chrono::{DateTime, Utc};
use domain::device_order::officers::GLASS;
use domain::device_repair_order::KIND;
use domain::ids::RepairOrderId;
use domain::values::Text;
use store::audit::Outcome;

/// A repair order that an officer sees whole, and until when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BrokenRepairGlass {
    pub order: RepairOrderId,
    pub open_until: DateTime<Utc>,
}

impl App {
    /// Reading only: what an officer may do of an order does not change with it.
    #[tracing::instrument(name = "break_device_repair_order_glass", skip_all)]
    pub async fn break_repair_order_glass(
        &self,
        caller: &Caller,
        id: RepairOrderId,
        reason: Text<500>,
        write: Write,
        render: Render<BrokenRepairGlass>,
    ) -> Result<Answer, Failure> {
        let entry = EntryWrite {
            action: Action::BreakRepairGlass,
            operation: "break_device_repair_order_glass",
            document_kind: KIND,
            id_of: |broken: &BrokenRepairGlass| broken.order.to_string(),
            id: Some(id.to_string()),
            write,
            render,
        };
        self.write_entry(caller, entry, move |work| {
            let seen = load(work.tx, work.parts, work.caller, id)?;
            let (officer, _) = register::in_post(work.tx, work.caller)?;
            let open_until = work.now + GLASS;
            store::device_repair_order::open_to(work.tx, id, officer.id, open_until)?;
            let act = Act {
                action: "break_device_repair_order_glass",
                document: Some((KIND, id.0)),
                outcome: Outcome::Allowed,
                purpose: Some(reason.as_str()),
                trace_id: Some(work.trace_id),
            };
            let (actor, patient) = (actor_of(work.caller), seen.loaded.patient);
            let about = entries(work.parts, &work.caller.space, &actor, &act, &[patient]);
            store::audit::append_all(work.tx, &about)?;
            Ok(BrokenRepairGlass { order: id, open_until })
        })
        .await
    }
}
