//! The end of a term – the period of a consent, or the time for an answer – applied before anybody commands or reads the
//! notification, and by the worker.

use super::announce;
use crate::demand::{Elapsed, the_clock};
use crate::failure::Failure;
use crate::{App, Parts, outage};
use chrono::{DateTime, Utc};
use domain::ids::AuthorisationId;
use domain::temporary_authorisation::clocks::{self, ClockKind, RunningClock};
use domain::temporary_authorisation::{Authorisation, KIND};
use store::audit::{self, Entry, Outcome};
use store::deadlines::Deadline;
use store::{Tx, temporary_authorisation};

impl App {
    /// In a transaction of its own that stands even when a command is then refused.
    pub(crate) async fn apply_end_of_period(&self, id: AuthorisationId) -> Result<(), Failure> {
        let parts = self.inner.clone();
        let is_due = self
            .inner
            .store
            .read(move |tx| {
                let found = temporary_authorisation::find(tx, &parts.ring, id)?;
                found.map_or(Ok(false), |it| is_over(tx, &parts, &it.authorisation))
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

/// Whether the term has run out by the clock of the notification's own space, and no outage holds it.
pub(super) fn is_over(
    tx: &mut Tx<'_>,
    parts: &Parts,
    authorisation: &Authorisation,
) -> Result<bool, Failure> {
    let now = parts.clock.now(&authorisation.space);
    if !clocks::is_due(&authorisation.state, now) {
        return Ok(false);
    }
    let holds = outage::holds(tx, parts, &authorisation.space, now)?;
    Ok(clocks::ran_out_at(&authorisation.state, &holds, now).is_some())
}

/// The term that runs, with what holds it: a planned outage holds what ends later than today, too.
pub(super) fn terms(
    tx: &mut Tx<'_>,
    parts: &Parts,
    authorisation: &Authorisation,
    now: DateTime<Utc>,
) -> Result<Vec<RunningClock>, Failure> {
    let state = &authorisation.state;
    let clock = match clocks::running(state) {
        Some(_) => clocks::running_under(state, &outage::holds(tx, parts, &authorisation.space, now)?),
        None => None,
    };
    Ok(clock.into_iter().collect())
}

/// Applies the term that has run out, if one has.
pub(crate) fn elapse_in(tx: &mut Tx<'_>, parts: &Parts, id: AuthorisationId) -> Result<Elapsed, Failure> {
    let Some(loaded) = temporary_authorisation::find(tx, &parts.ring, id)? else {
        return Ok(Elapsed::Nothing);
    };
    let now = parts.clock.now(&loaded.authorisation.space);
    if !clocks::is_due(&loaded.authorisation.state, now) {
        return Ok(Elapsed::Nothing);
    }
    let holds = outage::holds(tx, parts, &loaded.authorisation.space, now)?;
    let decided = clocks::elapse(loaded.authorisation, &holds, now);
    if decided.events.is_empty() {
        return Ok(Elapsed::Held);
    }
    let saved = temporary_authorisation::save(tx, decided.document, &loaded.key, now)?;
    let Some(authorisation) = saved else { return Ok(Elapsed::Overtaken) };
    record(tx, parts, &authorisation, "elapse")?;
    announce::by_the_clock(tx, parts, &authorisation, &decided.events)?;
    Ok(Elapsed::Applied)
}

/// Tells the parties that the term ends soon, if it still runs.
pub(crate) fn remind_in(
    tx: &mut Tx<'_>,
    parts: &Parts,
    id: AuthorisationId,
    reminder: &Deadline,
) -> Result<(), Failure> {
    let Some(loaded) = temporary_authorisation::find(tx, &parts.ring, id)? else { return Ok(()) };
    let authorisation = loaded.authorisation;
    let kind = ClockKind::parse(&reminder.kind);
    // The consent to an addition ends with the one to which it adds, whose reminder says so.
    if authorisation.adds_to.is_some() && kind == Some(ClockKind::ConsentPeriod) {
        return Ok(());
    }
    let now = parts.clock.now(&authorisation.space);
    let holds = outage::holds(tx, parts, &authorisation.space, now)?;
    let told =
        kind.and_then(|kind| clocks::remind(&authorisation.state, kind, reminder.started_at, &holds, now));
    let Some(event) = told else { return Ok(()) };
    // It changes nothing, but happens now.
    let authorisation = Authorisation { changed_at: now, ..authorisation };
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
