//! What Swagger UI offers to send, and what the contract shows as answers: repair orders of a fictitious prescriber whom the sandbox
//! knows.

use crate::device_order::examples::one_off;
use serde_json::{Value, json};

const ID: &str = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8b10";
const CLINIC: &str = "2f0b63a1-7a0d-8d5e-8f0a-b6f1f4a2c3d4";
const NUMBER: &str = "T5-7QXT22A4-CDEF3K7M";

/// The frame of a wheelchair.
pub(crate) fn content() -> Value {
    content_of(&json!({"kind": "KNOWN", "number": "T5-3K7M9QXT-22A4CDEF", "branch": 7}))
}

fn content_of(original: &Value) -> Value {
    let order = one_off();
    json!({
        "place": order.get("place"), "prescriber": order.get("prescriber"), "patient": order.get("patient"),
        "device": {
            "code": "S.12.01", "maker": "Wytwórnia Testowa", "model": "W-1", "name": "Wózek inwalidzki",
            "serialNumber": "SN-0001"
        },
        "original": original,
        "justification": "Pęknięta rama."
    })
}

/// The same of a device whose order nobody knows.
pub(crate) fn original_unknown() -> Value {
    content_of(&json!({"kind": "UNKNOWN", "reason": "Wyrób sprzed zmiany oddziału; zlecenia nie zachowano."}))
}

pub(super) fn request() -> Value {
    json!({"content": content(), "clientReference": "HIS-NAP-000123"})
}

pub(super) fn content_request() -> Value {
    json!({"content": content()})
}

pub(super) fn correction_request() -> Value {
    json!({"content": content(), "signature": {"kind": "QUALIFIED", "value": "eyJhbGciOiJFUzI1NiIsIng1YyI6WyI…"}})
}

fn terms() -> Value {
    json!({"limit": "1000.00", "left": "1000.00", "refundPercent": 90})
}

fn right() -> Value {
    json!({"confirmed": true, "basis": "REGISTER", "operation": "L1712M01200000001"})
}

pub(super) fn shown() -> Value {
    json!({
        "id": ID, "number": NUMBER, "state": "POSITIVE", "revision": 3, "contentVersion": 1, "entityId": CLINIC,
        "issuer": {"kind": "PRESCRIBER", "profession": "PHYSICIAN", "licenceNumber": "3900433"},
        "createdAt": "2030-01-07T09:12:00Z", "changedAt": "2030-01-07T09:14:30Z",
        "clocks": [{
            "kind": "VALIDITY", "startedAt": "2030-01-07T09:14:30Z", "dueAt": "2031-01-07T23:00:00Z", "pausedSince": null,
            "holder": "DEVICE_PROVIDER", "legalBasis": "refund act art. 38; NFZ notice on orders"
        }],
        "content": content(), "refusedSteps": [],
        "verification": {
            "positive": true, "verifiedAt": "2030-01-07T09:14:30Z", "right": right(), "terms": terms(),
            "problems": [], "warnings": []
        },
        "lastDay": "2031-01-07",
        "givenBack": []
    })
}

pub(super) fn page() -> Value {
    json!({
        "asOf": "2030-01-07",
        "items": [{
            "id": ID, "number": NUMBER, "state": "POSITIVE", "revision": 3, "contentVersion": 1, "entityId": CLINIC,
            "code": "S.12.01", "createdAt": "2030-01-07T09:12:00Z", "changedAt": "2030-01-07T09:14:30Z"
        }]
    })
}

pub(crate) fn own_page() -> Value {
    json!({"items": [shown()]})
}

pub(super) fn validation() -> Value {
    json!({
        "valid": true, "problems": [],
        "outcome": {"positive": true, "right": right(), "terms": terms(), "problems": [], "warnings": []}
    })
}

pub(super) fn actions() -> Value {
    json!({
        "state": "POSITIVE", "revision": 3,
        "items": [{
            "action": "cancellation", "method": "POST", "path": format!("/api/v1/device-repair-orders/{ID}/cancellation"),
            "allowed": true, "unblockedBy": []
        }]
    })
}

pub(super) fn history() -> Value {
    json!({
        "items": [{
            "type": "RepairVerified", "at": "2030-01-07T09:14:30Z", "state": "POSITIVE", "revision": 3,
            "by": {"role": "SERVICE"}, "data": {"positive": true}
        }]
    })
}

pub(super) fn versions() -> Value {
    json!({"items": [{"version": 1, "receivedAt": "2030-01-07T09:14:30Z", "content": content()}]})
}

pub(super) fn opening() -> Value {
    json!({"orderId": ID, "openUntil": "2030-01-07T10:14:30Z"})
}

pub(super) fn repair_quote() -> Value {
    json!({"limit": "1000.00", "left": "1000.00", "refundPercent": 90, "choices": [
        {"price": "150.00", "refund": "135.00", "copay": "15.00"}, {"price": "1200.00", "refund": "900.00", "copay": "300.00"}
    ]})
}

pub(super) fn repair_realisation_request() -> Value {
    json!({
        "description": "Wymiana osi i łożysk prawego koła.", "price": "150.00", "guaranteeMonths": 12,
        "issuedOn": "2030-01-20", "method": "IN_PERSON", "staff": "Renata Przykładowa",
        "receipt": {"receivedOn": "2030-01-20", "by": {"kind": "PATIENT"}}
    })
}
