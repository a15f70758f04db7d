//! What Swagger UI offers to send, and what the contract shows as answers: notifications of a fictitious wholesaler
//! whom the sandbox knows.

use serde_json::{Value, json};

const ID: &str = "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a60";
const WHOLESALER: &str = "0dccc147-6e44-8edb-a01c-dae057fdac52";
const MINISTRY: &str = "172ec6a5-b749-8c90-9b0b-e2fc3f224cc3";
const PHARMACY: &str = "b70db410-5941-82d7-b49e-cc34cd8ceefd";
const NUMBER: &str = "ZCD-2026-7K3M9QXT-Z";
const RESOLUTION: &str = "ROZ-2026-7K3M9QXT-S";
const SHA256: &str = "39715bb983d86b701ff8ecf893a30b109a2ff86d1e6ac5f8775fe56e15ebcf3d";

fn attached(title: &str) -> Value {
    json!({"title": title, "dated": "2026-02-02", "sha256": SHA256})
}

/// A complete notification of a medicine for people.
pub(crate) fn content() -> Value {
    let attachments = json!({"powerOfRepresentation": attached("Odpis z rejestru przedsiębiorców")});
    let threat =
        json!({"kind": "THREAT_TO_PEOPLE", "name": "Skażenie promieniotwórcze po awarii przemysłowej"});
    content_of("HUMAN", &threat, &attachments)
}

fn content_of(purpose: &str, threat: &Value, attachments: &Value) -> Value {
    json!({
        "purpose": purpose,
        "wholesaler": {
            "name": "Hurtownia Farmaceutyczna Testpol", "nip": "1230044444", "identifier": "1000123",
            "address": {
                "streetLine": "ul. Składowa 20", "postalCode": "00-905", "city": "Wzorcowice", "country": "PL"
            },
            "email": "import@testpol.example.org"
        },
        "responsiblePerson": {
            "givenNames": "Wiktoria", "familyName": "Przykładowa", "position": "osoba odpowiedzialna"
        },
        "representative": {"givenNames": "Ignacy", "familyName": "Wzorcowy", "position": "prezes zarządu"},
        "product": {
            "tradeName": "Radiogardase", "internationalName": "Ferri(III) hexacyanoferras(II)",
            "form": "kapsułki twarde", "strength": "500 mg", "marketingAuthorisationHolder": "Heyl GmbH & Co. KG"
        },
        "quantity": {"amount": "300", "unit": "PACK"},
        "batches": [
            {"number": "L26A001", "expiresOn": "2029-06-30", "quantity": {"amount": "200", "unit": "PACK"}},
            {"number": "L26A002", "expiresOn": "2029-08-31", "quantity": {"amount": "100", "unit": "PACK"}}
        ],
        "threat": threat,
        "justification": "Odtrutka nie jest dopuszczona do obrotu, a liczba osób narażonych przekracza zapas szpitali.",
        "attachments": attachments
    })
}

/// One of a veterinary product, which the agriculture minister asks for.
pub(crate) fn veterinary() -> Value {
    let attachments = json!({
        "powerOfRepresentation": attached("Odpis z rejestru przedsiębiorców"),
        "agricultureMinisterRequest": attached("Wniosek ministra rolnictwa")
    });
    let threat =
        json!({"kind": "THREAT_TO_ANIMALS", "name": "Ognisko choroby zwierząt w powiecie wzorcowym"});
    content_of("VETERINARY", &threat, &attachments)
}

/// One that is signed by somebody whom the responsible person authorised.
pub(crate) fn authorised() -> Value {
    let mut content = content();
    if let Some(members) = content.as_object_mut() {
        let attachments = json!({
            "powerOfRepresentation": attached("Odpis z rejestru przedsiębiorców"),
            "responsiblePersonAuthorisation": attached("Upoważnienie od osoby odpowiedzialnej")
        });
        let person = json!({
            "givenNames": "Wiktoria", "familyName": "Przykładowa", "position": "kierownik działu importu"
        });
        members.insert("signsAs".to_owned(), json!("AUTHORISED_PERSON"));
        members.insert("responsiblePerson".to_owned(), person);
        members.insert("attachments".to_owned(), attachments);
    }
    content
}

pub(crate) fn request() -> Value {
    json!({"clientReference": "WMS-2026-000017", "content": content()})
}

pub(crate) fn addition() -> Value {
    json!({
        "quantity": {"amount": "50", "unit": "PACK"},
        "batches": [{"number": "L26B003", "expiresOn": "2029-10-31", "quantity": {"amount": "50", "unit": "PACK"}}]
    })
}

/// What a wholesaler notified on paper in an outage, as an officer enters it.
pub(crate) fn on_paper() -> Value {
    json!({
        "content": content(),
        "grounds": outage(), "issuedOn": "2026-02-02", "representativeSignedOn": "2026-02-03", "sentOn": "2026-02-03",
        "receivedOn": "2026-02-04",
        "scan": scan()
    })
}

fn outage() -> Value {
    json!({"kind": "OUTAGE", "outageId": "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a47"})
}

fn scan() -> Value {
    json!({
        "title": "Zgłoszenie z 2 lutego 2026 r.",
        "sha256": "8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4"
    })
}

/// The notification as it was entered.
pub(crate) fn entered() -> Value {
    let preparer = officer("2a1c5b7e-0000-8000-8000-000000000002", "Katarzyna", "Testowa", "referendarz");
    let by_hand = |given_names: &str, family_name: &str, received_at: &str| {
        json!({
            "givenNames": given_names, "familyName": family_name, "kind": "HANDWRITTEN",
            "level": "SEEN_BY_OFFICER", "receivedAt": received_at, "payloadSha256": SHA256
        })
    };
    json!({
        "id": ID, "number": NUMBER, "state": "WITH_MINISTER", "revision": 1, "contentVersion": 1,
        "wholesalerId": WHOLESALER,
        "createdAt": "2026-02-09T09:10:00.104203Z", "changedAt": "2026-02-09T09:10:00.104203Z",
        "clocks": [], "content": content(), "attachedFiles": {"powerOfRepresentation": {"attachmentId": null}},
        "examination": {
            "submission": by_hand("Wiktoria", "Przykładowa", "2026-02-01T23:00:00Z"),
            "representativeApproval": by_hand("Ignacy", "Wzorcowy", "2026-02-02T23:00:00Z")
        },
        "paper": {
            "grounds": outage(), "issuedOn": "2026-02-02", "representativeSignedOn": "2026-02-03",
            "sentOn": "2026-02-03", "receivedOn": "2026-02-04", "scan": scan(),
            "enteredBy": preparer, "enteredAt": "2026-02-09T09:10:00.104203Z", "corrections": []
        },
        "ministryFile": {"assigned": preparer}
    })
}

/// The same with an error of typing put right.
pub(crate) fn corrected_paper() -> Value {
    json!({"reason": "Błąd w przepisanym numerze serii.", "entry": on_paper()})
}

fn signed(given_names: &str, family_name: &str, received_at: &str) -> Value {
    json!({
        "givenNames": given_names, "familyName": family_name, "kind": "QUALIFIED", "level": "BASIC_CHECKED",
        "receivedAt": received_at, "payloadSha256": SHA256
    })
}

fn officer(id: &str, given_names: &str, family_name: &str, function: &str) -> Value {
    json!({"personId": id, "givenNames": given_names, "familyName": family_name, "function": function})
}

/// A draft whose submission awaits the validation of its signature.
pub(crate) fn awaiting() -> Value {
    json!({
        "id": ID, "number": NUMBER, "state": "DRAFT", "revision": 2, "contentVersion": 1,
        "wholesalerId": WHOLESALER, "clientReference": "WMS-2026-000017",
        "createdAt": "2026-02-02T09:10:00.104203Z", "changedAt": "2026-02-02T09:14:05.104203Z",
        "pendingStep": {"action": "submission", "receivedAt": "2026-02-02T09:14:05.104203Z", "kind": "TRUSTED"},
        "clocks": [], "content": content(),
        "attachedFiles": {"powerOfRepresentation": {"attachmentId": "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a50"}},
        "examination": {}
    })
}

/// A consent in force that one pharmacy has passed on.
pub(crate) fn authorisation() -> Value {
    json!({
        "id": ID, "number": NUMBER, "state": "CONSENTED", "revision": 8, "contentVersion": 1,
        "wholesalerId": WHOLESALER, "clientReference": "WMS-2026-000017",
        "createdAt": "2026-02-02T09:10:00.104203Z", "changedAt": "2026-02-05T10:00:00.104203Z",
        "clocks": [{
            "kind": "CONSENT_PERIOD", "startedAt": "2026-02-04T14:00:00.104203Z", "dueAt": "2026-08-03T22:00:00Z",
            "pausedSince": null, "legalBasis": "PF art. 4(8)"
        }],
        "content": content(),
        "attachedFiles": {"powerOfRepresentation": {"attachmentId": "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a50"}},
        "examination": {
            "submission": signed("Wiktoria", "Przykładowa", "2026-02-02T09:14:05.104203Z"),
            "representativeApproval": signed("Ignacy", "Wzorcowy", "2026-02-02T11:02:11.004203Z")
        },
        "ruling": {
            "resolutionNumber": RESOLUTION, "outcome": "CONSENTED",
            "approvedQuantity": {"amount": "300", "unit": "PACK"},
            "totalQuantity": {"amount": "300", "unit": "PACK"},
            "validFrom": "2026-02-04", "validUntil": "2026-08-03",
            "conditions": "Wydaje się tylko szpitalom.",
            "resolvedOn": "2026-02-04",
            "decidedBy": officer("2a1c5b7e-0000-8000-8000-000000000001", "Stanisław", "Próbny", "dyrektor departamentu"),
            "preparedBy": officer("2a1c5b7e-0000-8000-8000-000000000002", "Katarzyna", "Testowa", "referendarz"),
            "decisionToken": "eyJhbGciOiJFUzI1NiIsImtpZCI6IkZ5dC4uLiIsInR5cCI6ImRlY2lzaW9uK2p3dCJ9.eyJraW5kIjoiIn0.q1Zk",
            "signature": signed("Stanisław", "Próbny", "2026-02-04T14:00:00.104203Z"),
            "added": []
        },
        "passedOn": [{
            "wholesaler": {"id": WHOLESALER, "name": "Hurtownia Farmaceutyczna Testpol"},
            "pharmacy": {"id": PHARMACY, "name": "Apteka Próbna „Pod Wzorcem”"},
            "passedOn": "2026-02-05", "recordedAt": "2026-02-05T10:00:00.104203Z", "onPaper": false
        }],
        "ledger": {"imported": "0", "dispensed": "0", "closed": false, "entries": []}
    })
}

/// A consent that a pharmacy passed on.
pub(crate) fn changes() -> Value {
    json!({"items": [{
        "seq": 4711, "type": "ConsentHandedOver", "at": "2026-02-05T10:00:00.104203Z",
        "temporaryAuthorisationId": ID, "temporaryAuthorisation": authorisation()
    }], "nextAfter": 4711, "hasMore": false})
}

pub(crate) fn page() -> Value {
    let quantity = json!({"amount": "300", "unit": "PACK"});
    json!({"items": [{
        "id": ID, "number": NUMBER, "state": "CONSENTED", "revision": 8, "wholesalerId": WHOLESALER,
        "wholesalerName": "Hurtownia Farmaceutyczna Testpol", "purpose": "HUMAN", "resolutionNumber": RESOLUTION,
        "clientReference": "WMS-2026-000017",
        "product": {"tradeName": "Radiogardase", "form": "kapsułki twarde", "strength": "500 mg"},
        "quantity": quantity, "approvedQuantity": quantity,
        "validFrom": "2026-02-04", "validUntil": "2026-08-03",
        "createdAt": "2026-02-02T09:10:00.104203Z", "changedAt": "2026-02-05T10:00:00.104203Z"
    }]})
}

pub(crate) fn actions() -> Value {
    json!({"state": "CONSENTED", "revision": 8, "items": [
        {"action": "additions", "method": "POST", "path": format!("/api/v1/temporary-authorisations/{ID}/additions"),
         "allowed": true, "unblockedBy": []},
        {"action": "withdrawal", "method": "POST", "path": format!("/api/v1/temporary-authorisations/{ID}/withdrawal"),
         "allowed": false, "unblockedBy": ["MINISTRY_DECIDER", "MINISTRY_PREPARER"],
         "blockedBy": {"code": "authorisation.wrong_state", "detail": "W obecnym stanie zgłoszenia ta czynność nie jest możliwa."}}
    ]})
}

pub(crate) fn history() -> Value {
    json!({"items": [
        {"type": "AuthorisationSubmitted", "at": "2026-02-02T09:14:05.104203Z", "state": "AWAITING_REPRESENTATIVE",
         "revision": 2, "by": {"role": "RESPONSIBLE_PERSON", "organisationId": WHOLESALER},
         "data": {"signsAs": "RESPONSIBLE_PERSON"}},
        {"type": "AuthorisationConsented", "at": "2026-02-04T14:00:00.104203Z", "state": "CONSENTED", "revision": 6,
         "by": {"role": "MINISTRY_DECIDER", "organisationId": MINISTRY}, "data": {}}
    ]})
}

pub(crate) fn versions() -> Value {
    json!({"items": [{"version": 1, "receivedAt": "2026-02-02T09:14:05.104203Z", "content": content()}]})
}

pub(crate) fn validation() -> Value {
    json!({"valid": false, "problems": [{
        "pointer": "/content/batches/0/expiresOn", "code": "authorisation.batch_expired",
        "detail": "Termin ważności serii upłynął.",
        "fix": "Produkt po terminie ważności nie może być w obrocie; usuń serię.",
        "rules": [{"number": "TA-02", "legalBasis": "PF art. 4(8a), art. 66"}]
    }], "warnings": []})
}
