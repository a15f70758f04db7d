//! The end of a consent's period, applied before anybody commands or reads it, and by the worker.

use super::announce;
use crate::demand::{Elapsed, the_clock};
use crate::failure::Failure;
use crate::{App, Parts};
use domain::ids::AuthorisationId;
use domain::temporary_authorisation::{Authorisation, KIND, clocks};
use store::audit::{self, Entry, Outcome};
use store::deadlines::Deadline;
use store::{Tx, temporary_authorisation};

impl App {
    /// In a transaction of its own that stands even when a command is then refused.
    pub(super) async fn apply_end_of_period(&self, id: AuthorisationId) -> Result<(), Failure> {
        let parts = self.inner.clone();
        let is_due = self
            .inner
            .store
            .read(move |tx| {
                let found = temporary_authorisation::find(tx, &parts.ring, id)?;
                Ok::<_, Failure>(found.is_some_and(|it| is_over(&parts, &it.authorisation)))
            })
            .await?;
        if !is_due {
            return Ok(());
        }
        let parts = self.inner.clone();
        // Overtaken by another node, there is nothing left to do.
        self.inner.store.transaction(move |tx| elapse_in(tx, &parts, id).map(|_| ())).await
    }
}

/// Whether the period has run out by the clock of the consent's own space.
pub(super) fn is_over(parts: &Parts, authorisation: &Authorisation) -> bool {
    clocks::has_run_out(&authorisation.state, parts.clock.now(&authorisation.space))
}

/// Ends the consent, if its period has run out.
pub(crate) fn elapse_in(tx: &mut Tx<'_>, parts: &Parts, id: AuthorisationId) -> Result<Elapsed, Failure> {
    let Some(loaded) = temporary_authorisation::find(tx, &parts.ring, id)? else {
        return Ok(Elapsed::Nothing);
    };
    let now = parts.clock.now(&loaded.authorisation.space);
    let decided = clocks::elapse(loaded.authorisation, now);
    if decided.events.is_empty() {
        return Ok(Elapsed::Nothing);
    }
    let saved = temporary_authorisation::save(tx, decided.document, &loaded.key)?;
    let Some(authorisation) = saved else { return Ok(Elapsed::Overtaken) };
    record(tx, parts, &authorisation, "elapse")?;
    announce::by_the_clock(tx, parts, &authorisation, &decided.events)?;
    Ok(Elapsed::Applied)
}

/// Tells the parties that the period ends soon, if it still runs.
pub(crate) fn remind_in(
    tx: &mut Tx<'_>,
    parts: &Parts,
    id: AuthorisationId,
    reminder: &Deadline,
) -> Result<(), Failure> {
    let Some(loaded) = temporary_authorisation::find(tx, &parts.ring, id)? else { return Ok(()) };
    let authorisation = loaded.authorisation;
    let now = parts.clock.now(&authorisation.space);
    let Some(event) = clocks::remind(&authorisation.state, reminder.started_at, now) else { return Ok(()) };
    record(tx, parts, &authorisation, "remind")?;
    announce::by_the_clock(tx, parts, &authorisation, &[event])
}

/// Nobody asked: the service did it by itself.
pub(super) fn record(
    tx: &mut Tx<'_>,
    parts: &Parts,
    authorisation: &Authorisation,
    action: &str,
) -> Result<(), Failure> {
    let entry = Entry {
        id: parts.entropy.id(parts.clock.now(&authorisation.space)),
        at: parts.clock.now(&authorisation.space),
        space: authorisation.space.clone(),
        actor: the_clock(),
        on_behalf_of: None,
        purpose: None,
        action: action.to_owned(),
        document_kind: Some(KIND.to_owned()),
        document_id: Some(authorisation.id.to_string()),
        patient_id: None,
        outcome: Outcome::Allowed,
        trace_id: None,
    };
    Ok(audit::append(tx, &entry)?)
}
