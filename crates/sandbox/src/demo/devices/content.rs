//! What is ordered, as a prescriber's software sends it.

use super::Order;
use crate::personas::Persona;
use domain::values::YearMonth;
use serde_json::{Value, json};

impl Order<'_, '_> {
    /// An order of this device in this supply for a patient with a PESEL.
    pub(super) fn content(&self, patient: &Persona, specialty: &str, device: Value, supply: Value) -> Value {
        let spec = patient.spec;
        let patient = json!({
            "givenNames": spec.given_names, "familyName": spec.family_name,
            "identifier": { "kind": "PESEL", "number": spec.pesel },
        });
        content_of(&patient, specialty, device, supply)
    }

    /// So many months from the present one on.
    pub(super) fn by_the_month(&self, pieces: &str, months: u32) -> Value {
        json!({
            "kind": "MONTHLY", "piecesAMonth": pieces, "from": self.month(0).to_string(), "months": months,
            "ordination": "PRIMARY", "form": "FULL",
        })
    }

    /// So many months after the present one.
    pub(super) fn month(&self, later: u32) -> YearMonth {
        YearMonth::of(self.timeline.today()).plus(later)
    }
}

pub(super) fn content_of(patient: &Value, specialty: &str, device: Value, supply: Value) -> Value {
    json!({
        "place": {
            "name": "Przychodnia Przykładowa", "regon": "123456785",
            "address": {
                "streetLine": "ul. Przykładowa 1", "postalCode": "00-901", "city": "Wzorcowice", "country": "PL",
            },
        },
        "prescriber": {
            "givenNames": "Dorota", "familyName": "Wzorcowa", "profession": "PHYSICIAN", "licenceNumber": "3900433",
            "specialties": [specialty],
        },
        "patient": patient,
        "device": device,
        "supply": supply,
        "grounds": { "diagnosis": "N39.4", "criteria": [{ "code": "1", "name": "Kryterium z wykazu" }] },
    })
}

pub(super) fn one() -> Value {
    json!({ "kind": "ONE_OFF", "pieces": 1 })
}
