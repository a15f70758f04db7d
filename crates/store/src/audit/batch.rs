//! Entries of reads and refusals that wait together go into one insert and one commit.

use super::{Entry, append_all};
use crate::{Store, StoreError};
use tokio::sync::{mpsc, oneshot};

/// Answers whose entries share a commit.
const BATCH: usize = 500;
/// Answers that may wait; more wait for room.
const QUEUE: usize = 4096;

/// Writes entries that belong to no business transaction. Clones share the batch.
#[derive(Clone)]
pub struct AuditBatch {
    queue: mpsc::Sender<Waiting>,
}

struct Waiting {
    entries: Vec<Entry>,
    reply: oneshot::Sender<Result<(), StoreError>>,
}

impl AuditBatch {
    /// Starts the writer on the current runtime; it ends with the last clone.
    pub fn spawn(store: Store) -> Self {
        let (queue, entries) = mpsc::channel(QUEUE);
        tokio::spawn(write_until_dropped(store, entries));
        Self { queue }
    }

    /// Returns when the entry is committed. Only then may the answer that it speaks of leave.
    pub async fn record(&self, entry: Entry) -> Result<(), StoreError> {
        self.record_all(vec![entry]).await
    }

    /// The entries of one answer, in one commit: all of them or none.
    pub async fn record_all(&self, entries: Vec<Entry>) -> Result<(), StoreError> {
        if entries.is_empty() {
            return Ok(());
        }
        let (reply, committed) = oneshot::channel();
        let stopped = || StoreError::unavailable("the audit's writer has stopped");
        self.queue.send(Waiting { entries, reply }).await.map_err(|_| stopped())?;
        committed.await.unwrap_or_else(|_| Err(stopped()))
    }
}

async fn write_until_dropped(store: Store, mut entries: mpsc::Receiver<Waiting>) {
    let mut waiting = Vec::with_capacity(BATCH);
    while entries.recv_many(&mut waiting, BATCH).await > 0 {
        let (batch, replies): (Vec<Vec<Entry>>, Vec<_>) =
            waiting.drain(..).map(|waiting| (waiting.entries, waiting.reply)).unzip();
        let answers = write(&store, batch).await;
        for (reply, answer) in replies.into_iter().zip(answers) {
            // Who read may have gone away; the entry stands.
            let _gone = reply.send(answer).is_err();
        }
    }
}

/// One commit for all; when the database is well and refuses one of them, those of each answer by themselves, so that
/// the others are not refused with it.
async fn write(store: &Store, batch: Vec<Vec<Entry>>) -> Vec<Result<(), StoreError>> {
    let together = batch.concat();
    let answer = store.transaction(move |tx| append_all(tx, &together)).await;
    match answer {
        Err(StoreError::Unavailable { .. } | StoreError::Busy) | Ok(()) => vec![answer; batch.len()],
        Err(_) => {
            let mut answers = Vec::with_capacity(batch.len());
            for entries in batch {
                answers.push(store.transaction(move |tx| append_all(tx, &entries)).await);
            }
            answers
        }
    }
}
