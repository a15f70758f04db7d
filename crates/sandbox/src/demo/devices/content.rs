//! What is ordered, as a prescriber's software sends it.

use super::Order;
use crate::personas::Persona;
use domain::values::YearMonth;
use serde_json::{Value, json};

/// What is ordered, for which disease, and of which specialty the prescriber has to be.
pub(super) struct Ordered {
    pub(super) specialty: &'static str,
    pub(super) diagnosis: &'static str,
    pub(super) device: Value,
    pub(super) supply: Value,
}

impl Order<'_, '_> {
    /// Its content for a patient with a PESEL.
    pub(super) fn content(patient: &Persona, ordered: Ordered) -> Value {
        let spec = patient.spec;
        let patient = json!({
            "givenNames": spec.given_names, "familyName": spec.family_name,
            "identifier": { "kind": "PESEL", "number": spec.pesel },
        });
        content_of(&patient, ordered)
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

pub(super) fn content_of(patient: &Value, ordered: Ordered) -> Value {
    let Ordered { specialty, diagnosis, device, supply } = ordered;
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
        "grounds": { "diagnosis": diagnosis, "criteria": [{ "code": "1", "name": "Kryterium z wykazu" }] },
    })
}

pub(super) fn one() -> Value {
    json!({ "kind": "ONE_OFF", "pieces": 1 })
}
