//! Files of a notification: the documents that it names have to be there, and only their readers read them.

use reqwest::Method;
use serde_json::{Value, json};
use std::fs;
use testkit::{Notification, PROOF, Reached, Response, TestApp, digest_of, on_both, with};

const BOTH: &str = "REPRESENTATIVE,MINISTRY";
const CODE: &str = "authorisation.attachment_not_uploaded";
const SEGMENT: usize = 64 * 1024;

/// Submits without adding anything before.
async fn submit(notification: &Notification) -> Response {
    let body = notification.signed("responsible-person", "submission", json!({})).await;
    notification.command("responsible-person", "submission", &body).await
}

async fn named(notification: &Notification, member: &str) -> Value {
    notification.seen().await["attachedFiles"][member]["attachmentId"].clone()
}

async fn listed(notification: &Notification, persona: &'static str) -> Value {
    notification.app.as_persona(persona).get(&notification.path_of("attachments")).await.is(200).at("/items")
}

async fn download(
    notification: &Notification,
    persona: &'static str,
    id: &str,
    range: Option<&str>,
) -> Response {
    let path = notification.path_of(&format!("attachments/{id}"));
    let request = notification.app.as_persona(persona).request(Method::GET, &path);
    range.iter().fold(request, |request, range| request.header("Range", range)).send().await
}

/// A file of this size that begins as a PDF does.
fn pdf(size: usize) -> Vec<u8> {
    b"%PDF-1.7\n"
        .iter()
        .copied()
        .chain((0..size).map(|at| u8::try_from(at % 251).unwrap()))
        .take(size)
        .collect()
}

on_both! {
    async fn nothing_is_submitted_without_the_very_file_that_is_named(app: TestApp) {
        let notification = Notification::drafted(&app).await;
        let place = "/content/attachments/powerOfRepresentation/sha256";
        assert_eq!(named(&notification, "powerOfRepresentation").await, Value::Null);
        submit(&notification).await.refused(422, CODE).refused_at(422, CODE, place);
        notification.upload("responsible-person", BOTH, b"%PDF-1.7\n% another").send().await.is(201);
        notification.upload("responsible-person", "MINISTRY", PROOF).send().await.is(201);
        submit(&notification).await.refused_at(422, CODE, place);
        assert_eq!(named(&notification, "powerOfRepresentation").await, Value::Null, "the representative reads neither");
        let before = notification.revision();
        let added = notification.attach_proof().await.is(201);
        assert_eq!(named(&notification, "powerOfRepresentation").await, added.at("/id"));
        assert_eq!(notification.revision(), before, "a child moves nothing");
        submit(&notification).await.is(200);
        let seen = app.as_persona("wholesaler-director").get(&notification.path()).await.is(200);
        assert_eq!(seen.at("/attachedFiles/powerOfRepresentation/attachmentId"), added.at("/id"));
    }

    async fn a_conditional_read_tells_that_the_file_has_arrived(app: TestApp) {
        let notification = Notification::drafted(&app).await;
        let who = app.as_persona("responsible-person");
        let before = who.get(&notification.path()).await.is(200).etag();
        who.get_unless(&notification.path(), &before).await.is(304);
        notification.attach_proof().await.is(201);
        let after = who.get_unless(&notification.path(), &before).await.is(200);
        assert!(after.at("/attachedFiles/powerOfRepresentation/attachmentId").is_string());
        who.get_unless(&notification.path(), &after.etag()).await.is(304);
        let body = notification.signed("responsible-person", "submission", json!({})).await;
        let submission = who.post(&notification.path_of("submission"), &body).header("If-Match", &after.etag());
        submission.send().await.is(200);
    }

    async fn every_missing_file_is_named_at_once(app: TestApp) {
        let request = b"%PDF-1.7\n% Wniosek ministra";
        let content = with(Notification::content(&app), "/purpose", json!("VETERINARY"));
        let document = json!({ "title": "Wniosek", "dated": "2026-01-12", "sha256": digest_of(request) });
        let content = with(content, "/attachments/agricultureMinisterRequest", document);
        let notification = Notification::of(&app, &content).await;
        let errors = submit(&notification).await.refused(422, CODE).at("/errors");
        let places: Vec<&Value> = errors.as_array().unwrap().iter().map(|error| &error["pointer"]).collect();
        let place = |member: &str| format!("/content/attachments/{member}/sha256");
        assert_eq!(places, [&place("powerOfRepresentation"), &place("agricultureMinisterRequest")]);
        notification.attach_proof().await.is(201);
        let added = notification.upload("responsible-person", BOTH, request).send().await.is(201);
        assert_eq!(named(&notification, "agricultureMinisterRequest").await, added.at("/id"));
        submit(&notification).await.is(200);
    }

    async fn the_dry_run_looks_at_no_file(app: TestApp) {
        let body = json!({ "content": Notification::content(&app) });
        let path = "/api/v1/temporary-authorisations/validations";
        assert_eq!(app.as_persona("responsible-person").look(path, &body).await.is(200).at("/valid"), true);
    }

    async fn a_file_of_a_draft_waits_for_those_who_will_sign_and_examine(app: TestApp) {
        let notification = Notification::drafted(&app).await;
        let added = notification.attach_proof().await.is(201);
        let id = added.text_at("/id");
        assert_eq!(added.header("location"), Some(notification.path_of(&format!("attachments/{id}")).as_str()));
        assert_eq!((added.text_at("/sender/party").as_str(), added.at("/recipients")), ("RESPONSIBLE_PERSON", json!(["REPRESENTATIVE", "MINISTRY"])));
        for persona in ["wholesaler-director", "preparer", "decider"] {
            download(&notification, persona, &id, None).await.refused(404, "request.not_found");
        }
        assert_eq!(listed(&notification, "responsible-person").await[0]["id"], id.as_str());
        let notification = notification.until(Reached::Assigned).await;
        for persona in ["responsible-person", "wholesaler-director", "preparer"] {
            let got = download(&notification, persona, &id, None).await.is(200);
            assert_eq!(got.body, PROOF, "{persona}");
            assert_eq!(listed(&notification, persona).await.as_array().unwrap().len(), 1);
        }
        // Whoever does not have the case reads nothing of it.
        assert_eq!(listed(&notification, "preparer-second").await, json!([]));
        download(&notification, "preparer-second", &id, None).await.refused(404, "request.not_found");
        let told = format!(
            "SELECT count(*) AS number FROM events e JOIN event_audience a ON a.event_id = e.id \
             WHERE e.type = 'AttachmentAdded' AND e.document_id = '{}'", notification.id,
        );
        assert_eq!(app.count_of(told).await, 0, "whom it had not reached was not told of it");
    }

    async fn supply_reads_and_adds_its_own_files(app: TestApp) {
        let notification = Notification::drafted(&app).await.until(Reached::HandedOver).await;
        for persona in ["wholesaler", "pharmacist"] {
            assert_eq!(listed(&notification, persona).await, json!([]), "{persona}");
        }
        let sent = notification.upload("pharmacist", "WHOLESALER", b"%PDF-1.7\n% Zamowienie").send().await.is(201);
        let id = sent.text_at("/id");
        assert_eq!(listed(&notification, "wholesaler").await[0]["id"], id.as_str());
        download(&notification, "wholesaler", &id, None).await.is(200);
        for persona in ["responsible-person", "wholesaler-director", "preparer", "decider"] {
            download(&notification, persona, &id, None).await.refused(404, "request.not_found");
        }
        let apart = notification.upload("pharmacist", "RESPONSIBLE_PERSON", b"%PDF-1.7\n% Zle").send().await;
        apart.refused(422, "message.recipients_apart");
        let absent = notification.upload("preparer", "PRODUCT_OFFICE", b"%PDF-1.7\n% Zle").send().await;
        absent.refused(422, "message.recipient_absent");
        let seen = app.as_persona("wholesaler").get(&notification.path()).await.is(200);
        assert_eq!(seen.json().pointer("/attachedFiles"), None, "who does not see the documents does not see their files");
    }

    async fn parts_are_served_and_what_is_refused_leaves_nothing(app: TestApp) {
        let notification = Notification::drafted(&app).await.until(Reached::Assigned).await;
        let file = pdf(SEGMENT + 50);
        let added = notification.upload("preparer", "RESPONSIBLE_PERSON", &file).send().await.is(201);
        let id = added.text_at("/id");
        let range = format!("bytes={}-{}", SEGMENT - 5, SEGMENT + 4);
        let part = download(&notification, "responsible-person", &id, Some(&range)).await.is(206);
        assert_eq!(part.body, file[SEGMENT - 5..SEGMENT + 5]);
        download(&notification, "responsible-person", &id, Some("bytes=9999999-")).await.refused(416, "attachment.range");
        let files = || fs::read_dir(app.files()).unwrap().count();
        let kept = files();
        notification.upload("preparer", "RESPONSIBLE_PERSON", b"<html><script>").send().await.refused(415, "attachment.type");
        notification.upload("preparer-second", BOTH, PROOF).send().await.refused(403, "auth.not_yours");
        assert_eq!(files(), kept);
        assert_eq!(app.count("SELECT count(*) AS number FROM attachment_uploads").await, 0);
        app.settle().await;
        let of = |what: &str| format!("SELECT count(*) AS number FROM audit WHERE document_id = '{}' AND {what}", notification.id);
        assert_eq!(app.count_of(of("refusal IS NULL AND action = 'add_authorisation_attachment'")).await, 2);
        assert_eq!(app.count_of(of("refusal = 'attachment.type' AND action = 'add_authorisation_attachment'")).await, 1);
        assert_eq!(app.count_of(of("refusal = 'auth.not_yours' AND action = 'add_authorisation_attachment'")).await, 1);
    }

    async fn a_notification_has_so_many_files(app: TestApp) {
        let notification = Notification::drafted(&app).await.until(Reached::Assigned).await;
        let count = "SELECT count(*) AS number FROM attachments";
        let missing = 199 - app.count(count).await;
        app.execute(&format!(
            "INSERT INTO attachments (id, authorisation_id, added_at, organisation_id, media_type, size, sealed) \
             WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {missing}) \
             SELECT 'filler-' || n.i, a.authorisation_id, a.added_at, a.organisation_id, a.media_type, a.size, a.sealed \
             FROM n, (SELECT * FROM attachments LIMIT 1) a"
        ));
        notification.upload("preparer", "RESPONSIBLE_PERSON", &pdf(700)).send().await.is(201);
        let refused = notification.upload("preparer", "RESPONSIBLE_PERSON", &pdf(701)).send().await;
        refused.refused(409, "attachment.too_many");
        assert_eq!(app.count(count).await, 200);
    }

    async fn one_upload_under_one_key_is_carried_out_once(app: TestApp) {
        let notification = Notification::drafted(&app).await;
        let first = notification.attach_proof().await.is(201);
        let again = notification.attach_proof().await.is(201);
        assert!(again.is_replayed() && again.body == first.body);
        assert_eq!(listed(&notification, "responsible-person").await.as_array().unwrap().len(), 1);
        let other = notification.upload("responsible-person", "MINISTRY", PROOF);
        let key = format!("file-{}-REPRESENTATIVE-MINISTRY-{}", notification.id, &digest_of(PROOF)[..16]);
        other.key(&key).send().await.refused(422, "request.idempotency_key_reused");
    }

    async fn an_addition_has_files_of_its_own(app: TestApp) {
        let base = Notification::drafted(&app).await.until(Reached::Consented).await;
        let body = json!({
            "quantity": { "amount": "5", "unit": "PACK" },
            "batches": [{ "number": "L26B003", "expiresOn": "2029-06-30", "quantity": { "amount": "5", "unit": "PACK" } }],
        });
        let opened = app.as_persona("responsible-person").post(&base.path_of("additions"), &body).send().await.is(201);
        let addition = Notification::created(&app, &opened);
        assert_eq!(named(&addition, "powerOfRepresentation").await, Value::Null);
        submit(&addition).await.refused(422, CODE);
        let file = base.attach_proof().await.text_at("/id");
        download(&addition, "responsible-person", &file, None).await.refused(404, "request.not_found");
        addition.submit().await.is(200);
    }
}
