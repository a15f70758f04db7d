//! An officer of the payer ends the delays that guesses have brought upon look-ups for a patient.

use super::look_up_device_order::patient_of;
use super::throttle;
use crate::App;
use crate::answer::{Answer, Render, Write};
use crate::authorize::Action;
use crate::caller::Caller;
use crate::demand::{Act, actor_of, entries};
use crate::entry::EntryWrite;
use crate::failure::Failure;
use domain::values::{Pesel, Text};
use store::audit::Outcome;

/// The end of the delays for a patient, as it is on record.
pub struct LookUpsReleased {
    id: String,
    /// Whether there was anything to end.
    pub was_slowed: bool,
}

impl App {
    /// An officer of the payer ends what slows look-ups for a patient; the patient sees why.
    #[tracing::instrument(name = "release_look_ups", skip_all)]
    pub async fn release_look_ups(
        &self,
        caller: &Caller,
        pesel: Pesel,
        reason: Text<500>,
        write: Write,
        render: Render<LookUpsReleased>,
    ) -> Result<Answer, Failure> {
        let entry = EntryWrite {
            action: Action::ReleaseLookUps,
            operation: "release_look_ups",
            document_kind: "LOOK_UPS",
            id_of: |released: &LookUpsReleased| released.id.clone(),
            id: None,
            write,
            render,
        };
        self.write_entry(caller, entry, move |work| {
            let counted = throttle::of_patient(work.parts, &work.caller.space, &pesel);
            let was_slowed = store::device_order::forget_tries(work.tx, &counted)?;
            if let Some(patient) = patient_of(work.tx, work.parts, work.caller, &pesel)? {
                let act = Act {
                    action: "release_look_ups",
                    document: None,
                    outcome: Outcome::Allowed,
                    purpose: Some(reason.as_str()),
                    trace_id: Some(work.trace_id),
                };
                let actor = actor_of(work.caller);
                let about = entries(work.parts, &work.caller.space, &actor, &act, &[patient]);
                store::audit::append_all(work.tx, &about)?;
            }
            let id = work.parts.entropy.id(work.now).to_string();
            Ok(LookUpsReleased { id, was_slowed })
        })
        .await
    }
}
