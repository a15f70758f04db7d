//! A scenario's content with the blocks of those who issue it.

use super::Scenario;
use crate::personas::{self, OrganisationSpec, Persona};
use domain::ids::SpaceId;
use serde_json::{Map, Value, json};

/// The `content` of a request: the scenario's, issued by this physician; in a facility with the one who represents it.
pub fn content(scenario: &Scenario, space: &SpaceId, physician: &Persona) -> Value {
    let mut content: Map<String, Value> = scenario.content.clone();
    let spec = physician.spec;
    content.insert(
        "physician".to_owned(),
        json!({ "givenNames": spec.given_names, "familyName": spec.family_name, "npwz": spec.npwz }),
    );
    if let Some(organisation) = physician.organisation {
        content.insert("entity".to_owned(), entity(organisation.spec));
    }
    if scenario.is_in_facility()
        && let Some(director) = personas::representative_of(space, physician)
    {
        content.insert("representative".to_owned(), representative(&director));
    }
    Value::Object(content)
}

fn entity(spec: &OrganisationSpec) -> Value {
    json!({
        "name": spec.name,
        "nip": spec.nip,
        "rpwdlNumber": spec.rpwdl_number,
        "address": {
            "streetLine": spec.street, "postalCode": spec.postal_code, "city": spec.city, "country": "PL",
        },
    })
}

fn representative(director: &Persona) -> Value {
    json!({
        "givenNames": director.spec.given_names,
        "familyName": director.spec.family_name,
        "position": director.spec.position,
        "email": "dyrektor@szpital.example.org",
    })
}
