//! `kill -9` between the two transactions of a verification and of a take-up: what was begun is finished once.

use crate::database::Home;
use crate::on_both;
use crate::process::Service;
use crate::tester::{Answer, Tester};
use chrono::Utc;
use domain::calendar::warsaw_date;
use domain::values::YearMonth;
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const ORDERS: &str = "/api/v1/device-orders";
const PRESCRIBER: &str = "device-prescriber";
const SHOP: &str = "device-provider";
/// Longer than a worker sleeps between two rounds, on a machine that may be busy.
const PATIENCE: Duration = Duration::from_mins(1);

#[expect(clippy::disallowed_methods, reason = "the processes under test follow the real clock")]
fn month() -> String {
    YearMonth::of(warsaw_date(Utc::now())).to_string()
}

fn content() -> Value {
    json!({
        "place": {
            "name": "Przychodnia Testowa", "regon": "123456785",
            "address": {
                "streetLine": "ul. Przykładowa 1", "postalCode": "00-001", "city": "Warszawa", "country": "PL",
            },
        },
        "prescriber": {
            "givenNames": "Dorota", "familyName": "Wzorcowa", "profession": "PHYSICIAN",
            "licenceNumber": "3900433", "specialties": ["rodzinny"],
        },
        "patient": {
            "givenNames": "Janina", "familyName": "Testowa",
            "identifier": { "kind": "PESEL", "number": "44051401458" },
        },
        "device": { "kind": "OTHER", "code": "Y.06.01", "tier": 2 },
        "supply": {
            "kind": "MONTHLY", "piecesAMonth": "90", "from": month(), "months": 3,
            "ordination": "PRIMARY", "form": "FULL",
        },
        "grounds": { "diagnosis": "N39.4", "criteria": [{ "code": "1", "name": "Nietrzymanie moczu" }] },
    })
}

/// A request that can be sent again, byte by byte.
struct Asking {
    path: String,
    body: Value,
    headers: Vec<(&'static str, String)>,
}

impl Asking {
    async fn send(&self, tester: &Tester) -> Answer {
        let headers: Vec<(&str, &str)> =
            self.headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        tester.post(&self.path, &self.body, &headers).await.expect("an answer")
    }
}

fn of(answer: &Answer, status: u16) -> Value {
    assert_eq!(answer.status, status, "{}", answer.text());
    answer.json()
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// A draft with its signature, and the submission that is not sent yet.
async fn drafted(service: &Service) -> (String, Asking) {
    let tester = Tester::of_persona(service, PRESCRIBER).await;
    let key = [("Idempotency-Key", "faults-order-00000001")];
    let created = tester.post(ORDERS, &json!({ "content": content() }), &key).await.expect("an answer");
    let id = text(&of(&created, 201)["id"]);
    let path = format!("{ORDERS}/{id}/submission");
    let document = tester.post(&format!("{path}/document"), &json!({}), &[]).await.expect("an answer");
    let asked = json!({ "persona": PRESCRIBER, "payload": of(&document, 200)["payload"] });
    let signature = tester.post("/api/v1/sandbox/signatures", &asked, &[]).await.expect("an answer");
    let headers =
        vec![("Idempotency-Key", "faults-order-00000002".to_owned()), ("If-Match", "\"1\"".to_owned())];
    (id, Asking { path, body: json!({ "signature": of(&signature, 200) }), headers })
}

/// Nobody can look at a patient: the first transaction stands, and the second one cannot begin.
fn without_patients(home: &Home) {
    home.execute("ALTER TABLE patients RENAME TO patients_away");
}

fn with_patients(home: &Home) {
    home.execute("ALTER TABLE patients_away RENAME TO patients");
}

/// Until the worker of the new process has finished it.
async fn until_none(home: &Home, waiting: &str) {
    let until = Instant::now() + PATIENCE;
    while home.number(waiting) > 0 {
        assert!(Instant::now() < until, "nobody finishes it");
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

fn count(home: &Home, rows: &str) -> i64 {
    home.number(&format!("SELECT count(*) AS number FROM {rows}"))
}

on_both! {
    async fn a_verification_that_was_killed_between_its_transactions_has_one_result_and_one_number(home: Home) {
        let service = Service::start(&home);
        let (id, submission) = drafted(&service).await;
        without_patients(&home);
        let begun = submission.send(&Tester::of_persona(&service, PRESCRIBER).await).await;
        let told = of(&begun, 202);
        assert_eq!(told["state"], "VERIFYING");
        service.kill();
        with_patients(&home);
        assert_eq!(count(&home, "device_orders WHERE state = 'VERIFYING'"), 1, "the first stands");
        home.execute("UPDATE device_orders SET verify_at = '2020-01-01 00:00:00'");
        let service = Service::start(&home);
        until_none(&home, "SELECT count(*) AS number FROM device_orders WHERE state = 'VERIFYING'").await;
        let tester = Tester::of_persona(&service, PRESCRIBER).await;
        let found = of(&tester.get(&format!("{ORDERS}/{id}")).await.expect("an answer"), 200);
        assert_eq!((&found["state"], &found["number"]), (&json!("POSITIVE"), &told["number"]));
        let again = submission.send(&tester).await;
        assert!(again.is_replayed() && again.body == begun.body, "{}", again.text());
        assert_eq!(count(&home, "device_orders WHERE number IS NOT NULL"), 1);
        for once in ["events WHERE type = 'OrderRegistered'", "events WHERE type = 'OrderVerified'",
            "audit WHERE action = 'verify_device_order'", "signatures WHERE step = 'device-order'"] {
            assert_eq!(count(&home, once), 1, "{once}");
        }
    }

    async fn a_take_up_that_was_killed_between_its_transactions_has_one_result_and_its_month_once(home: Home) {
        let service = Service::start(&home);
        let (id, submission) = drafted(&service).await;
        let prescriber = Tester::of_persona(&service, PRESCRIBER).await;
        let positive = of(&submission.send(&prescriber).await, 200);
        assert_eq!(positive["state"], "POSITIVE");
        let shop = Tester::of_persona(&service, SHOP).await;
        let pair = json!({ "number": positive["number"], "code": positive["access"]["code"] });
        let opened = shop.post(&format!("{ORDERS}/look-ups"), &pair, &[]).await.expect("an answer");
        of(&opened, 200);
        let taking = Asking {
            path: format!("{ORDERS}/{id}/take-ups"),
            body: json!({ "months": { "from": month(), "count": 1 }, "place": "M-1" }),
            headers: vec![("Idempotency-Key", "faults-order-00000003".to_owned())],
        };
        without_patients(&home);
        let begun = taking.send(&shop).await;
        let told = of(&begun, 202);
        assert_eq!(told["state"], "VERIFYING");
        service.kill();
        with_patients(&home);
        assert_eq!(count(&home, "take_ups WHERE state = 'VERIFYING'"), 1, "the first stands");
        home.execute("UPDATE take_ups SET verify_at = '2020-01-01 00:00:00'");
        let service = Service::start(&home);
        until_none(&home, "SELECT count(*) AS number FROM take_ups WHERE state = 'VERIFYING'").await;
        let shop = Tester::of_persona(&service, SHOP).await;
        let found = of(&shop.get(&format!("{ORDERS}/{id}")).await.expect("an answer"), 200);
        assert_eq!((&found["takeUps"][0]["id"], &found["takeUps"][0]["state"]), (&told["id"], &json!("HELD")));
        let again = taking.send(&shop).await;
        assert!(again.is_replayed() && again.body == begun.body, "{}", again.text());
        for once in ["take_ups", "device_order_periods WHERE state = 'RESERVED'",
            "audit WHERE action = 'look_at_take_up'", "events WHERE type = 'MonthsTakenUp'"] {
            assert_eq!(count(&home, once), 1, "{once}");
        }
    }
}
