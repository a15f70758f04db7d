//! Many at once: one change, equal answers, one winner.

use futures_util::future::join_all;
use serde_json::json;
use std::time::Duration;
use testkit::{Backend, Case, DEMANDS, Response, Stage, TestApp, on, on_both, outside_facility};

const CONNECTIONS: usize = 50;

/// All answers are the same answer, and only one of them is the first.
fn are_one_answer(answers: &[Response], status: u16) {
    for answer in answers {
        assert_eq!(answer.status, status, "{}", answer.text());
        assert_eq!(answer.body, answers[0].body);
        assert_eq!(answer.header("etag"), answers[0].header("etag"));
    }
    let fresh = answers.iter().filter(|answer| !answer.is_replayed()).count();
    assert_eq!(fresh, 1, "one is carried out, the others are replayed");
}

/// A client that shares no connection with others.
fn connections(app: &TestApp) -> Vec<TestApp> {
    (0..CONNECTIONS).map(|_| app.on_a_connection_of_its_own()).collect()
}

on_both! {
    async fn fifty_equal_creates_and_submissions_make_one_demand_and_one_submission(app: TestApp) {
        let body = json!({ "content": outside_facility(&app), "clientReference": "FIFTY" });
        let connections = connections(&app);
        let create = |one: &TestApp| {
            one.as_persona("clinic-physician").post(DEMANDS, &body).key("fifty-creates-at-once").send()
        };
        let created = join_all(connections.iter().map(create)).await;
        are_one_answer(&created, 201);
        assert_eq!(app.count("SELECT count(*) AS number FROM demands").await, 1);

        let case = Case::created(&app, &created[0]);
        let submission =
            case.signed(case.physician(), "submission", app.consultant("consultant-nephrology")).await;
        let submit = |one: &TestApp| {
            let who = one.as_persona(case.physician());
            case.ask(&who, "submission", &submission).key("fifty-submissions-at-once").send()
        };
        let submitted = join_all(connections.iter().map(submit)).await;
        are_one_answer(&submitted, 200);
        assert_eq!(submitted[0].text_at("/state"), "AWAITING_CONSULTANT");
        let submissions = "SELECT count(*) AS number FROM events WHERE type = 'DemandSubmitted'";
        assert_eq!(app.count(submissions).await, 1);
        assert_eq!(app.count("SELECT count(*) AS number FROM signatures").await, 1);
        let entries = "SELECT count(*) AS number FROM audit WHERE action = 'submit_demand' AND refusal IS NULL";
        assert_eq!(app.count(entries).await, 1);
    }

    async fn of_many_creates_with_one_reference_the_losers_learn_which_demand_won(app: TestApp) {
        let body = json!({ "content": outside_facility(&app), "clientReference": "RACE" });
        let connections: Vec<TestApp> = connections(&app).into_iter().take(10).collect();
        let create = |one: &TestApp| one.as_persona("clinic-physician").post(DEMANDS, &body).send();
        let answers = join_all(connections.iter().map(create)).await;
        let (won, lost): (Vec<Response>, Vec<Response>) =
            answers.into_iter().partition(|answer| answer.status == 201);
        assert_eq!((won.len(), lost.len()), (1, 9));
        for answer in lost {
            let refused = answer.refused(409, "demand.client_reference_taken");
            assert_eq!(refused.text_at("/existing/id"), won[0].text_at("/id"));
        }
    }

    async fn of_two_deciders_at_once_one_resolves(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Prepared).await;
        let fields = json!({ "draftSha256": case.draft_sha256().await });
        let first = case.signed("decider", "resolution", fields.clone()).await;
        let second = case.signed("decider-second", "resolution", fields).await;
        let (one, other) = (app.as_persona("decider"), app.as_persona("decider-second"));
        let (first, second) = tokio::join!(
            case.ask(&one, "resolution", &first).send(),
            case.ask(&other, "resolution", &second).send(),
        );
        let mut statuses = [first.status, second.status];
        statuses.sort_unstable();
        assert!(statuses == [200, 409] || statuses == [200, 412], "{}\n{}", first.text(), second.text());
        let resolved = "SELECT count(*) AS number FROM events WHERE type = 'DemandApproved'";
        assert_eq!(app.count(resolved).await, 1);
        assert_eq!(case.state().await, "APPROVED");
    }

    async fn of_two_drafts_with_one_reference_at_once_one_is_opened(app: TestApp) {
        let who = app.as_persona("clinic-physician");
        let body = json!({ "content": outside_facility(&app), "clientReference": "TWICE" });
        for round in 0..5 {
            let named = json!({ "content": body["content"], "clientReference": format!("TWICE-{round}") });
            let (one, other) = tokio::join!(who.post(DEMANDS, &named).send(), who.post(DEMANDS, &named).send());
            let mut statuses = [one.status, other.status];
            statuses.sort_unstable();
            assert_eq!(statuses, [201, 409], "{}\n{}", one.text(), other.text());
            let refused = if one.status == 409 { one } else { other };
            refused.refused(409, "demand.client_reference_taken");
        }
    }

    async fn entries_of_many_pharmacists_at_once_never_go_beyond(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::HandedOver).await;
        let entry = app.entry("IMPORTED", 3);
        let import = || app.as_persona("wholesaler").post(&case.path_of("realisations"), &entry).send();
        let answers = join_all((0..6).map(|_| import())).await;
        let recorded = answers.iter().filter(|answer| answer.status == 201).count();
        assert_eq!(recorded, 3, "three times three of ten: {:?}", answers.iter().map(|it| it.status).collect::<Vec<_>>());
        for refused in answers.into_iter().filter(|answer| answer.status != 201) {
            refused.refused_at(422, "demand.ledger_beyond", "/packs");
        }
        assert_eq!(case.seen().await["ledger"]["imported"], "9");
    }
}

/// On another node the same request runs and does not end.
async fn a_key_that_another_node_holds(app: TestApp) {
    let who = app.as_persona("clinic-physician");
    let body = json!({ "content": outside_facility(&app) });
    who.post(DEMANDS, &body).key("a-key-of-this-person-1").send().await.is(201);
    let held = app.hold(
        "INSERT INTO idempotency (scope, key, fingerprint, operation, created_at)
         SELECT scope, 'held-by-another-node', fingerprint, operation, created_at FROM idempotency",
    );
    let equal = || who.post(DEMANDS, &body).key("held-by-another-node").send();
    // More than the pool has connections for writing: one waits for the database, the others for it.
    let waiting: Vec<_> = (0..8).map(|_| tokio::spawn(equal())).collect();
    tokio::time::sleep(Duration::from_millis(500)).await;
    let other = tokio::time::timeout(Duration::from_secs(4), who.post(DEMANDS, &body).send()).await;
    other.expect("the others leave connections for writing free").is(201);
    for one in waiting {
        let refused = one.await.unwrap().refused(409, "request.still_running");
        assert!(refused.header("retry-after").is_some(), "{}", refused.text());
    }
    drop(held);
    assert!(!equal().await.is(201).is_replayed());
    assert!(equal().await.is(201).is_replayed());
}

#[test]
fn who_waits_in_vain_for_an_equal_request_is_told_that_it_still_runs() {
    on(Backend::Postgres, testkit::generous(), a_key_that_another_node_holds);
}
