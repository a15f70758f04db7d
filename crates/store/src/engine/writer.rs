//! SQLite's one writer: jobs that wait together are committed together.
//!
//! Every job runs in a savepoint of one outer transaction and is answered only after the outer
//! COMMIT. A job that refuses, panics or breaks a constraint loses its savepoint; any other failure
//! of the database ends the whole batch, because SQLite may have rolled everything back by itself
//! (on a full disk it does), and then a job that had succeeded is not stored.

use super::nested::Nested;
use super::tx::Tx;
use crate::{JobError, StoreError};
use diesel::connection::{AnsiTransactionManager, Connection, TransactionManager};
use diesel::{ConnectionError, SqliteConnection};
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot, watch};
use tracing::Span;

/// Jobs that may wait; more find the writer busy.
const QUEUE: usize = 1024;
/// Jobs of one commit, so that the first of them does not wait for a crowd.
const BATCH: usize = 256;

pub(super) struct Writer {
    queue: Mutex<Option<mpsc::Sender<Box<dyn Waiting>>>>,
    stopped: watch::Receiver<bool>,
    wait: Duration,
}

type Open = Box<dyn Fn() -> Result<SqliteConnection, ConnectionError> + Send>;

impl Writer {
    /// Opens the connection and starts the thread.
    pub(super) fn start(wait: Duration, open: Open) -> Result<Self, StoreError> {
        let connection = open().map_err(StoreError::unavailable)?;
        let (queue, jobs) = mpsc::channel(QUEUE);
        let (stop, stopped) = watch::channel(false);
        std::thread::Builder::new()
            .name("sqlite-writer".to_owned())
            .spawn(move || {
                write_until_closed(jobs, connection, &open);
                stop.send_replace(true);
            })
            .map_err(StoreError::unavailable)?;
        Ok(Self { queue: Mutex::new(Some(queue)), stopped, wait })
    }

    pub(super) async fn run<T, E, F>(&self, job: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: JobError,
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let queue = queue.ok_or_else(closed)?;
        let (reply, answer) = oneshot::channel();
        let asked = Asked { job: Some(job), outcome: None, reply, span: Span::current() };
        queue.send_timeout(Box::new(asked), self.wait).await.map_err(|refused| match refused {
            mpsc::error::SendTimeoutError::Timeout(_) => StoreError::Busy,
            mpsc::error::SendTimeoutError::Closed(_) => closed(),
        })?;
        drop(queue);
        answer.await.unwrap_or_else(|_| Err(StoreError::unavailable("the writer has stopped").into()))
    }

    /// Lets the writer finish what waits, and refuses later jobs.
    pub(super) async fn close(&self) {
        drop(self.queue.lock().unwrap_or_else(PoisonError::into_inner).take());
        let mut stopped = self.stopped.clone();
        // An error means that the thread is gone without a word, which is an end too.
        let _gone = stopped.wait_for(|stopped| *stopped).await.is_err();
    }
}

fn closed() -> StoreError {
    StoreError::unavailable("the store is closed")
}

trait Waiting: Send {
    /// An error means that the outer transaction can no longer be trusted.
    fn run(&mut self, connection: &mut SqliteConnection) -> Result<(), StoreError>;
    /// After the outer COMMIT.
    fn answer(self: Box<Self>);
    fn fail(self: Box<Self>, error: StoreError);
}

struct Asked<T, E, F> {
    job: Option<F>,
    outcome: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
    span: Span,
}

impl<T, E, F> Waiting for Asked<T, E, F>
where
    T: Send + 'static,
    E: JobError,
    F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
{
    fn run(&mut self, connection: &mut SqliteConnection) -> Result<(), StoreError> {
        let job = self.job.take().ok_or_else(|| StoreError::unavailable("the job has run already"))?;
        let outcome = self.span.in_scope(|| {
            connection.transaction(|connection| {
                catch_unwind(AssertUnwindSafe(|| job(&mut Tx::Sqlite(connection))))
                    .unwrap_or_else(|_| Err(StoreError::Panicked.into()))
                    .map_err(Nested::Job)
            })
        });
        let lost = match &outcome {
            Ok(_) => None,
            Err(Nested::Job(error)) => {
                error.store_error().filter(|error| error.endangers_transaction()).cloned()
            }
            Err(Nested::Boundary(error)) => Some(StoreError::unavailable(error)),
        };
        self.outcome = Some(outcome.map_err(Nested::into_job_error));
        match lost {
            Some(lost) => Err(lost),
            None if in_outer_transaction(connection) => Ok(()),
            None => Err(StoreError::unavailable("a job left its savepoint open")),
        }
    }

    fn answer(self: Box<Self>) {
        let outcome =
            self.outcome.unwrap_or_else(|| Err(StoreError::unavailable("the job did not run").into()));
        // Who asked may have gone away; the commit stands.
        let _gone = self.reply.send(outcome).is_err();
    }

    fn fail(self: Box<Self>, error: StoreError) {
        let _gone = self.reply.send(Err(error.into())).is_err();
    }
}

/// A job that panicked inside a transaction of its own leaves a savepoint too many.
fn in_outer_transaction(connection: &mut SqliteConnection) -> bool {
    let status =
        <AnsiTransactionManager as TransactionManager<SqliteConnection>>::transaction_manager_status_mut(
            connection,
        );
    matches!(status.transaction_depth(), Ok(Some(depth)) if depth.get() == 1)
}

fn write_until_closed(mut jobs: mpsc::Receiver<Box<dyn Waiting>>, connection: SqliteConnection, open: &Open) {
    let mut connection = Some(connection);
    while let Some(first) = jobs.blocking_recv() {
        let mut batch = VecDeque::from([first]);
        while batch.len() < BATCH {
            let Ok(next) = jobs.try_recv() else { break };
            batch.push_back(next);
        }
        while !batch.is_empty() {
            connection = write_together(&mut batch, connection, open);
        }
    }
}

/// Runs jobs of the batch up to the first that loses the transaction, and gives the connection back
/// if it is still good. Every job that has run is answered; the others stay in the batch.
fn write_together(
    batch: &mut VecDeque<Box<dyn Waiting>>,
    connection: Option<SqliteConnection>,
    open: &Open,
) -> Option<SqliteConnection> {
    let mut connection = match connection.map_or_else(open, Ok) {
        Ok(connection) => connection,
        Err(error) => {
            fail_all(batch.drain(..), &StoreError::unavailable(error));
            return None;
        }
    };
    let mut ran = Vec::with_capacity(batch.len());
    let committed: Result<(), StoreError> = connection.immediate_transaction(|connection| {
        while let Some(mut job) = batch.pop_front() {
            let sound = job.run(connection);
            ran.push(job);
            sound?;
        }
        Ok(())
    });
    let Err(failure) = committed else {
        ran.into_iter().for_each(Waiting::answer);
        return Some(connection);
    };
    drop(connection);
    tracing::warn!(store.jobs = ran.len(), store.failure = ?failure, "a batch of writes was rolled back");
    if ran.is_empty() {
        fail_all(batch.drain(..), &failure);
    }
    fail_all(ran, &StoreError::unavailable("the database ended the transaction"));
    None
}

fn fail_all(jobs: impl IntoIterator<Item = Box<dyn Waiting>>, error: &StoreError) {
    for job in jobs {
        job.fail(error.clone());
    }
}
