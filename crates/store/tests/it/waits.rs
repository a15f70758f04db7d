//! Signatures that waited before lists told of them are told of once the release has migrated.

use crate::migrations::revert_to;
use crate::test_support::{TestDatabase, execute, now, on_each, ring, space};
use crate::{demands, temporary_authorisations};
use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use domain::demand::model::SignatureKind;
use domain::demand::{self, lifecycle};
use domain::pending::{AwaitedStep, PendingStep};
use domain::temporary_authorisation as authorisation;
use store::pending_steps::{self, NewPendingStep};
use store::{StoreError, Tx};

const BEFORE: &str = "60";

/// With microseconds and without, as both databases hold instants.
fn instants() -> [DateTime<Utc>; 2] {
    let instant = now().trunc_subsecs(6);
    [instant + TimeDelta::microseconds(1), instant.trunc_subsecs(0)]
}

/// Migrates anew with these documents in this state and a signature that has waited since then.
async fn migrated(database: &TestDatabase, table: &str, id: &str, state: &str, since: DateTime<Utc>) {
    let store = &database.store;
    let (document, id) = (id.to_owned(), id);
    let waits = store.transaction(move |tx| {
        revert_to(tx, BEFORE);
        let step = NewPendingStep {
            document_id: &document,
            document_kind: "MEDICINE",
            space: &space(),
            received_at: since,
            next_try_at: since,
            content: b"{}",
        };
        pending_steps::remove(tx, &document)?;
        pending_steps::insert(tx, &ring().new_data_key()?, &step)
    });
    waits.await.unwrap();
    let as_before = if database.options.url.starts_with("sqlite") {
        "jsonb_remove(summary, '$.pending')"
    } else {
        "summary - 'pending'"
    };
    let of = format!("UPDATE {table} SET state = '{state}', summary = {as_before} WHERE id = '{id}'");
    execute(store, &of).await.unwrap();
    assert!(!store.migrate().await.unwrap().is_empty());
}

fn pending(step: Option<AwaitedStep>, received_at: DateTime<Utc>) -> Option<PendingStep> {
    step.map(|step| PendingStep { step, kind: SignatureKind::Trusted, received_at })
}

fn of_demand(tx: &mut Tx<'_>) -> Result<Option<PendingStep>, StoreError> {
    let lines = store::demand::list(tx, &space(), &[], None, 10)?;
    Ok(lines.into_iter().find(|line| line.id == demands::draft(1, None).id).unwrap().summary.pending)
}

fn of_notification(tx: &mut Tx<'_>) -> Result<Option<PendingStep>, StoreError> {
    let lines = store::temporary_authorisation::list(tx, &space(), &[], None, 10)?;
    let id = temporary_authorisations::draft(1, None).id;
    Ok(lines.into_iter().find(|line| line.id == id).unwrap().summary.pending)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_demand_that_waited_shows_its_step_in_every_state_in_which_one_is_signed() {
    on_each(async |database| {
        let (waiting, other) = (demands::draft(1, None), demands::draft(2, None));
        for demand in [&waiting, &other] {
            demands::insert(database, demand).await.unwrap();
        }
        let signed =
            |state| AwaitedStep::ALL.into_iter().find(|step| lifecycle::admits(state, step.command()));
        let signing = lifecycle::StateName::ALL.into_iter().filter(|state| signed(*state).is_some());
        let states: Vec<_> = signing.chain([lifecycle::StateName::WithMinister]).collect();
        assert_eq!(states.len(), 6, "five in which a step is signed, and one in which none is");
        for (state, since) in states.into_iter().zip(instants().into_iter().cycle()) {
            migrated(database, "demands", &waiting.id.to_string(), state.name(), since).await;
            let expected = pending(signed(state), since);
            assert_eq!(database.store.read(of_demand).await.unwrap(), expected, "{}", state.name());
        }
        let lines = database.store.read(|tx| store::demand::list(tx, &space(), &[], None, 10)).await.unwrap();
        assert_eq!(
            lines.iter().filter(|line| line.summary.pending.is_some()).count(),
            0,
            "nor the other one"
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notification_that_waited_shows_its_step_in_every_state_in_which_one_is_signed() {
    on_each(async |database| {
        let waiting = temporary_authorisations::draft(1, None);
        temporary_authorisations::insert(database, &waiting).await.unwrap();
        let steps = [
            (AwaitedStep::Submission, authorisation::Command::Submission),
            (AwaitedStep::RepresentativeApproval, authorisation::Command::RepresentativeApproval),
            (AwaitedStep::Resolution, authorisation::Command::Resolution),
        ];
        let signed = |state| {
            let found = steps.iter().find(|(_, command)| authorisation::lifecycle::admits(state, *command));
            found.map(|(step, _)| *step)
        };
        let signing = authorisation::StateName::ALL.into_iter().filter(|state| signed(*state).is_some());
        let states: Vec<_> = signing.chain([authorisation::StateName::WithMinister]).collect();
        assert_eq!(states.len(), 4, "three in which a step is signed, and one in which none is");
        for (state, since) in states.into_iter().zip(instants().into_iter().cycle()) {
            let id = waiting.id.to_string();
            migrated(database, "temporary_authorisations", &id, state.name(), since).await;
            let expected = pending(signed(state), since);
            assert_eq!(database.store.read(of_notification).await.unwrap(), expected, "{}", state.name());
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_lists_tell_already_stays_as_it_is() {
    on_each(async |database| {
        let since = now().trunc_subsecs(6);
        let told = pending(Some(AwaitedStep::Submission), since);
        let waiting = demand::model::Demand { pending: told.clone(), ..demands::draft(1, None) };
        demands::insert(database, &waiting).await.unwrap();
        let id = waiting.id.to_string();
        let again = database.store.transaction(move |tx| {
            revert_to(tx, BEFORE);
            let step = NewPendingStep {
                document_id: &id,
                document_kind: "MEDICINE",
                space: &space(),
                received_at: since + TimeDelta::hours(1),
                next_try_at: since,
                content: b"{}",
            };
            pending_steps::insert(tx, &ring().new_data_key()?, &step)
        });
        again.await.unwrap();
        database.store.migrate().await.unwrap();
        assert_eq!(database.store.read(of_demand).await.unwrap(), told);
    })
    .await;
}
