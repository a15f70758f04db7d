//! Many submissions at once, and what came of each.

use crate::tester::{Answer, Submission, Tester};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::Semaphore;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::{JoinHandle, JoinSet};

/// Opens and signs `count` demands; serial numbers begin at `first`.
pub(crate) async fn prepare(tester: &Tester, first: usize, count: usize) -> Vec<Submission> {
    let at_once = Arc::new(Semaphore::new(8));
    let mut preparing = JoinSet::new();
    for serial in first..first + count {
        let (tester, at_once) = (tester.clone(), Arc::clone(&at_once));
        preparing.spawn(async move {
            let _permit = at_once.acquire_owned().await.expect("an open semaphore");
            tester.prepare(serial).await
        });
    }
    preparing.join_all().await
}

/// What a client saw of its submission: the answer, or that none came.
pub(crate) type Outcome = (Submission, Result<Answer, String>);

/// Submissions that are being sent by several clients.
pub(crate) struct Burst {
    clients: JoinHandle<Vec<Outcome>>,
    answers: UnboundedReceiver<()>,
}

impl Burst {
    /// Every client sends one submission after the other until none is left.
    pub(crate) fn start(tester: &Tester, submissions: Vec<Submission>, clients: usize) -> Self {
        let (answered, answers) = unbounded_channel();
        let shared = Arc::new((submissions, AtomicUsize::new(0)));
        let mut working = JoinSet::new();
        for _ in 0..clients {
            working.spawn(send_all(tester.clone(), Arc::clone(&shared), answered.clone()));
        }
        let clients = tokio::spawn(async { working.join_all().await.into_iter().flatten().collect() });
        Self { clients, answers }
    }

    /// Returns when that many answers have come, while others are under way.
    pub(crate) async fn answered(&mut self, count: usize) {
        for _ in 0..count {
            self.answers.recv().await.expect("more answers");
        }
    }

    /// What came of each submission.
    pub(crate) async fn end(self) -> Vec<Outcome> {
        self.clients.await.expect("clients that do not panic")
    }
}

async fn send_all(
    tester: Tester,
    shared: Arc<(Vec<Submission>, AtomicUsize)>,
    answered: UnboundedSender<()>,
) -> Vec<Outcome> {
    let (submissions, next) = &*shared;
    let mut outcomes = Vec::new();
    while let Some(submission) = submissions.get(next.fetch_add(1, Ordering::Relaxed)) {
        let outcome = tester.submit(submission).await.map_err(|fault| format!("{fault:?}"));
        if outcome.is_ok() {
            // Nobody may be counting any more.
            let _ = answered.send(());
        }
        outcomes.push((submission.clone(), outcome));
    }
    outcomes
}
