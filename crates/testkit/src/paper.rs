//! Demands and notifications on paper as an officer enters them, demands with every date on the last day on which it was in time.

use crate::case::Case;
use crate::content::with;
use crate::notification::{AUTHORISATIONS, Notification, digest_of};
use crate::response::Response;
use crate::service::TestApp;
use chrono::{NaiveDate, TimeDelta};
use reqwest::Method;
use serde_json::{Value, json};

/// The file that shows the paper of this title.
fn scan_of(title: &str) -> Vec<u8> {
    format!("%PDF-1.7\n{title}").into_bytes()
}

/// How many days after its issue the paper reached the minister.
pub const DAYS_ON_PAPER: i64 = 63;

/// What came on paper, issued on that day in this outage; the title tells its scan from others.
pub fn paper_entry(app: &TestApp, content: Value, outage: &str, issued_on: NaiveDate, title: &str) -> Value {
    let after = |days: i64| issued_on + TimeDelta::days(days);
    let is_in_facility = content["use"] == "IN_FACILITY";
    let mut entry = app.consultant("consultant-nephrology");
    entry["content"] = content;
    entry["grounds"] = json!({ "kind": "OUTAGE", "outageId": outage });
    entry["issuedOn"] = json!(issued_on);
    if is_in_facility {
        entry["representativeSignedOn"] = json!(after(3));
    }
    entry["opinion"] = json!({
        "verdict": "CONFIRMED", "receivedOn": after(10), "givenOn": after(17),
        "justification": "Zgodne z wiedzą medyczną.",
    });
    entry["sentOn"] = json!(after(60));
    entry["receivedOn"] = json!(after(DAYS_ON_PAPER));
    entry["scan"] = json!({ "title": title, "sha256": digest_of(&scan_of(title)) });
    entry
}

impl TestApp {
    /// An outage that was recorded today, when it was over; its id.
    pub async fn outage_today(&self) -> String {
        let (from, until) = (self.now() - TimeDelta::minutes(2), self.now());
        let body = json!({ "from": from, "until": until, "reason": "Awaria zasilania w serwerowni." });
        self.as_persona("preparer").post("/api/v1/outages", &body).send().await.is(201).text_at("/id")
    }

    /// An officer enters it.
    pub async fn enter_paper(&self, entry: &Value) -> Response {
        let is_food = entry["content"]["product"].get("composition").is_some();
        let collection = if is_food { crate::FOOD_DEMANDS } else { crate::DEMANDS };
        self.as_persona("preparer").post(&format!("{collection}/paper-entries"), entry).send().await
    }

    /// The organisation is no more.
    pub async fn is_closed(&self, key: &str) {
        self.put_organisation(key, "active", json!(false)).await;
    }

    async fn put_organisation(&self, key: &str, member: &str, value: Value) {
        let known = sandbox::personas::find_organisation(self.space(), key).expect("an organisation");
        let spec = known.spec;
        let mut line = json!({
            "id": known.id, "kind": spec.kind, "name": spec.name, "nip": spec.nip,
            "rpwdlNumber": spec.rpwdl_number, "email": spec.email,
        });
        line[member] = value;
        self.import_directory(json!({ "organisations": [line] })).await;
    }
}

impl Case {
    /// Issued on paper in an outage, and entered 90 days later.
    pub async fn on_paper(app: &TestApp, content: Value) -> Self {
        let (outage, issued_on) = (app.outage_today().await, app.today());
        app.advance_days(90);
        let entry = paper_entry(app, content, &outage, issued_on, "Zapotrzebowanie na papierze");
        Self::created(app, &app.enter_paper(&entry).await.is(201))
    }

    /// The officer adds the scan of that title, for the physician to read too.
    pub async fn add_scan(&self, title: &str) -> Response {
        let path = format!("{}?recipients=PHYSICIAN", self.path_of("attachments"));
        let preparer = self.app.as_persona("preparer");
        let request = preparer.request(Method::POST, &path).key(&format!("scan-of-{}", self.id));
        request.header("Attachment-Title", "Skan").bytes("application/pdf", scan_of(title)).send().await
    }
}

/// What a wholesaler notified on paper, issued on that day in this outage; the title tells its scan from others.
pub fn paper_notification(content: &Value, outage: &str, issued_on: NaiveDate, title: &str) -> Value {
    let after = |days: i64| issued_on + TimeDelta::days(days);
    json!({
        "content": content, "grounds": { "kind": "OUTAGE", "outageId": outage }, "issuedOn": issued_on,
        "representativeSignedOn": after(2), "sentOn": after(3), "receivedOn": after(6),
        "scan": { "title": title, "sha256": digest_of(&scan_of(title)) },
    })
}

impl TestApp {
    /// An officer enters a notification.
    pub async fn enter_paper_notification(&self, entry: &Value) -> Response {
        self.as_persona("preparer").post(&format!("{AUTHORISATIONS}/paper-entries"), entry).send().await
    }
}

impl Notification {
    /// Issued on paper in an outage, and entered 90 days later.
    pub async fn on_paper(app: &TestApp, content: &Value) -> Self {
        let (outage, issued_on) = (app.outage_today().await, app.today());
        app.advance_days(90);
        let entry = paper_notification(content, &outage, issued_on, "Zgłoszenie na papierze");
        Self::created(app, &app.enter_paper_notification(&entry).await.is(201))
    }

    /// The officer adds the scan of that title, for those who signed to read too.
    pub async fn add_scan(&self, title: &str) -> Response {
        self.upload("preparer", "RESPONSIBLE_PERSON,REPRESENTATIVE", &scan_of(title)).send().await
    }

    /// The officer adds a document that the content names, for those who signed to read too.
    pub async fn add_named_file(&self, file: &[u8]) -> Response {
        self.upload("preparer", "RESPONSIBLE_PERSON,REPRESENTATIVE", file).send().await
    }
}

/// The entry with another value at each of these pointers.
#[must_use]
pub fn with_all(entry: Value, changes: &[(&str, Value)]) -> Value {
    changes.iter().fold(entry, |entry, (pointer, value)| with(entry, pointer, value.clone()))
}
