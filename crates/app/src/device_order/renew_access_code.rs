//! The code of an order is drawn anew: by whoever issued it, by the patient, or by an officer of the payer with a reason that the
//! patient sees (DO-80, DO-81).

use super::access::Relation;
use super::verify::known;
use super::view::DeviceOrderView;
use super::write::{Change, OrderTarget};
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::caller::Caller;
use crate::failure::Failure;
use domain::device_order::Command;
use domain::device_order::refusals::admit_state;
use domain::device_order::renewal::{Renewal, open_code, renew};
use domain::values::Text;

impl App {
    #[tracing::instrument(name = "renew_access_code", skip_all)]
    pub async fn renew_access_code(
        &self,
        caller: &Caller,
        target: OrderTarget,
        reason: Option<Text<500>>,
        write: Write,
        render: Render<DeviceOrderView>,
    ) -> Result<Answer, Failure> {
        let change = Change::of(Command::CodeRenewal, "renew_access_code");
        self.change_order(caller, change, target, write, render, move |work, found| {
            admit_state(&found.state, Command::CodeRenewal)?;
            store::patients::hold(work.tx, work.patient)?;
            let known = known(work.tx, work.parts, &found, Some(work.patient), work.now)?;
            let code = known.another_code(work.parts, open_code(&found));
            let is_by_officer = work.relation == Relation::NfzOfficer;
            let renewed = renew(found, &Renewal { is_by_officer, reason: reason.clone() }, code, work.now)?;
            work.purpose.clone_from(&reason);
            Ok(renewed)
        })
        .await
    }
}
