//! What Swagger UI offers to send, and what the contract shows as answers: orders of a fictitious prescriber whom the sandbox
//! knows.

use serde_json::{Value, json};

pub(super) const ID: &str = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a70";
const TAKE_UP: &str = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a90";
const CLINIC: &str = "2f0b63a1-7a0d-8d5e-8f0a-b6f1f4a2c3d4";
const SHOP: &str = "6f5f4a0e-3a51-8c1c-9d1e-1c6f4f0a9b21";
const NUMBER: &str = "T5-3K7M9QXT-22A4CDEF";
const SHA256: &str = "39715bb983d86b701ff8ecf893a30b109a2ff86d1e6ac5f8775fe56e15ebcf3d";

fn of(device: &Value, supply: &Value) -> Value {
    json!({
        "place": {
            "name": "Przychodnia Testowa", "regon": "123456785",
            "address": {
                "streetLine": "ul. Przykładowa 1", "postalCode": "00-001", "city": "Warszawa", "country": "PL"
            },
            "phone": "22 555 01 01"
        },
        "prescriber": {
            "givenNames": "Dorota", "familyName": "Wzorcowa", "profession": "PHYSICIAN",
            "licenceNumber": "3900433", "specialties": ["rodzinny"]
        },
        "patient": {
            "givenNames": "Janina", "familyName": "Testowa",
            "identifier": {"kind": "PESEL", "number": "44051401458"}
        },
        "device": device,
        "supply": supply,
        "grounds": {"diagnosis": "N39.4", "criteria": [{"code": "1", "name": "Nietrzymanie moczu"}]}
    })
}

/// The same with one more member, or another.
fn with(mut content: Value, member: &str, value: Value) -> Value {
    if let Some(members) = content.as_object_mut() {
        members.insert(member.to_owned(), value);
    }
    content
}

fn twelve_months(pieces: &str) -> Value {
    json!({
        "kind": "MONTHLY", "piecesAMonth": pieces, "from": "2030-01", "months": 12,
        "ordination": "PRIMARY", "form": "FULL"
    })
}

/// Absorbent products for twelve months.
pub(crate) fn monthly() -> Value {
    of(&json!({"kind": "OTHER", "code": "Y.06.01", "tier": 2}), &twelve_months("90"))
}

/// A wheelchair.
pub(crate) fn one_off() -> Value {
    of(&json!({"kind": "OTHER", "code": "S.12.01"}), &json!({"kind": "ONE_OFF", "pieces": 1}))
}

/// Lenses for far sight, of a child without a PESEL.
pub(crate) fn lenses() -> Value {
    let lens =
        |eye: &str, sphere: &str| json!({"code": "O.01.02", "lensUse": "FAR", "eye": eye, "sphere": sphere});
    let device = json!({
        "kind": "LENSES", "pupilDistance": "58.5", "lenses": [lens("LEFT", "-6.00"), lens("RIGHT", "-6.25")]
    });
    let patient = json!({
        "givenNames": "Oksana", "familyName": "Przykładowa",
        "identifier": {"kind": "FOREIGN_PASSPORT", "country": "UA", "number": "FA123456"},
        "birthDate": "2020-09-01", "sex": "FEMALE"
    });
    let right = json!({"kind": "STATEMENT", "madeOn": "2026-12-01", "madeBy": "STATUTORY_REPRESENTATIVE"});
    let content = of(&device, &json!({"kind": "ONE_OFF", "pieces": 2}));
    with(with(content, "patient", patient), "right", right)
}

/// More than the list has, for a patient with a considerable disability.
pub(crate) fn entitled() -> Value {
    let content = of(&json!({"kind": "OTHER", "code": "Y.06.01", "tier": 2}), &twelve_months("130"));
    let entitlement = json!({
        "code": "47ZN",
        "document": {
            "kind": "DISABILITY_RULING", "number": "ON/123/2025", "issuedOn": "2025-06-01",
            "until": {"kind": "INDEFINITE"}
        }
    });
    let grounds = json!({
        "diagnosis": "N39.4", "criteria": [{"code": "1", "name": "Nietrzymanie moczu"}],
        "largerQuantity": "Ciężkie nietrzymanie moczu i stolca."
    });
    with(with(content, "additionalEntitlement", entitlement), "grounds", grounds)
}

pub(crate) fn request() -> Value {
    json!({"content": monthly(), "clientReference": "HIS-ZW-000123"})
}

pub(crate) fn validation_request() -> Value {
    json!({"content": monthly()})
}

pub(crate) fn correction_request() -> Value {
    json!({"content": monthly(), "signature": {"kind": "QUALIFIED", "value": "eyJhbGciOiJFUzI1NiIsIng1YyI6WyI…"}})
}

fn line() -> Value {
    json!({
        "code": "Y.06.01", "tier": 2, "pieces": "90", "limit": "1.70", "limitKind": "PER_PIECE", "refundPercent": 80
    })
}

/// A positive order, as its prescriber sees it.
pub(crate) fn order() -> Value {
    let last_days = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let months = (1..).zip(last_days).map(|(month, last): (u32, u32)| {
        json!({
            "month": format!("2030-{month:02}"), "state": "AVAILABLE", "nfzStatus": "B",
            "lastDay": format!("2030-{month:02}-{last}")
        })
    });
    json!({
        "id": ID, "number": NUMBER, "state": "POSITIVE", "nfzStatus": "P", "revision": 3, "contentVersion": 1,
        "entityId": CLINIC, "issuer": {"profession": "PHYSICIAN", "licenceNumber": "3900433"},
        "clientReference": "HIS-ZW-000123",
        "createdAt": "2026-12-01T08:00:00Z", "changedAt": "2026-12-01T08:05:01Z",
        "clocks": [{
            "kind": "MONTH", "startedAt": "2029-12-31T23:00:00Z", "dueAt": "2030-01-31T23:00:00Z", "pausedSince": null,
            "holder": "DEVICE_PROVIDER", "legalBasis": "refund act art. 38; NFZ notice on monthly supplies"
        }],
        "content": monthly(),
        "issue": {
            "signature": {
                "givenNames": "Dorota", "familyName": "Wzorcowa", "kind": "QUALIFIED", "level": "BASIC_CHECKED",
                "receivedAt": "2026-12-01T08:05:00Z", "payloadSha256": SHA256
            },
            "byAssistant": false, "contentVersion": 1, "issuedOn": "2026-12-01"
        },
        "verification": {
            "positive": true, "verifiedAt": "2026-12-01T08:05:01Z",
            "right": {"confirmed": true, "basis": "REGISTER", "operation": "L2612M01200000001"},
            "lines": [line()], "problems": [], "warnings": []
        },
        "access": {"code": "0427", "informationPrintObligatory": false},
        "periods": months.collect::<Vec<_>>(), "takeUps": []
    })
}

pub(crate) fn page() -> Value {
    json!({"asOf": "2026-12-01", "items": [{
        "id": ID, "number": NUMBER, "state": "POSITIVE", "nfzStatus": "P", "revision": 3, "contentVersion": 1,
        "entityId": CLINIC, "clientReference": "HIS-ZW-000123", "codes": ["Y.06.01"], "from": "2030-01", "months": 12,
        "available": 12, "createdAt": "2026-12-01T08:00:00Z", "changedAt": "2026-12-01T08:05:01Z"
    }]})
}

pub(crate) fn access_data() -> Value {
    json!({
        "number": NUMBER, "access": {"code": "0427", "informationPrintObligatory": false}, "lastDay": "2030-12-31",
        "mayBeSentBy": ["EMAIL"]
    })
}

/// A patient's own order for two months, of which one is held.
pub(crate) fn own_orders() -> Value {
    json!({"items": [{
        "id": ID, "href": format!("/api/v1/device-orders/{ID}"), "number": NUMBER, "state": "POSITIVE", "nfzStatus": "P",
        "items": [{"code": "Y.06.01", "name": "Pieluchomajtki lub ich zamienniki"}],
        "issuer": {
            "name": "Dorota Wzorcowa", "profession": "PHYSICIAN", "place": "Przychodnia Testowa", "entityId": CLINIC
        },
        "issuedOn": "2030-01-02", "validUntil": "2030-02-28",
        "access": {"code": "0427", "informationPrintObligatory": false},
        "clocks": [],
        "periods": [
            {
                "month": "2030-01", "state": "RESERVED", "nfzStatus": "R", "lastDay": "2030-01-31",
                "takenBy": {
                    "takeUpId": TAKE_UP, "organisationId": SHOP, "name": "Sklep Medyczny Przykład",
                    "heldUntil": "2030-01-17", "freeFrom": "2030-01-24T23:00:00Z"
                }
            },
            {"month": "2030-02", "state": "AVAILABLE", "nfzStatus": "B", "lastDay": "2030-02-28"}
        ],
        "createdAt": "2030-01-02T09:02:51.086363Z", "changedAt": "2030-01-03T10:00:00.000000Z"
    }]})
}

pub(crate) fn validation() -> Value {
    json!({
        "valid": false,
        "problems": [{
            "pointer": "/content/supply/from", "code": "device_order.month_past",
            "detail": "Pierwszy miesiąc zaopatrzenia już minął.",
            "fix": "Zacznij od miesiąca wystawienia albo późniejszego.",
            "rules": [{"number": "DO-10", "legalBasis": "inferred from DO-50"}]
        }],
        "outcome": {
            "positive": true, "right": {"confirmed": true, "basis": "REGISTER", "operation": "L2612M01200000001"}, "lines": [line()],
            "problems": [], "warnings": []
        }
    })
}

pub(crate) fn actions() -> Value {
    let path = |action: &str| format!("/api/v1/device-orders/{ID}/{action}");
    json!({"state": "POSITIVE", "revision": 3, "items": [
        {"action": "cancellation", "method": "POST", "path": path("cancellation"), "allowed": true, "unblockedBy": []},
        {
            "action": "correction", "method": "POST", "path": path("correction"), "allowed": false,
            "blockedBy": {
                "code": "device_order.wrong_state",
                "detail": "W obecnym stanie zlecenia ta czynność nie jest możliwa."
            },
            "unblockedBy": ["DEVICE_PROVIDER"]
        }
    ]})
}

pub(crate) fn history() -> Value {
    json!({"items": [
        {
            "type": "OrderRegistered", "at": "2026-12-01T08:05:00Z", "state": "VERIFYING", "revision": 2,
            "by": {"role": "DEVICE_PRESCRIBER", "organisationId": CLINIC}, "data": {}
        },
        {
            "type": "OrderVerified", "at": "2026-12-01T08:05:01Z", "state": "POSITIVE", "revision": 3,
            "by": {"role": "SERVICE"}, "data": {"positive": true}
        }
    ]})
}

pub(crate) fn versions() -> Value {
    json!({"items": [{
        "version": 1, "receivedAt": "2026-12-01T08:05:00Z", "content": monthly(),
        "signature": "eyJhbGciOiJFUzI1NiIsIng1YyI6WyI…"
    }]})
}

/// Two months at a counter that the order's own entitlement is enough for.
pub(crate) fn take_up_request() -> Value {
    json!({"months": {"from": "2030-01", "count": 2}, "place": "M-1", "entitlement": {"kind": "KEEP"}})
}

/// A product within the limit, and a dearer one.
pub(crate) fn quote_request() -> Value {
    let choice = |price: &str| {
        let products = json!([{"price": price, "pieces": 180}]);
        json!({"items": [{"code": "Y.06.01", "tier": 2, "products": products}]})
    };
    json!({"takeUp": take_up_request(), "choices": [choice("1.70"), choice("2.30")]})
}

pub(crate) fn quote() -> Value {
    let choice = |price: &str, copay: &str| {
        let amounts = json!({"price": price, "refund": "244.80", "copay": copay});
        json!({"items": [{"line": line(), "amounts": amounts}], "total": amounts})
    };
    json!({
        "positive": true, "problems": [], "warnings": [], "choices": [choice("306.00", "61.20"), choice("414.00", "169.20")]
    })
}

/// Held for two months.
pub(crate) fn take_up() -> Value {
    json!({
        "id": TAKE_UP, "orderId": ID, "orderNumber": NUMBER, "state": "HELD",
        "provider": {
            "organisationId": "6f5f4a0e-3a51-8c1c-9d1e-1c6f4f0a9b21", "name": "Sklep Medyczny Przykładowy",
            "contract": "PIASKOWNICA/07/0001", "place": "M-1"
        },
        "months": {"from": "2030-01", "count": 2}, "takenAt": "2030-01-03T09:00:00Z", "heldUntil": "2030-01-17",
        "confirmedUntil": "2030-01-24", "entitlement": {"kind": "KEEP"},
        "confirmedRight": {"confirmed": true, "basis": "REGISTER", "operation": "L3001M01200000002"}, "lines": [line()], "limitChanges": [],
        "problems": [], "withdrawnRealisations": [],
        "releaseRequests": [{"by": "PATIENT", "reason": "Jestem w innym sklepie.", "at": "2030-01-10T11:00:00Z"}]
    })
}

/// Two months of pads in person, to the patient.
pub(crate) fn realisation_request() -> Value {
    json!({
        "issuedOn": "2030-01-04", "method": "IN_PERSON", "staff": "Renata Przykładowa",
        "items": [{
            "code": "Y.06.01", "tier": 2,
            "products": [{"product": "900000000001", "pieces": 180, "price": "2.30"}]
        }],
        "receipt": {"receivedOn": "2030-01-04", "by": {"kind": "PATIENT"}}
    })
}

/// A neighbour took what the courier brought.
pub(crate) fn receipt_request() -> Value {
    json!({
        "receivedOn": "2030-01-07",
        "by": {
            "kind": "OTHER", "givenNames": "Piotr", "familyName": "Testowy",
            "identifier": {"kind": "PESEL", "number": "44051401458"}
        },
        "version": 1
    })
}

pub(crate) fn take_ups() -> Value {
    json!({"asOf": "2030-01-03", "items": [{
        "id": TAKE_UP, "orderId": ID, "orderNumber": NUMBER, "state": "HELD", "codes": ["Y.06.01"],
        "months": {"from": "2030-01", "count": 2}, "takenAt": "2030-01-03T09:00:00Z", "heldUntil": "2030-01-17",
        "provider": {"organisationId": SHOP, "name": "Sklep Medyczny Przykład", "place": "M-1"}
    }]})
}

/// One month with one issue.
pub(crate) fn settlement() -> Value {
    let amounts = [("price", "414.00"), ("refund", "244.80"), ("copay", "169.20")];
    let sum = |one: Value| amounts.iter().fold(one, |one, (member, amount)| with(one, member, json!(amount)));
    json!({
        "month": "2030-01", "providerId": SHOP, "capacity": "HOLDER", "isClosed": true,
        "totals": sum(json!({"entries": 1})),
        "byCode": [sum(json!({"code": "Y.06.01", "documentKind": "DEVICE_ORDER", "entries": 1, "pieces": "180"}))],
        "byProvider": [sum(json!({"providerId": SHOP, "providerName": "Sklep Medyczny Przykład", "entries": 1}))],
        "items": [sum(json!({
            "id": "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8aa0", "kind": "REALISED", "enteredAt": "2030-01-04T09:15:00Z",
            "orderNumber": NUMBER, "orderId": ID, "documentKind": "DEVICE_ORDER", "takeUpId": TAKE_UP, "contract": "PIASKOWNICA/07/0001",
            "providerId": SHOP, "providerName": "Sklep Medyczny Przykład", "place": "M-1", "code": "Y.06.01", "tier": 2, "pieces": "180", "limit": "1.70", "limitKind": "PER_PIECE",
            "refundPercent": 80, "issuedIn": "2030-01"
        }))]
    })
}

pub(crate) fn look_up_release() -> Value {
    json!({"wereCounted": true})
}

pub(crate) fn opening() -> Value {
    json!({"orderId": "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a70", "openUntil": "2026-12-01T09:00:00Z"})
}
