//! While a signature awaits validation outside: what waits with it, and how the waiting ends.

use super::trusted::{CONSULTANT, opinion, received, signed, told};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use std::time::Duration;
use testkit::{Case, Defect, Mood, Packaging, Stage, TestApp, on_both, with};

async fn awaiting_opinion(app: &TestApp) -> Case {
    let case = Case::outside(app).await.until(Stage::Submitted).await;
    received(&case, CONSULTANT, "opinion", opinion()).await;
    case
}

/// The next try has come, without the pause before it.
fn is_due(app: &TestApp) {
    app.execute("UPDATE pending_steps SET next_try_at = received_at");
}

async fn is_refused_as(case: &Case, code: &str) {
    let refused = told(case, "SignatureRefused").await;
    let last = refused.last().unwrap();
    assert_eq!(last["data"], json!({ "action": "opinion", "code": code }), "{last}");
    assert_eq!(last["by"]["role"], "SERVICE");
    assert_eq!(case.seen().await["pendingStep"], Value::Null);
    assert_eq!(case.state().await, "AWAITING_CONSULTANT");
}

on_both! {
    async fn a_signature_that_is_not_confirmed_is_refused_and_the_signer_signs_again(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        for defect in [Defect::RevokedCertificate, Defect::ExpiredCertificate, Defect::WrongKeyUsage] {
            let document = case.document(CONSULTANT, "opinion", &opinion()).await;
            let signature = app.sign_trusted_as(CONSULTANT, &document, Packaging::Detached, Some(defect));
            case.command(CONSULTANT, "opinion", &with(opinion(), "/signature", signature)).await.is(202);
            assert_eq!(app.validate_pending("one").await, 1);
            is_refused_as(&case, "signature.validation_indeterminate").await;
        }
        app.validation().set_mood(Mood::Says("TOTAL_FAILED", "REVOKED"));
        received(&case, CONSULTANT, "opinion", opinion()).await;
        app.validate_pending("one").await;
        is_refused_as(&case, "signature.validation_failed").await;
        assert_eq!(app.count("SELECT count(*) AS number FROM signatures").await, 1, "the physician's alone");
        app.validation().set_mood(Mood::Judges);
        received(&case, CONSULTANT, "opinion", opinion()).await;
        app.validate_pending("one").await;
        assert_eq!(case.state().await, "WITH_MINISTER");
    }

    async fn a_service_that_is_down_slow_or_undecided_is_asked_again(app: TestApp) {
        let case = awaiting_opinion(&app).await;
        for mood in [Mood::IsDown, Mood::Delays(Duration::from_secs(2)), Mood::Says("INDETERMINATE", "TRY_LATER")] {
            app.validation().set_mood(mood);
            assert_eq!(app.validate_pending("one").await, 1, "{mood:?}");
            assert_eq!(app.validate_pending("one").await, 0, "not at once");
            assert_eq!(case.seen().await["pendingStep"]["action"], "opinion");
            is_due(&app);
        }
        assert_eq!(app.count("SELECT count(*) AS number FROM pending_steps WHERE tries = 3").await, 1);
        app.validation().set_mood(Mood::Judges);
        assert_eq!(app.validate_pending("two").await, 1);
        assert_eq!(case.state().await, "WITH_MINISTER");
    }

    async fn a_signature_on_which_the_service_keeps_failing_is_refused_in_the_end(app: TestApp) {
        for (mood, code) in [
            (Mood::Fails, "signature.validation_impossible"),
            (Mood::Says("INDETERMINATE", "NO_CERTIFICATE_CHAIN_FOUND"), "signature.validation_indeterminate"),
        ] {
            let case = awaiting_opinion(&app).await;
            app.validation().set_mood(mood);
            for _ in 0..3 {
                assert_eq!(app.validate_pending("one").await, 1);
                assert_eq!(case.seen().await["pendingStep"]["action"], "opinion", "there is patience yet");
                is_due(&app);
            }
            let counted = "SELECT count(*) AS number FROM pending_steps WHERE failures = 3 AND failing_since IS NOT NULL";
            assert_eq!(app.count(counted).await, 1);
            app.execute("UPDATE pending_steps SET failing_since = '2026-01-01 00:00:00'");
            app.validate_pending("one").await;
            assert_eq!(case.seen().await["pendingStep"]["action"], "opinion", "long, but not often");
            is_due(&app);
            app.execute("UPDATE pending_steps SET failures = 30");
            app.validate_pending("one").await;
            is_refused_as(&case, code).await;
            app.validation().set_mood(Mood::Judges);
            received(&case, CONSULTANT, "opinion", opinion()).await;
            app.validate_pending("one").await;
            assert_eq!(case.state().await, "WITH_MINISTER");
        }
    }

    async fn a_service_that_is_away_takes_nobodys_patience(app: TestApp) {
        let case = awaiting_opinion(&app).await;
        app.execute("UPDATE pending_steps SET failures = 30, failing_since = '2026-01-01 00:00:00', tries = 900");
        for mood in [Mood::IsDown, Mood::Delays(Duration::from_secs(2))] {
            app.validation().set_mood(mood);
            assert_eq!(app.validate_pending("one").await, 1);
            is_due(&app);
        }
        assert_eq!(case.seen().await["pendingStep"]["action"], "opinion");
        assert_eq!(app.count("SELECT count(*) AS number FROM pending_steps WHERE failures = 30").await, 1);
        // It was away for all but the first minute of these months.
        app.execute("UPDATE pending_steps SET away_since = '2026-01-01 00:01:00'");
        app.validation().set_mood(Mood::Fails);
        assert_eq!(app.validate_pending("one").await, 1);
        assert_eq!(case.seen().await["pendingStep"]["action"], "opinion", "a failure after the outage");
        let again = "SELECT count(*) AS number FROM pending_steps WHERE failures = 31 AND away_since IS NULL";
        assert_eq!(app.count(again).await, 1);
        is_due(&app);
        app.execute("UPDATE pending_steps SET failing_since = '2026-01-01 00:00:00'");
        app.validate_pending("one").await;
        is_refused_as(&case, "signature.validation_impossible").await;
    }

    async fn a_late_verdict_does_not_refuse_the_signature_that_came_after(app: TestApp) {
        let case = awaiting_opinion(&app).await;
        let other = app.another_node().await;
        app.validation().set_mood(Mood::DelaysAndSays(Duration::from_millis(900), "TOTAL_FAILED", "REVOKED"));
        let late = app.validate_pending("one");
        let second = async {
            tokio::time::sleep(Duration::from_millis(100)).await;
            app.execute("UPDATE pending_steps SET leased_until = NULL");
            app.validation().set_mood(Mood::Says("TOTAL_FAILED", "REVOKED"));
            assert_eq!(other.validate_pending("two").await.unwrap(), 1);
            is_refused_as(&case, "signature.validation_failed").await;
            received(&case, CONSULTANT, "opinion", opinion()).await;
        };
        let (late, ()) = tokio::join!(late, second);
        assert_eq!((late, told(&case, "SignatureRefused").await.len()), (1, 1));
        assert_eq!(case.seen().await["pendingStep"]["action"], "opinion", "nobody has judged it yet");
        app.validation().set_mood(Mood::Judges);
        app.validate_pending("one").await;
        assert_eq!(case.state().await, "WITH_MINISTER");
    }

    async fn while_a_signature_waits_nothing_but_a_withdrawal_is_possible(app: TestApp) {
        let case = awaiting_opinion(&app).await;
        let consultant = app.as_persona(CONSULTANT);
        let body = json!({ "verdict": "NOT_MY_FIELD" });
        let refused = case.ask(&consultant, "opinion", &body).send().await.refused(409, "demand.step_pending");
        assert_eq!(refused.text_at("/currentState"), "AWAITING_CONSULTANT");
        assert_eq!(refused.at("/allowedActions"), json!([]));
        let document = case.path_of("opinion/document");
        consultant.look(&document, &opinion()).await.refused(409, "demand.step_pending");
        let takeover = json!({ "reason": "Zastępstwo." });
        let colleague = case.ask(&app.as_persona("hospital-physician"), "takeover", &takeover).send().await;
        colleague.refused(404, "request.not_found");
        let of_consultant = consultant.get(&case.path_of("actions")).await.is(200).at("/items");
        let line = of_consultant.as_array().unwrap().iter().find(|it| it["action"] == "opinion").cloned().unwrap();
        assert_eq!((&line["allowed"], &line["blockedBy"]["code"]), (&json!(false), &json!("demand.step_pending")));
        assert_eq!(line["unblockedBy"], json!([]), "the service itself waits");
        let own = case.as_physician().get(&case.path_of("actions")).await.is(200).at("/items");
        let allowed: Vec<_> = own.as_array().unwrap().iter().filter(|it| it["allowed"] == true).collect();
        assert_eq!(allowed.iter().map(|it| &it["action"]).collect::<Vec<_>>(), [&json!("withdrawal")]);
        let withdrawn = case.withdraw().await.is(200);
        assert_eq!(withdrawn.at("/pendingStep"), Value::Null);
        assert_eq!(app.validate_pending("one").await, 0, "nobody is asked any more");
        assert_eq!((case.state().await.as_str(), app.validation().asked()), ("WITHDRAWN", 0));
    }

    async fn a_withdrawal_that_comes_during_the_validation_stands(app: TestApp) {
        let case = awaiting_opinion(&app).await;
        app.validation().set_mood(Mood::Delays(Duration::from_millis(700)));
        let asked = app.validate_pending("one");
        let withdrawn = async {
            tokio::time::sleep(Duration::from_millis(200)).await;
            case.withdraw().await.is(200)
        };
        let (asked, _) = tokio::join!(asked, withdrawn);
        assert_eq!(asked, 1);
        assert_eq!(case.state().await, "WITHDRAWN");
        assert_eq!(told(&case, "OpinionConfirmed").await.len(), 0);
    }

    async fn a_term_waits_for_a_signature_that_was_received_in_time(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        app.advance_days(7);
        let answer = received(&case, CONSULTANT, "opinion", opinion()).await;
        let receipt: DateTime<Utc> = answer.text_at("/pendingStep/receivedAt").parse().unwrap();
        app.advance_days(5);
        app.fire_due("one").await;
        let clocks = case.seen().await["clocks"].clone();
        assert_eq!(clocks[0]["pausedSince"].as_str().unwrap().parse::<DateTime<Utc>>().unwrap(), receipt, "{clocks}");
        assert_eq!(case.as_physician().get("/api/v1/medicine-demands").await.is(200).at("/items/0/state"), "AWAITING_CONSULTANT");
        assert_eq!((case.state().await.as_str(), told(&case, "DemandReturned").await.len()), ("AWAITING_CONSULTANT", 0));
        app.validate_pending("one").await;
        let seen = case.seen().await;
        assert_eq!(seen["state"], "WITH_MINISTER", "the opinion was given in time");
        let given: DateTime<Utc> = seen["examination"]["opinion"]["givenAt"].as_str().unwrap().parse().unwrap();
        assert_eq!(given, receipt);
    }

    async fn a_term_ran_all_the_while_when_the_signature_is_refused(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        app.advance_days(7);
        received(&case, CONSULTANT, "opinion", opinion()).await;
        app.advance_days(5);
        app.validation().set_mood(Mood::Says("TOTAL_FAILED", "SIG_CRYPTO_FAILURE"));
        app.validate_pending("one").await;
        assert!(app.fire_due("one").await > 0);
        let returned = told(&case, "DemandReturned").await;
        assert_eq!((case.state().await.as_str(), returned.len()), ("RETURNED", 1));
        let refused = told(&case, "SignatureRefused").await;
        assert!(returned[0]["at"].as_str() < refused[0]["at"].as_str(), "as of its own midnight");
    }

    async fn a_reminder_waits_with_the_signature_and_comes_once(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        received(&case, CONSULTANT, "opinion", opinion()).await;
        app.advance_days(6);
        assert_eq!(app.fire_due("one").await, 0, "nobody is reminded of what they have done");
        app.validation().set_mood(Mood::Says("TOTAL_FAILED", "SIG_CRYPTO_FAILURE"));
        app.validate_pending("one").await;
        app.fire_due("one").await;
        assert_eq!(told(&case, "TermReminder").await.len(), 1, "they have to sign again");
        assert_eq!(case.seen().await["pendingStep"], Value::Null);
        app.validation().set_mood(Mood::Judges);
        received(&case, CONSULTANT, "opinion", opinion()).await;
        app.advance_days(1);
        app.validate_pending("one").await;
        app.fire_due("one").await;
        assert_eq!((case.state().await.as_str(), told(&case, "TermReminder").await.len()), ("WITH_MINISTER", 1));
    }

    async fn a_service_that_was_started_anew_goes_on_where_the_last_one_stopped(app: TestApp) {
        let case = awaiting_opinion(&app).await;
        let restarted = app.another_node().await;
        assert_eq!(restarted.validate_pending("restarted").await.unwrap(), 1);
        assert_eq!(case.state().await, "WITH_MINISTER");
    }

    async fn workers_at_once_take_a_step_once(app: TestApp) {
        let case = awaiting_opinion(&app).await;
        let other = app.another_node().await;
        let (one, two) = tokio::join!(app.validate_pending("one"), other.validate_pending("two"));
        assert_eq!(one + two.unwrap(), 1, "one of them has it");
        // A worker whose lease ended comes back with an answer to what another has settled.
        let again = Case::outside(&app).await.until(Stage::Submitted).await;
        received(&again, CONSULTANT, "opinion", opinion()).await;
        app.validation().set_mood(Mood::Delays(Duration::from_millis(500)));
        let late = app.validate_pending("one");
        let second = async {
            tokio::time::sleep(Duration::from_millis(100)).await;
            app.execute("UPDATE pending_steps SET leased_until = NULL");
            other.validate_pending("two").await.unwrap()
        };
        let (late, second) = tokio::join!(late, second);
        assert_eq!((late, second), (1, 1));
        for case in [&case, &again] {
            assert_eq!(told(case, "OpinionConfirmed").await.len(), 1);
            assert_eq!(case.state().await, "WITH_MINISTER");
        }
        assert_eq!(app.count("SELECT count(*) AS number FROM signatures WHERE kind = 'TRUSTED'").await, 2);
    }

    async fn what_has_changed_since_the_receipt_may_stand_in_the_way_of_the_step(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Submitted).await;
        let body = signed(&case, "director", "representative-approval", json!({})).await;
        case.command("director", "representative-approval", &body).await.is(202);
        app.execute("DELETE FROM person_roles WHERE role = 'ENTITY_REPRESENTATIVE'");
        app.validate_pending("one").await;
        let refused = told(&case, "SignatureRefused").await;
        assert_eq!(refused[0]["data"]["code"], "auth.person_unknown", "{refused:?}");
        assert_eq!(case.state().await, "AWAITING_REPRESENTATIVE");
        let entries = "SELECT count(*) AS number FROM audit WHERE action = 'complete_step' AND refusal IS NOT NULL";
        assert!(app.count(entries).await > 0, "the attempt is on record");
    }

    async fn everything_kept_of_a_waiting_step_is_sealed(app: TestApp) {
        let case = awaiting_opinion(&app).await;
        let readable = "SELECT count(*) AS number FROM pending_steps WHERE length(sealed) > 1000";
        assert_eq!(app.count(readable).await, 1);
        app.execute("UPDATE pending_steps SET document_id = 'moved'");
        assert_eq!(app.validate_pending("one").await, 1, "a row that belongs nowhere holds nobody up");
        assert_eq!(case.seen().await["pendingStep"]["action"], "opinion");
    }
}
