//! A repair at the counter: opened, quoted, held by one provider, carried out, settled, taken back, and what it adds to the period
//! of use.

mod repair;

use crate::support::printed;
use domain::values::YearMonth;
use repair::Repair;
use serde_json::{Value, json};
use testkit::{
    DeviceOrder, NFZ_OFFICER, PRESCRIBER, Response, SECOND_SHOP, SHOP, TestApp, for_patient, found, on_both,
    pesel, wheelchair, with,
};

const REPAIRS: &str = "/api/v1/device-repair-orders";
const LOOK_UPS: &str = "/api/v1/device-repair-orders/look-ups";
const CODE: &str = "S.12.01";

fn month(app: &TestApp) -> String {
    YearMonth::of(app.today()).to_string()
}

async fn report(app: &TestApp, month: &str) -> Response {
    app.as_persona(SHOP).get(&format!("/api/v1/settlement-reports/{month}")).await.is(200)
}

fn why() -> Value {
    json!({ "reason": "Wpisano złą naprawę." })
}

on_both! {
    async fn a_repair_is_opened_quoted_and_carried_out_and_patient_and_payer_see_it(app: TestApp) {
        let patient = app.persona("patient").spec.pesel;
        let repair = Repair::positive(&app, patient).await;
        let shop = app.as_persona(SHOP);
        shop.get(&repair.path("")).await.refused(404, "request.not_found");
        let opened = repair.opened_by(&shop).await;
        assert_eq!((opened.at("/state"), opened.at("/content/justification")), (json!("POSITIVE"), Value::Null));
        assert_eq!(opened.at("/content/device/serialNumber"), "SN-1");
        let quoted = shop.look(&repair.path("/quotes"), &json!({ "prices": ["150.00", "300.00"] })).await.is(200);
        assert_eq!((quoted.at("/limit"), quoted.at("/left"), quoted.at("/refundPercent")), (json!("200.00"), json!("200.00"), json!(100)));
        assert_eq!(quoted.at("/choices"), json!([
            { "price": "150.00", "refund": "150.00", "copay": "0.00" }, { "price": "300.00", "refund": "200.00", "copay": "100.00" },
        ]));
        shop.look(&repair.path("/quotes"), &json!({ "prices": ["0.00"] })).await.refused_at(422, "device_repair_order.price", "/prices/0");
        let hold = repair.take_up(&shop, "M-1").await.is(201).text_at("/hold/id");
        let possible = shop.get(&repair.path("/actions")).await.is(200);
        for step in ["withdrawal", "realisation"] {
            let path = repair.path(&format!("/take-ups/{hold}/{step}"));
            let items = possible.at("/items").as_array().cloned().unwrap_or_default();
            assert!(items.iter().any(|it| it["path"] == json!(path) && it["allowed"] == true), "{path}: {}", possible.text());
        }
        let done = repair.step(&shop, &hold, "realisation", &repair.repaired("150.00")).await.is(200);
        assert_eq!((done.at("/state"), done.at("/repair/refund"), done.at("/repair/copay")), (json!("REALISED"), json!("150.00"), json!("0.00")));
        let extended_to = repair.supplied_on + chrono::Months::new(4 + 3);
        assert_eq!(done.at("/repair/extension"), json!({ "months": 3, "extendedTo": extended_to }), "three quarters of four months");
        let own = app.as_persona("patient").get("/api/v1/patient/device-repair-orders").await.is(200);
        assert_eq!(own.at("/items/0/hold/providerId"), app.organisation("device-shop"));
        assert_eq!(own.at("/items/0/repair/extension/extendedTo"), json!(extended_to));
        let log = app.as_persona("patient").get("/api/v1/patient/access-log?limit=200").await.is(200);
        for operation in ["look_up_device_repair_order", "take_up_device_repair_order", "realise_device_repair_order"] {
            assert!(log.text().contains(operation), "{operation}: {}", log.text());
        }
    }

    async fn the_next_device_is_borne_from_the_day_to_which_a_repair_extends(app: TestApp) {
        let repair = Repair::positive(&app, &pesel(501)).await;
        repair.done("100.00").await;
        let ordered = async || DeviceOrder::submitted(&app, &for_patient(wheelchair(&app), &pesel(501))).await.1.is(200);
        // Half of the limit, and so of four months.
        let free_on = repair.supplied_on + chrono::Months::new(6);
        let without = repair.supplied_on + chrono::Months::new(4);
        app.advance_days((without - app.today()).num_days());
        assert_eq!(found(&ordered().await, "problems"), ["device_order.use_period_not_elapsed"], "without the repair it would be borne");
        app.advance_days((free_on - app.today()).num_days() - 1);
        assert_eq!(found(&ordered().await, "problems"), ["device_order.use_period_not_elapsed"], "one day before");
        app.advance_days(1);
        let borne = ordered().await;
        assert_eq!(borne.at("/state"), "POSITIVE", "{}", borne.text());
    }

    async fn what_earlier_repairs_have_used_of_the_limit_is_not_borne_again(app: TestApp) {
        let repair = Repair::positive(&app, &pesel(508)).await;
        repair.done("250.00").await;
        let seen = app.as_persona(PRESCRIBER).get(&repair.path("")).await.is(200);
        let again = Repair::issued(&app, &pesel(508), &seen.text_at("/content/original/number")).await;
        assert_eq!(again.at("/state"), "NEGATIVE", "{}", again.text());
        assert_eq!(found(&again, "problems"), ["device_repair_order.limit_used"]);
    }

    async fn a_repair_that_is_confirmed_anew_and_the_next_one_bring_no_more_than_the_limit(app: TestApp) {
        let first = Repair::positive(&app, &pesel(509)).await;
        let (hold, _) = first.done("50.00").await;
        let original = app.as_persona(PRESCRIBER).get(&first.path("")).await.is(200).text_at("/content/original/number");
        let next = Repair::ordered(&app, &pesel(509), &original).await;
        let shop = app.as_persona(SHOP);
        let quoted = async || {
            let told = shop.look(&next.path("/quotes"), &json!({ "prices": ["100.00"] })).await.is(200);
            (told.at("/left"), told.at("/choices/0/refund"))
        };
        let held = next.held().await;
        assert_eq!(quoted().await, (json!("150.00"), json!("100.00")));
        first.step(&shop, &hold, "realisation-withdrawal", &why()).await.is(200);
        first.step(&shop, &hold, "realisation", &first.repaired("180.00")).await.is(200);
        assert_eq!(quoted().await, (json!("20.00"), json!("20.00")));
        let done = next.step(&shop, &held, "realisation", &next.repaired("100.00")).await.is(200);
        assert_eq!((done.at("/repair/refund"), done.at("/repair/copay"), done.at("/repair/used")), (json!("20.00"), json!("80.00"), json!("20.00")));
        // 650.00 of the wheelchair, and the limit of 200.00.
        assert_eq!(report(&app, &month(&app)).await.at("/totals/refund"), json!("850.00"));
    }

    async fn who_gave_a_repair_back_sees_the_patient_no_more_once_it_cannot_be_had(app: TestApp) {
        let repair = Repair::positive(&app, &pesel(505)).await;
        let shop = app.as_persona(SHOP);
        repair.opened_by(&shop).await;
        let hold = repair.take_up(&shop, "M-1").await.is(201).text_at("/hold/id");
        repair.step(&shop, &hold, "withdrawal", &why()).await.is(200);
        assert_eq!(shop.get(&repair.path("")).await.is(200).at("/content/patient/familyName"), "Testowa");
        app.advance_days(400);
        let seen = shop.get(&repair.path("")).await.is(200);
        assert_eq!((seen.at("/state"), seen.at("/givenBack/0/decision/reason")), (json!("EXPIRED"), why()["reason"].clone()));
        assert!(!seen.text().contains("Testowa") && !seen.text().contains(&pesel(505)), "{}", seen.text());
    }

    async fn while_an_order_cannot_be_read_nothing_is_quoted_or_settled(app: TestApp) {
        let repair = Repair::positive(&app, &pesel(506)).await;
        let hold = repair.held().await;
        app.execute("UPDATE device_orders SET sealed = sealed_patient");
        let shop = app.as_persona(SHOP);
        let unknown = "device_repair_order.left_unknown";
        shop.look(&repair.path("/quotes"), &json!({ "prices": ["150.00"] })).await.refused(409, unknown);
        repair.step(&shop, &hold, "realisation", &repair.repaired("150.00")).await.refused(409, unknown);
        assert_eq!(shop.get(&repair.path("")).await.is(200).at("/state"), "HELD", "it stays");
    }

    async fn look_ups_that_open_nothing_are_alike_and_keep_nobody_waiting(app: TestApp) {
        let repair = Repair::positive(&app, &pesel(502)).await;
        let shop = app.as_persona(SHOP);
        let none = "device_repair_order.look_up_none";
        let other = with(repair.pair(), "/pesel", json!(pesel(503)));
        let told = shop.look(LOOK_UPS, &other).await.refused(404, none);
        let unknown = with(repair.pair(), "/number", json!("T5-AAAAAAAA-AAAAAAAA"));
        let same = shop.look(LOOK_UPS, &unknown).await.refused(404, none);
        assert_eq!((told.at("/detail"), told.at("/errors")), (same.at("/detail"), same.at("/errors")));
        shop.look(LOOK_UPS, &json!({ "number": repair.number, "birthDate": "1944-05-14" })).await.refused(404, none);
        shop.look(LOOK_UPS, &json!({ "number": repair.number })).await.refused(422, "device_repair_order.look_up_pair");
        // More than a caller may err at codes before it waits (ADR 43).
        for _ in 4..=22 {
            shop.look(LOOK_UPS, &other).await.refused(404, none);
        }
        shop.look(LOOK_UPS, &repair.pair()).await.is(200);
    }

    async fn of_many_providers_at_once_one_holds_it_and_the_others_hear_until_when(app: TestApp) {
        let repair = Repair::positive(&app, &pesel(504)).await;
        let shops = app.more_providers(4).await;
        for shop in &shops {
            repair.opened_by(shop).await;
        }
        let answers = futures_util::future::join_all(shops.iter().map(|shop| repair.take_up(shop, "M-1"))).await;
        let won: Vec<&Response> = answers.iter().filter(|answer| answer.status == 201).collect();
        assert_eq!(won.len(), 1);
        for lost in answers.iter().filter(|answer| answer.status != 201) {
            let refused = lost.clone().refused(409, "device_repair_order.taken");
            assert!(refused.text_at("/notBefore") > format!("{}T", won[0].text_at("/hold/heldUntil")), "{}", refused.text());
            assert!(!refused.text().contains(&won[0].text_at("/hold/providerId")), "not by whom");
        }
        let (winner, others): (Vec<_>, Vec<_>) = shops.iter().zip(&answers).partition(|(_, answer)| answer.status == 201);
        let seen = others[0].0.get(&repair.path("")).await.is(200);
        assert_eq!((seen.at("/state"), seen.at("/hold")), (json!("HELD"), Value::Null));
        let quoted = others[0].0.look(&repair.path("/quotes"), &json!({ "prices": ["150.00"] })).await;
        assert!(!quoted.refused(409, "device_repair_order.taken").at("/notBefore").is_null());
        let possible = others[0].0.get(&repair.path("/actions")).await.is(200).at("/items");
        assert_eq!(possible.as_array().map(Vec::len), Some(2), "nothing of another's hold: {possible}");
        assert_eq!((&possible[1]["action"], &possible[1]["allowed"]), (&json!("release-requests"), &json!(true)));
        assert_eq!(seen.at("/heldBy/organisationId"), won[0].at("/hold/providerId"));
        let ask = json!({ "reason": "Naprawimy od ręki." });
        winner[0].0.post(&repair.path("/release-requests"), &ask).send().await.refused(409, "device_repair_order.own_hold");
        let asked = others[0].0.post(&repair.path("/release-requests"), &ask).send().await.is(200);
        assert!(asked.at("/heldBy/releaseRequestedAt").is_string(), "{}", asked.text());
        let twice = others[0].0.post(&repair.path("/release-requests"), &ask).send().await;
        twice.refused(409, "device_order.release_requested");
        let told = winner[0].0.get(&repair.path("")).await.is(200);
        assert_eq!((told.at("/hold/releaseRequests/0/by"), told.at("/hold/releaseRequests/0/reason")), (json!("PROVIDER"), ask["reason"].clone()));
        let history = winner[0].0.get(&repair.path("/history")).await.is(200);
        assert!(history.text().contains("RepairReleaseRequested"), "{}", history.text());
        assert_eq!(possible[0]["blockedBy"]["code"], "device_repair_order.taken");
        assert_eq!(possible[0]["unblockedBy"], json!(["DEVICE_PROVIDER", "NFZ_OFFICER"]));
        let hold = won[0].text_at("/hold/id");
        repair.step(others[0].0, &hold, "withdrawal", &why()).await.refused(404, "device_repair_order.take_up_unknown");
        repair.step(winner[0].0, &hold, "withdrawal", &why()).await.is(200);
        repair.take_up(others[0].0, "M-1").await.is(201);
    }

    async fn what_does_not_hold_is_refused(app: TestApp) {
        let repair = Repair::positive(&app, &pesel(505)).await;
        let shop = app.as_persona(SHOP);
        repair.opened_by(&shop).await;
        assert_ne!(repair.take_up(&shop, "M-9").await.status, 201, "no such place");
        let hold = repair.take_up(&shop, "M-1").await.is(201).text_at("/hold/id");
        let yesterday = app.today() - chrono::Days::new(1);
        let body = with(repair.repaired("0.00"), "/guaranteeMonths", json!(121));
        let refused = repair.step(&shop, &hold, "realisation", &with(body, "/issuedOn", json!(yesterday))).await.is(422);
        for code in [
            "device_repair_order.price", "device_repair_order.guarantee", "device_repair_order.issue_date",
            "device_repair_order.receipt_date",
        ] {
            assert!(refused.text().contains(code), "{code}: {}", refused.text());
        }
        app.as_persona(PRESCRIBER).post(&repair.path(&format!("/take-ups/{hold}/realisation")), &repair.repaired("1.00")).send().await.refused(403, "auth.role");
        let path = repair.path(&format!("/take-ups/{hold}/realisation"));
        let body = repair.repaired("150.00");
        let first = shop.post(&path, &body).key("repaired-once-000001").send().await.is(200);
        let again = shop.post(&path, &body).key("repaired-once-000001").send().await.is(200);
        assert_eq!((&again.body, again.header("idempotency-replayed")), (&first.body, Some("true")));
        shop.post(&path, &body).send().await.refused(409, "device_repair_order.wrong_state");
        assert_eq!(app.count("SELECT count(*) AS number FROM settlement_entries WHERE document_kind = 'DEVICE_REPAIR_ORDER'").await, 1);
    }

    async fn a_repair_is_settled_and_taken_back_in_the_month_in_which_that_happens(app: TestApp) {
        let repair = Repair::positive(&app, &pesel(506)).await;
        let (hold, _) = repair.done("300.00").await;
        let first = month(&app);
        let told = report(&app, &first).await;
        let entries = told.at("/items").as_array().cloned().unwrap_or_default();
        let entry = entries.iter().find(|it| it["documentKind"] == "DEVICE_REPAIR_ORDER").expect("an entry");
        assert_eq!((&entry["price"], &entry["refund"], &entry["copay"]), (&json!("300.00"), &json!("200.00"), &json!("100.00")));
        assert_eq!((&entry["orderNumber"], &entry["takeUpId"], &entry["pieces"]), (&json!(repair.number), &json!(hold), &json!("1")));
        // 650.00 of the wheelchair and 200.00 of its repair.
        assert_eq!((told.at("/totals/refund"), told.at("/byCode/1/documentKind")), (json!("850.00"), json!("DEVICE_REPAIR_ORDER")));
        app.advance_days((YearMonth::of(app.today()).last_day() - app.today()).num_days() + 1);
        repair.step(&app.as_persona(SHOP), &hold, "realisation-withdrawal", &why()).await.is(200);
        let later = report(&app, &month(&app)).await;
        assert_eq!((later.at("/totals/refund"), later.at("/items/0/kind")), (json!("-200.00"), json!("WITHDRAWN")));
        assert_eq!(later.at("/items/0/issuedIn"), json!(first));
        assert_eq!(report(&app, &first).await.at("/totals"), told.at("/totals"), "what has ended stays");
        let shown = app.as_persona(SHOP).get(&repair.path("")).await.is(200);
        assert_eq!((shown.at("/state"), shown.at("/repair")), (json!("HELD"), Value::Null));
    }

    async fn a_provider_takes_back_in_time_and_an_officer_whenever_it_is_found(app: TestApp) {
        let repair = Repair::positive(&app, &pesel(507)).await;
        let (hold, _) = repair.done("100.00").await;
        app.advance_days(400);
        let shop = app.as_persona(SHOP);
        repair.step(&shop, &hold, "realisation-withdrawal", &why()).await.refused(409, "device_repair_order.withdrawal_late");
        repair.step(&app.as_persona(SECOND_SHOP), &hold, "realisation-withdrawal", &why()).await.refused(404, "request.not_found");
        let back = repair.step(&app.as_persona(NFZ_OFFICER), &hold, "realisation-withdrawal", &why()).await.is(200);
        assert_eq!(back.at("/givenBack/0/decision/reason"), why()["reason"]);
    }

    async fn whom_a_courier_brought_it_is_told_to_patient_and_provider_and_not_to_the_issuer(app: TestApp) {
        let patient = app.persona("patient").spec.pesel;
        let repair = Repair::positive(&app, patient).await;
        let hold = repair.held().await;
        let other = json!({
            "kind": "OTHER", "givenNames": "Piotr", "familyName": "Testowy",
            "identifier": { "kind": "PESEL", "number": pesel(700) },
        });
        let brought = with(with(repair.repaired("150.00"), "/method", json!("COURIER")), "/receipt/by", other.clone());
        repair.step(&app.as_persona(SHOP), &hold, "realisation", &brought).await.is(200);
        for who in [SHOP, "patient"] {
            let seen = app.as_persona(who).get(&repair.path("")).await.is(200);
            assert_eq!((seen.at("/repair/method"), seen.at("/repair/receivedBy")), (json!("COURIER"), other.clone()), "{who}");
        }
        let issuer = app.as_persona(PRESCRIBER).get(&repair.path("")).await.is(200);
        assert!(issuer.at("/repair/receivedOn").is_string(), "{}", issuer.text());
        assert!(!issuer.text().contains("Piotr"), "{}", issuer.text());
    }

    async fn an_officer_releases_a_hold_with_a_reason_that_patient_and_provider_see(app: TestApp) {
        let patient = app.persona("patient").spec.pesel;
        let repair = Repair::positive(&app, patient).await;
        let hold = repair.held().await;
        let reason = json!({ "reason": "Warsztat zamknięty; na wniosek pacjentki." });
        let released = repair.step(&app.as_persona(NFZ_OFFICER), &hold, "withdrawal", &reason).await.is(200);
        assert_eq!(released.at("/state"), "POSITIVE");
        for who in ["patient", SHOP] {
            let seen = app.as_persona(who).get(&repair.path("")).await.is(200);
            assert_eq!(seen.at("/givenBack/0/decision/reason"), reason["reason"], "{who}");
        }
        repair.take_up(&app.as_persona(SHOP), "M-1").await.is(201);
    }

    async fn a_draft_has_no_print(app: TestApp) {
        let who = app.as_persona(PRESCRIBER);
        let drafted = who.post(REPAIRS, &json!({ "content": {} })).send().await.is(201);
        let path = format!("{REPAIRS}/{}/print", drafted.text_at("/id"));
        who.get(&path).await.refused(409, "device_repair_order.not_issued");
    }

    async fn a_print_has_part_three_once_it_is_repaired_and_no_reason_for_a_provider(app: TestApp) {
        let patient = app.persona("patient").spec.pesel;
        let repair = Repair::positive(&app, patient).await;
        let print = async |who: &'static str| {
            let pdf = app.as_persona(who).get(&repair.path("/print")).await.is(200);
            assert_eq!(pdf.header("content-type"), Some("application/pdf"));
            printed(&pdf)
        };
        let issued = print(PRESCRIBER).await;
        for part in [repair.number.as_str(), "Pęknięta rama.", "Limit naprawy 200,00 zł", "SN-1", "Dorota Wzorcowa"] {
            assert!(issued.contains(part), "{part}: {issued}");
        }
        assert!(!issued.contains("część III"), "{issued}");
        repair.done("150.00").await;
        for who in [SHOP, "patient"] {
            let text = print(who).await;
            for part in ["część III", "Wymiana ramy.", "150,00 zł", "3 miesiące", "Renata Przykładowa", "(pacjent)"] {
                assert!(text.contains(part), "{who}, {part}: {text}");
            }
            assert_eq!(text.contains("Pęknięta rama."), who == "patient", "{who}: {text}");
        }
        app.as_persona("patient-second").get(&repair.path("/print")).await.refused(404, "request.not_found");
    }
}
