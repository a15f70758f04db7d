//! Orders for medical devices on paper, as an officer of the payer's branch enters them.

use crate::client::{Request, Session};
use crate::content::with;
use crate::device_order::{DeviceOrder, absorbents};
use crate::notification::digest_of;
use crate::response::Response;
use crate::service::TestApp;
use chrono::NaiveDate;
use domain::values::YearMonth;
use reqwest::Method;
use serde_json::{Value, json};

pub const PAPER_ORDERS: &str = "/api/v1/device-orders/paper-confirmations";
pub const PAPER_BATCHES: &str = "/api/v1/device-orders/paper-confirmations/batches";
pub const NFZ_OFFICER: &str = "nfz-officer";

/// The file that shows the paper of this title.
pub fn scan_of_order(title: &str) -> Vec<u8> {
    format!("%PDF-1.7\n{title}").into_bytes()
}

/// The content for six months from the month of issue on: the most on paper.
pub fn on_six_months(content: Value, issued_on: NaiveDate) -> Value {
    let content = with(content, "/supply/from", json!(YearMonth::of(issued_on).to_string()));
    with(content, "/supply/months", json!(6))
}

/// What came over the counter today, issued on that day since nobody could sign; the title tells its scan from others.
pub fn paper_order(app: &TestApp, issued_on: NaiveDate, title: &str) -> Value {
    json!({
        "content": on_six_months(absorbents(app), issued_on), "issuedOn": issued_on, "receivedOn": app.today(),
        "channel": { "kind": "COUNTER" },
        "reason": { "kind": "SIGNING_IMPOSSIBLE", "description": "Uszkodzona karta z certyfikatem." },
        "scan": { "title": title, "sha256": digest_of(&scan_of_order(title)) },
    })
}

impl TestApp {
    /// An officer enters it, whatever comes of it.
    pub async fn enter_paper_order(&self, entry: &Value) -> Response {
        self.as_persona(NFZ_OFFICER).post(PAPER_ORDERS, entry).send().await
    }

    /// Officers enter the lines in bulk under that key.
    pub async fn enter_paper_orders(&self, key: &str, entries: &[Value]) -> Response {
        let body = json!({ "entries": entries });
        self.as_persona(NFZ_OFFICER).post(PAPER_BATCHES, &body).key(key).send().await
    }
}

impl DeviceOrder {
    /// Entered from paper that was issued today.
    pub async fn from_paper(app: &TestApp) -> Self {
        let entry = paper_order(app, app.today(), "Zlecenie papierowe");
        Self::created(app, &app.enter_paper_order(&entry).await.is(201))
    }

    /// A scan that is not sent yet.
    pub fn scan(&self, who: &Session, file: &[u8]) -> Request {
        let key = format!("scan-{}-{}", self.id, &digest_of(file)[..16]);
        let request = who.request(Method::POST, &self.path_of("scan")).key(&key);
        request.bytes("application/pdf", file.to_vec())
    }

    /// The officer adds the scan of that title.
    pub async fn add_order_scan(&self, title: &str) -> Response {
        self.scan(&self.app.as_persona(NFZ_OFFICER), &scan_of_order(title)).send().await
    }
}

impl TestApp {
    /// The officer's organisation is no branch any more, as far as the directory knows.
    pub async fn forget_branch(&self) {
        let known =
            sandbox::personas::find_organisation(self.space(), "nfz-branch").expect("an organisation");
        let line = json!({ "id": known.id, "kind": known.spec.kind, "name": known.spec.name });
        self.import_directory(json!({ "organisations": [line] })).await;
    }
}
