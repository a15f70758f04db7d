//! An officer of the payer takes a negative order for a positive one (DO-27); what the list says of it is borne.

use super::verify::known;
use super::view::DeviceOrderView;
use super::write::{Change, OrderTarget};
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::{App, register};
use domain::calendar::warsaw_date;
use domain::device_order::Command;
use domain::device_order::model::Acceptance;
use domain::device_order::refusals::{GROUP_UNKNOWN, admit_state};
use domain::device_order::verification::{self, Insurance};
use domain::problem::Violation;
use domain::values::Text;

impl App {
    #[tracing::instrument(name = "accept_device_order", skip_all)]
    pub async fn accept_device_order(
        &self,
        caller: &Caller,
        target: OrderTarget,
        reason: Text<500>,
        write: Write,
        render: Render<DeviceOrderView>,
    ) -> Result<Answer, Failure> {
        let change = Change::of(Command::Acceptance, "accept_device_order");
        self.change_order(caller, change, target, write, render, move |work, found| {
            admit_state(&found.state, Command::Acceptance)?;
            store::patients::hold(work.tx, work.patient)?;
            let known = known(work.tx, work.parts, &found, Some(work.patient), work.now)?;
            let on = verification::judged_on(&found, warsaw_date(work.now));
            let facts = known.facts(on, Insurance::NotAsked { is_outage: false });
            let taken = verification::taken_since(&found, &facts);
            if !taken.is_empty() {
                return Err(taken.into());
            }
            // What is no longer in the list cannot be borne, whoever accepts it.
            let lines = verification::confirm(&found.content, &facts).map_err(|unknown| {
                vec![unknown.unwrap_or_else(|| Violation::new(GROUP_UNKNOWN, "/content/device"))]
            })?;
            let by = register::officer(work.tx, work.caller)?;
            let acceptance = Acceptance { by, reason: reason.clone(), at: work.now };
            let code = known.free_code(work.parts);
            Ok(verification::accept(found, acceptance, lines, code, work.now)?)
        })
        .await
    }
}
