//! What Swagger UI offers to send: whole requests about fictitious people, issued by those whom the sandbox knows, so
//! that they can be sent as they stand.

pub(crate) mod answers;
mod food;

pub(crate) use food::{as_food, text_of_food};

use serde_json::{Value, json};

fn address(street_line: &str, postal_code: &str, city: &str) -> Value {
    json!({"streetLine": street_line, "postalCode": postal_code, "city": city, "country": "PL"})
}

fn clinic() -> Value {
    json!({
        "name": "Przychodnia Testowa „Wzorzec”", "nip": "1230011114", "rpwdlNumber": "000000900002",
        "address": address("ul. Próbna 7", "00-902", "Próbowo")
    })
}

fn hospital() -> Value {
    json!({
        "name": "Szpital Przykładowy w Próbowie", "unitName": "Oddział Przykładowy", "nip": "1230000004",
        "rpwdlNumber": "000000900001", "address": address("ul. Wzorcowa 1", "00-901", "Próbowo")
    })
}

fn clinic_physician() -> Value {
    json!({"givenNames": "Jan", "familyName": "Przykładowy", "npwz": "2900100"})
}

fn hospital_physician() -> Value {
    json!({"givenNames": "Anna", "familyName": "Testowa", "npwz": "4900137"})
}

fn representative() -> Value {
    json!({
        "givenNames": "Elżbieta", "familyName": "Wzorcowa", "position": "dyrektor szpitala",
        "email": "dyrektor@szpital.example.org"
    })
}

/// For one patient who takes the medicine at home.
pub(crate) fn outside_facility() -> Value {
    json!({
        "content": {
            "use": "OUTSIDE_FACILITY",
            "entity": clinic(),
            "physician": clinic_physician(),
            "patients": {"kind": "NAMED", "patient": {
                "givenNames": "Żaneta", "familyName": "Testowa",
                "identifier": {"kind": "PESEL", "number": "85051512384"},
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
            "outcomeEmail": {"address": "zaneta.testowa@example.org", "belongsTo": "PATIENT"},
            "extras": {"physicianEmail": "lekarz@szpital.example.org", "sourceCountry": "DE"}
        }
    })
}

/// For use in the facility, with its representative; the need has no patient yet.
pub(crate) fn in_facility() -> Value {
    json!({
        "content": {
            "use": "IN_FACILITY",
            "entity": hospital(),
            "physician": hospital_physician(),
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
            "outcomeEmail": {"address": "zapotrzebowania@szpital.example.org", "belongsTo": "ENTITY"},
            "extras": {
                "physicianEmail": "lekarz@szpital.example.org", "sourceCountry": "DE",
                "urgency": {"reason": "Ostatnie opakowanie traci ważność za miesiąc."},
                "hospitalPharmacyEmail": "apteka@szpital.example.org"
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

/// For a medicine that is authorised in the EU and cannot be had in Poland while a flood lasts (PF art. 4(9)).
pub(crate) fn disaster() -> Value {
    let mut example = in_facility();
    if let Some(content) = example.get_mut("content").and_then(Value::as_object_mut) {
        content.insert(
            "disaster".to_owned(),
            json!({
                "threat": {"kind": "NATURAL_DISASTER", "name": "Powódź w dorzeczu Wzorcowej"},
                "authorisation": {"grantedBy": "EUROPEAN_UNION", "number": "EU/1/26/0000/001"},
                "sourceCountryAuthorisation": "PEI.H.00000.01.1",
                "unavailability": {
                    "statement": "Żadna hurtownia nie ma produktu, a wytwórca wstrzymał dostawy do Polski.",
                    "source": "Pisma trzech hurtowni farmaceutycznych"
                },
                "noEquivalent": "Nie ma w obrocie innego produktu o tej substancji czynnej, mocy i postaci."
            }),
        );
    }
    example
}

/// A demand that was issued on paper in an outage, as an officer enters it.
pub(crate) fn on_paper() -> Value {
    let mut entry = outside_facility();
    let paper = json!({
        "consultantId": "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a42", "field": "0707",
        "grounds": {"kind": "OUTAGE", "outageId": "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a47"},
        "issuedOn": "2026-02-02",
        "opinion": {
            "verdict": "CONFIRMED", "receivedOn": "2026-02-03", "givenOn": "2026-02-05",
            "justification": "Zgodne z aktualną wiedzą medyczną."
        },
        "sentOn": "2026-02-06", "receivedOn": "2026-02-09",
        "scan": {
            "title": "Zapotrzebowanie z 2 lutego 2026 r.",
            "sha256": "8f434346648f6b96df89dda901c5176b10a6d83961dd3c1ac88b59b2dc327aa4"
        }
    });
    if let (Some(entry), Value::Object(paper)) = (entry.as_object_mut(), paper) {
        entry.extend(paper);
    }
    entry
}

/// The same with an error of typing put right.
pub(crate) fn corrected_paper() -> Value {
    json!({"reason": "Błąd w przepisanej dacie opinii.", "entry": on_paper()})
}

/// Who was treated from such a need, one of them a minor without PESEL; the list is whole.
pub(crate) fn treated_patients() -> Value {
    json!({
        "patients": [
            {
                "patient": {
                    "givenNames": "Jan", "familyName": "Przykładowy",
                    "identifier": {"kind": "PESEL", "number": "44051401458"}
                },
                "quantity": {"amount": "3", "unit": "AMPOULE"}, "dose": "1 ampułka co 8 godzin",
                "treatedFrom": "2026-03-12", "treatedTo": "2026-03-13"
            },
            {
                "patient": {
                    "givenNames": "Maria", "familyName": "Testowa", "birthDate": "2026-01-15",
                    "guardian": {"identifier": {"kind": "FOREIGN_PASSPORT", "country": "UA", "number": "FE123456"}}
                },
                "quantity": {"amount": "0.5", "unit": "AMPOULE"}, "dose": "0,02 mg/kg jednorazowo",
                "treatedFrom": "2026-03-20", "treatedTo": "2026-03-20"
            }
        ],
        "treatmentEndedOn": "2026-03-20", "final": true
    })
}

/// What a draft may be at its least.
pub(crate) fn bare() -> Value {
    json!({"content": {"use": "OUTSIDE_FACILITY"}})
}
