//! The audit: every write, every refused attempt, every read; and nobody changes it unseen.

use serde_json::json;
use store::audit::{Fault, Report};
use testkit::{Backend, Case, Stage, TestApp, on_both};

async fn entries(app: &TestApp, of: &str) -> i64 {
    app.count_of(format!("SELECT count(*) AS number FROM audit WHERE {of}")).await
}

/// Plays a case to its end and gives every entry its number.
async fn played(app: &TestApp) -> Case {
    let case = Case::in_facility(app).await.until(Stage::HandedOver).await;
    case.import(10).await.is(201);
    case.dispense(10).await.is(201);
    app.settle().await;
    let report = app.verify_audit().await;
    assert_eq!(report.faults, Vec::new());
    assert_eq!(report.unsequenced, 0);
    assert!(report.sequenced >= 11, "{report:?}");
    case
}

fn drop_triggers(app: &TestApp) {
    let on = if app.backend() == Backend::Postgres { " ON audit" } else { "" };
    app.execute(&format!(
        "DROP TRIGGER audit_update{on}; DROP TRIGGER audit_delete{on}; DROP TRIGGER audit_insert{on}"
    ));
}

async fn faults(app: &TestApp) -> Vec<Fault> {
    let Report { faults, .. } = app.verify_audit().await;
    faults
}

on_both! {
    async fn every_write_of_a_case_leaves_its_entry(app: TestApp) {
        let case = played(&app).await;
        for action in [
            "create_demand", "submit_demand", "approve_demand", "give_opinion", "assign_demand",
            "prepare_resolution", "resolve_demand", "hand_over_demand",
        ] {
            let of = format!("action = '{action}' AND refusal IS NULL AND document_id = '{}'", case.id);
            assert_eq!(entries(&app, &of).await, 1, "{action}");
        }
        let realised = format!("action = 'realise_demand' AND document_id = '{}'", case.id);
        assert_eq!(entries(&app, &realised).await, 2);
    }

    async fn a_refused_attempt_leaves_its_entry(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Submitted).await;
        let reason = json!({ "reason": "Nie moja." });
        let second = app.as_persona("hospital-physician-second");
        case.ask(&second, "withdrawal", &reason).send().await.is(404);
        let who = case.as_physician();
        who.post(&case.path_of("withdrawal"), &reason).if_match(99).send().await.is(412);
        who.post(&case.path_of("withdrawal"), &reason).send().await.is(428);
        let of = |code: &str| format!("action = 'withdraw_demand' AND refusal = '{code}'");
        for code in ["request.not_found", "request.stale", "request.if_match_missing"] {
            assert_eq!(entries(&app, &of(code)).await, 1, "{code}");
        }
        let forged = json!({ "signature": { "kind": "QUALIFIED", "value": "e30.e30.AA" } });
        case.command("director", "representative-approval", &forged).await.is(422);
        assert_eq!(entries(&app, "action = 'approve_demand' AND refusal LIKE 'signature.%'").await, 1);
        let fields = app.consultant("consultant-paediatrics");
        case.command(case.physician(), "submission", &fields).await.is(409);
        assert_eq!(entries(&app, "action = 'submit_demand' AND refusal = 'demand.wrong_state'").await, 1);
        let signed = testkit::with(fields, "/signature", forged["signature"].clone());
        case.command(case.physician(), "submission", &signed).await.is(409);
        assert_eq!(entries(&app, "action = 'submit_demand' AND refusal = 'demand.wrong_state'").await, 2);
        for path in ["history", "versions", "print"] {
            let hidden = "refusal = 'request.not_found'";
            let before = entries(&app, hidden).await;
            second.get(&case.path_of(path)).await.is(404);
            assert_eq!(entries(&app, hidden).await, before + 1, "{path}");
        }
    }

    async fn a_read_leaves_an_entry_for_each_patient(app: TestApp) {
        let case = Case::of(&app, &testkit::listed(&app)).await;
        let read = "action = 'find_demand' AND patient_id IS NOT NULL";
        assert_eq!(entries(&app, read).await, 0);
        case.as_physician().find(&case.id).await.is(200);
        assert_eq!(entries(&app, read).await, 2);
        for path in ["history", "versions", "print"] {
            let before = entries(&app, "refusal IS NULL").await;
            case.as_physician().get(&case.path_of(path)).await.is(200);
            assert!(entries(&app, "refusal IS NULL").await > before, "{path}");
        }
    }

    async fn a_page_of_a_list_is_one_entry(app: TestApp) {
        for _ in 0..3 {
            Case::outside(&app).await;
        }
        let before = entries(&app, "action = 'list_demands'").await;
        app.as_persona("clinic-physician").get(testkit::DEMANDS).await.is(200);
        assert_eq!(entries(&app, "action = 'list_demands'").await, before + 1);
    }

    async fn a_replayed_answer_is_no_second_write(app: TestApp) {
        let case = Case::outside(&app).await;
        let who = case.as_physician();
        let reason = json!({ "reason": "Pomyłka." });
        for _ in 0..3 {
            case.ask(&who, "withdrawal", &reason).key("withdraw-me-only-once").send().await.is(200);
        }
        assert_eq!(entries(&app, "action = 'withdraw_demand'").await, 1);
    }

    async fn an_edited_entry_is_found(app: TestApp) {
        played(&app).await;
        drop_triggers(&app);
        app.execute("UPDATE audit SET role = 'ADMIN' WHERE seq = 3");
        let found = faults(&app).await;
        assert!(found.iter().any(|fault| matches!(fault, Fault::Columns { .. })), "{found:?}");
    }

    async fn an_entry_with_other_bytes_is_found(app: TestApp) {
        played(&app).await;
        drop_triggers(&app);
        app.execute("UPDATE audit SET bytes = (SELECT other.bytes FROM audit other WHERE other.seq = 4) WHERE seq = 3");
        let found = faults(&app).await;
        assert!(found.iter().any(|fault| matches!(fault, Fault::Digest { .. })), "{found:?}");
    }

    async fn a_removed_entry_is_found(app: TestApp) {
        played(&app).await;
        drop_triggers(&app);
        app.execute("DELETE FROM audit WHERE seq = 3");
        let found = faults(&app).await;
        assert!(found.contains(&Fault::Missing { first: 3, last: 3 }), "{found:?}");
    }

    async fn an_inserted_entry_is_found(app: TestApp) {
        played(&app).await;
        drop_triggers(&app);
        // Between two others, which move up.
        app.execute(
            "UPDATE audit SET seq = -seq - 1 WHERE seq > 3; UPDATE audit SET seq = -seq WHERE seq < 0;
             INSERT INTO audit (id, space, at, client_id, role, action, bytes, digest, seq, chain)
             SELECT 'inserted', space, at, client_id, role, action, bytes, digest, 4, chain FROM audit WHERE seq = 3",
        );
        let found = faults(&app).await;
        assert!(!found.is_empty(), "{found:?}");
        assert!(found.iter().any(|fault| matches!(fault, Fault::Chain { .. } | Fault::Columns { .. })), "{found:?}");
    }

    async fn the_database_keeps_entries_as_they_are(app: TestApp) {
        played(&app).await;
        for sql in ["UPDATE audit SET role = 'ADMIN' WHERE seq = 3", "DELETE FROM audit WHERE seq = 3"] {
            assert!(app.try_execute(sql).is_err(), "{sql}");
        }
    }
}
