//! Messages between the parties of a case: who writes to whom, who reads, and what the others learn of it.

use serde_json::{Value, json};
use testkit::{Case, Response, Session, Stage, TestApp, on_both};

const TEXT: &str = "Proszę o wynik badania pani Testowej.";

async fn send(case: &Case, persona: &'static str, to: &[&str]) -> Response {
    let body = json!({ "recipients": to, "text": TEXT });
    case.app.as_persona(persona).post(&case.path_of("messages"), &body).send().await
}

async fn listed(case: &Case, who: &Session, query: &str) -> Response {
    who.get(&format!("{}{query}", case.path_of("messages"))).await.is(200)
}

/// The ids that this persona's list shows, the newest first.
async fn seen(case: &Case, persona: &'static str) -> Vec<String> {
    let list = listed(case, &case.app.as_persona(persona), "").await;
    let items = list.at("/items").as_array().cloned().unwrap_or_default();
    items.iter().map(|item| item["id"].as_str().unwrap_or_default().to_owned()).collect()
}

async fn mark(case: &Case, persona: &'static str, message: &str) -> Response {
    let path = case.path_of(&format!("messages/{message}/read"));
    case.app.as_persona(persona).post(&path, &json!({})).send().await
}

async fn audience(app: &TestApp, kind: &str, of: &str) -> i64 {
    app.count_of(format!(
        "SELECT count(*) AS number FROM events e JOIN event_audience a ON a.event_id = e.id \
         WHERE e.type = '{kind}' AND a.audience = '{of}'"
    ))
    .await
}

on_both! {
    async fn a_message_is_read_by_its_sender_and_recipients_and_leaves_the_demand_as_it_was(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Assigned).await;
        let before = case.seen().await;
        let sent = send(&case, "hospital-physician", &["MINISTRY", "PATIENT"]).await.is(201);
        let id = sent.text_at("/id");
        assert_eq!(sent.at("/text"), TEXT);
        assert_eq!(sent.at("/sender/party"), "PHYSICIAN");
        assert_eq!(sent.at("/recipients"), json!(["MINISTRY", "PATIENT"]));
        assert_eq!((sent.header("etag"), sent.at("/readBy")), (None, json!([])));
        assert_eq!(case.seen().await, before, "a child moves nothing");
        for reader in ["hospital-physician", "preparer", "patient"] {
            assert_eq!(seen(&case, reader).await, std::slice::from_ref(&id), "{reader}");
        }
        for other in ["director", "preparer-second", "decider"] {
            assert!(seen(&case, other).await.is_empty(), "{other}");
        }
        app.as_persona("consultant-nephrology").get(&case.path_of("messages")).await.refused(404, "request.not_found");
    }

    async fn supply_never_sees_what_is_of_the_examination(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::HandedOver).await;
        case.retrieve("wholesaler-second").await.is(200);
        send(&case, "clinic-physician", &["MINISTRY", "PATIENT"]).await.is(201);
        for persona in ["pharmacist", "wholesaler", "wholesaler-second"] {
            let list = listed(&case, &app.as_persona(persona), "").await;
            assert_eq!(list.json(), json!({ "items": [], "unread": 0 }), "{persona}");
        }
        for (persona, to) in [
            ("clinic-physician", "PHARMACY"), ("patient", "WHOLESALER"), ("pharmacist", "PHYSICIAN"),
            ("wholesaler", "PATIENT"),
        ] {
            send(&case, persona, &[to]).await.refused(422, "message.recipients_apart");
        }
        let both = send(&case, "preparer", &["PATIENT", "WHOLESALER"]).await;
        both.refused_at(422, "message.recipients_apart", "/recipients/1");
        let among = send(&case, "pharmacist", &["WHOLESALER", "MINISTRY"]).await.is(201).text_at("/id");
        for reader in ["pharmacist", "wholesaler", "preparer"] {
            assert!(seen(&case, reader).await.contains(&among), "{reader}");
        }
        for other in ["clinic-physician", "patient", "wholesaler-second"] {
            assert!(!seen(&case, other).await.contains(&among), "{other}");
        }
        send(&case, "wholesaler-second", &["MINISTRY"]).await.refused(403, "auth.not_yours");
    }

    async fn a_later_wholesaler_does_not_read_what_the_earlier_one_was_written(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::HandedOver).await;
        let to_first = send(&case, "preparer", &["WHOLESALER"]).await.is(201).text_at("/id");
        case.command("wholesaler", "handover-return", &json!({ "reason": "Brak dostaw." })).await.is(200);
        let body = json!({ "wholesalerId": app.organisation("wholesaler-second") });
        case.command("pharmacist", "handover", &body).await.is(200);
        let to_second = send(&case, "preparer", &["WHOLESALER"]).await.is(201).text_at("/id");
        assert_eq!(seen(&case, "wholesaler-second").await, std::slice::from_ref(&to_second));
        assert_eq!(seen(&case, "preparer").await, [to_second, to_first]);
    }

    async fn patients_of_one_list_do_not_read_of_each_other(app: TestApp) {
        let case = Case::of(&app, &testkit::listed(&app)).await.until(Stage::Submitted).await;
        send(&case, "hospital-physician", &["PATIENT"]).await.refused_at(422, "message.recipient_absent", "/recipients/0");
        send(&case, "patient", &["PHYSICIAN"]).await.refused(403, "auth.not_yours");
        assert!(seen(&case, "patient-second").await.is_empty());
    }

    async fn what_cannot_be_sent_is_refused_with_every_fault(app: TestApp) {
        let case = Case::in_facility(&app).await;
        let physician = case.as_physician();
        send(&case, case.physician(), &["MINISTRY"]).await.refused(422, "message.recipient_absent");
        let case = case.until(Stage::Assigned).await;
        let path = case.path_of("messages");
        let ask = async |body: Value| physician.post(&path, &body).send().await;
        send(&case, case.physician(), &[]).await.refused_at(422, "message.recipients", "/recipients");
        send(&case, case.physician(), &["PHYSICIAN"]).await.refused(422, "message.recipients");
        let twice = send(&case, case.physician(), &["MINISTRY", "SANITARY_INSPECTORATE", "MINISTRY"]).await;
        let twice = twice.refused(422, "request.several_faults");
        assert_eq!(twice.faults(), [
            ("message.recipients".to_owned(), "/recipients/2".to_owned()),
            ("message.recipient_absent".to_owned(), "/recipients/1".to_owned()),
            ("message.recipients_apart".to_owned(), "/recipients/1".to_owned()),
        ]);
        ask(json!({ "recipients": ["MINISTRY"], "text": " " })).await.refused_at(422, "value.text_empty", "/text");
        ask(json!({ "recipients": ["MINISTRY"], "text": "a".repeat(4001) })).await.refused(422, "value.text_too_long");
        ask(json!({ "recipients": ["KING"], "text": TEXT })).await.refused(400, "request.unknown_choice");
        let unknown = json!({ "recipients": ["MINISTRY"], "text": TEXT, "attachments": [case.id] });
        ask(unknown).await.refused_at(422, "attachment.unknown", "/attachments/0");
        send(&case, "preparer-second", &["PHYSICIAN"]).await.refused(403, "auth.not_yours");
        assert_eq!(app.count("SELECT count(*) AS number FROM messages").await, 0);
        let refused = "SELECT count(*) AS number FROM audit WHERE action = 'send_message' AND refusal IS NOT NULL";
        assert!(app.count(refused).await >= 6);
    }

    async fn a_message_is_sent_once_under_its_key(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Assigned).await;
        let body = json!({ "recipients": ["MINISTRY"], "text": TEXT });
        let request = |body: &Value| {
            case.as_physician().post(&case.path_of("messages"), body).key("message-once-0123456789")
        };
        let first = request(&body).send().await.is(201);
        let again = request(&body).send().await.is(201);
        assert!(again.is_replayed() && again.body == first.body);
        let other = json!({ "recipients": ["PATIENT"], "text": TEXT });
        request(&other).send().await.refused(422, "request.idempotency_key_reused");
        request(&body).without_key().send().await.refused(400, "request.idempotency_key_missing");
        assert_eq!(app.count("SELECT count(*) AS number FROM messages").await, 1);
        let known = case.as_physician().get("/api/v1/operations?key=message-once-0123456789").await.is(200);
        assert_eq!(known.at("/operation"), "send_message");
    }

    async fn a_read_mark_is_set_once_and_shown_to_the_sender(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Assigned).await;
        let id = send(&case, "hospital-physician", &["MINISTRY", "PATIENT"]).await.is(201).text_at("/id");
        mark(&case, "hospital-physician", &id).await.refused(409, "message.own");
        mark(&case, "director", &id).await.refused(404, "request.not_found");
        mark(&case, "preparer", &case.id).await.refused(404, "request.not_found");
        let first = mark(&case, "preparer", &id).await.is(200);
        let read_at = first.text_at("/readAt");
        app.advance_days(1);
        assert_eq!(mark(&case, "preparer", &id).await.is(200).text_at("/readAt"), read_at, "the first one counts");
        mark(&case, "patient", &id).await.is(200);
        let list = listed(&case, &case.as_physician(), "").await;
        let marks = list.at("/items/0/readBy");
        assert_eq!((&marks[0]["party"], &marks[0]["readAt"]), (&json!("MINISTRY"), &json!(read_at)));
        assert_eq!((&marks[1]["party"], marks[1].get("organisationId")), (&json!("PATIENT"), None));
        let of_patient = listed(&case, &app.as_persona("patient"), "").await;
        assert_eq!(of_patient.at("/items/0").get("readBy"), None, "only the sender sees who read");
        assert_eq!(audience(&app, "MessageRead", &format!("org:{}", app.organisation("hospital"))).await, 2);
    }

    async fn unread_messages_are_counted_and_listed_page_by_page(app: TestApp) {
        let case = Case::in_facility(&app).await.until(Stage::Assigned).await;
        let mut sent = Vec::new();
        for _ in 0..3 {
            sent.push(send(&case, "preparer", &["PHYSICIAN"]).await.is(201).text_at("/id"));
        }
        send(&case, "hospital-physician", &["MINISTRY"]).await.is(201);
        mark(&case, "hospital-physician", &sent[1]).await.is(200);
        let physician = case.as_physician();
        assert_eq!(listed(&case, &physician, "").await.at("/unread"), 2);
        let first = listed(&case, &physician, "?unread=true&limit=1").await;
        assert_eq!(first.text_at("/items/0/id"), sent[2]);
        let cursor = first.text_at("/nextCursor");
        assert!(first.header("link").is_some_and(|link| link.contains(&cursor)));
        let second = listed(&case, &physician, &format!("?unread=true&limit=1&cursor={cursor}")).await;
        assert_eq!((second.text_at("/items/0/id"), second.at("/nextCursor")), (sent[0].clone(), Value::Null));
        let other = physician.get(&format!("{}?cursor={cursor}", case.path_of("messages"))).await;
        other.refused(400, "request.cursor");
        physician.get(&format!("{}?unread=maybe", case.path_of("messages"))).await.refused(400, "request.parameter");
        let known = listed(&case, &physician, "").await;
        let etag = known.header("etag").unwrap().to_owned();
        physician.get_unless(&case.path_of("messages"), &etag).await.is(304);
    }

    async fn those_concerned_hear_of_a_message_and_nobody_else(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::HandedOver).await;
        send(&case, "preparer", &["WHOLESALER"]).await.is(201);
        send(&case, "preparer", &["PATIENT"]).await.is(201);
        let wholesaler = format!("org:{}", app.organisation("wholesaler"));
        assert_eq!(audience(&app, "MessageSent", &wholesaler).await, 1);
        let all = "SELECT count(*) AS number FROM events e JOIN event_audience a ON a.event_id = e.id WHERE e.type = 'MessageSent'";
        assert_eq!(app.count(all).await, 2);
        assert_eq!(app.count_of(format!("{all} AND a.audience LIKE 'patient:%'")).await, 1);
        let text = app.count_of(format!("SELECT count(*) AS number FROM events WHERE CAST(payload AS text) LIKE '%{TEXT}%'"));
        assert_eq!(text.await, 0);
    }

    async fn the_history_tells_of_what_its_reader_may_read_and_of_no_other(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::HandedOver).await;
        case.retrieve("wholesaler-second").await.is(200);
        for (persona, to) in [
            ("preparer", vec!["WHOLESALER"]),
            ("clinic-physician", vec!["MINISTRY", "PATIENT"]),
            ("preparer", vec!["PHYSICIAN"]),
            ("pharmacist", vec!["WHOLESALER"]),
        ] {
            send(&case, persona, &to).await.is(201);
        }
        for reader in [
            "wholesaler", "wholesaler-second", "pharmacist", "clinic-physician", "patient", "preparer", "preparer-second",
            "decider",
        ] {
            let history = app.as_persona(reader).get(&case.path_of("history")).await.is(200);
            assert!(!history.text().contains(TEXT), "{}", history.text());
            assert!(!history.text().contains("MessageRead"), "{}", history.text());
            let items = history.at("/items");
            let told = items.as_array().unwrap().iter().filter(|it| it["type"] == "MessageSent");
            let mut told: Vec<String> =
                told.map(|it| it["data"]["messageId"].as_str().unwrap().to_owned()).collect();
            told.reverse();
            assert_eq!(told, seen(&case, reader).await, "{reader}");
        }
        let history = app.as_persona("wholesaler").get(&case.path_of("history")).await.is(200).at("/items");
        let sent: Vec<_> = history.as_array().unwrap().iter().filter(|it| it["type"] == "MessageSent").collect();
        assert_eq!(sent.len(), 2);
        assert_eq!((&sent[0]["data"]["sender"], &sent[0]["data"]["recipients"]), (&json!("MINISTRY"), &json!(["WHOLESALER"])));
        assert_eq!(sent[0]["by"]["role"], "MINISTRY_PREPARER");
    }

    async fn reading_messages_is_an_access_that_the_patient_sees(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Assigned).await;
        send(&case, "preparer", &["PATIENT"]).await.is(201);
        listed(&case, &app.as_persona("preparer"), "").await;
        let accesses = app.as_persona("patient").get("/api/v1/patient/access-log?limit=200").await.is(200).text();
        for action in ["send_message", "list_messages"] {
            assert!(accesses.contains(action), "{action}: {accesses}");
        }
    }

    async fn a_term_that_ran_out_is_applied_before_a_message_is_sent(app: TestApp) {
        let case = Case::outside(&app).await.until(Stage::Submitted).await;
        send(&case, "clinic-physician", &["CONSULTANT"]).await.is(201);
        app.advance_days(8);
        send(&case, "clinic-physician", &["CONSULTANT"]).await.refused(422, "message.recipient_absent");
        assert_eq!(case.state().await, "RETURNED");
    }

    async fn the_inspectorate_and_the_ministry_write_about_a_food_that_was_consented_to(app: TestApp) {
        let case = Case::of(&app, &testkit::food(testkit::in_facility(&app))).await.until(Stage::Assigned).await;
        send(&case, "preparer", &["SANITARY_INSPECTORATE"]).await.refused(422, "message.recipient_absent");
        case.prepare(&testkit::approval("10")).await.is(200);
        case.resolve().await.is(200);
        let id = send(&case, "preparer", &["SANITARY_INSPECTORATE"]).await.is(201).text_at("/id");
        assert_eq!(seen(&case, "inspector").await, std::slice::from_ref(&id));
        mark(&case, "inspector", &id).await.is(200);
        send(&case, "inspector", &["MINISTRY"]).await.is(201);
        send(&case, "inspector", &["PHYSICIAN"]).await.refused(422, "message.recipients_apart");
        assert!(seen(&case, "hospital-physician").await.is_empty());
        let as_medicine = format!("{}/{}/messages", testkit::DEMANDS, case.id);
        app.as_persona("preparer").get(&as_medicine).await.refused(404, "request.not_found");
    }
}
