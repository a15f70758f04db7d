//! Drafts of repair orders: who opens and edits them, and what is kept of them.

use serde_json::{Value, json};
use testkit::{DeviceOrder, PRESCRIBER, REPAIR_ORDERS, SHOP, TestApp, on_both, wheelchair_repair, with};

const OFFICER: &str = "nfz-officer";

on_both! {
    async fn a_draft_may_lack_everything_and_is_edited_on_its_revision(app: TestApp) {
        let order = DeviceOrder::repair_drafted(&app, PRESCRIBER, &json!({})).await;
        let content = wheelchair_repair(&app);
        let prescriber = app.as_persona(PRESCRIBER);
        let put = |revision| prescriber.put(&order.path(), &json!({ "content": content })).if_match(revision);
        let edited = put(1).send().await.is(200);
        assert_eq!((edited.at("/revision"), edited.at("/content")), (json!(2), content.clone()));
        put(1).send().await.refused(412, "request.stale");
        let seen = order.seen_by(PRESCRIBER).await.is(200);
        assert_eq!((seen.at("/state"), seen.at("/number"), seen.etag()), (json!("DRAFT"), Value::Null, "\"2\"".to_owned()));
        app.as_persona("patient").get(&order.path()).await.refused(404, "request.not_found");
        app.as_persona(OFFICER).get(&order.path()).await.refused(404, "request.not_found");
    }

    async fn an_illegal_value_is_refused_with_its_place(app: TestApp) {
        let content = with(wheelchair_repair(&app), "/original", json!({ "kind": "KNOWN", "number": "07-2020-1" }));
        let asked = app.as_persona(PRESCRIBER).post(REPAIR_ORDERS, &json!({ "content": content }));
        asked.send().await.refused_at(400, "request.missing_member", "/content/original/branch");
    }

    async fn a_client_s_reference_is_of_one_open_order_which_is_named(app: TestApp) {
        let body = json!({ "content": {}, "clientReference": "HIS-NAP-1" });
        let first = app.as_persona(PRESCRIBER).post(REPAIR_ORDERS, &body).send().await.is(201);
        let second = app.as_persona(PRESCRIBER).post(REPAIR_ORDERS, &body).send().await;
        let refused = second.is(409);
        assert_eq!(refused.at("/existing/id"), first.at("/id"));
        assert_eq!(refused.at("/existing/href"), json!(format!("{REPAIR_ORDERS}/{}", first.text_at("/id"))));
    }

    async fn the_same_creation_opens_one_draft(app: TestApp) {
        let body = json!({ "content": wheelchair_repair(&app) });
        let ask = || app.as_persona(PRESCRIBER).post(REPAIR_ORDERS, &body).key("repair-draft-00000001");
        let (one, two) = tokio::join!(ask().send(), ask().send());
        assert_eq!(one.is(201).body, two.is(201).body);
        assert_eq!(app.count("SELECT count(*) AS number FROM device_repair_orders").await, 1);
    }

    async fn nobody_else_opens_one(app: TestApp) {
        for who in ["patient", SHOP, "preparer"] {
            let asked = app.as_persona(who).post(REPAIR_ORDERS, &json!({ "content": {} })).send().await;
            asked.refused(403, "auth.role");
        }
        let unnamed = app.as_persona("medical-assistant").post(REPAIR_ORDERS, &json!({ "content": {} }));
        unnamed.send().await.refused_at(422, "device_order.field_required", "/content/prescriber/licenceNumber");
    }

    async fn what_names_a_patient_is_sealed_at_rest(app: TestApp) {
        app.with_repair_limit().await;
        let (_, answer) = DeviceOrder::repair_submitted(&app, &wheelchair_repair(&app)).await;
        assert_eq!(answer.is(200).at("/state"), "POSITIVE");
        for text in ["Testowa", "44051401", "SN-0001", "Pęknięta"] {
            let plain = format!(
                "SELECT count(*) AS number FROM device_repair_orders WHERE CAST(sealed AS text) LIKE '%{text}%' \
                 OR CAST(sealed_patient AS text) LIKE '%{text}%' OR CAST(summary AS text) LIKE '%{text}%'"
            );
            assert_eq!(app.count_of(plain).await, 0, "{text}");
        }
        let events = "SELECT count(*) AS number FROM events WHERE CAST(payload AS text) LIKE '%Testowa%'";
        assert_eq!(app.count(events).await, 0);
    }
}
