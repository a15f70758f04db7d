//! New batches for a consent in force.

use crate::support::{days_left, question};
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use testkit::{AUTHORISATIONS, Notification, Reached, TestApp, consent, on_both, with, without};

pub(super) fn new_batches(app: &TestApp) -> Value {
    json!({
        "quantity": { "amount": "5", "unit": "PACK" },
        "batches": [{
            "number": "L26B003", "expiresOn": app.today() + TimeDelta::days(400),
            "quantity": { "amount": "5", "unit": "PACK" },
        }],
    })
}

pub(super) async fn opened(base: &Notification, body: &Value) -> Notification {
    let who = base.app.as_persona("responsible-person");
    let answer = who.post(&base.path_of("additions"), body).send().await.is(201);
    Notification::created(&base.app, &answer)
}

/// A consent to the whole of an addition, whose period is that of the consent.
pub(super) fn added(app: &TestApp) -> Value {
    without(without(consent(app, "5"), "/validFrom"), "/validUntil")
}

on_both! {
    async fn new_batches_are_signed_and_consented_to_anew(app: TestApp) {
        let base = Notification::drafted(&app).await.until(Reached::HandedOver).await;
        let addition = opened(&base, &new_batches(&app)).await;
        let draft = addition.seen().await;
        assert_eq!((draft["addsTo"].as_str(), draft["state"].as_str()), (Some(base.id.as_str()), Some("DRAFT")));
        assert_eq!(draft["content"]["product"], base.seen().await["content"]["product"]);
        assert_ne!(addition.number, base.number);
        let addition = addition.until(Reached::Assigned).await;
        app.advance_days(1);
        addition.prepare(&consent(&app, "5")).await.refused(422, "authorisation.period_superfluous");
        addition.prepare(&added(&app)).await.is(200);
        addition.resolve().await.is(200);
        let seen = addition.seen().await;
        let whole = base.seen().await;
        assert_eq!(seen["ruling"]["validUntil"], whole["ruling"]["validUntil"], "the period of the consent");
        assert_eq!(whole["ruling"]["totalQuantity"]["amount"], "15");
        assert_eq!(whole["ruling"]["added"][0]["number"], addition.number.as_str());
        assert_eq!(whole["ruling"]["added"][0]["resolutionNumber"], seen["ruling"]["resolutionNumber"]);
        let expires_on = draft["content"]["batches"][0]["expiresOn"].clone();
        let entry = with(base.entry("IMPORTED", 5), "/batch", json!("L26B003"));
        let entry = with(entry, "/expiresOn", expires_on);
        let before = with(entry.clone(), "/doneOn", json!(app.today() - TimeDelta::days(1)));
        base.draw("wholesaler", &before).await.refused_at(422, "authorisation.ledger_date", "/doneOn");
        base.draw("wholesaler", &entry).await.is(201);
        let listed = app.as_persona("responsible-person").get(&format!("{AUTHORISATIONS}?addsTo={}", base.id)).await;
        assert_eq!(listed.is(200).text_at("/items/0/id"), addition.id);
    }

    async fn a_dry_run_judges_an_addition_beside_its_consent(app: TestApp) {
        let base = Notification::drafted(&app).await.until(Reached::Consented).await;
        let addition = opened(&base, &new_batches(&app)).await;
        let content = addition.seen().await["content"].clone();
        let who = app.as_persona("responsible-person");
        let path = format!("{AUTHORISATIONS}/validations");
        let asked = |content: &Value, adds_to: &str| json!({ "addsTo": adds_to, "content": content });
        let judged = async |content: &Value, adds_to: &str| {
            let found = who.look(&path, &asked(content, adds_to)).await.is(200).at("/problems");
            let line = |it: &Value| format!("{} {} {}", it["code"], it["pointer"], it["rules"].as_array().unwrap().last().unwrap()["number"]);
            found.as_array().unwrap().iter().map(line).collect::<Vec<_>>().join("\n").replace('"', "")
        };
        assert_eq!(judged(&content, &base.id).await, "");
        let other = with(content.clone(), "/product/strength", json!("250 mg"));
        let differs = "authorisation.addition_differs /content/product TA-34";
        assert_eq!(judged(&other, &base.id).await, differs);
        let repeated = with(content.clone(), "/batches/0/number", base.seen().await["content"]["batches"][0]["number"].clone());
        let known = "authorisation.batch_repeated /content/batches/0/number TA-35";
        assert_eq!(judged(&repeated, &base.id).await, known);
        let alone = who.look(&path, &json!({ "content": other })).await.is(200);
        assert_eq!(alone.at("/problems"), json!([]), "what adds to nothing is like nothing");
        assert_eq!(judged(&content, &addition.id).await, "authorisation.is_addition /addsTo TA-33");
        let draft = Notification::drafted(&app).await;
        assert!(judged(&content, &draft.id).await.starts_with("authorisation.consent_ended /addsTo "));
        let of_another = app.as_persona("responsible-person-second");
        of_another.look(&path, &asked(&content, &base.id)).await.refused(404, "request.not_found");
        who.look(&path, &asked(&content, "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a42")).await.refused(404, "request.not_found");
    }

    async fn a_question_about_an_addition_reminds_like_any_other(app: TestApp) {
        let base = Notification::drafted(&app).await.until(Reached::Consented).await;
        let addition = opened(&base, &new_batches(&app)).await.until(Reached::Assigned).await;
        addition.command("preparer", "clarifications", &question("WHOLESALER")).await.is(201);
        app.advance_days(days_left(&addition.seen().await, app.now()));
        app.fire_due("one").await;
        let history = app.as_persona("responsible-person").get(&addition.path_of("history")).await.is(200).at("/items");
        let reminded: Vec<&Value> =
            history.as_array().unwrap().iter().filter(|it| it["data"]["dueAt"].is_string()).collect();
        assert_eq!(reminded.len(), 1, "{history}");
        let at: DateTime<Utc> = reminded[0]["at"].as_str().unwrap().parse().unwrap();
        assert!(at > app.now() - TimeDelta::days(1), "it happens now: {history}");
    }

    async fn an_addition_is_no_consent_to_act_on(app: TestApp) {
        let base = Notification::drafted(&app).await.until(Reached::Consented).await;
        let addition = opened(&base, &new_batches(&app)).await.until(Reached::Assigned).await;
        addition.prepare(&added(&app)).await.is(200);
        addition.resolve().await.is(200);
        let who = app.as_persona("responsible-person");
        let again = who.post(&addition.path_of("additions"), &new_batches(&app)).send().await;
        again.refused(409, "authorisation.is_addition");
        addition.draw("wholesaler", &base.entry("IMPORTED", 1)).await.is(409);
        addition.retrieve("pharmacist").await.refused(404, "supply.retrieval_none");
        let draft = json!({ "grounds": "Zagrożenie ustało.", "legalBasis": "art. 4 ust. 8 PF" });
        addition.command("preparer", "revocation-draft", &draft).await.refused(409, "authorisation.is_addition");
        base.seen().await;
        let prepared = base.command("preparer", "revocation-draft", &draft).await.is(200);
        let seen = json!({ "draftSha256": prepared.at("/ministryFile/revocationDraft/sha256") });
        base.command("decider", "revocation", &seen).await.is(200);
        assert_eq!(addition.state().await, "REVOKED", "what was added ends with the consent");
    }

    async fn an_addition_is_of_the_same_product_and_new(app: TestApp) {
        let base = Notification::drafted(&app).await.until(Reached::Consented).await;
        let known = with(new_batches(&app), "/batches/0/number", json!("L26A001"));
        let repeated = opened(&base, &known).await;
        repeated.submit().await.refused(422, "authorisation.batch_repeated");
        let other = opened(&base, &new_batches(&app)).await;
        let content = with(other.seen().await["content"].clone(), "/product/strength", json!("250 mg"));
        let edit = app.as_persona("responsible-person").put(&other.path(), &json!({ "content": content }));
        other.follow(&edit.if_match(other.revision()).send().await.is(200));
        other.submit().await.refused(422, "authorisation.addition_differs");
    }

    async fn nothing_is_added_to_a_consent_that_ended(app: TestApp) {
        let base = Notification::drafted(&app).await.until(Reached::Consented).await;
        let late = opened(&base, &new_batches(&app)).await;
        let waiting = opened(&base, &new_batches(&app)).await.until(Reached::Assigned).await;
        let prepared = opened(&base, &new_batches(&app)).await.until(Reached::Assigned).await;
        prepared.prepare(&added(&app)).await.is(200);
        app.advance_days(91);
        let who = app.as_persona("responsible-person");
        let opened = who.post(&base.path_of("additions"), &new_batches(&app)).send().await;
        opened.refused(409, "authorisation.wrong_state");
        late.submit().await.refused(409, "authorisation.consent_ended");
        waiting.prepare(&added(&app)).await.refused(409, "authorisation.consent_ended");
        let refused = prepared.resolve().await.is(409);
        assert!(refused.text().contains("authorisation.consent_ended"), "{}", refused.text());
        assert_eq!(base.seen().await["ruling"]["added"], json!([]));
    }
}
