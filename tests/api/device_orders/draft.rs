//! Drafting, editing, reading, listing and searching orders.

use serde_json::{Value, json};
use testkit::{
    DEVICE_ORDERS, DeviceOrder, PRESCRIBER, TestApp, absorbents, on_both, pesel, wheelchair, with,
};

fn ids(page: &testkit::Response) -> Vec<String> {
    let items = page.at("/items").as_array().cloned().unwrap_or_default();
    items.iter().map(|item| item["id"].as_str().unwrap_or_default().to_owned()).collect()
}

on_both! {
    async fn a_draft_may_be_incomplete_but_never_illegal(app: TestApp) {
        let prescriber = app.as_persona(PRESCRIBER);
        let created = prescriber.post(DEVICE_ORDERS, &json!({ "content": {} })).send().await.is(201);
        assert_eq!((created.at("/state"), created.at("/number")), (json!("DRAFT"), Value::Null));
        assert_eq!(created.at("/nfzStatus"), Value::Null, "the payer has no letter for a draft");
        let month = app.today().format("%Y%m").to_string();
        assert_eq!(created.etag(), format!("\"1.{month}\""));
        let bad = json!({ "content": {
            "place": { "regon": "1", "contract": { "branch": 18, "providerCode": "1" } },
            "prescriber": { "licenceNumber": "1" },
            "device": { "kind": "LENSES", "pupilDistance": "63.2", "lenses": [
                { "code": "O.01.02", "lensUse": "FAR", "eye": "LEFT", "sphere": "1.10" },
            ] },
            "supply": { "kind": "MONTHLY", "piecesAMonth": "0", "from": "2026-13", "months": 1,
                "ordination": "PRIMARY", "form": "FULL", "primaryOrder": "6" },
        } });
        let refused = prescriber.post(DEVICE_ORDERS, &bad).send().await.is(422);
        let mut found = refused.faults();
        found.sort();
        let expected = [
            ("value.device_order_number", "/content/supply/primaryOrder"),
            ("value.dioptres", "/content/device/lenses/0/sphere"),
            ("value.licence_number", "/content/prescriber/licenceNumber"),
            ("value.nfz_branch", "/content/place/contract/branch"),
            ("value.pieces", "/content/supply/piecesAMonth"),
            ("value.pupil_distance", "/content/device/pupilDistance"),
            ("value.regon", "/content/place/regon"),
            ("value.year_month", "/content/supply/from"),
        ];
        assert_eq!(found, expected.map(|(code, place)| (code.to_owned(), place.to_owned())));
    }

    async fn a_list_longer_than_the_contract_has_it_is_refused_at_its_place(app: TestApp) {
        let many = |one: Value, count: usize| Value::Array(vec![one; count]);
        let lens = json!({ "code": "O.01.02", "lensUse": "FAR", "eye": "LEFT" });
        for (pointer, content) in [
            ("/content/prescriber/specialties", json!({ "prescriber": { "specialties": many(json!("rodzinny"), 21) } })),
            ("/content/device/lenses", json!({ "device": { "kind": "LENSES", "lenses": many(lens, 21) } })),
            ("/content/grounds/criteria", json!({ "grounds": { "criteria": many(json!({ "code": "1", "name": "Próba" }), 51) } })),
        ] {
            let refused = app.as_persona(PRESCRIBER).post(DEVICE_ORDERS, &json!({ "content": content })).send().await;
            refused.refused_at(400, "request.shape", pointer);
        }
    }

    async fn a_draft_is_edited_on_the_revision_that_was_seen(app: TestApp) {
        let order = DeviceOrder::drafted(&app, &absorbents(&app)).await;
        let prescriber = app.as_persona(PRESCRIBER);
        let body = json!({ "content": wheelchair(&app), "clientReference": "HIS-1" });
        prescriber.put(&order.path(), &body).send().await.refused(428, "request.if_match_missing");
        prescriber.put(&order.path(), &body).if_match(7).send().await.refused(412, "request.stale");
        let edited = prescriber.put(&order.path(), &body).if_match(1).send().await.is(200);
        assert_eq!((edited.at("/revision"), edited.at("/content/device/code")), (json!(2), json!("S.12.01")));
        // The ETag names the month beside the revision, and is taken as it came.
        let request = prescriber.put(&order.path(), &body).header("If-Match", &edited.etag());
        assert_eq!(request.send().await.is(200).at("/revision"), 3);
        let again = json!({ "content": {}, "clientReference": "HIS-1" });
        let taken = prescriber.post(DEVICE_ORDERS, &again).send().await;
        let taken = taken.refused(409, "demand.client_reference_taken");
        assert_eq!(taken.at("/existing/href"), order.path());
    }

    async fn the_same_request_gets_the_same_draft(app: TestApp) {
        let prescriber = app.as_persona(PRESCRIBER);
        let body = json!({ "content": absorbents(&app) });
        let first = prescriber.post(DEVICE_ORDERS, &body).key("order-key-0000000001").send().await.is(201);
        let second = prescriber.post(DEVICE_ORDERS, &body).key("order-key-0000000001").send().await.is(201);
        assert!(second.is_replayed() && !first.is_replayed());
        assert_eq!(first.body, second.body);
        let known = prescriber.get("/api/v1/operations?key=order-key-0000000001").await.is(200);
        assert_eq!(known.at("/operation"), "create_device_order");
    }

    async fn an_assistant_drafts_for_who_has_authorised_them(app: TestApp) {
        let assistant = app.as_persona("medical-assistant");
        let nameless = with(absorbents(&app), "/prescriber", json!({}));
        let refused = assistant.post(DEVICE_ORDERS, &json!({ "content": nameless })).send().await;
        refused.refused_at(422, "device_order.field_required", "/content/prescriber/licenceNumber");
        let other = with(absorbents(&app), "/prescriber/licenceNumber", json!("5425740"));
        let refused = assistant.post(DEVICE_ORDERS, &json!({ "content": other })).send().await;
        refused.refused(403, "device_order.assistant_not_authorised");
        let body = json!({ "content": absorbents(&app) });
        let created = assistant.post(DEVICE_ORDERS, &body).send().await.is(201);
        let order = DeviceOrder::created(&app, &created);
        order.seen_by(PRESCRIBER).await.is(200);
        assert_eq!(ids(&assistant.get(DEVICE_ORDERS).await.is(200)), std::slice::from_ref(&order.id));
    }

    async fn an_assistant_orders_for_nobody_who_does_not_work_here(app: TestApp) {
        let assistant = app.as_persona("medical-assistant");
        let body = json!({ "content": absorbents(&app) });
        let created = assistant.post(DEVICE_ORDERS, &body).send().await.is(201);
        let order = DeviceOrder::created(&app, &created);
        app.execute("DELETE FROM person_roles WHERE role = 'DEVICE_PRESCRIBER'");
        assistant.post(DEVICE_ORDERS, &body).send().await.refused(403, "device_order.assistant_not_authorised");
        assistant.get(&order.path()).await.refused(404, "request.not_found");
    }

    async fn a_list_applies_time_to_what_it_shows_and_to_nobody_else_s(app: TestApp) {
        let one = DeviceOrder::positive(&app, &with(absorbents(&app), "/supply/months", json!(1))).await;
        app.advance_days(40);
        let revision = format!("SELECT revision AS number FROM device_orders WHERE id = '{}'", one.id);
        let before = app.count_of(revision.clone()).await;
        for (who, path) in [("patient", DEVICE_ORDERS), (testkit::SHOP, testkit::TAKE_UPS)] {
            let listed = app.as_persona(who).get(path).await.is(200);
            assert_eq!((listed.at("/items"), listed.at("/asOf")), (json!([]), json!(app.today())), "{who}");
        }
        assert_eq!(app.count_of(revision.clone()).await, before, "nobody to whom it is shown has looked");
        let list = async |query: &str| {
            let page = app.as_persona(PRESCRIBER).get(&format!("{DEVICE_ORDERS}{query}")).await.is(200);
            (page.at("/items/0/state"), page.at("/asOf"))
        };
        assert_eq!(list("?state=POSITIVE").await, (Value::Null, json!(app.today())), "it is over, and not shown as open");
        assert_eq!(app.count_of(revision.clone()).await, before + 1);
        assert_eq!(list("").await.0, "EXPIRED");
    }

    async fn lists_and_searches_show_each_their_own(app: TestApp) {
        let draft = DeviceOrder::drafted(&app, &absorbents(&app)).await;
        let issued = DeviceOrder::positive(&app, &testkit::for_patient(wheelchair(&app), &pesel(15))).await;
        let list = async |persona: &'static str, query: &str| {
            ids(&app.as_persona(persona).get(&format!("{DEVICE_ORDERS}{query}")).await.is(200))
        };
        assert_eq!(list(PRESCRIBER, "").await, [issued.id.clone(), draft.id.clone()]);
        assert_eq!(list(PRESCRIBER, "?state=DRAFT").await, std::slice::from_ref(&draft.id));
        assert_eq!(list("nfz-officer", "").await, std::slice::from_ref(&issued.id), "no draft is the payer's affair");
        let number = issued.seen_by(PRESCRIBER).await.text_at("/number");
        assert_eq!(list("nfz-officer", &format!("?number={number}")).await, std::slice::from_ref(&issued.id));
        app.as_persona(PRESCRIBER)
            .get(&format!("{DEVICE_ORDERS}?number=7"))
            .await
            .refused(400, "request.parameter");
        let search = async |middle: u32| {
            let body = json!({ "patient": { "kind": "PESEL", "number": pesel(middle) } });
            let path = format!("{DEVICE_ORDERS}/searches");
            ids(&app.as_persona(PRESCRIBER).look(&path, &body).await.is(200))
        };
        assert_eq!(search(14).await, std::slice::from_ref(&draft.id));
        assert_eq!(search(15).await, std::slice::from_ref(&issued.id));
        assert_eq!(search(16).await, [""; 0]);
        let line = app.as_persona(PRESCRIBER).get(DEVICE_ORDERS).await;
        assert!(!line.text().contains("Testowa"), "a line names nobody");
        assert_eq!((line.at("/items/0/codes"), line.at("/items/0/available")), (json!(["S.12.01"]), json!(1)));
        let searches = "SELECT count(*) AS number FROM audit WHERE action = 'search_device_orders' AND patient_id IS NOT NULL";
        assert_eq!(app.count(searches).await, 2, "a search is on record for the patient whom it met");
    }
}
