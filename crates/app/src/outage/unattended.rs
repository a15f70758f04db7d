//! An outage that is recorded without a caller: by the operator before the service starts, or by the service after a
//! silence of its own (OU-07); and what a silence holds until then (OU-08).

use super::{RecordOutage, StoredOutage, settle_later};
use crate::demand::the_clock;
use crate::failure::Failure;
use crate::{App, Parts};
use chrono::{DateTime, TimeDelta, Utc};
use domain::ids::{OutageId, SpaceId};
use domain::outage::model::{self, NewOutage};
use domain::outage::{Grace, Hold, Holds, Outage, Silence};
use domain::values::Text;
use store::audit::{self, Actor, Entry, Outcome};
use store::{Tx, deadlines, heartbeats};

const SILENT: &str = "Usługa nie działała; zapisano samoczynnie po jej uruchomieniu.";

impl App {
    /// Records an outage that is over, before the service applies what ended in it; `None` takes the grace of the
    /// configuration.
    #[tracing::instrument(name = "record_outage", skip_all)]
    pub async fn record_outage_as_operator(
        &self,
        space: SpaceId,
        asked: RecordOutage,
        grace: Option<Grace>,
    ) -> Result<Outage, Failure> {
        let parts = self.inner.clone();
        let recorded = move |tx: &mut Tx<'_>| {
            let grace = grace.unwrap_or(parts.outage_grace);
            store::outages::take_turns(tx)?;
            // The same call again, after an answer that was lost, say, is the same outage. What another reason or grace was
            // recorded for, or was released since, is none that would hold what the operator means to hold.
            let known = store::outages::all(tx, &space)?;
            let same = |it: &Outage| {
                (it.from, it.until, it.grace) == (asked.from, asked.until, grace)
                    && it.reason == asked.reason
                    && it.released_at.is_none()
            };
            if let Some(known) = known.into_iter().find(|it| same(it)) {
                return Ok(known);
            }
            let by = Unattended { space: &space, grace, actor: the_operator() };
            by.record(tx, &parts, asked.clone())
        };
        self.inner.store.transaction(recorded).await
    }

    /// Since when nobody has answered requests, where that is long enough to be an outage. Until somebody does, no term is
    /// applied that ended since then.
    pub async fn silent_since(&self) -> Result<Option<DateTime<Utc>>, Failure> {
        let parts = self.inner.clone();
        let silence = self.inner.store.read(move |tx| lasting(tx, &parts)).await?;
        Ok(silence.map(|silence| silence.from))
    }

    /// Says that this process answers requests. Where all had been silent for longer than the operator lets pass, and a
    /// term ended meanwhile, the silence is recorded as an outage; in how many spaces.
    #[tracing::instrument(name = "beat", skip_all)]
    pub async fn beat(&self) -> Result<usize, Failure> {
        let parts = self.inner.clone();
        self.inner
            .store
            .transaction(move |tx| {
                let now = parts.clock.real_now();
                let last = heartbeats::beat(tx, now)?;
                let Some(silence) = silence(&parts, last, now) else { return Ok(0) };
                let mut recorded = 0;
                for space in deadlines::spaces_due(tx, now + parts.clock.furthest_ahead(), now)? {
                    recorded += usize::from(record_silence(tx, &parts, &space, silence)?);
                }
                Ok(recorded)
            })
            .await
    }
}

/// The last sign of life of whoever serves, where a silence can be an outage and anybody has served yet.
fn last_beat(tx: &mut Tx<'_>, parts: &Parts) -> Result<Option<DateTime<Utc>>, Failure> {
    Ok(if parts.silence_is_outage.is_some() { heartbeats::last(tx)? } else { None })
}

fn silence(parts: &Parts, last: Option<DateTime<Utc>>, now: DateTime<Utc>) -> Option<Silence> {
    Silence::beyond(parts.silence_is_outage?, last?, now)
}

/// The silence that lasts, where nobody has answered requests for so long that it will be an outage.
fn lasting(tx: &mut Tx<'_>, parts: &Parts) -> Result<Option<Silence>, Failure> {
    let last = last_beat(tx, parts)?;
    Ok(silence(parts, last, parts.clock.real_now()))
}

/// What the lasting silence holds in this space until whoever serves next has recorded it (OU-08): a request that comes
/// before that finds no term ended which nobody could keep.
pub(super) fn silent_hold(
    tx: &mut Tx<'_>,
    parts: &Parts,
    space: &SpaceId,
    known: &[Outage],
) -> Result<Option<Hold>, Failure> {
    let silence = lasting(tx, parts)?;
    Ok(silence.map(|silence| silence.ending(parts.clock.now(space)).hold(known)))
}

/// The present of the space as far as somebody served: what ended later is nobody's to apply in its own time, for it may
/// prove to have ended in an outage (OU-08).
pub(crate) fn served_until(
    tx: &mut Tx<'_>,
    parts: &Parts,
    space: &SpaceId,
) -> Result<DateTime<Utc>, Failure> {
    let (now, real) = (parts.clock.now(space), parts.clock.real_now());
    Ok(last_beat(tx, parts)?.map_or(now, |last| now - (real - last).max(TimeDelta::zero())))
}

/// The same where the silence is long enough to be an outage; otherwise whoever asks is served, and it is now.
pub(crate) fn known_until(tx: &mut Tx<'_>, parts: &Parts, space: &SpaceId) -> Result<DateTime<Utc>, Failure> {
    match lasting(tx, parts)? {
        Some(_) => served_until(tx, parts, space),
        None => Ok(parts.clock.now(space)),
    }
}

fn record_silence(
    tx: &mut Tx<'_>,
    parts: &Parts,
    space: &SpaceId,
    silence: Silence,
) -> Result<bool, Failure> {
    store::outages::take_turns(tx)?;
    let now = parts.clock.now(space);
    let silence = silence.ending(now);
    let ends = deadlines::ends_until(tx, space, silence.until)?;
    let known = Holds::of(&store::outages::all(tx, space)?, now);
    if !silence.ended_a_term(&ends, &known) {
        return Ok(false);
    }
    let reason = Text::parse(SILENT).map_err(|fault| Failure::Bug(fault.code.into()))?;
    let asked = RecordOutage { from: silence.from, until: Some(silence.until), reason };
    let by = Unattended { space, grace: parts.outage_grace, actor: the_clock() };
    let outage = by.record(tx, parts, asked)?;
    tracing::warn!(outage.id = %outage.id, outage.from = %outage.from, "a silence of the service is recorded as an outage");
    Ok(true)
}

/// Where, how long its terms wait, and who acted.
struct Unattended<'a> {
    space: &'a SpaceId,
    grace: Grace,
    actor: Actor,
}

impl Unattended<'_> {
    fn record(self, tx: &mut Tx<'_>, parts: &Parts, asked: RecordOutage) -> Result<Outage, Failure> {
        let stored = insert(tx, parts, self.space, asked, self.grace)?;
        let at = parts.clock.now(self.space);
        audit::append(
            tx,
            &Entry {
                id: parts.entropy.id(at),
                at,
                space: self.space.clone(),
                actor: self.actor,
                on_behalf_of: None,
                purpose: None,
                action: "record_outage".to_owned(),
                document_kind: Some("OUTAGE".to_owned()),
                document_id: Some(stored.outage.id.to_string()),
                patient_id: None,
                outcome: Outcome::Allowed,
                trace_id: None,
            },
        )?;
        Ok(stored.outage)
    }
}

/// Under the rules of every outage, beside those that are known.
pub(super) fn insert(
    tx: &mut Tx<'_>,
    parts: &Parts,
    space: &SpaceId,
    asked: RecordOutage,
    grace: Grace,
) -> Result<StoredOutage, Failure> {
    let now = parts.clock.now(space);
    let RecordOutage { from, until, reason } = asked;
    let id = OutageId(parts.entropy.id(now));
    store::outages::take_turns(tx)?;
    let new = NewOutage { id, space: space.clone(), from, until, reason };
    let outage = model::record(new, &store::outages::all(tx, space)?, grace, now)?;
    store::outages::insert(tx, &outage)?;
    settle_later(tx, &outage)?;
    Ok(StoredOutage { outage, revision: 1 })
}

/// Whoever runs the service, on its own machine.
fn the_operator() -> Actor {
    Actor {
        client_id: "operator".to_owned(),
        organisation_id: None,
        person: None,
        role: "OPERATOR".to_owned(),
    }
}
