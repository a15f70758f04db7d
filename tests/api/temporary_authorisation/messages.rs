//! What the parties of a notification write to each other: who reads it, who hears of it, and who has read it.

use serde_json::{Value, json};
use testkit::{Notification, Reached, Response, TestApp, on_both};

const TEXT: &str = "Proszę o aktualny odpis z rejestru.";

async fn send(notification: &Notification, persona: &'static str, to: &[&str]) -> Response {
    let body = json!({ "recipients": to, "text": TEXT });
    notification.app.as_persona(persona).post(&notification.path_of("messages"), &body).send().await
}

async fn listed(notification: &Notification, persona: &'static str, query: &str) -> Value {
    let path = format!("{}{query}", notification.path_of("messages"));
    notification.app.as_persona(persona).get(&path).await.is(200).json()
}

/// The messages that this persona finds, by id.
async fn seen(notification: &Notification, persona: &'static str) -> Vec<String> {
    let page = listed(notification, persona, "").await;
    page["items"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap().to_owned()).collect()
}

async fn mark(notification: &Notification, persona: &'static str, message: &str) -> Response {
    let path = notification.path_of(&format!("messages/{message}/read"));
    notification.app.as_persona(persona).post(&path, &json!({})).send().await
}

async fn heard(notification: &Notification, kind: &str) -> Vec<String> {
    let app = &notification.app;
    let audience = |of: String| {
        format!(
            "SELECT count(*) AS number FROM events e JOIN event_audience a ON a.event_id = e.id \
         WHERE e.type = '{kind}' AND a.audience = '{of}' AND e.document_id = '{}'",
            notification.id
        )
    };
    let org = |key| format!("org:{}", app.organisation(key));
    let mut found = Vec::new();
    for (name, of) in [
        ("wholesaler", org("wholesaler")),
        ("pharmacy", org("pharmacy")),
        ("hospital", org("hospital-pharmacy")),
        ("ministry", "role:MINISTRY".to_owned()),
    ] {
        if app.count_of(audience(of)).await > 0 {
            found.push(name.to_owned());
        }
    }
    found
}

on_both! {
    async fn the_history_tells_of_what_its_reader_may_read_and_of_no_other(app: TestApp) {
        let notification = Notification::drafted(&app).await.until(Reached::Assigned).await;
        send(&notification, "preparer", &["RESPONSIBLE_PERSON"]).await.is(201);
        send(&notification, "responsible-person", &["REPRESENTATIVE"]).await.is(201);
        let told = async |persona: &'static str, kind: &str, member: &str| {
            let history = app.as_persona(persona).get(&notification.path_of("history")).await.is(200);
            assert!(!history.text().contains(TEXT), "{}", history.text());
            let items = history.at("/items");
            let told = items.as_array().unwrap().iter().filter(|it| it["type"] == kind).rev();
            told.map(|it| it["data"][member].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        for (reader, messages) in
            [("responsible-person", 2), ("wholesaler-director", 1), ("preparer", 1), ("preparer-second", 0), ("decider", 0)]
        {
            let found = told(reader, "MessageSent", "messageId").await;
            assert_eq!((found.len(), &found), (messages, &seen(&notification, reader).await), "{reader}");
            let files = app.as_persona(reader).get(&notification.path_of("attachments")).await.is(200).at("/items");
            let files: Vec<_> = files.as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect();
            assert_eq!(told(reader, "AttachmentAdded", "attachmentId").await, files, "{reader}");
        }
        assert_eq!(told("preparer", "AttachmentAdded", "attachmentId").await.len(), 1, "the proof");
    }


    async fn a_message_is_read_by_its_sender_and_recipients_and_moves_nothing(app: TestApp) {
        let notification = Notification::drafted(&app).await.until(Reached::Assigned).await;
        let before = notification.seen().await;
        let sent = send(&notification, "preparer", &["RESPONSIBLE_PERSON"]).await.is(201);
        let id = sent.text_at("/id");
        assert_eq!((sent.text_at("/text").as_str(), sent.text_at("/sender/party").as_str()), (TEXT, "MINISTRY"));
        assert_eq!((sent.header("etag"), sent.at("/readBy")), (None, json!([])));
        assert_eq!(notification.seen().await, before, "a child moves nothing");
        for reader in ["preparer", "responsible-person"] {
            assert_eq!(seen(&notification, reader).await, std::slice::from_ref(&id), "{reader}");
        }
        for other in ["wholesaler-director", "preparer-second", "decider"] {
            assert!(seen(&notification, other).await.is_empty(), "{other}");
        }
        assert_eq!(heard(&notification, "MessageSent").await, ["wholesaler"]);
        for stranger in ["responsible-person-second", "wholesaler", "pharmacist"] {
            app.as_persona(stranger).get(&notification.path_of("messages")).await.refused(404, "request.not_found");
        }
        let history = app.as_persona("responsible-person").get(&notification.path_of("history")).await.is(200);
        assert!(history.text().contains(&id) && !history.text().contains(TEXT), "{}", history.text());
        let readable = "SELECT count(*) AS number FROM events WHERE CAST(payload AS text) LIKE '%odpis%'";
        assert_eq!(app.count(readable).await, 0);
    }

    async fn the_first_mark_of_a_person_counts_and_the_sender_sees_it(app: TestApp) {
        let notification = Notification::drafted(&app).await.until(Reached::Assigned).await;
        let id = send(&notification, "responsible-person", &["MINISTRY", "REPRESENTATIVE"]).await.text_at("/id");
        assert_eq!(listed(&notification, "preparer", "").await["unread"], 1);
        let first = mark(&notification, "preparer", &id).await.is(200).at("/readAt");
        assert_eq!(mark(&notification, "preparer", &id).await.is(200).at("/readAt"), first);
        assert_eq!(listed(&notification, "preparer", "?unread=true").await["items"], json!([]));
        assert_eq!(listed(&notification, "wholesaler-director", "?unread=true").await["unread"], 1);
        let shown = listed(&notification, "responsible-person", "").await;
        let marks = shown.pointer("/items/0/readBy").unwrap().as_array().unwrap();
        assert_eq!((marks.len(), &marks[0]["party"], &marks[0]["readAt"]), (1, &json!("MINISTRY"), &first));
        mark(&notification, "responsible-person", &id).await.refused(409, "message.own");
        mark(&notification, "decider", &id).await.refused(404, "request.not_found");
        assert_eq!(heard(&notification, "MessageRead").await, ["wholesaler"]);
    }

    async fn who_does_not_take_part_yet_is_not_written_to(app: TestApp) {
        let notification = Notification::drafted(&app).await;
        for party in ["REPRESENTATIVE", "MINISTRY", "PHARMACY", "PRODUCT_OFFICE", "PHYSICIAN"] {
            let refused = send(&notification, "responsible-person", &[party]).await;
            refused.refused_at(422, "message.recipient_absent", "/recipients/0");
        }
        notification.submit().await.is(200);
        send(&notification, "responsible-person", &["REPRESENTATIVE"]).await.is(201);
        send(&notification, "wholesaler-director", &["MINISTRY"]).await.refused(422, "message.recipient_absent");
        notification.approve().await.is(200);
        notification.command("preparer", "assignment", &json!({})).await.is(200);
        send(&notification, "wholesaler-director", &["MINISTRY", "RESPONSIBLE_PERSON"]).await.is(201);
        send(&notification, "preparer-second", &["RESPONSIBLE_PERSON"]).await.refused(403, "auth.not_yours");
        let empty = app.as_persona("preparer").post(&notification.path_of("messages"), &json!({ "recipients": [], "text": "x" }));
        empty.send().await.refused(422, "message.recipients");
    }

    async fn pharmacies_read_together_and_write_apart(app: TestApp) {
        let notification = Notification::drafted(&app).await.until(Reached::Consented).await;
        for persona in ["pharmacist", "hospital-pharmacist"] {
            notification.retrieve(persona).await.is(200);
        }
        let to_all = send(&notification, "wholesaler", &["PHARMACY"]).await.is(201).text_at("/id");
        assert_eq!(heard(&notification, "MessageSent").await, ["pharmacy", "hospital"]);
        let asked = send(&notification, "pharmacist", &["WHOLESALER", "MINISTRY"]).await.is(201).text_at("/id");
        assert_eq!(seen(&notification, "pharmacist").await, [asked.clone(), to_all.clone()]);
        assert_eq!(seen(&notification, "hospital-pharmacist").await, std::slice::from_ref(&to_all), "pharmacies compete");
        assert_eq!(seen(&notification, "wholesaler").await, [asked.clone(), to_all]);
        assert_eq!(seen(&notification, "preparer").await, [asked]);
        assert!(seen(&notification, "responsible-person").await.is_empty());
        for (persona, to) in [("pharmacist", "REPRESENTATIVE"), ("responsible-person", "PHARMACY"), ("wholesaler", "REPRESENTATIVE")] {
            send(&notification, persona, &[to]).await.refused(422, "message.recipients_apart");
        }
        let both = send(&notification, "preparer", &["RESPONSIBLE_PERSON", "PHARMACY"]).await;
        both.refused_at(422, "message.recipients_apart", "/recipients/1");
    }

    async fn a_message_encloses_files_that_every_recipient_reads(app: TestApp) {
        let notification = Notification::drafted(&app).await.until(Reached::Assigned).await;
        let file = notification.upload("responsible-person", "MINISTRY", b"%PDF-1.7\n% Odpis").send().await.text_at("/id");
        let enclosing = |to: Value| {
            let body = json!({ "recipients": to, "text": TEXT, "attachments": [file] });
            app.as_persona("responsible-person").post(&notification.path_of("messages"), &body).send()
        };
        let refused = enclosing(json!(["MINISTRY", "REPRESENTATIVE"])).await;
        refused.refused_at(422, "attachment.not_for_all", "/attachments/0");
        assert_eq!(enclosing(json!(["MINISTRY"])).await.is(201).at("/attachments"), json!([file]));
        let elsewhere = Notification::drafted(&app).await.until(Reached::Assigned).await;
        let body = json!({ "recipients": ["MINISTRY"], "text": TEXT, "attachments": [file] });
        let path = elsewhere.path_of("messages");
        let of_another = app.as_persona("responsible-person").post(&path, &body).send().await;
        of_another.refused_at(422, "attachment.unknown", "/attachments/0");
    }

    async fn one_message_under_one_key_is_sent_once(app: TestApp) {
        let notification = Notification::drafted(&app).await.until(Reached::Assigned).await;
        let body = json!({ "recipients": ["RESPONSIBLE_PERSON"], "text": TEXT });
        let who = app.as_persona("preparer");
        let ask = || who.post(&notification.path_of("messages"), &body).key("one-message-0123456789").send();
        let first = ask().await.is(201);
        let again = ask().await.is(201);
        assert!(again.is_replayed() && again.body == first.body);
        let known = who.get("/api/v1/operations?key=one-message-0123456789").await.is(200);
        assert_eq!(known.text_at("/operation"), "send_authorisation_message");
        assert_eq!(seen(&notification, "preparer").await.len(), 1);
    }
}
