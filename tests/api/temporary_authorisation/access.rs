//! Who learns of a notification, and of what in it.

use serde_json::{Value, json};
use testkit::{AUTHORISATIONS, Notification, Reached, TestApp, consent, on_both, with};

on_both! {
    async fn a_notification_of_another_does_not_exist(app: TestApp) {
        let notification = Notification::drafted(&app).await.until(Reached::Consented).await;
        let outsiders =
            ["responsible-person-second", "wholesaler-second-director", "wholesaler-second", "pharmacist", "director"];
        for persona in outsiders {
            let who = app.as_persona(persona);
            for path in [notification.path(), notification.path_of("actions"), notification.path_of("history")] {
                who.get(&path).await.refused(404, "request.not_found");
            }
            assert_eq!(who.get(AUTHORISATIONS).await.is(200).at("/items"), json!([]), "{persona}");
        }
        for persona in ["responsible-person", "wholesaler-director", "preparer", "decider", "wholesaler"] {
            app.elsewhere(persona).get(&notification.path()).await.refused(404, "request.not_found");
            let listed = app.as_persona(persona).get(AUTHORISATIONS).await.is(200);
            assert_eq!(listed.text_at("/items/0/id"), notification.id, "{persona}");
        }
        let reason = json!({ "reason": "Nie moje." });
        let second = app.as_persona("responsible-person-second");
        notification.ask(&second, "withdrawal", &reason).send().await.refused(404, "request.not_found");
    }

    async fn a_draft_is_the_notifier_s_alone(app: TestApp) {
        let notification = Notification::drafted(&app).await;
        for persona in ["wholesaler-director", "preparer", "decider", "wholesaler"] {
            app.as_persona(persona).get(&notification.path()).await.refused(404, "request.not_found");
        }
        notification.submit().await.is(200);
        app.as_persona("wholesaler-director").get(&notification.path()).await.is(200);
        app.as_persona("preparer").get(&notification.path()).await.refused(404, "request.not_found");
        let who = app.as_persona("responsible-person");
        notification.ask(&who, "representative-refusal", &json!({ "reason": "x" })).send().await.refused(403, "auth.role");
    }

    async fn the_supplier_sees_no_more_than_the_supply_needs(app: TestApp) {
        let notification = Notification::drafted(&app).await.until(Reached::HandedOver).await;
        let seen = app.as_persona("wholesaler").get(&notification.path()).await.is(200).json();
        for hidden in ["/content/justification", "/content/attachments", "/examination", "/ministryFile", "/ruling/grounds"] {
            assert_eq!(seen.pointer(hidden), None, "{hidden}");
        }
        assert!(seen["ledger"].is_object() && seen["passedOn"].is_array());
        let history = app.as_persona("pharmacist").get(&notification.path_of("history")).await.is(200);
        let items = history.at("/items");
        let kinds: Vec<&Value> = items.as_array().unwrap().iter().map(|item| &item["type"]).collect();
        assert_eq!(kinds, ["AuthorisationConsented", "ConsentHandedOver"]);
        app.as_persona("pharmacist").get(&notification.path_of("versions")).await.refused(403, "auth.not_yours");
    }

    async fn whoever_drafts_a_revocation_reads_the_consent_with_its_conditions(app: TestApp) {
        let notification = Notification::drafted(&app).await.until(Reached::Assigned).await;
        let officer = app.as_persona("preparer-second");
        let conditions = json!("Wydaje się tylko szpitalom.");
        notification.prepare(&with(consent(&app, "10"), "/conditions", conditions.clone())).await.is(200);
        assert_eq!(officer.get(&notification.path()).await.is(200).at("/ruling"), Value::Null, "nothing is consented to");
        notification.resolve().await.is(200);
        let before = officer.get(&notification.path()).await.is(200);
        assert_eq!(before.at("/ruling/conditions"), conditions);
        assert_eq!(before.text_at("/ruling/approvedQuantity/amount"), "10");
        assert!(before.at("/ruling/validUntil").is_string(), "{}", before.text());
        let body = json!({ "grounds": "Zagrożenie ustało.", "legalBasis": "art. 155 k.p.a." });
        let drafted = notification.command("preparer-second", "revocation-draft", &body).await.is(200);
        assert_eq!(drafted.text_at("/ministryFile/revocationDraft/grounds"), "Zagrożenie ustało.");
        for hidden in ["/content/justification", "/examination", "/passedOn", "/ledger", "/clientReference"] {
            assert_eq!(drafted.at(hidden), Value::Null, "{hidden}");
        }
        let seen = json!({ "draftSha256": drafted.at("/ministryFile/revocationDraft/sha256") });
        notification.command("decider", "revocation", &seen).await.is(200);
        let after = officer.get(&notification.path()).await.is(200);
        assert_eq!(after.text_at("/revocation/grounds"), "Zagrożenie ustało.");
        assert_eq!(after.at("/ruling/conditions"), conditions);
    }

    async fn every_write_and_every_refused_attempt_is_on_record(app: TestApp) {
        let notification = Notification::drafted(&app).await.until(Reached::Submitted).await;
        let reason = json!({ "reason": "x" });
        app.as_persona("responsible-person").post(&notification.path_of("withdrawal"), &reason).if_match(77).send().await;
        app.settle().await;
        let of = |what: &str| {
            format!("SELECT count(*) AS number FROM audit WHERE document_id = '{}' AND {what}", notification.id)
        };
        assert_eq!(app.count_of(of("refusal IS NULL AND action = 'create_authorisation'")).await, 1);
        assert_eq!(app.count_of(of("refusal IS NULL AND action = 'submit_authorisation'")).await, 1);
        assert_eq!(app.count_of(of("refusal = 'request.stale' AND action = 'withdraw_authorisation'")).await, 1);
    }
}
