//! Connections to PostgreSQL that break while the service works. On SQLite there is nothing to break.

use crate::database::{Backend, Home};
use crate::process::Service;
use crate::tester::{Answer, Submission, Tester};
use crate::verification::Keys;
use crate::{burst, ledger, on, settings};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::task::JoinSet;

/// How often all connections break at once.
const CUTS: usize = 12;
const BETWEEN_CUTS: Duration = Duration::from_millis(150);
/// A client that is told to come back does so this often; the cuts have ended long before.
const ATTEMPTS: usize = 60;
const PAUSE: Duration = Duration::from_millis(100);

#[test]
fn a_service_that_loses_its_connections_says_come_back_and_recovers_by_itself() {
    on(Backend::Postgres, |home| async move {
        let scale = settings::scale();
        let mut service = Service::start(&home);
        let tester = Tester::of(&service).await;
        let keys = Keys::fetch(&tester, &home).await;
        let submissions = burst::prepare(&tester, 0, scale.submissions).await;
        let unwell = Arc::new(AtomicUsize::new(0));
        let clients = start_clients(&tester, &submissions, scale.clients, &unwell);
        let cut = cut_again_and_again(&home).await;
        clients.join_all().await;
        let unwell = unwell.load(Ordering::Relaxed);
        eprintln!("{cut} connections were cut; {unwell} answers said: come back");
        assert!(cut > 0 && unwell > 0, "no request met a cut connection");
        assert!(service.is_running());
        home.cut_connections();
        assert_eq!(tester.get("/health/ready").await.expect("an answer").status, 200);
        let traces = ledger::traces(&home);
        assert!(submissions.iter().all(|submission| traces[&submission.id].is_submitted()));
        ledger::is_sound(&home).await;
        keys.verify_sound(&home);
    });
}

async fn cut_again_and_again(home: &Home) -> i64 {
    let mut cut = 0;
    for _ in 0..CUTS {
        cut += home.cut_connections();
        tokio::time::sleep(BETWEEN_CUTS).await;
    }
    cut
}

/// Clients that submit, look at what they submitted, and go on looking until all cuts are over.
fn start_clients(
    tester: &Tester,
    submissions: &[Submission],
    clients: usize,
    unwell: &Arc<AtomicUsize>,
) -> JoinSet<()> {
    let mut working = JoinSet::new();
    for share in submissions.chunks(submissions.len().div_ceil(clients)) {
        let (tester, share, unwell) = (tester.clone(), share.to_vec(), Arc::clone(unwell));
        working.spawn(async move {
            for submission in &share {
                let submitted = until_well(&unwell, || tester.submit(submission)).await;
                let found = until_well(&unwell, || tester.find(&submission.id)).await;
                assert_eq!(found.etag(), submitted.etag(), "{}", found.text());
                assert_eq!(found.json()["state"], "AWAITING_CONSULTANT");
                tokio::time::sleep(PAUSE).await;
            }
        });
    }
    working
}

/// Repeats the same request while the answer is: come back later. No other failure is allowed.
async fn until_well<F>(unwell: &AtomicUsize, ask: impl Fn() -> F) -> Answer
where
    F: Future<Output = Result<Answer, reqwest::Error>>,
{
    for _ in 0..ATTEMPTS {
        let answer = ask().await.expect("an answer, whatever the database does");
        match answer.status {
            200 => return answer,
            503 => {
                assert!(answer.has_retry_after(), "{}", answer.text());
                assert_eq!(answer.json()["code"], "server.busy", "{}", answer.text());
            }
            _ => panic!("neither done nor put off: {}", answer.text()),
        }
        unwell.fetch_add(1, Ordering::Relaxed);
        tokio::time::sleep(PAUSE).await;
    }
    panic!("the service does not recover")
}
