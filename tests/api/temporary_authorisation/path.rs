//! Every row of the lifecycle, with time travel.

use serde_json::{Value, json};
use testkit::{AUTHORISATIONS, Notification, Reached, TestApp, consent, on_both, refusal};

async fn told(notification: &Notification) -> Vec<String> {
    let history =
        notification.app.as_persona("responsible-person").get(&notification.path_of("history")).await;
    let items = history.is(200).at("/items");
    items.as_array().unwrap().iter().map(|item| item["type"].as_str().unwrap().to_owned()).collect()
}

on_both! {
    async fn a_notification_goes_from_draft_to_the_end_of_its_period(app: TestApp) {
        let notification = Notification::drafted(&app).await;
        assert!(notification.number.starts_with("ZCD-"), "{}", notification.number);
        assert_eq!(notification.state().await, "DRAFT");
        let submitted = notification.submit().await.is(200);
        assert_eq!(submitted.text_at("/state"), "AWAITING_REPRESENTATIVE");
        assert_eq!(submitted.text_at("/examination/submission/familyName"), "Przykładowa");
        let approved = notification.approve().await.is(200);
        assert_eq!(approved.text_at("/state"), "WITH_MINISTER");
        notification.command("preparer", "assignment", &json!({})).await.is(200);
        let mut draft = consent(&app, "10");
        draft["conditions"] = json!("Wydaje się tylko szpitalom.");
        let prepared = notification.prepare(&draft).await.is(200);
        assert_eq!(prepared.text_at("/state"), "RESOLUTION_PREPARED");
        let consented = notification.resolve().await.is(200);
        assert_eq!(consented.text_at("/state"), "CONSENTED");
        let seen = notification.seen().await;
        assert_eq!(seen["ruling"]["conditions"], "Wydaje się tylko szpitalom.");
        assert_eq!(seen["ruling"]["validUntil"], draft["validUntil"]);
        assert_eq!(seen["ministryFile"], Value::Null, "the file is the ministry's");
        app.advance_days(90);
        assert_eq!(notification.state().await, "CONSENTED", "the last day counts");
        app.advance_days(1);
        assert_eq!(notification.state().await, "LAPSED");
        let lapsed = notification.seen().await;
        assert_eq!(lapsed["lapsedAt"], lapsed["changedAt"]);
        assert_eq!(told(&notification).await, [
            "AttachmentAdded", "AuthorisationSubmitted", "RepresentativeApproved", "AuthorisationConsented",
            "ConsentLapsed",
        ]);
    }

    async fn the_worker_reminds_and_ends_a_consent_nobody_asks_for(app: TestApp) {
        let notification = Notification::drafted(&app).await.until(Reached::Consented).await;
        app.advance_days(77);
        assert_eq!(app.fire_due("one").await, 1, "the reminder, fourteen days before the end");
        app.advance_days(14);
        assert_eq!(app.fire_due("one").await, 1);
        assert_eq!(app.fire_due("two").await, 0, "once");
        let kinds = told(&notification).await;
        assert_eq!(kinds[kinds.len() - 2..], ["PeriodReminder", "ConsentLapsed"]);
        assert_eq!(notification.state().await, "LAPSED");
    }

    async fn a_list_shows_no_consent_whose_period_is_over(app: TestApp) {
        let notification = Notification::drafted(&app).await.until(Reached::Consented).await;
        app.advance_days(91);
        let list = format!("{AUTHORISATIONS}?state=CONSENTED");
        let who = app.as_persona("responsible-person");
        assert_eq!(who.get(&list).await.is(200).at("/items"), json!([]));
        let all = who.get(AUTHORISATIONS).await.is(200);
        assert_eq!((all.text_at("/items/0/id"), all.text_at("/items/0/state")), (notification.id, "LAPSED".to_owned()));
    }

    async fn a_notification_that_cannot_be_read_holds_nobody_elses_list_up(app: TestApp) {
        let broken = Notification::drafted(&app).await.until(Reached::Consented).await;
        let sound = Notification::drafted(&app).await.until(Reached::Consented).await;
        app.execute(&format!("UPDATE temporary_authorisations SET wrapped_key = sealed WHERE id = '{}'", broken.id));
        app.advance_days(91);
        let list = app.as_persona("responsible-person").get(AUTHORISATIONS).await.is(200).at("/items");
        let state = |id: &str| list.as_array().unwrap().iter().find(|it| it["id"] == id).map(|it| it["state"].clone());
        assert_eq!(state(&sound.id), Some(json!("LAPSED")), "{list}");
        assert_eq!(state(&broken.id), Some(json!("CONSENTED")), "{list}");
    }

    async fn the_representative_sends_it_back_and_it_is_signed_anew(app: TestApp) {
        let notification = Notification::drafted(&app).await.until(Reached::Submitted).await;
        let reason = json!({ "reason": "Brakuje serii L26A003." });
        let returned = notification.command("wholesaler-director", "representative-refusal", &reason).await.is(200);
        assert_eq!(returned.text_at("/state"), "DRAFT");
        assert_eq!(returned.text_at("/examination/sentBack/reason"), "Brakuje serii L26A003.");
        assert_eq!(returned.at("/contentVersion"), 2);
        let body = json!({ "content": Notification::content(&app) });
        let edit = app.as_persona("responsible-person").put(&notification.path(), &body);
        notification.follow(&edit.if_match(notification.revision()).send().await.is(200));
        notification.submit().await.is(200);
        notification.approve().await.is(200);
        let versions = app.as_persona("responsible-person").get(&notification.path_of("versions")).await.is(200);
        let items = versions.at("/items");
        assert_eq!(items.as_array().unwrap().len(), 2);
        assert!(items[1]["signature"].is_string(), "the signer sees what was signed");
        let others = app.as_persona("wholesaler-director").get(&notification.path_of("versions")).await.is(200);
        assert_eq!(others.at("/items/1/signature"), Value::Null);
        let own = json!({ "id": app.organisation("wholesaler"), "kind": "WHOLESALER" });
        let colleague = app.with_token(app.token("responsible-person-second").with("org", own));
        let theirs = colleague.get(&notification.path_of("versions")).await.is(200);
        assert_eq!(theirs.at("/items/1/content"), items[1]["content"]);
        assert_eq!(theirs.at("/items/1/signature"), Value::Null, "certificates hold a PESEL");
    }

    async fn it_is_withdrawn_until_it_is_resolved(app: TestApp) {
        let reason = json!({ "reason": "Zagrożenie ustało." });
        for reached in [Reached::Drafted, Reached::Submitted, Reached::WithMinister, Reached::Prepared] {
            let notification = Notification::drafted(&app).await.until(reached).await;
            let withdrawn = notification.command("responsible-person", "withdrawal", &reason).await.is(200);
            assert_eq!(withdrawn.text_at("/state"), "WITHDRAWN", "{reached:?}");
            assert_eq!(withdrawn.text_at("/withdrawal/reason"), "Zagrożenie ustało.");
        }
        let consented = Notification::drafted(&app).await.until(Reached::Consented).await;
        consented.seen().await;
        let refused = consented.command("responsible-person", "withdrawal", &reason).await;
        let refused = refused.refused(409, "authorisation.wrong_state");
        assert_eq!(refused.text_at("/currentState"), "CONSENTED");
        assert_eq!(refused.at("/allowedActions"), json!(["additions"]));
    }

    async fn a_refusal_ends_it(app: TestApp) {
        let notification = Notification::drafted(&app).await.until(Reached::Assigned).await;
        notification.prepare(&refusal()).await.is(200);
        let refused = notification.resolve().await.is(200);
        assert_eq!(refused.text_at("/state"), "REFUSED");
        assert_eq!(notification.seen().await["ruling"]["outcome"], "REFUSED");
        let actions = app.as_persona("responsible-person").get(&notification.path_of("actions")).await.is(200);
        assert!(actions.at("/items").as_array().unwrap().iter().all(|line| line["allowed"] == false));
    }

    async fn a_draft_goes_back_and_its_number_is_void(app: TestApp) {
        let notification = Notification::drafted(&app).await.until(Reached::Prepared).await;
        let number = |file: &Value| file["ministryFile"]["draft"]["resolutionNumber"].clone();
        let path = notification.path();
        let first = number(&app.as_persona("preparer").get(&path).await.is(200).json());
        let again = notification.prepare(&consent(&app, "10")).await.is(200);
        assert_eq!(number(&again.json()), first, "a second call keeps the number");
        let reason = json!({ "reason": "Za długi okres." });
        let returned = notification.command("decider", "resolution-draft/return", &reason).await.is(200);
        assert_eq!(returned.text_at("/state"), "WITH_MINISTER");
        let anew = notification.prepare(&consent(&app, "10")).await.is(200);
        assert_ne!(number(&anew.json()), first);
    }

    async fn a_consent_is_revoked_by_two_officers(app: TestApp) {
        let notification = Notification::drafted(&app).await.until(Reached::HandedOver).await;
        let draft = json!({ "grounds": "Zagrożenie ustało.", "legalBasis": "art. 4 ust. 8 PF" });
        let nothing = json!({ "draftSha256": "0".repeat(64) });
        notification.command("decider", "revocation", &nothing).await.refused(409, "demand.revocation_draft_missing");
        let prepared = notification.command("preparer", "revocation-draft", &draft).await.is(200);
        notification.command("decider", "revocation", &nothing).await.refused(409, "demand.draft_changed");
        let seen = json!({ "draftSha256": prepared.at("/ministryFile/revocationDraft/sha256") });
        let revoked = notification.command("decider", "revocation", &seen).await.is(200);
        assert_eq!(revoked.text_at("/state"), "REVOKED");
        assert_eq!(notification.seen().await["revocation"]["grounds"], "Zagrożenie ustało.");
        let pharmacy = app.as_persona("pharmacist").get(&notification.path()).await.is(200);
        assert_eq!(pharmacy.at("/revocation/grounds"), Value::Null);
    }

    async fn one_request_under_one_key_is_carried_out_once(app: TestApp) {
        let notification = Notification::drafted(&app).await.until(Reached::Submitted).await;
        let reason = json!({ "reason": "Do uzupełnienia." });
        let who = app.as_persona("wholesaler-director");
        let ask = || notification.ask(&who, "representative-refusal", &reason).key("sent-back-0123456789");
        let first = ask().send().await.is(200);
        let again = ask().send().await.is(200);
        assert!(again.is_replayed() && again.body == first.body);
        let known = who.get("/api/v1/operations?key=sent-back-0123456789").await.is(200);
        assert_eq!(known.text_at("/operation"), "refuse_authorisation");
        let path = notification.path_of("withdrawal");
        let notifier = app.as_persona("responsible-person");
        notifier.post(&path, &reason).send().await.refused(428, "request.if_match_missing");
        notifier.post(&path, &reason).if_match(1).send().await.refused(412, "request.stale");
    }

    async fn the_lifecycle_is_served_as_data(app: TestApp) {
        let shown = app.anyone().get("/api/v1/lifecycles/temporary-authorisation").await;
        shown.refused(404, "request.not_found");
        let shown = app.anyone().get("/api/v1/lifecycles/temporary-authorisations").await.is(200);
        assert_eq!(shown.at("/states").as_array().unwrap().len(), 10);
        let period = json!({ "kind": "CONSENT_PERIOD", "legalUnit": "PF art. 4(8)", "holders": [], "policy": "CALENDAR_DAYS",
                             "startsWith": ["resolution"], "pausedBy": [], "heldByOutages": false });
        assert_eq!(shown.at("/clocks/0"), period, "it has no length of its own");
        assert_eq!(shown.text_at("/clocks/1/kind"), "CLARIFICATION");
        assert_eq!((shown.at("/clocks/1/shortestDays"), shown.at("/clocks/1/days")), (json!(7), json!(60)));
        assert_eq!(shown.at("/clocks/1/holders").as_array().unwrap().len(), 6);
        assert_eq!((shown.at("/clocks/1/heldByOutages"), shown.at("/clocks/1/policy")), (json!(true), json!("KPA")));
        let rows = shown.at("/transitions");
        let resolution = rows.as_array().unwrap().iter().find(|row| row["command"] == "resolution").unwrap();
        assert_eq!(resolution["to"], json!(["CONSENTED", "REFUSED"]));
        assert_eq!(resolution["roles"], json!(["MINISTRY_DECIDER"]));
    }
}
