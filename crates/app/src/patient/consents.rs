//! To what the patient agrees: that access data go to them by SMS or e-mail (DO-18).

use crate::answer::{Answer, Render, StoredAnswer, Write};
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::demand::{Act, actor, check_match, entries, own_patient};
use crate::failure::Failure;
use crate::faults::PERSON_UNKNOWN;
use crate::idempotent::{self, Done};
use crate::recorded::{AccessRecord, Read};
use crate::{App, Parts};
use domain::ids::PatientId;
use domain::patient_consent::{KIND, Wanted, change};
use domain::values::PatientIdentifier;
use store::audit::{self, Outcome};
use store::idempotency::Completion;
use store::patient_consents::{self, Stored};
use store::record::{self, WriteRecord};
use store::{Tx, patients};

const CHANGE: &str = "change_patient_consents";

impl App {
    /// What the patient has agreed to; nothing where they have never said anything.
    #[tracing::instrument(name = "read_patient_consents", skip_all)]
    pub async fn read_patient_consents(
        &self,
        caller: &Caller,
        trace_id: &str,
    ) -> Result<Read<Stored>, Failure> {
        authorize_role(caller, Action::ReadAccessLog).map_err(Failure::Denied)?;
        let (parts, asking) = (self.inner.clone(), caller.clone());
        let read = move |tx: &mut Tx<'_>| {
            let Some(own) = own_patient(tx, &parts.ring, &asking)? else {
                return Ok((None, Stored::default()));
            };
            Ok::<_, Failure>((Some(own), patient_consents::find(tx, &parts.ring, own)?))
        };
        let (patient, told) = self.inner.store.read(read).await?;
        let record = match patient {
            Some(own) => self.record_of_list(caller, "read_patient_consents", trace_id, Some(own)),
            None => AccessRecord::of(Vec::new()),
        };
        Ok(Read { told, record })
    }

    /// Replaces all of it; what is left out is taken back.
    #[tracing::instrument(name = "change_patient_consents", skip_all)]
    pub async fn change_patient_consents(
        &self,
        caller: &Caller,
        (wanted, if_match): (Wanted, Option<u64>),
        write: Write,
        render: Render<Stored>,
    ) -> Result<Answer, Failure> {
        authorize_role(caller, Action::KeepConsents).map_err(Failure::Denied)?;
        let turn = self.turn(caller, &write).await?;
        let trace_id = write.trace_id.clone();
        let (parts, asking) = (self.inner.clone(), caller.clone());
        let job = move |tx: &mut Tx<'_>| {
            if let Some(earlier) = idempotent::claim(tx, &parts, &asking, &write, CHANGE)? {
                return Ok(Done::Before(earlier));
            }
            let (patient, stored) = changed(tx, &parts, &asking, (&wanted, if_match))?;
            let answer = render(&stored);
            recorded(tx, &parts, (&asking, &write), patient, &answer)?;
            Ok::<_, Failure>(Done::Now(answer))
        };
        let done = self.inner.store.transaction(job).await;
        drop(turn);
        self.answered(caller, &trace_id, done?).await
    }
}

fn changed(
    tx: &mut Tx<'_>,
    parts: &Parts,
    caller: &Caller,
    (wanted, if_match): (&Wanted, Option<u64>),
) -> Result<(PatientId, Stored), Failure> {
    let now = parts.clock.now(&caller.space);
    let pesel = caller.patient.as_ref().ok_or(Failure::Denied(PERSON_UNKNOWN))?;
    let identifier = PatientIdentifier::Pesel(pesel.reveal().clone());
    let index = parts.ring.blind_index("patient", identifier.index_text().reveal());
    let new_id = PatientId(parts.entropy.id(now));
    let patient = patients::find_or_insert_patient(tx, &caller.space, &index, new_id, now)?;
    let seen = patient_consents::find(tx, &parts.ring, patient)?;
    check_match(if_match, seen.revision, true)?;
    let consents = change(&seen.consents, wanted.clone(), now);
    if !patient_consents::put(tx, &parts.ring, patient, (seen.revision, &consents), now)? {
        return Err(Failure::Stale);
    }
    Ok((patient, Stored { consents, revision: seen.revision + 1 }))
}

/// The entry, which names no contact, and the answer under its key.
fn recorded(
    tx: &mut Tx<'_>,
    parts: &Parts,
    (caller, write): (&Caller, &Write),
    patient: PatientId,
    answer: &StoredAnswer,
) -> Result<(), Failure> {
    let act = Act {
        action: CHANGE,
        document: Some((KIND, patient.0)),
        outcome: Outcome::Allowed,
        purpose: None,
        trace_id: Some(&write.trace_id),
    };
    let actor = actor(&parts.ring, caller, Some(patient));
    let entries = entries(parts, &caller.space, &actor, &act, &[patient]);
    let (scope, bytes) = (idempotent::scope(&parts.ring, caller), idempotent::to_bytes(answer)?);
    let document_id = patient.to_string();
    let completion = write.key.as_deref().map(|key| Completion {
        scope: &scope,
        key,
        status: answer.status,
        bytes: &bytes,
        document_id: Some(&document_id),
    });
    if let Some((first, rest)) = entries.split_first() {
        record::write(tx, &parts.ring, &WriteRecord { entry: first, events: &[], completion })?;
        audit::append_all(tx, rest)?;
    }
    Ok(())
}
