//! `POST /medicine-demands`: drafts, their faults, their own references.

use serde_json::json;
use testkit::{DEMANDS, TestApp, in_facility, on_both, outside_facility, with};

on_both! {
    async fn a_draft_gets_a_number_an_address_and_a_revision(app: TestApp) {
        let created = app.as_persona("clinic-physician").create(&outside_facility(&app)).await.is(201);
        let id = created.text_at("/id");
        assert_eq!(created.header("location"), Some(format!("{DEMANDS}/{id}").as_str()));
        assert_eq!(created.text_at("/state"), "DRAFT");
        assert_eq!(created.etag(), format!("\"{}\"", created.at("/revision")));
        assert!(created.text_at("/number").starts_with("ZPL-"), "{}", created.text());
        assert_eq!(created.header("cache-control"), Some("no-store"));
        assert_eq!(created.at("/content/product/tradeName"), "Thiola");
    }

    async fn a_draft_may_lack_everything_but_its_use(app: TestApp) {
        let bare = json!({ "use": "IN_FACILITY" });
        let created = app.as_persona("hospital-physician").create(&bare).await.is(201);
        assert_eq!(created.at("/content/use"), "IN_FACILITY");
    }

    async fn all_illegal_values_are_named_at_once(app: TestApp) {
        let content = with(outside_facility(&app), "/entity/nip", json!("1230011115"));
        let content = with(content, "/patients/patient/identifier/number", json!("85051512385"));
        let content = with(content, "/quantity/amount", json!("0"));
        let content = with(content, "/extras/sourceCountry", json!("XX"));
        let refused = app.as_persona("clinic-physician").create(&content).await;
        let faults = refused.clone().refused(422, "request.several_faults").faults();
        for expected in [
            ("value.nip", "/content/entity/nip"),
            ("value.pesel", "/content/patients/patient/identifier/number"),
            ("value.quantity", "/content/quantity/amount"),
            ("value.country", "/content/extras/sourceCountry"),
        ] {
            let expected = (expected.0.to_owned(), expected.1.to_owned());
            assert!(faults.contains(&expected), "{expected:?} in {faults:?}");
        }
        assert_eq!(faults.len(), 4, "{faults:?}");
    }

    async fn one_illegal_value_gives_the_problem_its_code(app: TestApp) {
        let content = with(outside_facility(&app), "/physician/npwz", json!("2900101"));
        let refused = app.as_persona("clinic-physician").create(&content).await;
        refused.refused(422, "value.npwz").refused_at(422, "value.npwz", "/content/physician/npwz");
    }

    async fn an_unknown_member_is_named_with_its_place(app: TestApp) {
        let content = with(outside_facility(&app), "/product/colour", json!("blue"));
        let refused = app.as_persona("clinic-physician").create(&content).await;
        refused.refused(400, "request.unknown_member");
        let body = json!({ "content": outside_facility(&app), "patientName": "x" });
        let refused = app.as_persona("clinic-physician").post(DEMANDS, &body).send().await;
        refused.refused(400, "request.unknown_member");
    }

    async fn what_is_no_json_of_this_shape_is_refused_as_unreadable(app: TestApp) {
        let who = app.as_persona("clinic-physician");
        let send = |media: &'static str, bytes: &[u8]| {
            who.post(DEMANDS, &json!({})).bytes(media, bytes.to_vec()).send()
        };
        send("application/json", b"{").await.refused(400, "request.not_json");
        send("application/json", br#"{"content":{"use":"IN_FACILITY","use":"IN_FACILITY"}}"#)
            .await
            .refused(400, "request.duplicate_member");
        send("application/json", br#"{"content":{"use":"AT_HOME"}}"#).await.refused(400, "request.unknown_choice");
        send("application/json", b"{}").await.refused(400, "request.missing_member");
        send("application/json", br#"{"content":5}"#).await.refused(400, "request.wrong_type");
        send("text/plain", b"{}").await.refused(415, "request.media_type");
        let long = format!(r#"{{"content":{{"use":"IN_FACILITY","justification":"{}"}}}}"#, "x".repeat(70_000));
        send("application/json", long.as_bytes()).await.refused(413, "request.too_large");
    }

    async fn a_repeated_request_is_carried_out_once(app: TestApp) {
        let who = app.as_persona("clinic-physician");
        let body = json!({ "content": outside_facility(&app) });
        let send = |body| who.post(DEMANDS, body).key("create-me-only-once-1").send();
        let first = send(&body).await.is(201);
        let again = send(&body).await.is(201);
        assert!(again.is_replayed() && !first.is_replayed());
        assert_eq!(again.body, first.body);
        assert_eq!(again.header("location"), first.header("location"));
        let other = json!({ "content": with(outside_facility(&app), "/treatmentDays", json!(30)) });
        send(&other).await.refused(422, "request.idempotency_key_reused");
        // White space and the order of members make no other request.
        let spaced = serde_json::to_string_pretty(&body).unwrap().into_bytes();
        let spaced = who.post(DEMANDS, &body).key("create-me-only-once-1").bytes("application/json", spaced);
        assert!(spaced.send().await.is(201).is_replayed());
        let other_client = who.through("other-client").post(DEMANDS, &body).key("create-me-only-once-1").send();
        assert!(!other_client.await.is(201).is_replayed(), "keys belong to a client");
    }

    async fn a_write_needs_a_key_of_the_right_form(app: TestApp) {
        let who = app.as_persona("clinic-physician");
        let body = json!({ "content": outside_facility(&app) });
        who.post(DEMANDS, &body).without_key().send().await.refused(400, "request.idempotency_key_missing");
        for key in ["short", "fifteen-letters", &"x".repeat(129), "with some spaces in it"] {
            who.post(DEMANDS, &body).key(key).send().await.refused(400, "request.idempotency_key");
        }
    }

    async fn an_own_reference_belongs_to_one_open_demand(app: TestApp) {
        let who = app.as_persona("hospital-physician");
        let body = json!({ "content": in_facility(&app), "clientReference": "HIS-1" });
        let first = who.post(DEMANDS, &body).send().await.is(201);
        assert_eq!(first.text_at("/clientReference"), "HIS-1");
        let refused = who.post(DEMANDS, &body).send().await.refused(409, "demand.client_reference_taken");
        assert_eq!(refused.text_at("/existing/id"), first.text_at("/id"));
        assert_eq!(refused.text_at("/existing/href"), format!("{DEMANDS}/{}", first.text_at("/id")));
        who.through("another-client").post(DEMANDS, &body).send().await.is(201);
        let withdrawal = format!("{DEMANDS}/{}/withdrawal", first.text_at("/id"));
        who.post(&withdrawal, &json!({ "reason": "Pomyłka." })).if_match(1).send().await.is(200);
        who.post(DEMANDS, &body).send().await.is(201);
    }

    async fn an_edit_or_a_copy_that_takes_an_own_reference_learns_whose_it_is(app: TestApp) {
        let who = app.as_persona("hospital-physician");
        let body = json!({ "content": in_facility(&app), "clientReference": "HIS-2" });
        let first = who.post(DEMANDS, &body).send().await.is(201).text_at("/id");
        let second = who.create(&in_facility(&app)).await.is(201).text_at("/id");
        let path = format!("{DEMANDS}/{second}");
        // Through other software the reference is still that of the client that opened the demand.
        for client in ["acceptance", "another-client"] {
            let edit = who.through(client).put(&path, &body).if_match(1).send().await;
            let refused = edit.refused(409, "demand.client_reference_taken");
            assert_eq!(refused.text_at("/existing/id"), first, "{client}");
            assert_eq!(refused.text_at("/existing/href"), format!("{DEMANDS}/{first}"));
        }
        let copy = who.post(&format!("{path}/copies"), &json!({ "clientReference": "HIS-2" })).send().await;
        let refused = copy.refused(409, "demand.client_reference_taken");
        assert_eq!(refused.text_at("/existing/id"), first);
    }

    async fn a_physician_who_is_on_no_record_opens_nothing(app: TestApp) {
        let stranger = app.stranger(app::caller::Role::Physician);
        stranger.create(&outside_facility(&app)).await.refused(403, "auth.person_unknown");
    }
}
