//! Orders on paper: entered by a branch of the payer, judged by their own dates, and answered the way they came.

use app::caller::Role;
use chrono::{Days, Months};
use serde_json::{Value, json};
use testkit::{
    DeviceOrder, LOOK_UPS, NFZ_OFFICER, PRESCRIBER, SECOND_SHOP, SHOP, TestApp, found, in_facility, months,
    on_both, paper_entry, paper_order, pesel, scan_of_order, statement, with,
};

on_both! {
    async fn an_order_on_paper_gets_a_number_by_hand_and_no_code(app: TestApp) {
        let entered = app.enter_paper_order(&paper_order(&app, app.today(), "Zlecenie papierowe")).await.is(201);
        let number = entered.text_at("/number");
        assert!(number.starts_with("1-07-") && number.len() == 16, "{number}");
        assert_eq!((entered.at("/state"), entered.at("/nfzStatus")), (json!("POSITIVE"), json!("P")));
        assert_eq!(entered.at("/issue/signature/level"), "SEEN_BY_OFFICER");
        assert_eq!((entered.at("/paper/branch"), entered.at("/paper/answerBy")), (json!("07"), json!("COUNTER")));
        assert_eq!(entered.header("location"), Some(format!("/api/v1/device-orders/{}", entered.text_at("/id")).as_str()));
        let order = DeviceOrder::created(&app, &entered);
        let data = app.as_persona(PRESCRIBER).get(&order.path_of("access-data")).await.is(200);
        assert_eq!(data.at("/access"), json!({ "informationPrintObligatory": true }));
        let history = app.as_persona(NFZ_OFFICER).get(&order.path_of("history")).await.is(200);
        assert_eq!(history.at("/items/1/type"), "OrderEnteredFromPaper");
        assert_eq!(history.at("/items/1/data"), json!({ "answerBy": "COUNTER" }));
    }

    async fn it_is_found_by_its_number_and_goes_to_one_provider(app: TestApp) {
        let entered = app.enter_paper_order(&paper_order(&app, app.today(), "Zlecenie papierowe")).await.is(201);
        let order = DeviceOrder::created(&app, &entered);
        let pair = json!({ "number": entered.at("/number"), "pesel": pesel(14) });
        for shop in [SHOP, SECOND_SHOP] {
            let opened = app.as_persona(shop).look(LOOK_UPS, &pair).await.is(200);
            assert_eq!((opened.text_at("/id"), opened.at("/paper")), (order.id.clone(), Value::Null));
        }
        let at = |place: &str, later| json!({ "months": months(&app, later, 1), "place": place, "entitlement": { "kind": "KEEP" } });
        order.take_up(&app.as_persona(SHOP), &at("M-1", 0)).await.is(201);
        let elsewhere = order.take_up(&app.as_persona(SECOND_SHOP), &at("M-2", 1)).await;
        elsewhere.refused(422, "device_order.paper_elsewhere");
        order.take_up(&app.as_persona(SHOP), &at("M-1", 1)).await.is(201);
    }

    async fn a_patient_without_a_pesel_is_found_by_the_date_of_birth(app: TestApp) {
        let entry = paper_order(&app, app.today(), "Zlecenie obcokrajowca");
        let entry = with(entry, "/content/patient", json!({
            "givenNames": "Oksana", "familyName": "Przykładowa", "birthDate": "1990-01-31", "sex": "FEMALE",
            "identifier": { "kind": "FOREIGN_PASSPORT", "country": "UA", "number": "FA123456" },
        }));
        let entered = app.enter_paper_order(&with(entry, "/content/right", statement(&app))).await.is(201);
        let pair = json!({ "number": entered.at("/number"), "birthDate": "1990-01-31" });
        app.as_persona(SHOP).look(LOOK_UPS, &pair).await.is(200);
    }

    async fn six_months_at_most_and_every_fault_at_once(app: TestApp) {
        let entry = paper_order(&app, app.today(), "Zlecenie papierowe");
        let entry = with(entry, "/content/supply/months", json!(7));
        let tomorrow = app.today() + Days::new(1);
        let refused = app.enter_paper_order(&with(entry, "/receivedOn", json!(tomorrow))).await.is(422);
        assert_eq!(codes(&refused), ["device_order.paper_dates", "device_order.too_many_months"]);
    }

    async fn it_is_judged_by_its_own_day_and_elapsed_months_are_lost(app: TestApp) {
        let issued_on = app.today();
        let until = json!({ "kind": "DAY", "last": issued_on });
        let document = json!({ "kind": "DOCUMENT", "document": { "kind": "INSURANCE_PROOF", "number": "1", "until": until } });
        let entry = paper_order(&app, issued_on, "Zlecenie papierowe");
        let entry = with(entry, "/content/patient/identifier/number", json!(pesel(testkit::NOT_INSURED)));
        let entry = with(entry, "/content/right", document);
        app.advance_days(62);
        let entry = with(entry, "/receivedOn", json!(app.today()));
        let entered = app.enter_paper_order(&entry).await.is(201);
        assert_eq!(entered.at("/state"), "POSITIVE", "{}", entered.text());
        assert_eq!(entered.at("/issue/issuedOn"), json!(issued_on));
        let states: Vec<Value> = (0..6).map(|month| entered.at(&format!("/periods/{month}/state"))).collect();
        assert_eq!(states[..2], [json!("LOST"), json!("LOST")]);
        assert_eq!(states[5], "AVAILABLE");
    }

    async fn what_is_accepted_is_borne_as_of_its_own_day(app: TestApp) {
        let entry = paper_order(&app, app.today(), "Bez dokumentu");
        let entry = with(entry, "/content/patient/identifier/number", json!(pesel(testkit::NOT_INSURED)));
        let negative = app.enter_paper_order(&entry).await.is(201);
        assert_eq!(found(&negative, "problems"), ["device_order.right_not_confirmed"]);
        let order = DeviceOrder::created(&app, &negative);
        let accepted = order.command(NFZ_OFFICER, "acceptance", &json!({ "reason": "Okazano dokument." })).await.is(200);
        assert_eq!(accepted.at("/state"), "POSITIVE");
        let data = app.as_persona(PRESCRIBER).get(&order.path_of("access-data")).await.is(200);
        assert_eq!(data.at("/access/code"), Value::Null);
    }

    async fn months_that_passed_before_an_acceptance_are_lost_in_its_very_answer(app: TestApp) {
        let entry = paper_order(&app, app.today(), "Bez dokumentu");
        let entry = with(entry, "/content/patient/identifier/number", json!(pesel(testkit::NOT_INSURED)));
        let order = DeviceOrder::created(&app, &app.enter_paper_order(&entry).await.is(201));
        app.advance_days(65);
        let accepted = order.command(NFZ_OFFICER, "acceptance", &json!({ "reason": "Okazano dokument." })).await.is(200);
        let states: Vec<Value> = (0..6).map(|month| accepted.at(&format!("/periods/{month}/state"))).collect();
        assert_eq!((&states[0], &states[1], &states[5]), (&json!("LOST"), &json!("LOST"), &json!("AVAILABLE")));
        assert_eq!(order.seen_by(PRESCRIBER).await.is(200).at("/periods"), accepted.at("/periods"));
    }

    async fn the_reason_names_an_outage_that_lasted(app: TestApp) {
        let entry = paper_order(&app, app.today(), "Zlecenie papierowe");
        let unavailable = json!({ "kind": "SERVICES_UNAVAILABLE", "description": "Brak odpowiedzi usług." });
        let outage = app.outage_today().await;
        let unnamed = app.enter_paper_order(&with(entry.clone(), "/reason", unavailable.clone())).await;
        assert_eq!(codes(&unnamed.is(422)), ["device_order.paper_outage_unnamed"]);
        let before = app.today() - Days::new(3);
        let early = with(paper_order(&app, before, "Wcześniejsze"), "/reason", json!({ "kind": "OUTAGE", "outageId": outage }));
        assert_eq!(codes(&app.enter_paper_order(&early).await.is(422)), ["device_order.paper_outage_differs"]);
        app.enter_paper_order(&with(paper_order(&app, before, "Wcześniejsze"), "/reason", unavailable)).await.is(201);
        let named = with(entry, "/reason", json!({ "kind": "OUTAGE", "outageId": outage }));
        let other = with(named, "/content/patient/identifier/number", json!(pesel(15)));
        let entered = app.enter_paper_order(&other).await.is(201);
        assert_eq!(entered.at("/paper/reason/outageId"), json!(outage));
    }

    async fn the_same_paper_is_entered_once_and_anew_after_a_cancellation(app: TestApp) {
        let entry = paper_order(&app, app.today(), "Zlecenie papierowe");
        let entered = app.enter_paper_order(&entry).await.is(201);
        let known = |refused: &testkit::Response| assert_eq!(refused.at("/existing/id"), entered.at("/id"));
        let same_scan = with(entry.clone(), "/content/patient/identifier/number", json!(pesel(15)));
        known(&app.enter_paper_order(&same_scan).await.refused(409, "device_order.paper_duplicate"));
        let other_scan = paper_order(&app, app.today(), "Drugi skan");
        known(&app.enter_paper_order(&other_scan).await.refused(409, "device_order.paper_duplicate"));
        let order = DeviceOrder::created(&app, &entered);
        order.command(NFZ_OFFICER, "cancellation", &json!({ "reason": "Pomyłka we wpisie." })).await.is(200);
        let anew = app.enter_paper_order(&entry).await.is(201);
        assert_eq!(anew.at("/paper/formerly/id"), entered.at("/id"));
        assert_ne!(anew.at("/number"), entered.at("/number"));
    }

    async fn the_scan_of_a_demand_is_no_order(app: TestApp) {
        let (outage, issued_on) = (app.outage_today().await, app.today());
        app.advance_days(90);
        let title = "Zapotrzebowanie na papierze";
        app.enter_paper(&paper_entry(&app, in_facility(&app), &outage, issued_on, title)).await.is(201);
        let entry = paper_order(&app, app.today(), title);
        app.enter_paper_order(&entry).await.refused(409, "device_order.paper_duplicate");
    }

    async fn the_scan_of_an_order_is_no_demand(app: TestApp) {
        let (outage, issued_on) = (app.outage_today().await, app.today());
        app.advance_days(90);
        let title = "Zlecenie na papierze";
        let entered = app.enter_paper_order(&paper_order(&app, app.today(), title)).await.is(201);
        let refused = app.enter_paper(&paper_entry(&app, in_facility(&app), &outage, issued_on, title)).await;
        let refused = refused.refused(409, "paper_entry.duplicate");
        let of_order = entered.at("/id").as_str().expect("an id").to_owned();
        assert!(!refused.text().contains(&of_order), "an order is nothing that is told to who enters demands");
    }

    async fn the_scan_is_sealed_and_read_by_those_who_see_the_whole(app: TestApp) {
        let order = DeviceOrder::from_paper(&app).await;
        let officer = app.as_persona(NFZ_OFFICER);
        officer.get(&order.path_of("scan")).await.refused(409, "device_order.paper_scan_missing");
        let other = order.scan(&officer, b"%PDF-1.7 inny").send().await;
        assert_eq!(codes(&other.is(422)), ["device_order.paper_scan_differs"]);
        let kept = order.add_order_scan("Zlecenie papierowe").await.is(201);
        assert_eq!(kept.at("/mediaType"), "application/pdf");
        let again = order.add_order_scan("Zlecenie papierowe").await.is(201);
        assert_eq!(again.header("idempotency-replayed"), Some("true"));
        let second = order.scan(&officer, &scan_of_order("Zlecenie papierowe")).key("another-key-of-scan").send().await;
        second.refused(409, "device_order.paper_scan_present");
        for persona in [NFZ_OFFICER, PRESCRIBER] {
            let file = app.as_persona(persona).get(&order.path_of("scan")).await.is(200);
            assert_eq!(file.body, scan_of_order("Zlecenie papierowe"), "{persona}");
        }
        assert_eq!(app.count("SELECT count(*) AS number FROM attachment_uploads WHERE given_up_at IS NULL").await, 0);
        let reads = "SELECT count(*) AS number FROM audit WHERE action = 'read_paper_order_scan' AND refusal IS NULL";
        assert_eq!(app.count(reads).await, 2, "each reading is on the patient's record");
        let electronic = DeviceOrder::positive(&app, &testkit::for_patient(testkit::absorbents(&app), &pesel(16))).await;
        order_has_no_paper(&electronic).await;
    }

    async fn the_number_goes_back_once_the_way_the_paper_came(app: TestApp) {
        let entry = with(paper_order(&app, app.today(), "Zlecenie papierowe"), "/channel", json!({
            "kind": "POST", "returnAddress": {
                "streetLine": "ul. Zmyślona 3", "postalCode": "00-912", "city": "Wzorcowice", "country": "PL",
            },
        }));
        let order = DeviceOrder::created(&app, &app.enter_paper_order(&entry).await.is(201));
        let sent = json!({ "sentOn": app.today() });
        order.command(NFZ_OFFICER, "reply", &sent).await.refused(409, "device_order.paper_scan_missing");
        let blocked = app.as_persona(NFZ_OFFICER).get(&order.path_of("actions")).await.is(200);
        assert!(blocked.text().contains("device_order.paper_scan_missing"), "{}", blocked.text());
        order.add_order_scan("Zlecenie papierowe").await.is(201);
        let tomorrow = json!({ "sentOn": app.today() + Days::new(1) });
        let early = order.command(NFZ_OFFICER, "reply", &tomorrow).await.is(422);
        assert_eq!(codes(&early), ["device_order.paper_reply_date"]);
        let replied = order.command(NFZ_OFFICER, "reply", &json!({})).await.is(200);
        assert_eq!(replied.at("/paper/answerBy"), "POST");
        assert_eq!(replied.at("/paper/channel/returnAddress/city"), "Wzorcowice");
        assert_eq!(replied.at("/paper/reply/sentOn"), json!(app.today()));
        let other = app.stranger(Role::NfzOfficer).get(&order.path()).await.is(200);
        assert_eq!((other.at("/paper/answerBy"), other.at("/paper/channel/kind")), (json!("POST"), json!("POST")));
        assert!(!other.text().contains("Wzorcowice"), "an officer who has nothing to do with it: {}", other.text());
        order.command(NFZ_OFFICER, "reply", &json!({})).await.refused(409, "device_order.paper_replied");
    }

    async fn a_paper_order_is_not_corrected_electronically(app: TestApp) {
        let entry = paper_order(&app, app.today(), "Zlecenie papierowe");
        let entry = with(entry, "/content/patient/identifier/number", json!(pesel(testkit::NOT_INSURED)));
        let negative = app.enter_paper_order(&entry).await.is(201);
        assert_eq!(negative.at("/state"), "NEGATIVE");
        let order = DeviceOrder::created(&app, &negative);
        let corrected = order.correct(&entry["content"]).await;
        corrected.refused(409, "device_order.on_paper");
    }

    async fn an_officer_of_no_branch_confirms_nothing(app: TestApp) {
        app.forget_branch().await;
        let entry = paper_order(&app, app.today(), "Zlecenie papierowe");
        app.enter_paper_order(&entry).await.refused(403, "device_order.paper_branch_unknown");
    }

    async fn a_batch_reports_every_line_and_enters_none_twice(app: TestApp) {
        let of = |which: u32, title: &str| {
            let entry = paper_order(&app, app.today(), title);
            let entry = with(entry, "/clientReference", json!(format!("OW07-{which}")));
            with(entry, "/content/patient/identifier/number", json!(pesel(100 + which)))
        };
        let before = app.enter_paper_order(&of(9, "Wpisane wcześniej")).await.is(201);
        let bad_value = with(of(3, "Zły PESEL"), "/content/patient/identifier/number", json!("123"));
        let too_long = with(of(4, "Za długo"), "/content/supply/months", json!(9));
        let lines = [of(1, "Pierwsze"), of(2, "Drugie"), bad_value, too_long, of(9, "Wpisane wcześniej"), of(1, "Trzecie")];
        let report = app.enter_paper_orders("batch-after-the-outage", &lines).await.is(200);
        let outcomes: Vec<Value> = (0..6).map(|line| report.at(&format!("/lines/{line}/outcome"))).collect();
        assert_eq!(outcomes, ["CREATED", "CREATED", "REFUSED", "REFUSED", "KNOWN", "KNOWN"], "{}", report.text());
        assert_eq!([report.at("/created"), report.at("/known"), report.at("/refused")], [json!(2), json!(2), json!(2)]);
        assert_eq!(report.at("/lines/0/order/state"), "POSITIVE");
        assert_eq!(report.at("/lines/2/problems/0/pointer"), "/content/patient/identifier/number");
        assert_eq!(report.at("/lines/3/problems/0/code"), "device_order.too_many_months");
        assert_eq!(report.at("/lines/4/order/id"), before.at("/id"), "its scan and its reference are known");
        assert_eq!(report.at("/lines/5/order/id"), report.at("/lines/0/order/id"), "the reference is an earlier line's");
        let count = "SELECT count(*) AS number FROM device_orders";
        assert_eq!(app.count(count).await, 3);
        let again = app.enter_paper_orders("batch-after-the-outage", &lines).await.is(200);
        assert_eq!((again.text(), again.header("idempotency-replayed")), (report.text(), Some("true")));
        let anew = app.enter_paper_orders("another-key-of-the-batch", &lines[..2]).await.is(200);
        assert_eq!([anew.at("/created"), anew.at("/known")], [json!(0), json!(2)]);
        assert_eq!(app.count(count).await, 3);
    }

    async fn a_batch_whose_answer_was_lost_goes_on_where_it_ended(app: TestApp) {
        let of = |which: u32| {
            let entry = paper_order(&app, app.today(), &format!("Zlecenie {which}"));
            with(entry, "/content/patient/identifier/number", json!(pesel(100 + which)))
        };
        let whole = app.enter_paper_orders("batch-of-two-papers", &[of(1), of(2)]).await.is(200);
        // As if the process had died before the report, after its lines.
        app.execute("DELETE FROM idempotency WHERE operation = 'confirm_paper_orders'");
        let resumed = app.enter_paper_orders("batch-of-two-papers", &[of(1), of(2)]).await.is(200);
        assert_eq!(resumed.text(), whole.text());
        assert_eq!(app.count("SELECT count(*) AS number FROM device_orders").await, 2);
    }

    async fn a_prescriber_whom_nobody_knows_may_have_written_it(app: TestApp) {
        let issued_on = app.today().checked_sub_months(Months::new(1)).expect("a day");
        let entry = paper_order(&app, issued_on, "Lekarz spoza systemu");
        let entry = with(entry, "/content/prescriber/licenceNumber", json!("5425740"));
        let entered = app.enter_paper_order(&entry).await.is(201);
        assert_eq!(entered.at("/issuer/licenceNumber"), "5425740");
        let differs = with(entry, "/content/prescriber/licenceNumber", json!("3900433"));
        let differs = with(differs, "/content/prescriber/profession", json!("FELDSHER"));
        let refused = app.enter_paper_order(&differs).await;
        assert!(refused.text().contains("device_order.prescriber_differs"), "{}", refused.text());
    }
}

fn codes(refused: &testkit::Response) -> Vec<String> {
    refused.faults().into_iter().map(|(code, _)| code).collect()
}

async fn order_has_no_paper(order: &DeviceOrder) {
    let officer = order.app.as_persona(NFZ_OFFICER);
    officer.get(&order.path_of("scan")).await.refused(403, "auth.not_yours");
    order.opened_to(NFZ_OFFICER).await;
    officer.get(&order.path_of("scan")).await.refused(409, "device_order.not_on_paper");
    order.seen_by(NFZ_OFFICER).await.is(200);
    order.command(NFZ_OFFICER, "reply", &json!({})).await.refused(409, "device_order.not_on_paper");
}
