//! What the contract shows as answers: one demand about fictitious people, half-way through its ledger, and what is told
//! about it. The people and organisations are those whom the sandbox knows.

use super::outside_facility;
use serde_json::{Map, Value, json};

const DEMAND: &str = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a42";
const IMPORT: &str = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a44";
const DISPENSING: &str = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a45";
const CLINIC: &str = "636c13f7-07d2-8fa1-9428-06f4c98e9ef3";
const INSTITUTE: &str = "e5b00300-eb45-81c3-828a-24f7c3dbaade";
const MINISTRY: &str = "172ec6a5-b749-8c90-9b0b-e2fc3f224cc3";
const PHARMACY: &str = "b70db410-5941-82d7-b49e-cc34cd8ceefd";
const WHOLESALER: &str = "0dccc147-6e44-8edb-a01c-dae057fdac52";
const NUMBER: &str = "ZPL-2026-7K3M9QXT-B";
const RESOLUTION: &str = "ROZ-2026-7K3M9QXT-S";
const TOKEN: &str = "eyJhbGciOiJFUzI1NiIsImtpZCI6IkZ5dC4uLiIsInR5cCI6ImRlY2lzaW9uK2p3dCJ9.\
    eyJkZWNpZGVkT24iOiIyMDI2LTAyLTE2In0.q1Zk";
const SIGNATURE: &str = "eyJhbGciOiJFUzI1NiIsIng1YyI6WyJNSUlCLi4uIl19.eyJ0eXBlIjoiZGVtYW5kIn0.cTFaaw";
const DEMAND_SHA256: &str = "39715bb983d86b701ff8ecf893a30b109a2ff86d1e6ac5f8775fe56e15ebcf3d";
const OPINION_SHA256: &str = "f007c29fd851d6c6747cd71125d4f862cbde689fababd840b8187711c5023782";
const RESOLUTION_SHA256: &str = "dea17d7125434b1633d0ade0759ec98f14e215f672786d3873d4bcb1f8a233bc";

fn path(action: &str) -> String {
    format!("/api/v1/medicine-demands/{DEMAND}{action}")
}

fn content() -> Value {
    outside_facility().get_mut("content").map(Value::take).unwrap_or_default()
}

/// The members of one object and of another.
fn joined(one: Value, other: Value) -> Value {
    let members = |value| if let Value::Object(members) = value { members } else { Map::new() };
    members(one).into_iter().chain(members(other)).collect()
}

fn signature(given_names: &str, family_name: &str, received_at: &str, sha256: &str) -> Value {
    json!({
        "givenNames": given_names, "familyName": family_name, "kind": "QUALIFIED", "level": "BASIC_CHECKED",
        "receivedAt": received_at, "payloadSha256": sha256
    })
}

fn examination() -> Value {
    json!({
        "issue": signature("Jan", "Przykładowy", "2026-02-02T09:14:05.104203Z", DEMAND_SHA256),
        "consultant": {
            "personId": "01376a46-a471-8057-8324-18bb66fdbe04", "npwz": "5900323", "givenNames": "Kazimierz",
            "familyName": "Wzorcowy", "qualifications": "dr n. med.", "kind": "VOIVODESHIP", "field": "0707",
            "fieldName": "dermatologia i wenerologia"
        },
        "opinion": {
            "verdict": "CONFIRMED", "justification": "Zgodne z aktualną wiedzą medyczną.",
            "signature": signature("Kazimierz", "Wzorcowy", "2026-02-04T12:31:40.120082Z", OPINION_SHA256),
            "givenAt": "2026-02-04T12:31:40.134720Z"
        }
    })
}

fn ruling() -> Value {
    let officer = |id: &str, given_names: &str, family_name: &str, function: &str| json!({"personId": id, "givenNames": given_names, "familyName": family_name, "function": function});
    json!({
        "resolutionNumber": RESOLUTION, "outcome": "APPROVED",
        "approvedQuantity": {"amount": "4", "unit": "PACK"},
        "resolvedOn": "2026-02-16", "validUntil": "2026-04-17",
        "decidedBy":
            officer("829c76dc-304a-8d11-96b3-f6229c79f16f", "Stanisław", "Próbny", "dyrektor departamentu"),
        "preparedBy": officer("79018423-50ca-8e62-abce-ae2beeeec8b2", "Katarzyna", "Testowa", "referendarz"),
        "decisionToken": TOKEN,
        "signature": signature("Stanisław", "Próbny", "2026-02-16T13:02:11.176059Z", RESOLUTION_SHA256)
    })
}

fn pharmacy() -> Value {
    json!({"id": PHARMACY, "name": "Apteka Próbna „Pod Wzorcem”"})
}

fn wholesaler() -> Value {
    json!({"id": WHOLESALER, "name": "Hurtownia Farmaceutyczna Testpol"})
}

/// What stands of an entry both in the ledger and in the search by batch.
fn entry(kind: &str, by: &str, packs: u8, at: &str, on: &str) -> Value {
    json!({
        "kind": kind, "recordedBy": by, "recordedAt": at, "batch": "L25B117", "expiresOn": "2028-05-31",
        "packs": packs, "packSize": {"amount": "1", "unit": "PACK"},
        "counted": {"amount": packs.to_string(), "unit": "PACK"}, "sourceCountry": "DE", "doneOn": on
    })
}

fn import() -> Value {
    entry("IMPORTED", WHOLESALER, 4, "2026-03-09T08:20:33.497463Z", "2026-03-09")
}

fn dispensing() -> Value {
    entry("DISPENSED", PHARMACY, 1, "2026-03-10T15:45:02.500341Z", "2026-03-10")
}

fn supply() -> Value {
    let in_ledger = |id: &str, entry| joined(json!({"id": id, "roundedUp": false, "final": false}), entry);
    json!({
        "receivingPharmacy": pharmacy(),
        "handover": {
            "wholesaler": wholesaler(), "pharmacy": pharmacy(), "passedOn": "2026-02-18",
            "recordedAt": "2026-02-18T10:05:48.494225Z", "onPaper": false
        },
        "ledger": {
            "imported": "4", "dispensed": "1", "closed": false,
            "entries": [in_ledger(IMPORT, import()), in_ledger(DISPENSING, dispensing())]
        }
    })
}

fn head() -> Value {
    json!({
        "id": DEMAND, "number": NUMBER, "kind": "MEDICINE", "state": "WITH_WHOLESALER", "ground": "TARGET_IMPORT",
        "revision": 9, "contentVersion": 1, "entityId": CLINIC, "createdAt": "2026-02-02T09:02:51.086363Z",
        "changedAt": "2026-03-10T15:45:02.500341Z", "firstIssuedOn": "2026-02-02", "issuedOn": "2026-02-02",
        "clocks": []
    })
}

/// The demand as its physician sees it.
pub(crate) fn demand() -> Value {
    let own = json!({
        "clientReference": "HIS-2026-000123", "content": content(), "examination": examination(), "ruling": ruling()
    });
    joined(joined(head(), own), supply())
}

/// The same while the consultant's trusted signature is validated, as the consultant is answered.
pub(crate) fn awaiting() -> Value {
    let awaiting = json!({
        "state": "AWAITING_CONSULTANT", "revision": 3, "changedAt": "2026-02-04T12:31:40.120082Z", "clocks": [],
        "pendingStep": {"action": "opinion", "receivedAt": "2026-02-04T12:31:40.120082Z", "kind": "TRUSTED"},
        "content": content()
    });
    let mut issued = examination();
    if let Value::Object(members) = &mut issued {
        members.remove("opinion");
    }
    joined(joined(head(), awaiting), json!({ "examination": issued }))
}

/// The same as the wholesaler who holds it sees it: nothing of a patient.
fn demand_at_the_wholesaler() -> Value {
    let content = content();
    let shown = ["use", "entity", "product", "quantity", "treatmentDays"];
    let of_content = shown.into_iter().filter_map(|name| Some((name.to_owned(), content.get(name)?.clone())));
    let mut seen: Map<String, Value> = of_content.collect();
    seen.insert("extras".to_owned(), json!({"sourceCountry": "DE"}));
    joined(joined(head(), json!({"content": seen, "ruling": ruling()})), supply())
}

/// A page of a list.
pub(crate) fn page() -> Value {
    json!({"items": [{
        "id": DEMAND, "number": NUMBER, "kind": "MEDICINE", "state": "WITH_WHOLESALER", "ground": "TARGET_IMPORT",
        "use": "OUTSIDE_FACILITY", "revision": 9, "entityId": CLINIC, "entityName": "Przychodnia Testowa „Wzorzec”", "resolutionNumber": RESOLUTION,
        "clientReference": "HIS-2026-000123",
        "product": {
            "tradeName": "Dapson-Fatol", "internationalName": "Dapsonum", "form": "tabletki", "strength": "50 mg"
        },
        "quantity": {"amount": "4", "unit": "PACK"}, "approvedQuantity": {"amount": "4", "unit": "PACK"},
        "sourceCountry": "DE", "urgent": false, "clocks": [], "wholesaler": wholesaler(), "pharmacy": pharmacy(),
        "createdAt": "2026-02-02T09:02:51.086363Z", "changedAt": "2026-03-10T15:45:02.500341Z"
    }]})
}

/// What the physician may do while the consultant has the demand.
pub(crate) fn actions() -> Value {
    let block = json!({
        "code": "demand.wrong_state", "detail": "W obecnym stanie zapotrzebowania ta czynność nie jest możliwa."
    });
    let line = |action: &str, method: &str, path: String| {
        json!({"action": action, "method": method, "path": path, "allowed": false, "blockedBy": block,
            "unblockedBy": ["CONSULTANT"]})
    };
    json!({"state": "AWAITING_CONSULTANT", "revision": 2, "items": [
        line("edit", "PUT", path("")),
        line("submission", "POST", path("/submission")),
        {"action": "withdrawal", "method": "POST", "path": path("/withdrawal"), "allowed": true, "unblockedBy": []}
    ]})
}

/// What the physician hears of it until it is with the wholesaler.
pub(crate) fn history() -> Value {
    let event = |kind: &str, at: &str, state: &str, revision: u8, by: Value, data: Value| json!({"type": kind, "at": at, "state": state, "revision": revision, "by": by, "data": data});
    let by = |role: &str, organisation: &str| json!({"role": role, "organisationId": organisation});
    json!({"items": [
        event("DemandSubmitted", "2026-02-02T09:14:05.104276Z", "AWAITING_CONSULTANT", 2, by("PHYSICIAN", CLINIC),
            json!({"to": "AWAITING_CONSULTANT"})),
        event("OpinionConfirmed", "2026-02-04T12:31:40.134720Z", "WITH_MINISTER", 3, by("CONSULTANT", INSTITUTE),
            json!({})),
        event("DemandApproved", "2026-02-16T13:02:11.176059Z", "APPROVED", 6, by("MINISTRY_DECIDER", MINISTRY),
            json!({})),
        event("DemandHandedOver", "2026-02-18T10:05:48.494225Z", "WITH_WHOLESALER", 7, by("PHARMACY", PHARMACY),
            json!({"wholesalerId": WHOLESALER, "pharmacyId": PHARMACY}))
    ]})
}

/// The one version of the content, with the physician's signature.
pub(crate) fn versions() -> Value {
    json!({"items": [{
        "version": 1, "receivedAt": "2026-02-02T09:14:05.104203Z", "content": content(), "signature": SIGNATURE
    }]})
}

/// A dry run that finds one field missing.
pub(crate) fn validation() -> Value {
    json!({
        "valid": false,
        "problems": [{
            "pointer": "/content/justification", "code": "demand.field_required",
            "detail": "Pole jest wymagane przy tym sposobie zastosowania produktu.",
            "fix": "Uzupełnij pole i wyślij zapotrzebowanie ponownie.",
            "rules": [{"number": "DC-F26", "legalBasis": "PF art. 4ac(3)-(4)"}]
        }],
        "warnings": [],
        "clocks": [
            {"kind": "OPINION", "dueAt": "2026-02-09T23:00:00Z", "holder": "CONSULTANT",
                "legalBasis": "PF art. 4ad(1)"},
            {"kind": "SUBMISSION_TO_MINISTER", "dueAt": "2026-04-03T22:00:00Z", "holder": "PHYSICIAN",
                "legalBasis": "PF art. 4ad(3)"}
        ]
    })
}

/// Two changes that a wholesaler reads in its feed.
pub(crate) fn changes() -> Value {
    let change =
        |seq: u16, kind: &str, at: &str| json!({"seq": seq, "type": kind, "at": at, "demandId": DEMAND});
    let withdrawn = change(4702, "HandoverReturned", "2026-02-17T11:40:20.113970Z");
    let held = change(4711, "DemandHandedOver", "2026-02-18T10:05:48.494225Z");
    let held = joined(held, json!({"demand": demand_at_the_wholesaler()}));
    json!({"items": [withdrawn, held], "nextAfter": 4711, "hasMore": false})
}

/// Where the packs of one batch went.
pub(crate) fn batch() -> Value {
    let found =
        |id: &str, entry| joined(json!({"demandId": DEMAND, "realisationId": id, "reversed": false}), entry);
    json!({"items": [found(IMPORT, import()), found(DISPENSING, dispensing())]})
}

/// The decision as its token tells it.
fn decision() -> Value {
    json!({
        "issuer": "https://soid.example", "number": NUMBER, "resolutionNumber": RESOLUTION, "kind": "MEDICINE",
        "outcome": "APPROVED", "issuedOn": "2026-02-02", "decidedOn": "2026-02-16",
        "product": "Dapson-Fatol / Dapsonum", "quantity": "4 PACK", "validUntil": "2026-04-17",
        "resolutionSha256": RESOLUTION_SHA256
    })
}

pub(crate) fn checked_decision() -> Value {
    json!({"state": "WITH_WHOLESALER", "decision": decision(), "token": TOKEN})
}

pub(crate) fn verified_decision() -> Value {
    json!({"decision": decision(), "state": "WITH_WHOLESALER", "withdrawn": false})
}

/// A patient's own cases.
pub(crate) fn cases() -> Value {
    json!({"items": [{
        "id": DEMAND, "href": path(""), "kind": "MEDICINE", "number": NUMBER, "state": "WITH_WHOLESALER",
        "resolutionNumber": RESOLUTION, "product": "Dapson-Fatol", "strength": "50 mg",
        "entityName": "Przychodnia Testowa „Wzorzec”", "clocks": [],
        "createdAt": "2026-02-02T09:02:51.086363Z", "changedAt": "2026-03-10T15:45:02.500341Z"
    }]})
}

/// Who looked at a patient's case: one who may, and one who may not.
pub(crate) fn accesses() -> Value {
    json!({"items": [
        {
            "at": "2026-02-18T10:01:12.027378Z", "action": "retrieve_demand", "role": "PHARMACY",
            "organisation": pharmacy(), "outcome": "ALLOWED", "documentKind": "MEDICINE", "documentId": DEMAND
        },
        {
            "at": "2026-02-17T16:22:07.017664Z", "action": "find_demand", "role": "PHARMACY",
            "organisation": {"id": "59a22c27-b2ea-8a0d-a5d7-c75536906449", "name": "Apteka Szpitala Przykładowego"},
            "outcome": "REFUSED", "code": "request.not_found", "documentKind": "MEDICINE", "documentId": DEMAND
        }
    ]})
}

/// The first answer of a write whose own answer was lost.
pub(crate) fn operation() -> Value {
    json!({
        "operation": "create_demand", "carriedOutAt": "2026-02-02T09:02:51.052299Z", "documentId": DEMAND,
        "status": 201, "etag": "\"1\"", "location": path(""),
        "body": {
            "id": DEMAND, "number": NUMBER, "kind": "MEDICINE", "state": "DRAFT", "revision": 1, "contentVersion": 1,
            "entityId": CLINIC, "createdAt": "2026-02-02T09:02:51.086363Z",
            "changedAt": "2026-02-02T09:02:51.086363Z", "clocks": [],
            "content": {"use": "OUTSIDE_FACILITY"}, "examination": {}
        }
    })
}

/// Of an ad-hoc need whose list is whole.
pub(crate) fn treated_patients() -> Value {
    let lines = super::treated_patients().get_mut("patients").map(Value::take).unwrap_or_default();
    let told = ["0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a48", "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a49"]
        .into_iter()
        .zip(lines.as_array().cloned().unwrap_or_default())
        .map(|(id, line)| joined(json!({"id": id, "recordedAt": "2026-03-23T07:40:18.220714Z"}), line));
    json!({
        "items": told.collect::<Vec<_>>(),
        "patientList": {
            "lines": 2, "given": "3.5", "treatmentEndedOn": "2026-03-20",
            "closedAt": "2026-03-23T07:40:18.220714Z"
        }
    })
}
