//! What Swagger UI offers to send: whole requests about fictitious people.

use serde_json::{Value, json};

fn address(street_line: &str, postal_code: &str, city: &str) -> Value {
    json!({"streetLine": street_line, "postalCode": postal_code, "city": city, "country": "PL"})
}

fn entity() -> Value {
    json!({
        "name": "Szpital Przykładowy", "unitName": "Oddział Przykładowy", "nip": "5260250995",
        "rpwdlNumber": "000000001688", "unitCode": "000000001688-012",
        "address": address("ul. Przykładowa 1", "00-001", "Warszawa")
    })
}

fn physician() -> Value {
    json!({"givenNames": "Anna", "familyName": "Testowa", "npwz": "5425740"})
}

fn representative() -> Value {
    json!({
        "givenNames": "Piotr", "familyName": "Przykładowy", "position": "Dyrektor",
        "email": "dyrektor@szpital.example"
    })
}

/// For one patient who takes the medicine at home.
pub(crate) fn outside_facility() -> Value {
    json!({
        "clientReference": "HIS-2026-000123",
        "content": {
            "use": "OUTSIDE_FACILITY",
            "entity": entity(),
            "physician": physician(),
            "patients": {"kind": "NAMED", "patient": {
                "givenNames": "Jan", "familyName": "Przykładowy",
                "identifier": {"kind": "PESEL", "number": "44051401458"},
                "address": address("ul. Zmyślona 2/3", "61-001", "Poznań")
            }},
            "product": {
                "tradeName": "Dapson-Fatol", "internationalName": "Dapsonum", "form": "tabletki", "strength": "50 mg",
                "marketingAuthorisationHolder": "Esteve Pharmaceuticals GmbH", "atc": "J04BA02"
            },
            "quantity": {"amount": "4", "unit": "PACK"},
            "treatmentDays": 180,
            "diagnosis": {"icd10": "L13.0", "description": "Opryszczkowate zapalenie skóry"},
            "justification": "Dieta bezglutenowa i leczenie miejscowe nie opanowały zmian; lek nie jest dostępny w obrocie.",
            "outcomeEmail": {"address": "jan.przykladowy@example.org", "belongsTo": "PATIENT"},
            "extras": {"physicianEmail": "lekarz@szpital.example", "sourceCountry": "DE"}
        }
    })
}

/// For use in the facility, with its representative; the need has no patient yet.
pub(crate) fn in_facility() -> Value {
    json!({
        "content": {
            "use": "IN_FACILITY",
            "entity": entity(),
            "physician": physician(),
            "representative": representative(),
            "patients": {"kind": "AD_HOC", "justification": "Zapas na dwa zatrucia rocznie, jak w ostatnich latach."},
            "product": {
                "tradeName": "Anticholium", "internationalName": "Physostigmini salicylas",
                "form": "roztwór do wstrzykiwań", "strength": "2 mg/5 ml",
                "marketingAuthorisationHolder": "Dr. Franz Köhler Chemie GmbH"
            },
            "quantity": {"amount": "10", "unit": "AMPOULE"},
            "diagnosis": {"icd10": "T44.3", "description": "Zatrucie lekami przeciwcholinergicznymi"},
            "justification": "Odtrutka ratująca życie; w obrocie krajowym nie ma odpowiednika.",
            "outcomeEmail": {"address": "kancelaria@szpital.example", "belongsTo": "ENTITY"},
            "extras": {
                "physicianEmail": "lekarz@szpital.example", "sourceCountry": "DE",
                "urgency": {"reason": "Ostatnie opakowanie traci ważność za miesiąc."},
                "hospitalPharmacyEmail": "apteka@szpital.example"
            }
        }
    })
}

/// For several patients of the facility, one of them a minor without PESEL.
pub(crate) fn patient_list() -> Value {
    let one = json!({
        "patient": {
            "givenNames": "Jan", "familyName": "Przykładowy",
            "identifier": {"kind": "PESEL", "number": "44051401458"}
        },
        "quantity": {"amount": "2", "unit": "PACK"}
    });
    let minor = json!({
        "patient": {
            "givenNames": "Maria", "familyName": "Testowa",
            "guardian": {"identifier": {"kind": "FOREIGN_PASSPORT", "country": "UA", "number": "FE123456"}},
            "birthDate": "2026-01-15"
        },
        "quantity": {"amount": "1", "unit": "PACK"}
    });
    let mut example = in_facility();
    if let Some(content) = example.get_mut("content").and_then(Value::as_object_mut) {
        content.insert("patients".to_owned(), json!({"kind": "LIST", "patients": [one, minor]}));
        content.insert("quantity".to_owned(), json!({"amount": "3", "unit": "PACK"}));
    }
    example
}

/// What a draft may be at its least.
pub(crate) fn bare() -> Value {
    json!({"content": {"use": "OUTSIDE_FACILITY"}})
}
