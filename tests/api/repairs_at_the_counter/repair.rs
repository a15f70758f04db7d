//! A repair order as a test follows it to the counter.

use super::{CODE, LOOK_UPS, REPAIRS};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::NaiveDate;
use serde_json::{Value, json};
use signing::SignatureKind;
use testkit::{
    DeviceOrder, NFZ_OFFICER, PRESCRIBER, Response, SHOP, Session, TestApp, for_patient, wheelchair,
};

/// A repair order as these tests follow it.
pub(super) struct Repair {
    pub(super) app: TestApp,
    pub(super) id: String,
    pub(super) number: String,
    pub(super) pesel: String,
    pub(super) supplied_on: NaiveDate,
}

/// The shop has supplied a wheelchair, which is borne again after four months here.
async fn supplied(app: &TestApp, pesel: &str) -> String {
    let order = DeviceOrder::positive(app, &for_patient(wheelchair(app), pesel)).await;
    let shop = app.as_persona(SHOP);
    let opened = order.opened_by(&shop).await;
    let taken = order.take_up(&shop, &json!({ "place": "M-1" })).await.is(201);
    let today = app.today();
    let product = json!({
        "product": "900000000009", "maker": "Wytwórnia Przykładowa", "model": "W-1", "name": "Wózek inwalidzki",
        "pieces": 1, "price": "700.00",
    });
    let goods = json!({
        "issuedOn": today, "method": "IN_PERSON", "staff": "Renata Przykładowa",
        "items": [{ "code": CODE, "tier": 1, "products": [product] }],
        "receipt": { "receivedOn": today, "by": { "kind": "PATIENT" } },
    });
    let path = order.path_of(&format!("take-ups/{}/realisation", taken.text_at("/id")));
    shop.post(&path, &goods).send().await.is(200);
    opened.text_at("/number")
}

impl Repair {
    /// Of a wheelchair, positive, with a repair limit of 200 zł and a short period of use that an officer has entered.
    pub(super) async fn positive(app: &TestApp, pesel: &str) -> Self {
        let figures = json!({
            "tier": 1, "ages": { "from": 18 }, "holdsFrom": app.today(), "repairLimit": "200.00",
            "usage": { "kind": "MONTHS", "months": 4 }, "source": "Dz.U. 2025 poz. 1038, załącznik", "reason": "Próba.",
        });
        let path = format!("/api/v1/device-groups/{CODE}/figures");
        app.as_persona(NFZ_OFFICER).post(&path, &figures).send().await.is(201);
        let number = supplied(app, pesel).await;
        Self::ordered(app, pesel, &number).await
    }

    /// What the payer answers to an order for the repair of what that order supplied.
    pub(super) async fn issued(app: &TestApp, pesel: &str, number: &str) -> Response {
        let order = for_patient(wheelchair(app), pesel);
        let content = json!({
            "place": order["place"], "prescriber": order["prescriber"], "patient": order["patient"],
            "device": { "code": CODE, "maker": "Wytwórnia Przykładowa", "model": "W-1", "name": "Wózek inwalidzki", "serialNumber": "SN-1" },
            "original": { "kind": "KNOWN", "number": number, "branch": 7 },
            "justification": "Pęknięta rama.",
        });
        let who = app.as_persona(PRESCRIBER);
        let drafted = who.post(REPAIRS, &json!({ "content": content })).send().await.is(201);
        let path = format!("{REPAIRS}/{}", drafted.text_at("/id"));
        let document = who.look(&format!("{path}/submission/document"), &json!({})).await.is(200);
        let bytes = URL_SAFE_NO_PAD.decode(document.text_at("/payload")).expect("the bytes");
        let body = json!({ "signature": app.sign(PRESCRIBER, SignatureKind::Qualified, &bytes) });
        who.post(&format!("{path}/submission"), &body).if_match(1).send().await.is(200)
    }

    pub(super) async fn ordered(app: &TestApp, pesel: &str, number: &str) -> Self {
        let issued = Self::issued(app, pesel, number).await;
        assert_eq!(issued.at("/state"), "POSITIVE", "{}", issued.text());
        Self {
            app: app.clone(),
            id: issued.text_at("/id"),
            number: issued.text_at("/number"),
            pesel: pesel.to_owned(),
            supplied_on: app.today(),
        }
    }

    pub(super) fn path(&self, part: &str) -> String {
        format!("{REPAIRS}/{}{part}", self.id)
    }

    pub(super) fn pair(&self) -> Value {
        json!({ "number": self.number, "pesel": self.pesel })
    }

    pub(super) async fn opened_by(&self, shop: &Session) -> Response {
        shop.look(LOOK_UPS, &self.pair()).await.is(200)
    }

    pub(super) async fn take_up(&self, shop: &Session, place: &str) -> Response {
        shop.post(&self.path("/take-ups"), &json!({ "place": place })).send().await
    }

    /// Opened and held by the shop; the id of its hold.
    pub(super) async fn held(&self) -> String {
        let shop = self.app.as_persona(SHOP);
        self.opened_by(&shop).await;
        self.take_up(&shop, "M-1").await.is(201).text_at("/hold/id")
    }

    pub(super) async fn step(&self, who: &Session, hold: &str, step: &str, body: &Value) -> Response {
        who.post(&self.path(&format!("/take-ups/{hold}/{step}")), body).send().await
    }

    pub(super) fn repaired(&self, price: &str) -> Value {
        let today = self.app.today();
        json!({
            "description": "Wymiana ramy.", "price": price, "guaranteeMonths": 12, "issuedOn": today,
            "method": "IN_PERSON", "staff": "Renata Przykładowa",
            "receipt": { "receivedOn": today, "by": { "kind": "PATIENT" } },
        })
    }

    /// Held and carried out by the shop at that price; the id of its hold.
    pub(super) async fn done(&self, price: &str) -> (String, Response) {
        let hold = self.held().await;
        let answer = self.step(&self.app.as_persona(SHOP), &hold, "realisation", &self.repaired(price)).await;
        (hold, answer.is(200))
    }
}
