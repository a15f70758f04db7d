//! Notifications on paper: an officer enters them, they are judged by their own dates, and go on like any other.

mod corrections;
mod scans;

use super::additions::added;
use crate::support::printed;
use chrono::{NaiveDate, TimeDelta};
use serde_json::{Value, json};
use testkit::{
    AUTHORISATIONS, Notification, PROOF, Reached, TestApp, consent, digest_of, on_both, paper_notification,
    refusal, with, with_all, without,
};

const TITLE: &str = "Zgłoszenie na papierze";
const PROOF_PLACE: &str = "/content/attachments/powerOfRepresentation/sha256";

fn entries() -> String {
    format!("{AUTHORISATIONS}/paper-entries")
}

/// A paper that was issued 90 days ago in an outage, and the day of its issue.
async fn issued(app: &TestApp, title: &str) -> (Value, NaiveDate) {
    let (content, outage, issued_on) = (Notification::content(app), app.outage_today().await, app.today());
    app.advance_days(90);
    (paper_notification(&content, &outage, issued_on, title), issued_on)
}

async fn entered(app: &TestApp, entry: &Value) -> Notification {
    Notification::created(app, &app.enter_paper_notification(entry).await.is(201))
}

/// Who hears of an event of this notification, by audience.
async fn told(it: &Notification, kind: &str, audience: &str) -> i64 {
    let reached = format!(
        "SELECT count(*) AS number FROM events JOIN event_audience ON event_id = events.id \
         WHERE document_id = '{}' AND type = '{kind}' AND audience = '{audience}'",
        it.id,
    );
    it.app.count_of(reached).await
}

on_both! {
    async fn paper_goes_the_whole_way_to_the_consent_and_beyond(app: TestApp) {
        let (entry, issued_on) = issued(&app, TITLE).await;
        let answer = app.enter_paper_notification(&entry).await.is(201);
        let it = Notification::created(&app, &answer);
        assert_eq!(answer.header("location"), Some(it.path().as_str()));
        assert!(it.number.starts_with("ZCD-"));
        let seen = it.seen().await;
        assert_eq!(seen["state"], "WITH_MINISTER");
        assert_eq!(seen["wholesalerId"], app.organisation("wholesaler"));
        for (member, name) in [("submission", "Przykładowa"), ("representativeApproval", "Wzorcowy")] {
            let signed = &seen["examination"][member];
            let told = [&signed["kind"], &signed["level"], &signed["familyName"]];
            assert_eq!(told, [&json!("HANDWRITTEN"), &json!("SEEN_BY_OFFICER"), &json!(name)]);
        }
        let paper = &seen["paper"];
        assert_eq!((&paper["issuedOn"], &paper["scan"]["title"]), (&json!(issued_on), &json!(TITLE)));
        assert_eq!(paper["enteredBy"]["familyName"], app.persona("preparer").spec.family_name);
        assert_eq!(seen["attachedFiles"]["powerOfRepresentation"]["attachmentId"], Value::Null);
        it.add_scan(TITLE).await.is(201);
        let proof = it.add_named_file(PROOF).await.is(201).text_at("/id");
        assert_eq!(it.seen().await["attachedFiles"]["powerOfRepresentation"]["attachmentId"], proof.as_str());
        it.prepare(&consent(&app, "10")).await.is(200);
        it.resolve().await.is(200);
        assert_eq!(it.state().await, "CONSENTED");
        it.retrieve("pharmacist").await.is(200);
        it.hand_over("pharmacist").await.is(200);
        let expires_on = entry["content"]["batches"][0]["expiresOn"].clone();
        it.draw("wholesaler", &with(it.entry("IMPORTED", 6), "/expiresOn", expires_on)).await.is(201);
        let pharmacy = app.as_persona("pharmacist").get(&it.path()).await.is(200);
        assert_eq!(pharmacy.json().pointer("/paper"), None, "how it came is of the examination");
        assert_eq!(it.seen().await["ledger"]["imported"], "6");
    }

    async fn the_wholesaler_takes_part_as_if_it_had_sent_it(app: TestApp) {
        let it = Notification::on_paper(&app, &Notification::content(&app)).await;
        for persona in ["responsible-person", "wholesaler-director"] {
            let who = app.as_persona(persona);
            assert_eq!(who.get(&it.path()).await.is(200).at("/paper/scan/title"), TITLE, "{persona}");
            assert_eq!(who.get(AUTHORISATIONS).await.is(200).text_at("/items/0/id"), it.id, "{persona}");
        }
        for persona in ["responsible-person-second", "wholesaler-second-director", "pharmacist"] {
            app.as_persona(persona).get(&it.path()).await.refused(404, "request.not_found");
        }
        app.as_persona("wholesaler").get(&it.path()).await.refused(404, "request.not_found");
        let other = app.as_persona("preparer-second").get(&it.path()).await.is(200);
        assert_eq!(other.json().pointer("/paper"), None, "whoever does not have the case sees its head");
        let organisation = format!("org:{}", app.organisation("wholesaler"));
        for audience in [organisation.as_str(), "role:MINISTRY"] {
            assert_eq!(told(&it, "AuthorisationEnteredFromPaper", audience).await, 1, "{audience}");
        }
        let history = app.as_persona("responsible-person").get(&it.path_of("history")).await.is(200);
        assert_eq!(history.at("/items/0/type"), "AuthorisationEnteredFromPaper");
        assert_eq!(history.at("/items/0/by/role"), "MINISTRY_PREPARER");
        let question = json!({ "addressee": "WHOLESALER", "question": "Skąd serie?", "days": 7 });
        it.command("preparer", "clarifications", &question).await.is(201);
        let asked = it.seen().await["clarifications"][0]["id"].as_str().unwrap().to_owned();
        let answer = json!({ "answer": "Z Niemiec." });
        it.command("wholesaler-director", &format!("clarifications/{asked}/answer"), &answer).await.is(200);
        let message = json!({ "recipients": ["MINISTRY"], "text": "Oryginał w drodze." });
        app.as_persona("responsible-person").post(&it.path_of("messages"), &message).send().await.is(201);
        let reason = json!({ "reason": "Zagrożenie ustało." });
        it.command("responsible-person", "withdrawal", &reason).await.is(200);
        assert_eq!(it.state().await, "WITHDRAWN");
    }

    async fn a_withdrawn_notification_on_paper_is_entered_anew(app: TestApp) {
        let (entry, _) = issued(&app, TITLE).await;
        let it = entered(&app, &entry).await;
        app.enter_paper_notification(&entry).await.refused(409, "paper_entry.duplicate");
        it.command("responsible-person", "withdrawal", &json!({ "reason": "Wpisano omyłkowo." })).await.is(200);
        let path = "/api/v1/temporary-authorisations/paper-entries/validations";
        let found = app.as_persona("preparer-second").look(path, &entry).await.is(200);
        assert_eq!((found.at("/valid"), found.at("/problems")), (json!(true), json!([])), "{}", found.text());
        let before = json!({ "id": it.id, "href": it.path(), "withdrawnOn": app.today() });
        assert_eq!(found.at("/warnings/0/code"), "paper_entry.withdrawn_before");
        assert_eq!(found.at("/warnings/0/rules/0/number"), "PE-40");
        assert_eq!(found.at("/warnings/0/formerly"), before);
        let anew = app.enter_paper_notification(&entry).await.is(201);
        assert_ne!(anew.text_at("/id"), it.id);
        assert_eq!(anew.at("/paper/formerly"), before);
        let own = app.as_persona("responsible-person").get(anew.header("location").unwrap()).await.is(200);
        assert_eq!((own.at("/paper/scan/title").is_string(), own.at("/paper/formerly")), (true, Value::Null));
        assert_eq!(it.state().await, "WITHDRAWN");
        app.enter_paper_notification(&entry).await.refused(409, "paper_entry.duplicate");
    }

    async fn nothing_is_resolved_without_the_scan_nor_consented_to_without_every_file(app: TestApp) {
        let it = Notification::on_paper(&app, &Notification::content(&app)).await;
        let blocked = async || {
            let actions = app.as_persona("preparer").get(&it.path_of("actions")).await.is(200).at("/items");
            let of = |name: &str| actions.as_array().unwrap().iter().find(|it| it["action"] == name).cloned();
            let code = |name: &str| of(name).unwrap()["blockedBy"]["code"].clone();
            (code("resolution-draft"), code("paper-correction"))
        };
        assert_eq!(blocked().await, (json!("paper_entry.scan_missing"), Value::Null));
        it.prepare(&refusal()).await.refused(409, "paper_entry.scan_missing");
        it.add_scan("inny plik").await.is(201);
        it.prepare(&refusal()).await.refused(409, "paper_entry.scan_missing");
        it.add_scan(TITLE).await.is(201);
        assert_eq!(blocked().await.0, Value::Null);
        it.prepare(&consent(&app, "10")).await.refused_at(409, "paper_entry.file_missing", PROOF_PLACE);
        // A file that those who signed may not read is not the one that they named.
        it.upload("preparer", "RESPONSIBLE_PERSON", PROOF).send().await.is(201);
        it.prepare(&consent(&app, "10")).await.refused_at(409, "paper_entry.file_missing", PROOF_PLACE);
        it.prepare(&refusal()).await.is(200);
        it.resolve().await.is(200);
        assert_eq!(it.state().await, "REFUSED", "the want of the proof may be why");
    }

    async fn an_addition_on_paper_is_judged_by_the_consent_of_its_day(app: TestApp) {
        let base = Notification::drafted(&app).await.until(Reached::Consented).await;
        let (entry, issued_on) = issued(&app, "uzupełnienie").await;
        let entry = with_all(entry, &[
            ("/addsToNumber", json!(base.number)),
            ("/content", base.seen().await["content"].clone()),
            ("/content/batches", json!([{
                "number": "L26B003", "expiresOn": issued_on + TimeDelta::days(400),
                "quantity": { "amount": "5", "unit": "PACK" },
            }])),
            ("/content/quantity/amount", json!("5")),
        ]);
        let repeated = with(entry.clone(), "/content/batches/0/number", json!("L26A001"));
        app.enter_paper_notification(&repeated).await.refused_at(
            422, "authorisation.batch_repeated", "/content/batches/0/number",
        );
        let other = with(entry.clone(), "/content/product/strength", json!("250 mg"));
        app.enter_paper_notification(&other).await.refused_at(
            422, "authorisation.addition_differs", "/content/product",
        );
        let unknown = with(entry.clone(), "/addsToNumber", json!("ZCD-2026-7K3M9QXT-Z"));
        app.enter_paper_notification(&unknown).await.refused_at(
            422, "paper_entry.consent_unknown", "/addsToNumber",
        );
        let it = entered(&app, &entry).await;
        assert_eq!(it.seen().await["addsTo"], base.id.as_str());
        it.add_scan("uzupełnienie").await.is(201);
        it.add_named_file(PROOF).await.is(201);
        it.prepare(&added(&app)).await.is(200);
        it.resolve().await.is(200);
        let whole = base.seen().await;
        assert_eq!(whole["ruling"]["added"][0]["number"], it.number.as_str());
        assert_eq!(whole["ruling"]["totalQuantity"]["amount"], "15");
        // Its number is that of an addition, to which nothing is added.
        let next = with_all(entry, &[
            ("/addsToNumber", json!(it.number)),
            ("/content/batches/0/number", json!("L26B004")),
            ("/scan/sha256", json!("d".repeat(64))),
        ]);
        app.enter_paper_notification(&next).await.refused_at(
            422, "paper_entry.consent_unknown", "/addsToNumber",
        );
    }

    async fn an_addition_in_time_is_entered_after_the_consent_has_ended_and_can_only_be_refused(app: TestApp) {
        let base = Notification::drafted(&app).await.until(Reached::Consented).await;
        let (entry, issued_on) = issued(&app, "uzupełnienie").await;
        app.advance_days(30);
        let addition = |issued_on: NaiveDate| with_all(entry.clone(), &[
            ("/addsToNumber", json!(base.number)),
            ("/issuedOn", json!(issued_on)),
            ("/content/batches", json!([{
                "number": "L26B003", "expiresOn": issued_on + TimeDelta::days(400),
                "quantity": { "amount": "5", "unit": "PACK" },
            }])),
            ("/content/quantity/amount", json!("5")),
        ]);
        assert_eq!(base.state().await, "LAPSED");
        let early = addition(issued_on - TimeDelta::days(1));
        let early = app.enter_paper_notification(&early).await.is(422);
        let mut codes: Vec<String> = early.faults().into_iter().map(|(code, _)| code).collect();
        codes.sort();
        assert_eq!(codes, ["paper_entry.consent_not_in_force", "paper_entry.outage_differs"]);
        let it = entered(&app, &addition(issued_on)).await;
        it.add_scan("uzupełnienie").await.is(201);
        it.add_named_file(PROOF).await.is(201);
        it.prepare(&added(&app)).await.refused(409, "authorisation.consent_ended");
        it.prepare(&refusal()).await.is(200);
    }

    async fn the_same_paper_is_entered_once(app: TestApp) {
        let (entry, _) = issued(&app, "a").await;
        let first = app.enter_paper_notification(&entry).await.is(201);
        let same_scan = with(entry.clone(), "/content/batches/0/number", json!("L26X009"));
        let other_scan = with(entry.clone(), "/scan/sha256", json!("b".repeat(64)));
        let retyped = with(other_scan.clone(), "/content/justification", json!("Przepisane inaczej."));
        for again in [same_scan, other_scan.clone(), retyped] {
            let refused = app.enter_paper_notification(&again).await.refused(409, "paper_entry.duplicate");
            assert_eq!(refused.at("/existing/id"), first.at("/id"));
            assert_eq!(refused.at("/existing/href").as_str(), first.header("location"));
        }
        let other_paper = with(other_scan, "/content/product/strength", json!("250 mg"));
        let second = entered(&app, &other_paper).await;
        let body = json!({ "reason": "x", "entry": with(other_paper, "/scan", entry["scan"].clone()) });
        let refused = second.command("preparer", "paper-correction", &body).await;
        assert_eq!(refused.refused(409, "paper_entry.duplicate").at("/existing/id"), first.at("/id"));
    }

    async fn of_two_who_enter_it_at_once_one_does(app: TestApp) {
        let (entry, _) = issued(&app, "a").await;
        let other = app.on_a_connection_of_its_own();
        let (one, two) =
            tokio::join!(app.enter_paper_notification(&entry), other.enter_paper_notification(&entry));
        let mut statuses = [one.status, two.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [201, 409], "{} {}", one.text(), two.text());
        let (first, late) = if one.status == 409 { (two, one) } else { (one, two) };
        assert_eq!(late.at("/existing/id"), first.at("/id"), "{}", late.text());
    }

    async fn an_equal_request_gets_the_first_answer(app: TestApp) {
        let (entry, _) = issued(&app, "a").await;
        let preparer = app.as_persona("preparer");
        let send = || preparer.post(&entries(), &entry).key("the-same-paper-twice").send();
        let first = send().await.is(201);
        let again = send().await.is(201);
        assert!(again.is_replayed() && first.body == again.body);
        let known = preparer.get("/api/v1/operations?key=the-same-paper-twice").await.is(200);
        assert_eq!(known.text_at("/operation"), "enter_authorisation_from_paper");
        app.settle().await;
        let written = format!(
            "SELECT count(*) AS number FROM audit WHERE document_id = '{}' AND refusal IS NULL \
             AND action = 'enter_authorisation_from_paper'",
            first.text_at("/id"),
        );
        assert_eq!(app.count_of(written).await, 1);
    }

    async fn only_a_preparer_enters_and_corrects(app: TestApp) {
        let (entry, _) = issued(&app, TITLE).await;
        for persona in ["decider", "responsible-person", "wholesaler-director", "wholesaler", "pharmacist"] {
            let who = app.as_persona(persona);
            who.post(&entries(), &entry).send().await.refused(403, "auth.role");
            who.look(&format!("{}/validations", entries()), &entry).await.refused(403, "auth.role");
        }
        let it = entered(&app, &entry).await;
        let body = json!({ "reason": "x", "entry": entry });
        it.command("responsible-person", "paper-correction", &body).await.refused(403, "auth.role");
    }

    async fn everything_wrong_is_named_at_once(app: TestApp) {
        let (entry, issued_on) = issued(&app, "a").await;
        let wrong = with_all(without(entry, "/content/threat"), &[
            ("/issuedOn", json!(issued_on - TimeDelta::days(1))),
            ("/receivedOn", json!(issued_on + TimeDelta::days(91))),
            ("/content/responsiblePerson/familyName", json!("Inna")),
            ("/content/batches/0/expiresOn", json!(issued_on + TimeDelta::days(2))),
            ("/content/batches/1/expiresOn", json!(issued_on - TimeDelta::days(2))),
        ]);
        let refused = app.enter_paper_notification(&wrong).await.is(422);
        let mut faults = refused.faults();
        faults.sort();
        let faults: Vec<(&str, &str)> = faults.iter().map(|(code, at)| (code.as_str(), at.as_str())).collect();
        assert_eq!(faults, [
            ("authorisation.batch_expired", "/content/batches/0/expiresOn"),
            ("authorisation.batch_expired", "/content/batches/1/expiresOn"),
            ("authorisation.field_required", "/content/threat"),
            ("authorisation.responsible_person_differs", "/content/responsiblePerson/familyName"),
            ("paper_entry.dates", "/receivedOn"),
            ("paper_entry.outage_differs", "/grounds/outageId"),
        ]);
        assert_eq!(app.count("SELECT count(*) AS number FROM temporary_authorisations").await, 0);
    }

    async fn illegal_values_and_unknown_wholesalers_are_named_by_themselves(app: TestApp) {
        let (entry, issued_on) = issued(&app, "a").await;
        let illegal = with_all(entry.clone(), &[
            ("/scan/sha256", json!("nie skrót")),
            ("/addsToNumber", json!("ZPL-2026")),
            ("/grounds", json!({ "kind": "OUTAGE" })),
        ]);
        let refused = app.enter_paper_notification(&illegal).await.is(400);
        for told in ["paper_entry.scan_digest", "/grounds/outageId", "/addsToNumber"] {
            assert!(refused.text().contains(told), "{told}: {}", refused.text());
        }
        let prison = with(entry.clone(), "/grounds", json!({ "kind": "PRISON_ENTITY" }));
        assert_eq!(app.enter_paper_notification(&prison).await.status, 400, "a wholesaler is none");
        let unknown = with(entry.clone(), "/content/wholesaler/nip", json!("5260250995"));
        app.enter_paper_notification(&unknown).await.refused_at(
            422, "paper_entry.wholesaler_unknown", "/content/wholesaler/nip",
        );
        let from = json!(issued_on + TimeDelta::days(1));
        let flood = json!({ "kind": "FORCE_MAJEURE", "description": "Powódź.", "from": from, "until": app.today() });
        app.enter_paper_notification(&with(entry.clone(), "/grounds", flood.clone())).await.refused_at(
            422, "paper_entry.force_majeure_differs", "/grounds/from",
        );
        let in_time = with(entry, "/grounds", with(flood, "/from", json!(issued_on)));
        let it = entered(&app, &in_time).await;
        assert_eq!(it.seen().await["paper"]["grounds"]["description"], "Powódź.");
    }

    async fn a_paper_because_of_force_majeure_is_entered_and_consented_to(app: TestApp) {
        let (entry, issued_on) = issued(&app, TITLE).await;
        let flood = json!({
            "kind": "FORCE_MAJEURE", "description": "Powódź odcięła hurtownię.", "from": issued_on,
            "until": issued_on + TimeDelta::days(20),
        });
        let it = entered(&app, &with(entry, "/grounds", flood.clone())).await;
        let seen = it.seen().await;
        assert_eq!((&seen["state"], &seen["paper"]["grounds"]), (&json!("WITH_MINISTER"), &flood));
        it.add_scan(TITLE).await.is(201);
        it.add_named_file(PROOF).await.is(201);
        it.prepare(&consent(&app, "10")).await.is(200);
        assert_eq!(it.resolve().await.is(200).text_at("/state"), "CONSENTED");
    }

    async fn an_inactive_wholesaler_is_none_to_enter_for(app: TestApp) {
        let (entry, _) = issued(&app, "a").await;
        let wholesaler = app.organisation("wholesaler");
        app.execute(&format!("UPDATE organisations SET active = FALSE WHERE id = '{wholesaler}'"));
        app.enter_paper_notification(&entry).await.refused_at(
            422, "paper_entry.wholesaler_unknown", "/content/wholesaler/nip",
        );
    }

    async fn a_dry_run_finds_what_an_entry_would(app: TestApp) {
        let (entry, issued_on) = issued(&app, "a").await;
        let path = format!("{}/validations", entries());
        let preparer = app.as_persona("preparer");
        assert_eq!(preparer.look(&path, &entry).await.is(200).at("/valid"), true);
        let early = with(entry.clone(), "/sentOn", json!(issued_on));
        let found = preparer.look(&path, &early).await.is(200);
        assert_eq!((found.at("/problems/0/code"), found.at("/problems/0/pointer")), (json!("paper_entry.dates"), json!("/sentOn")));
        assert_eq!(found.at("/problems/0/rules/0/number"), "PE-22");
        entered(&app, &entry).await;
        assert_eq!(preparer.look(&path, &entry).await.is(200).at("/problems/0/code"), "paper_entry.duplicate");
        let first = "SELECT count(*) AS number FROM temporary_authorisations";
        assert_eq!(app.count(first).await, 1);
    }

    async fn a_print_says_that_it_came_on_paper_and_who_entered_it(app: TestApp) {
        let it = Notification::on_paper(&app, &Notification::content(&app)).await;
        let text = printed(&app.as_persona("responsible-person").get(&it.path_of("print")).await.is(200));
        let family_name = app.persona("preparer").spec.family_name;
        let scan = digest_of(format!("%PDF-1.7\n{TITLE}").as_bytes());
        for value in [
            "Dokument złożony na papierze (art. 4ad ust. 8", "awaria systemu", "Data podpisu",
            "Wiktoria Przykładowa", "osoba odpowiedzialna", "Ignacy Wzorcowy", "reprezentant hurtowni",
            "Wpisano do systemu", family_name, TITLE, &scan[..16],
        ] {
            assert!(text.contains(value), "`{value}` is missing from: {text}");
        }
        assert!(!text.contains("Wpływ do konsultanta") && !text.contains("kontrola podstawowa"), "{text}");
        let electronic = Notification::drafted(&app).await.until(Reached::WithMinister).await;
        let text = printed(&app.as_persona("responsible-person").get(&electronic.path_of("print")).await.is(200));
        assert!(!text.contains("na papierze") && text.contains("kontrola podstawowa"), "{text}");
    }
}
