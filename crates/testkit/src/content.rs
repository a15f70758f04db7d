//! Contents of demands that keep every rule, so that a test names only what it changes.

use crate::service::TestApp;
use sandbox::personas::{OrganisationSpec, Persona};
use serde_json::{Value, json};

/// For use outside a facility, issued by the clinic's physician for the persona `patient`.
pub fn outside_facility(app: &TestApp) -> Value {
    let mut content = common(&app.persona("clinic-physician"));
    content["use"] = json!("OUTSIDE_FACILITY");
    content["patients"] = json!({ "kind": "NAMED", "patient": patient(&app.persona("patient")) });
    content["outcomeEmail"] = json!({ "address": "pacjentka@example.org", "belongsTo": "PATIENT" });
    content
}

/// For use in a facility, issued by the hospital's physician for the persona `patient`.
pub fn in_facility(app: &TestApp) -> Value {
    let mut content = common(&app.persona("hospital-physician"));
    let mut patient = patient(&app.persona("patient"));
    remove(&mut patient, "/address");
    content["use"] = json!("IN_FACILITY");
    content["representative"] = representative(&app.persona("director"));
    content["patients"] = json!({ "kind": "NAMED", "patient": patient });
    content["outcomeEmail"] = json!({ "address": "kancelaria@szpital.example.org", "belongsTo": "ENTITY" });
    content["extras"]["hospitalPharmacyEmail"] = json!("apteka@szpital.example.org");
    content
}

/// The same, issued by the physician of the prison's hospital.
pub fn in_prison(app: &TestApp) -> Value {
    let physician = app.persona("prison-physician");
    let issued = common(&physician);
    let content = ["entity", "physician"]
        .into_iter()
        .fold(in_facility(app), |content, block| with(content, &format!("/{block}"), issued[block].clone()));
    with(content, "/representative", representative(&app.persona("prison-director")))
}

/// For use in a facility, for both persona patients.
pub fn listed(app: &TestApp) -> Value {
    let mut content = in_facility(app);
    let one = |key: &str| {
        let mut patient = patient(&app.persona(key));
        remove(&mut patient, "/address");
        json!({ "patient": patient, "quantity": { "amount": "5", "unit": "PACK" } })
    };
    content["patients"] = json!({ "kind": "LIST", "patients": [one("patient"), one("patient-second")] });
    content
}

/// For use in a facility, for patients whom nobody knows yet.
pub fn ad_hoc(app: &TestApp) -> Value {
    let mut content = in_facility(app);
    content["patients"] = json!({ "kind": "AD_HOC", "justification": "Zapas na wypadek zatrucia." });
    content
}

/// The same for a food instead of a medicine.
#[must_use]
pub fn food(content: Value) -> Value {
    let product = json!({
        "name": "Przykładowa mieszanka aminokwasów", "group": "SPECIAL_MEDICAL_PURPOSES",
        "composition": "L-aminokwasy bez fenyloalaniny, witaminy, sole mineralne", "form": "proszek",
        "producer": "Beispiel Nutrition GmbH",
    });
    with(content, "/product", product)
}

/// The same because of a disaster, with every guard of PF art. 4(9).
#[must_use]
pub fn because_of_disaster(content: Value) -> Value {
    let disaster = json!({
        "threat": { "kind": "NATURAL_DISASTER", "name": "Powódź w dorzeczu Wzorcowej" },
        "authorisation": { "grantedBy": "EUROPEAN_UNION", "number": "EU/1/26/0000/001" },
        "sourceCountryAuthorisation": "PEI.H.00000.01.1",
        "unavailability": {
            "statement": "Żadna hurtownia nie ma produktu.", "source": "Pisma trzech hurtowni",
        },
        "noEquivalent": "Odpowiedniki wycofano z obrotu.",
    });
    with(content, "/disaster", disaster)
}

fn common(physician: &Persona) -> Value {
    let spec = physician.spec;
    let organisation = physician.organisation.expect("physicians work somewhere").spec;
    json!({
        "entity": entity(organisation),
        "physician": {
            "givenNames": spec.given_names, "familyName": spec.family_name, "npwz": spec.npwz,
        },
        "product": {
            "tradeName": "Thiola", "internationalName": "Tioproninum", "form": "tabletki powlekane",
            "strength": "100 mg", "marketingAuthorisationHolder": "Przykład Pharma Ltd",
        },
        "quantity": { "amount": "10", "unit": "PACK" },
        "treatmentDays": 90,
        "diagnosis": { "icd10": "E72.0", "description": "Cystynuria" },
        "justification": "Nawrotowa kamica cystynowa; wyczerpano sposoby leczenia dostępne w kraju.",
        "extras": { "physicianEmail": "lekarz@example.org", "sourceCountry": "DE" },
    })
}

fn entity(spec: &OrganisationSpec) -> Value {
    json!({
        "name": spec.name, "nip": spec.nip, "rpwdlNumber": spec.rpwdl_number,
        "address": {
            "streetLine": spec.street, "postalCode": spec.postal_code, "city": spec.city, "country": "PL",
        },
    })
}

fn representative(director: &Persona) -> Value {
    let spec = director.spec;
    json!({
        "givenNames": spec.given_names, "familyName": spec.family_name, "position": spec.position,
        "email": "dyrektor@szpital.example.org",
    })
}

fn patient(persona: &Persona) -> Value {
    let spec = persona.spec;
    json!({
        "givenNames": spec.given_names, "familyName": spec.family_name,
        "identifier": { "kind": "PESEL", "number": spec.pesel },
        "address": {
            "streetLine": "ul. Zmyślona 5", "postalCode": "00-950", "city": "Próbowo", "country": "PL",
        },
    })
}

/// The same with another value at this pointer.
#[must_use]
pub fn with(mut content: Value, pointer: &str, value: Value) -> Value {
    if let Some(member) = content.pointer_mut(pointer) {
        *member = value;
        return content;
    }
    let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
    content.pointer_mut(parent).expect(pointer)[name] = value;
    content
}

/// The same without the member at this pointer.
#[must_use]
pub fn without(mut content: Value, pointer: &str) -> Value {
    remove(&mut content, pointer);
    content
}

fn remove(content: &mut Value, pointer: &str) {
    let (parent, name) = pointer.rsplit_once('/').expect("a pointer");
    let parent = content.pointer_mut(parent).and_then(Value::as_object_mut).expect(pointer);
    parent.remove(name).expect(pointer);
}
