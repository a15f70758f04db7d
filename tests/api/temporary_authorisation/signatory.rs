//! A notification signed by somebody whom the responsible person authorised (PF art. 4ac(1)).

use super::additions::{new_batches, opened};
use crate::support::printed;
use serde_json::{Value, json};
use testkit::{
    AUTHORISATION, AUTHORISATIONS, Notification, PROOF, Reached, TestApp, consent, digest_of, on_both, with,
    without,
};

const AUTHORISED_BY: &str = "/attachments/responsiblePersonAuthorisation";
const CAPACITY: &str = "osoba upoważniona przez osobę odpowiedzialną";

/// What the dry run finds, as places and codes.
async fn faults(app: &TestApp, content: &Value) -> Vec<(String, String)> {
    let path = format!("{AUTHORISATIONS}/validations");
    let answer =
        app.as_persona("responsible-person").look(&path, &json!({ "content": content })).await.is(200);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let problems = answer.at("/problems");
    problems.as_array().unwrap().iter().map(|it| (text(&it["pointer"]), text(&it["code"]))).collect()
}

async fn refused(app: &TestApp, content: &Value, place: &str, code: &str) {
    let place = format!("/content{place}");
    assert_eq!(faults(app, content).await, [(place.clone(), code.to_owned())]);
    let notification = Notification::of(app, content).await;
    notification.submit().await.refused_at(422, code, &place);
    assert_eq!(notification.state().await, "DRAFT");
}

on_both! {
    async fn the_capacity_is_signed_shown_told_and_printed(app: TestApp) {
        let content = Notification::authorised_content(&app);
        let notification = Notification::of(&app, &content).await;
        let signed = notification.document("responsible-person", "submission", &json!({})).await;
        let signed: Value = serde_json::from_slice(&signed).unwrap();
        assert_eq!(signed["content"]["signsAs"], "AUTHORISED_PERSON");
        let named = &signed["content"]["attachments"]["responsiblePersonAuthorisation"];
        assert_eq!((&named["dated"], &named["sha256"]), (&json!("2026-01-14"), &json!(digest_of(AUTHORISATION))));
        let notification = notification.until(Reached::Consented).await;
        for persona in ["responsible-person", "wholesaler-director", "preparer", "decider"] {
            let seen = app.as_persona(persona).get(&notification.path()).await.is(200);
            assert_eq!(seen.at("/content/signsAs"), "AUTHORISED_PERSON", "{persona}");
            assert!(seen.at("/attachedFiles/responsiblePersonAuthorisation/attachmentId").is_string(), "{persona}");
            let history = app.as_persona(persona).get(&notification.path_of("history")).await.is(200).at("/items");
            let submitted = history.as_array().unwrap().iter().find(|it| it["type"] == "AuthorisationSubmitted");
            assert_eq!(submitted.unwrap()["data"], json!({ "signsAs": "AUTHORISED_PERSON" }), "{persona}");
        }
        let versions = app.as_persona("responsible-person").get(&notification.path_of("versions")).await.is(200);
        assert_eq!(versions.at("/items/0/content/signsAs"), "AUTHORISED_PERSON");
        let print = app.as_persona("responsible-person").get(&notification.path_of("print")).await.is(200);
        let text = printed(&print);
        for said in [CAPACITY, "Osoba upoważniona przez osobę odpowiedzialną", "Upoważnienie do podpisywania zgłoszeń"] {
            assert!(text.contains(said), "`{said}` is missing from: {text}");
        }
        assert!(!text.contains("Osoba odpowiedzialna"), "{text}");
    }

    async fn a_pharmacy_learns_nothing_of_who_signed(app: TestApp) {
        let notification = Notification::of(&app, &Notification::authorised_content(&app)).await;
        let notification = notification.until(Reached::HandedOver).await;
        let seen = app.as_persona("pharmacist").get(&notification.path()).await.is(200);
        assert_eq!(seen.json().pointer("/content/signsAs"), None);
        let history = app.as_persona("pharmacist").get(&notification.path_of("history")).await.is(200);
        assert!(!history.text().contains("signsAs"), "{}", history.text());
        let text = printed(&app.as_persona("pharmacist").get(&notification.path_of("print")).await.is(200));
        assert!(!text.contains("upoważnion"), "{text}");
    }

    async fn who_says_nothing_signs_as_the_responsible_person(app: TestApp) {
        let said = with(Notification::content(&app), "/signsAs", json!("RESPONSIBLE_PERSON"));
        for (content, shown) in [(Notification::content(&app), Value::Null), (said, json!("RESPONSIBLE_PERSON"))] {
            let notification = Notification::of(&app, &content).await.until(Reached::Submitted).await;
            assert_eq!(notification.seen().await["content"]["signsAs"], shown, "as it was sent");
            let who = app.as_persona("responsible-person");
            let history = who.get(&notification.path_of("history")).await.is(200).at("/items");
            let submitted = history.as_array().unwrap().iter().find(|it| it["type"] == "AuthorisationSubmitted");
            assert_eq!(submitted.unwrap()["data"], json!({ "signsAs": "RESPONSIBLE_PERSON" }));
            let text = printed(&who.get(&notification.path_of("print")).await.is(200));
            assert!(text.contains("osoba odpowiedzialna") && !text.contains("upoważnion"), "{text}");
        }
    }

    async fn an_authorised_person_shows_the_authorisation_and_nobody_else_does(app: TestApp) {
        let content = Notification::authorised_content(&app);
        let bare = without(content.clone(), AUTHORISED_BY);
        refused(&app, &bare, AUTHORISED_BY, "authorisation.signer_authorisation_required").await;
        for own in [without(content.clone(), "/signsAs"), with(content.clone(), "/signsAs", json!("RESPONSIBLE_PERSON"))] {
            refused(&app, &own, AUTHORISED_BY, "authorisation.signer_authorisation_superfluous").await;
        }
        let dated = format!("{AUTHORISED_BY}/dated");
        let ahead = with(content.clone(), &dated, json!(app.today() + chrono::TimeDelta::days(1)));
        refused(&app, &ahead, &dated, "authorisation.attachment_future").await;
        let other = with(content.clone(), "/responsiblePerson/familyName", json!("Zmyślona"));
        refused(&app, &other, "/responsiblePerson/familyName", "authorisation.responsible_person_differs").await;
        let unknown = json!({ "content": with(content, "/signsAs", json!("PROCURATOR")) });
        let answer = app.as_persona("responsible-person").post(AUTHORISATIONS, &unknown).send().await;
        assert!((400..500).contains(&answer.status), "{}", answer.text());
    }

    async fn its_file_is_there_before_the_submission(app: TestApp) {
        let notification = Notification::of(&app, &Notification::authorised_content(&app)).await;
        notification.attach_proof().await.is(201);
        let body = notification.signed("responsible-person", "submission", json!({})).await;
        let tried = notification.command("responsible-person", "submission", &body).await;
        let place = format!("/content{AUTHORISED_BY}/sha256");
        tried.refused_at(422, "authorisation.attachment_not_uploaded", &place);
        let file = notification.upload("responsible-person", "REPRESENTATIVE,MINISTRY", AUTHORISATION);
        let added = file.send().await.is(201);
        let seen = notification.seen().await;
        assert_eq!(seen["attachedFiles"]["responsiblePersonAuthorisation"]["attachmentId"], added.at("/id"));
        notification.submit().await.is(200);
    }

    async fn whoever_signed_on_paper_with_an_authorisation_needs_no_account(app: TestApp) {
        let content = with(Notification::authorised_content(&app), "/responsiblePerson/familyName", json!("Zmyślona"));
        let notification = Notification::on_paper(&app, &content).await;
        let seen = notification.seen().await;
        assert_eq!(seen["examination"]["submission"]["familyName"], "Zmyślona");
        notification.add_scan("Zgłoszenie na papierze").await.is(201);
        notification.add_named_file(PROOF).await.is(201);
        let place = format!("/content{AUTHORISED_BY}/sha256");
        let tried = notification.prepare(&consent(&app, "10")).await;
        tried.refused_at(409, "paper_entry.file_missing", &place);
        notification.add_named_file(AUTHORISATION).await.is(201);
        notification.prepare(&consent(&app, "10")).await.is(200);
        let print = app.as_persona("responsible-person").get(&notification.path_of("print")).await.is(200);
        assert!(printed(&print).contains(CAPACITY), "{}", printed(&print));
    }

    async fn who_signs_an_addition_states_anew_as_what(app: TestApp) {
        let content = Notification::authorised_content(&app);
        let base = Notification::of(&app, &content).await.until(Reached::Consented).await;
        let addition = opened(&base, &new_batches(&app)).await;
        let draft = addition.seen().await["content"].clone();
        for place in ["/signsAs", AUTHORISED_BY, "/responsiblePerson/familyName", "/responsiblePerson/position"] {
            assert_eq!(draft.pointer(place), None, "{place}: {draft}");
        }
        assert_eq!(draft["representative"], content["representative"]);
        addition.submit().await.refused_at(422, "authorisation.field_required", "/content/responsiblePerson/familyName");
        let mut stated = draft;
        for member in ["signsAs", "responsiblePerson", "attachments"] {
            stated[member] = content[member].clone();
        }
        let edit = app.as_persona("responsible-person").put(&addition.path(), &json!({ "content": stated }));
        addition.follow(&edit.if_match(addition.revision()).send().await.is(200));
        addition.submit().await.is(200);
        assert_eq!(addition.seen().await["content"]["signsAs"], "AUTHORISED_PERSON");
    }

    async fn the_responsible_person_stays_in_an_addition_and_signs_it_as_such(app: TestApp) {
        let content = with(Notification::content(&app), "/signsAs", json!("RESPONSIBLE_PERSON"));
        let base = Notification::of(&app, &content).await.until(Reached::Consented).await;
        let addition = opened(&base, &new_batches(&app)).await;
        let draft = addition.seen().await["content"].clone();
        assert_eq!((draft.get("signsAs"), &draft["responsiblePerson"]), (None, &content["responsiblePerson"]));
        addition.submit().await.is(200);
    }
}
