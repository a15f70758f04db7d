//! A patient's own orders for devices: what is left, who has it, and what opens it.

use serde_json::{Value, json};
use testkit::{
    DeviceOrder, LOOK_UPS, SECOND_SHOP, SHOP, TestApp, absorbents, for_patient, months, on_both, wheelchair,
};

const OWN: &str = "/api/v1/patient/device-orders";
const LOG: &str = "/api/v1/patient/access-log";

fn own(app: &TestApp, content: Value) -> Value {
    for_patient(content, app.persona("patient").spec.pesel)
}

on_both! {
    async fn the_list_tells_what_is_left_of_each_month_who_has_it_and_what_opens_it(app: TestApp) {
        let order = DeviceOrder::positive(&app, &own(&app, absorbents(&app))).await;
        let data = order.access_data().await;
        let shop = app.as_persona(SHOP);
        order.opened_by(&shop).await;
        let body = json!({ "months": months(&app, 0, 2), "place": "M-1" });
        let taken = order.take_up(&shop, &body).await.is(201);
        let listed = app.as_persona("patient").get(OWN).await.is(200);
        let item = listed.at("/items/0");
        assert_eq!((&item["id"], &item["number"], &item["access"]["code"]), (&json!(order.id), &data["number"], &data["code"]));
        assert_eq!((&item["state"], &item["nfzStatus"]), (&json!("POSITIVE"), &json!("P")));
        assert_eq!(item["items"][0]["code"], "Y.06.01");
        assert!(item["items"][0]["name"].as_str().is_some_and(|name| name.len() > 5), "{item}");
        assert_eq!((&item["issuer"]["name"], &item["issuer"]["place"]), (&json!("Dorota Wzorcowa"), &json!("Przychodnia Testowa")));
        let periods = item["periods"].as_array().unwrap();
        assert_eq!(periods.len(), 12);
        assert_eq!(periods[1]["state"], "RESERVED");
        let by = &periods[1]["takenBy"];
        assert_eq!(by["name"], app.persona(SHOP).organisation.unwrap().spec.name);
        assert_eq!((&by["takeUpId"], &by["heldUntil"]), (&taken.at("/id"), &taken.at("/heldUntil")));
        assert_eq!((&periods[2]["state"], &periods[2]["nfzStatus"], periods[2].get("takenBy")), (&json!("AVAILABLE"), &json!("B"), None));
        assert_eq!(item["validUntil"], periods[11]["lastDay"]);
        assert_eq!(item["clocks"][0]["kind"], "HOLD", "{item}");
    }

    async fn who_realised_a_month_stands_in_it(app: TestApp) {
        let order = DeviceOrder::positive(&app, &own(&app, absorbents(&app))).await;
        let shop = app.as_persona(SHOP);
        order.opened_by(&shop).await;
        let taken = order.take_up(&shop, &json!({ "months": months(&app, 0, 1), "place": "M-1" })).await.is(201);
        order.issue_goods(&taken.text_at("/id"), 90, &json!({ "kind": "PATIENT" })).await;
        let period = app.as_persona("patient").get(OWN).await.is(200).at("/items/0/periods/0");
        assert_eq!((&period["state"], &period["nfzStatus"]), (&json!("REALISED"), &json!("Z")));
        assert_eq!(period["takenBy"]["organisationId"], app.organisation("device-shop"));
        assert_eq!(period["takenBy"].get("heldUntil"), None);
    }

    async fn it_holds_what_was_issued_for_the_patient_and_nothing_else(app: TestApp) {
        DeviceOrder::drafted(&app, &own(&app, absorbents(&app))).await;
        DeviceOrder::positive(&app, &absorbents(&app)).await;
        let first = DeviceOrder::positive(&app, &own(&app, absorbents(&app))).await;
        let second = DeviceOrder::positive(&app, &own(&app, wheelchair(&app))).await;
        let ids = async |path: &str| {
            let listed = app.as_persona("patient").get(path).await.is(200);
            let items = listed.at("/items").as_array().cloned().unwrap_or_default();
            (items.iter().map(|item| item["id"].clone()).collect::<Vec<_>>(), listed)
        };
        assert_eq!(ids(OWN).await.0, [json!(second.id), json!(first.id)], "the newest first, no draft, nobody else's");
        let (page, listed) = ids(&format!("{OWN}?limit=1")).await;
        assert_eq!(page, [json!(second.id)]);
        let next = format!("{OWN}?limit=1&cursor={}", listed.text_at("/nextCursor"));
        let (page, listed) = ids(&next).await;
        assert_eq!((page, listed.at("/nextCursor")), (vec![json!(first.id)], Value::Null));
        app.as_persona("patient-second").get(&next).await.refused(400, "request.cursor");
        assert_eq!(app.as_persona("patient-second").get(OWN).await.is(200).json(), json!({ "items": [] }));
        app.as_persona(SHOP).get(OWN).await.refused(403, "auth.role");
        let one_off = ids(OWN).await.1.at("/items/0/periods");
        assert_eq!((one_off[0].get("month"), &one_off[0]["state"]), (None, &json!("AVAILABLE")));
    }

    async fn a_page_is_on_record_once_and_unseals_no_identity(app: TestApp) {
        let order = DeviceOrder::positive(&app, &own(&app, absorbents(&app))).await;
        // Whoever is named cannot be read any more; the list needs nobody to be.
        app.execute(&format!("UPDATE device_orders SET sealed_patient = sealed WHERE id = '{}'", order.id));
        let listed = app.as_persona("patient").get(OWN).await.is(200);
        assert_eq!(listed.at("/items/0/id"), json!(order.id));
        app.as_persona("patient").get_unless(OWN, &listed.etag()).await.is(304);
        let read = "SELECT count(*) AS number FROM audit WHERE action = 'list_patient_device_orders' AND patient_id IS NOT NULL";
        assert_eq!(app.count(read).await, 1, "a 304 tells nothing");
    }

    async fn the_patient_reads_the_order_its_history_its_access_data_and_its_prints(app: TestApp) {
        let order = DeviceOrder::positive(&app, &own(&app, absorbents(&app))).await;
        let (patient, other) = (app.as_persona("patient"), app.as_persona("patient-second"));
        for part in ["", "/history", "/actions", "/access-data", "/print", "/information-print"] {
            let path = format!("{}{part}", order.path());
            patient.get(&path).await.is(200);
            other.get(&path).await.refused(404, "request.not_found");
        }
    }

    async fn tries_that_met_the_patient_s_order_or_pesel_stand_in_their_log(app: TestApp) {
        let order = DeviceOrder::positive(&app, &own(&app, absorbents(&app))).await;
        let data = order.access_data().await;
        let wrong = if data["code"] == "0001" { "0002" } else { "0001" };
        let pesel = app.persona("patient").spec.pesel;
        let shop = app.as_persona(SECOND_SHOP);
        for pair in [json!({ "number": data["number"], "code": wrong }), json!({ "code": wrong, "pesel": pesel })] {
            shop.look(LOOK_UPS, &pair).await.refused(404, "device_order.look_up_none");
        }
        let log = app.as_persona("patient").get(LOG).await.is(200);
        let items = log.at("/items").as_array().cloned().unwrap_or_default();
        let tried: Vec<&Value> = items.iter().filter(|item| item["action"] == "look_up_device_order").collect();
        assert_eq!(tried.len(), 2, "{}", log.text());
        for item in tried {
            assert_eq!((&item["outcome"], &item["code"]), (&json!("REFUSED"), &json!("device_order.look_up_none")));
            assert_eq!(item["organisation"]["id"], app.organisation("device-shop-second"));
        }
        for _ in 0..5 {
            shop.look(LOOK_UPS, &json!({ "code": wrong, "pesel": pesel })).await.refused(404, "device_order.look_up_none");
        }
        let slowed = app.as_persona("patient").get(OWN).await.is(200);
        let until: chrono::DateTime<chrono::Utc> = slowed.text_at("/lookUpsSlowedUntil").parse().unwrap();
        assert!(until > app.real_now(), "{until}");
    }
}
