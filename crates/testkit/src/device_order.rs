//! One order for a medical device, from draft to verified order.

use crate::client::{Request, Session};
use crate::content;
use crate::response::Response;
use crate::service::TestApp;
use app::device_group::ImportMode;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::device_order::lifecycle::{Confirmed, State};
use domain::ids::DeviceOrderId;
use domain::values::YearMonth;
use serde_json::{Value, json};
use signing::SignatureKind;
use std::sync::atomic::{AtomicI64, Ordering};
use store::device_order::Saved;
use store::{StoreError, Tx};
use uuid::Uuid;

pub const DEVICE_ORDERS: &str = "/api/v1/device-orders";
pub const REPAIR_ORDERS: &str = "/api/v1/device-repair-orders";
pub const PRESCRIBER: &str = "device-prescriber";
pub const LOOK_UPS: &str = "/api/v1/device-orders/look-ups";
pub const TAKE_UPS: &str = "/api/v1/take-ups";
/// A provider with a contract of its own, at the place `M-1`.
pub const SHOP: &str = "device-provider";
/// A subcontractor of the first, at the place `M-2`.
pub const SECOND_SHOP: &str = "device-provider-second";

/// The middle digits by which the register of the insured says no.
pub const NOT_INSURED: u32 = 997;

/// The PESEL of a fictitious woman of 1944, whose seventh to ninth digits these are.
pub fn pesel(middle: u32) -> String {
    let digits = format!("440514{middle:03}2");
    let weights = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3];
    let sum: u32 = digits.bytes().zip(weights).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}

/// A complete order for twelve months of absorbent products from the present month on.
pub fn absorbents(app: &TestApp) -> Value {
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
            "identifier": { "kind": "PESEL", "number": pesel(14) },
        },
        "device": { "kind": "OTHER", "code": "Y.06.01", "tier": 2 },
        "supply": {
            "kind": "MONTHLY", "piecesAMonth": "90", "from": YearMonth::of(app.today()).to_string(), "months": 12,
            "ordination": "PRIMARY", "form": "FULL",
        },
        "grounds": { "diagnosis": "N39.4", "criteria": [{ "code": "1", "name": "Nietrzymanie moczu" }] },
    })
}

/// A complete order for a wheelchair.
pub fn wheelchair(app: &TestApp) -> Value {
    let content = content::with(absorbents(app), "/device", json!({ "kind": "OTHER", "code": "S.12.01" }));
    content::with(content, "/supply", json!({ "kind": "ONE_OFF", "pieces": 1 }))
}

/// A complete order for the repair of a wheelchair of which nobody knows the order.
pub fn wheelchair_repair(app: &TestApp) -> Value {
    let order = absorbents(app);
    json!({
        "place": order["place"], "prescriber": order["prescriber"], "patient": order["patient"],
        "device": {
            "code": "S.12.01", "maker": "Wytwórnia Testowa", "model": "W-1", "name": "Wózek inwalidzki",
            "serialNumber": "SN-0001",
        },
        "original": { "kind": "UNKNOWN", "reason": "Wyrób sprzed zmiany oddziału; zlecenia nie zachowano." },
        "justification": "Pęknięta rama.",
    })
}

/// The same for another patient.
#[must_use]
pub fn for_patient(order: Value, pesel: &str) -> Value {
    content::with(order, "/patient/identifier/number", json!(pesel))
}

/// The patient's statement on the right to benefits.
pub fn statement(app: &TestApp) -> Value {
    json!({ "kind": "STATEMENT", "madeOn": app.today(), "madeBy": "PATIENT" })
}

/// An order as the test follows it.
pub struct DeviceOrder {
    pub app: TestApp,
    pub id: String,
    /// Under which path it stands: an order for a device, or one for its repair.
    collection: &'static str,
    revision: AtomicI64,
}

impl DeviceOrder {
    /// A draft of the clinic's prescriber.
    pub async fn drafted(app: &TestApp, content: &Value) -> Self {
        let body = json!({ "content": content });
        let created = app.as_persona(PRESCRIBER).post(DEVICE_ORDERS, &body).send().await.is(201);
        Self::created(app, &created)
    }

    /// The order that this answer opened.
    pub fn created(app: &TestApp, created: &Response) -> Self {
        let revision = created.at("/revision").as_i64().expect("a revision");
        let (id, collection) = (created.text_at("/id"), DEVICE_ORDERS);
        Self { app: app.clone(), id, collection, revision: AtomicI64::new(revision) }
    }

    /// The draft of a repair order.
    pub async fn repair_drafted(app: &TestApp, persona: &'static str, content: &Value) -> Self {
        let body = json!({ "content": content });
        let created = app.as_persona(persona).post(REPAIR_ORDERS, &body).send().await.is(201);
        Self { collection: REPAIR_ORDERS, ..Self::created(app, &created) }
    }

    /// A repair order of the clinic's prescriber, submitted, whatever is found.
    pub async fn repair_submitted(app: &TestApp, content: &Value) -> (Self, Response) {
        let order = Self::repair_drafted(app, PRESCRIBER, content).await;
        let answer = order.submit().await;
        (order, answer)
    }

    /// Submitted by its prescriber, whatever is found.
    pub async fn submitted(app: &TestApp, content: &Value) -> (Self, Response) {
        let order = Self::drafted(app, content).await;
        let answer = order.submit().await;
        (order, answer)
    }

    /// Verified as positive.
    pub async fn positive(app: &TestApp, content: &Value) -> Self {
        let (order, answer) = Self::submitted(app, content).await;
        assert_eq!(answer.is(200).at("/state"), "POSITIVE");
        order
    }

    pub fn path(&self) -> String {
        format!("{}/{}", self.collection, self.id)
    }

    pub fn path_of(&self, part: &str) -> String {
        format!("{}/{part}", self.path())
    }

    /// What opens it to a provider, as its prescriber hands it over.
    pub async fn access_data(&self) -> Value {
        let told = self.app.as_persona(PRESCRIBER).get(&self.path_of("access-data")).await.is(200);
        json!({ "number": told.at("/number"), "code": told.at("/access/code") })
    }

    /// Opened with number and code by whoever supplies.
    pub async fn opened_by(&self, provider: &Session) -> Response {
        provider.look(LOOK_UPS, &self.access_data().await).await.is(200)
    }

    /// Shown whole to an officer of the payer, who has said why.
    pub async fn opened_to(&self, officer: &'static str) -> Response {
        let reason = json!({ "reason": "Skarga pacjentki na odmowę." });
        self.app.as_persona(officer).post(&self.path_of("break-glass"), &reason).send().await.is(200)
    }

    /// Asks for months of an order that the provider has opened.
    pub async fn take_up(&self, provider: &Session, body: &Value) -> Response {
        provider.post(&self.path_of("take-ups"), body).send().await
    }

    /// The shop hands so many absorbent products of tier 2 over today, at 2,50 zł each, to whoever takes them.
    pub async fn issue_goods(&self, take_up: &str, pieces: u32, by: &Value) {
        let today = self.app.today();
        let product = json!({
            "product": "900000000009", "maker": "Fabryka Próbna", "model": "Żółw L", "name": "Pieluchomajtki Gęś",
            "pieces": pieces, "price": "2.50",
        });
        let goods = json!({
            "issuedOn": today, "method": "IN_PERSON", "staff": "Renata Przykładowa",
            "items": [{ "code": "Y.06.01", "tier": 2, "products": [product] }],
            "receipt": { "receivedOn": today, "by": by },
        });
        let path = self.path_of(&format!("take-ups/{take_up}/realisation"));
        self.app.as_persona(SHOP).post(&path, &goods).send().await.is(200);
    }

    /// Its last revision that somebody was shown.
    pub fn revision(&self) -> i64 {
        self.revision.load(Ordering::Relaxed)
    }

    fn keep(&self, answer: &Response) {
        if let (200..300, Some(revision)) = (answer.status, answer.at("/revision").as_i64()) {
            self.revision.store(revision, Ordering::Relaxed);
        }
    }

    /// As this persona sees it.
    pub async fn seen_by(&self, persona: &'static str) -> Response {
        let answer = self.app.as_persona(persona).get(&self.path()).await;
        self.keep(&answer);
        answer
    }

    /// A command that is not sent yet, on the last revision.
    pub fn ask(&self, persona: &'static str, action: &str, body: &Value) -> Request {
        self.app.as_persona(persona).post(&self.path_of(action), body).if_match(self.revision())
    }

    pub async fn command(&self, persona: &'static str, action: &str, body: &Value) -> Response {
        let answer = self.ask(persona, action, body).send().await;
        self.keep(&answer);
        answer
    }

    /// The bytes to sign.
    pub async fn document(&self, persona: &'static str, action: &str, fields: &Value) -> Vec<u8> {
        let path = self.path_of(&format!("{action}/document"));
        let document = self.app.as_persona(persona).look(&path, fields).await.is(200);
        URL_SAFE_NO_PAD.decode(document.text_at("/payload")).expect("the bytes")
    }

    /// The body of a step with this persona's signature.
    pub async fn signed(
        &self,
        persona: &'static str,
        action: &str,
        fields: Value,
        kind: SignatureKind,
    ) -> Value {
        let document = self.document(persona, action, &fields).await;
        content::with(fields, "/signature", self.app.sign(persona, kind, &document))
    }

    pub async fn submit_as(&self, persona: &'static str, kind: SignatureKind) -> Response {
        let body = self.signed(persona, "submission", json!({}), kind).await;
        self.command(persona, "submission", &body).await
    }

    pub async fn submit(&self) -> Response {
        self.submit_as(PRESCRIBER, SignatureKind::Qualified).await
    }

    pub async fn correct(&self, content: &Value) -> Response {
        let fields = json!({ "content": content });
        let body = self.signed(PRESCRIBER, "correction", fields, SignatureKind::Qualified).await;
        self.command(PRESCRIBER, "correction", &body).await
    }
}

impl DeviceOrder {
    /// What stands in the store is as if it had come about otherwise: what no request and no chance brings about in a test.
    pub async fn alter(&self, change: impl FnOnce(&mut Confirmed) + Send + 'static) {
        let id = DeviceOrderId::parse(&self.id).expect("an id");
        let (ring, now) = (self.app.key_ring(), self.app.now());
        let job = move |tx: &mut Tx<'_>| {
            let loaded = store::device_order::find(tx, &ring, id)?.expect("the order");
            let mut order = loaded.order.clone();
            let State::Positive(confirmed) = &mut order.state else { panic!("not positive") };
            change(confirmed);
            let times = Saved { now, verify_at: now };
            let saved = store::device_order::save(tx, &ring, order, &loaded, None, times)?;
            assert!(saved.is_some(), "somebody else changed it");
            Ok::<_, StoreError>(())
        };
        self.app.store().transaction(job).await.expect("a change");
    }
}

/// Consecutive months of the present one, `later` months on.
pub fn months(app: &TestApp, later: u32, count: u32) -> Value {
    json!({ "from": YearMonth::of(app.today()).plus(later).to_string(), "count": count })
}

impl TestApp {
    /// An officer of the payer enters the repair limit of wheelchairs, which no public source gives.
    pub async fn with_repair_limit(&self) {
        let body = json!({
            "tier": 1, "ages": { "from": 18 }, "repairLimit": "1000.00", "holdsFrom": "2024-01-01", "source": "Dz.U. 2025 poz. 1038, załącznik",
        });
        let path = "/api/v1/device-groups/S.12.01/figures";
        self.as_persona("nfz-officer").post(path, &body).send().await.is(201);
    }

    /// So many providers more, each with a contract of its own at the place `M-1`.
    pub async fn more_providers(&self, count: u8) -> Vec<Session> {
        let mut contracts = sandbox::contracts::sample(self.space());
        let person = self.persona(SHOP);
        let (system, number) = person.register_id().expect("a number");
        let (mut organisations, mut roles, mut sessions) = (Vec::new(), Vec::new(), Vec::new());
        for which in 0..count {
            let id = Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0100 + u128::from(which));
            organisations.push(
                json!({ "id": id, "kind": "DEVICE_PROVIDER", "name": format!("Sklep Próbny {which}") }),
            );
            roles.push(json!({ "role": "DEVICE_PROVIDER", "organisation": id, "position": "sprzedawca" }));
            let address =
                json!({ "streetLine": "ul. Zmyślona 1", "postalCode": "00-912", "city": "Wzorcowice" });
            let contract = json!({
                "number": format!("TEST/07/{which:04}"), "branch": "07", "holder": id, "validFrom": "2024-01-01",
                "validTo": "2035-12-31", "covers": ["S", "W", "Y"], "places": [{ "code": "M-1", "address": address }],
            });
            contracts["contracts"].as_array_mut().expect("contracts").push(contract);
            let org = json!({ "id": id, "kind": "DEVICE_PROVIDER" });
            sessions.push(self.with_token(self.token(SHOP).with("org", org)));
        }
        let spec = person.spec;
        let own = person.organisation.expect("an organisation").id;
        roles.push(json!({ "role": "DEVICE_PROVIDER", "organisation": own, "position": "kierownik sklepu" }));
        let file = json!({ "organisations": organisations, "people": [{
            "id": person.person_id.expect("a person").to_string(), "pesel": spec.pesel,
            "givenNames": spec.given_names, "familyName": spec.family_name,
            "ids": [{ "system": system.name(), "id": number }], "roles": roles,
        }]});
        self.import_directory(file).await;
        self.import_contracts(&contracts.to_string(), ImportMode::Import).await.expect("the contracts");
        sessions
    }

    /// Finishes what was begun and left, as a worker does, until nothing is left; how many orders those were.
    pub async fn finish_verifications(&self) -> usize {
        let mut finished = 0;
        loop {
            match self.use_cases().finish_verifications().await.expect("verifications are finished") {
                0 => return finished,
                some => finished += some,
            }
        }
    }
}

/// Codes of what a verification found.
pub fn found(answer: &Response, kind: &str) -> Vec<String> {
    let items = answer.at(&format!("/verification/{kind}")).as_array().cloned().unwrap_or_default();
    items.iter().map(|item| item["code"].as_str().unwrap_or_default().to_owned()).collect()
}
