//! What the service does by itself: saying that it serves, numbering, hourly audit roots, firing deadlines, settling
//! steps whose signature awaits validation, removing abandoned uploads, and forgetting old answers.

use super::audit_roots;
use app::App;
use app::clock::Clock;
use chrono::{DateTime, Utc};
use http::Dependency;
use signing::keys::SigningKey;
use std::sync::Arc;
use std::time::Duration;
use store::sequencer::{self, Sequencer};
use store::{Store, StoreError, idempotency};
use tokio::sync::watch;
use tokio::task::{JoinError, JoinHandle};

/// How long a committed event or audit entry may wait for its number.
const NUMBERING: Duration = Duration::from_millis(200);
/// How soon after the full hour its root is made; where there is nothing to do, this costs two reads.
const ROOTS: Duration = Duration::from_mins(1);
const FORGETTING: Duration = Duration::from_hours(1);
/// How long after its midnight a term may wait to be fired; whoever touches its document meanwhile applies it anyway.
const FIRING: Duration = Duration::from_secs(1);

/// How soon the validation service is asked about a signature that was received.
const SETTLING: Duration = Duration::from_secs(1);
/// How often it is looked for orders whose verification nobody finished.
const VERIFYING: Duration = Duration::from_secs(5);
/// How often it is looked for objects whose attachment never came to be.
const REMOVING: Duration = Duration::from_mins(10);

/// How often a process that answers requests says so; several times within the shortest silence that counts.
const BEATING: Duration = Duration::from_secs(20);

/// How often a process that fires deadlines says that it stands still, where nobody answers requests.
const LISTENING: Duration = Duration::from_mins(1);

/// How often it is looked whether a task has ended by itself.
const WATCHING: Duration = Duration::from_secs(1);

/// The tasks of one process; on PostgreSQL those of several take turns by themselves.
pub(super) struct Tasks {
    ending: watch::Sender<bool>,
    /// Ends with the store.
    numbering: JoinHandle<()>,
    rounds: Vec<JoinHandle<()>>,
}

/// What this process does itself, with which application.
pub(super) struct Own {
    /// Fires deadlines, settles pending steps and removes abandoned uploads.
    pub(super) firing: Option<App>,
    /// Answers requests.
    pub(super) serving: Option<Serving>,
}

/// A process that answers requests, and what it cannot answer them without.
#[derive(Clone)]
pub(super) struct Serving {
    pub(super) app: App,
    pub(super) dependencies: Vec<Arc<dyn Dependency>>,
}

impl Tasks {
    pub(super) fn start(
        store: &Store,
        clock: &Arc<dyn Clock>,
        key: SigningKey,
        holder: String,
        own: Own,
    ) -> Self {
        let (ending, ended) = watch::channel(false);
        let numbering = {
            let clock = Arc::clone(clock);
            let sequencer = Sequencer::new(holder.clone());
            sequencer::spawn(store.clone(), sequencer, NUMBERING, move || clock.real_now())
        };
        let key = Arc::new(key);
        let roots = every(ROOTS, ended.clone(), store, clock, move |store, now| {
            sign_root(store, now, Arc::clone(&key))
        });
        let forgetting = every(FORGETTING, ended.clone(), store, clock, forget);
        let work = Work { store, clock, holder, ended };
        let beating =
            own.serving.map(|it| work.round(BEATING, it.app.clone(), move |_, _, _| beat(it.clone())));
        let working = own.firing.map(|app| {
            [
                work.round(FIRING, app.clone(), fire_due),
                work.round(SETTLING, app.clone(), settle_pending),
                work.round(VERIFYING, app.clone(), |app, _, ended| finish_verifications(app, ended)),
                work.round(REMOVING, app.clone(), remove_abandoned),
                work.round(LISTENING, app, |app, _, _| tell_of_silence(app)),
            ]
        });
        let working = working.into_iter().flatten();
        let rounds = [roots, forgetting].into_iter().chain(beating).chain(working).collect();
        Self { ending, numbering, rounds }
    }

    /// Resolves when a task has ended by itself, which is a fault.
    pub(super) async fn failed(&self) {
        let has_ended = || self.numbering.is_finished() || self.rounds.iter().any(JoinHandle::is_finished);
        while !has_ended() {
            tokio::time::sleep(WATCHING).await;
        }
    }

    /// Lets what is under way come to its end, closes the store, and with it numbering.
    pub(super) async fn end(self, store: &Store) {
        self.ending.send_replace(true);
        for task in self.rounds {
            tell(task.await);
        }
        store.close().await;
        tell(self.numbering.await);
    }
}

/// What the rounds of this process work with.
struct Work<'a> {
    store: &'a Store,
    clock: &'a Arc<dyn Clock>,
    holder: String,
    ended: watch::Receiver<bool>,
}

impl Work<'_> {
    fn round<F: Future<Output = ()> + Send + 'static>(
        &self,
        pause: Duration,
        app: App,
        job: impl Fn(App, String, watch::Receiver<bool>) -> F + Send + 'static,
    ) -> JoinHandle<()> {
        let (holder, told) = (self.holder.clone(), self.ended.clone());
        every(pause, self.ended.clone(), self.store, self.clock, move |_, _| {
            job(app.clone(), holder.clone(), told.clone())
        })
    }
}

fn tell(ended: Result<(), JoinError>) {
    if let Err(fault) = ended {
        tracing::error!(task.fault = %fault, "a task ended by itself");
    }
}

/// Runs a job at once and then again and again, until the service ends.
fn every<J, F>(
    pause: Duration,
    mut ended: watch::Receiver<bool>,
    store: &Store,
    clock: &Arc<dyn Clock>,
    job: J,
) -> JoinHandle<()>
where
    J: Fn(Store, DateTime<Utc>) -> F + Send + 'static,
    F: Future<Output = ()> + Send,
{
    let (store, clock) = (store.clone(), Arc::clone(clock));
    tokio::spawn(async move {
        loop {
            job(store.clone(), clock.real_now()).await;
            if tokio::time::timeout(pause, ended.wait_for(|ended| *ended)).await.is_ok() {
                return;
            }
        }
    })
}

/// Only while requests are answered with more than 503: a process that waits for a dependency, or that begins again and
/// again, keeps no silence from being one. A database that was away for long was an outage, too: whoever reaches it again
/// says so.
async fn beat(serving: Serving) {
    if !http::is_ready(&serving.dependencies).await {
        return;
    }
    if let Err(fault) = serving.app.beat().await {
        tracing::warn!(heartbeat.fault = ?fault, "nobody was told that this process serves; the next round tries again");
    }
}

/// A worker that has nothing to do and one that may do nothing look the same; whoever keeps watch is told of the second.
async fn tell_of_silence(app: App) {
    match app.silent_since().await {
        Ok(Some(since)) => {
            tracing::warn!(silence.since = %since, "no process says that it answers requests: no term is fired that ended since");
        }
        Ok(None) => {}
        Err(fault) => tracing::warn!(silence.fault = ?fault, "not looked whether anybody serves"),
    }
}

/// Until nothing is due, for after a standstill there may be much, or the service ends.
async fn fire_due(app: App, holder: String, ended: watch::Receiver<bool>) {
    while !*ended.borrow() {
        match app.fire_due(&holder).await {
            Ok(0) => return,
            Ok(fired) => tracing::info!(deadlines.fired = fired, "deadlines fired"),
            Err(fault) => {
                tracing::warn!(deadlines.fault = ?fault, "deadlines not fired; the next round tries again");
                return;
            }
        }
    }
}

/// Until nobody's turn has come. A service that ends does not wait for the answer of another: the step's lease ends, too,
/// and somebody asks again.
async fn settle_pending(app: App, holder: String, mut ended: watch::Receiver<bool>) {
    loop {
        let settled = tokio::select! {
            biased;
            _ = ended.wait_for(|ended| *ended) => return,
            settled = app.validate_pending(&holder) => settled,
        };
        match settled {
            Ok(0) => return,
            Ok(_) => {}
            Err(fault) => {
                tracing::warn!(signatures.fault = ?fault, "pending steps not settled; the next round tries again");
                return;
            }
        }
    }
}

/// Until nobody's turn has come. A service that ends leaves the rest to whoever leases it next.
async fn finish_verifications(app: App, mut ended: watch::Receiver<bool>) {
    loop {
        let finished = tokio::select! {
            biased;
            _ = ended.wait_for(|ended| *ended) => return,
            finished = app.finish_verifications() => finished,
        };
        match finished {
            Ok(0) => return,
            Ok(some) => tracing::info!(orders.verified = some, "verifications finished that were left"),
            Err(fault) => {
                tracing::warn!(orders.fault = ?fault, "verifications not finished; the next round tries again");
                return;
            }
        }
    }
}

async fn remove_abandoned(app: App, holder: String, ended: watch::Receiver<bool>) {
    while !*ended.borrow() {
        match app.remove_abandoned_uploads(&holder).await {
            Ok(0) => return,
            Ok(removed) => tracing::info!(uploads.removed = removed, "abandoned uploads removed"),
            Err(fault) => {
                tracing::warn!(uploads.fault = ?fault, "abandoned uploads stay; the next round tries again");
                return;
            }
        }
    }
}

async fn sign_root(store: Store, now: DateTime<Utc>, key: Arc<SigningKey>) {
    let made = store
        .transaction(move |tx| store::audit::sign_root(tx, now, |root| audit_roots::sign(&key, root)))
        .await;
    match made {
        Ok(Some(root)) => {
            // Whoever keeps the log elsewhere keeps the root: `verify-audit --root` compares it.
            tracing::info!(
                audit.hour = %root.hour,
                audit.first = root.first_seq,
                audit.last = root.last_seq,
                audit.root = hex::encode(&root.root),
                audit.signature = %String::from_utf8_lossy(&root.signature),
                "audit root signed"
            );
        }
        Ok(None) => {}
        Err(fault) => tracing::warn!(audit.fault = %fault, "no audit root; the next round tries again"),
    }
}

async fn forget(store: Store, now: DateTime<Utc>) {
    let gone = store
        .transaction::<_, StoreError, _>(move |tx| idempotency::purge_older_than(tx, idempotency::KEPT, now))
        .await;
    match gone {
        Ok(0) => {}
        Ok(gone) => tracing::info!(answers.forgotten = gone, "old answers forgotten"),
        Err(fault) => tracing::warn!(answers.fault = %fault, "old answers not forgotten"),
    }
}
