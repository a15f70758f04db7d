//! Papers of a fictitious prescriber, as Swagger UI offers to send them and the contract shows what becomes of them.

use crate::device_order::examples::{ID, one_off};
use serde_json::{Value, json};

const NUMBER: &str = "1-07-424242424-2";

fn scan(digit: &str) -> Value {
    json!({"title": "Zlecenie papierowe", "sha256": digit.repeat(64)})
}

fn by_post() -> Value {
    json!({"kind": "POST", "returnAddress": {
        "streetLine": "ul. Zmyślona 3", "postalCode": "00-912", "city": "Wzorcowice", "country": "PL"
    }})
}

fn paper(reference: &str, channel: &Value, digit: &str) -> Value {
    json!({
        "content": one_off(), "clientReference": reference,
        "issuedOn": "2026-11-20", "receivedOn": "2026-11-24",
        "channel": channel,
        "reason": {"kind": "SIGNING_IMPOSSIBLE", "description": "Uszkodzona karta z certyfikatem."},
        "scan": scan(digit)
    })
}

/// What came by post, since the prescriber's card was broken.
pub(super) fn on_paper() -> Value {
    paper("OW07-2026-000123", &by_post(), "a")
}

/// Two papers, of which one came over the counter.
pub(super) fn batch() -> Value {
    let other = paper("OW07-2026-000124", &json!({"kind": "COUNTER"}), "b");
    json!({"entries": [on_paper(), other]})
}

pub(super) fn report() -> Value {
    json!({"created": 1, "known": 0, "refused": 1, "lines": [
        {"line": 0, "clientReference": "OW07-2026-000123", "outcome": "CREATED",
         "order": {"id": ID, "href": format!("/api/v1/device-orders/{ID}"), "number": NUMBER, "state": "POSITIVE"},
         "problems": []},
        {"line": 1, "clientReference": "OW07-2026-000124", "outcome": "REFUSED", "problems": [{
            "pointer": "/receivedOn", "code": "device_order.paper_dates",
            "detail": {"pl": "Wpływ do oddziału poprzedza wystawienie albo data leży w przyszłości.",
                       "en": "Receipt by the branch is before the issue, or a date lies in the future."},
            "fix": {"pl": "Przepisz datę wystawienia z papieru i podaj dzień wpływu.",
                    "en": "Copy the day of issue from the paper, and give the day of its receipt."}
        }]}
    ]})
}

pub(super) fn kept_scan() -> Value {
    json!({"sha256": "a".repeat(64), "mediaType": "application/pdf", "size": 48213, "addedAt": "2026-11-24T09:14:00Z"})
}
