//! The catalogue of device groups: read on a day, completed by officers of the payer, imported anew.

mod figures;
mod import;
mod read;

use serde_json::{Value, json};
use testkit::{Response, TestApp};

pub(crate) const GROUPS: &str = "/api/v1/device-groups";
pub(crate) const OFFICER: &str = "nfz-officer";
/// A group of which the patient's share is not known.
pub(crate) const UNKNOWN: &str = "S.15.01";

pub(crate) fn figures_path(code: &str) -> String {
    format!("{GROUPS}/{code}/figures")
}

/// The share of adults in the first tier of [`UNKNOWN`], with more members or others.
pub(crate) fn share(percent: u8, more: &Value) -> Value {
    let mut body = json!({ "tier": 1, "ages": { "from": 18 }, "holdsFrom": "2024-01-01", "copayPercent": percent,
        "source": "Dz.U. 2025 poz. 1038, załącznik" });
    for (member, value) in more.as_object().into_iter().flatten() {
        body[member] = value.clone();
    }
    body
}

pub(crate) async fn enter(app: &TestApp, body: &Value) -> Response {
    app.as_persona(OFFICER).post(&figures_path(UNKNOWN), body).send().await
}

/// The first band of a group's first tier on a day.
pub(crate) async fn band(app: &TestApp, code: &str, on: &str) -> Value {
    let found = app.as_persona("device-prescriber").get(&format!("{GROUPS}/{code}?on={on}")).await.is(200);
    found.at("/tiers/0/bands/0")
}

pub(crate) fn codes(page: &Response) -> Vec<String> {
    let items = page.at("/items").as_array().cloned().unwrap_or_default();
    items.iter().map(|item| item["code"].as_str().unwrap_or_default().to_owned()).collect()
}
