//! The personas of a space as the file that an operator would import.

use super::devices::SPECIALTIES;
use super::{Organisation, Persona, all, find, find_organisation, organisations};
use app::caller::OrganisationKind;
use app::directory::DirectoryFile;
use domain::ids::SpaceId;
use serde_json::{Value, json};

/// The branch that the officer of the payer is of.
const BRANCH: &str = "07";

/// Every organisation and person of the space; patients stand in no directory.
pub fn directory_file(space: &SpaceId) -> Result<DirectoryFile, serde_json::Error> {
    let organisations: Vec<Value> =
        organisations(space).iter().map(|known| organisation_line(space, known)).collect();
    let people: Vec<Value> = all(space).iter().filter_map(|persona| person_line(space, persona)).collect();
    serde_json::from_value(json!({ "organisations": organisations, "people": people }))
}

fn organisation_line(space: &SpaceId, known: &Organisation) -> Value {
    let spec = known.spec;
    json!({
        "id": known.id,
        "kind": spec.kind,
        "name": spec.name,
        "nip": spec.nip,
        "rpwdlNumber": spec.rpwdl_number,
        "parent": spec.parent.and_then(|key| find_organisation(space, key)).map(|parent| parent.id),
        "email": spec.email,
        "isPrison": spec.is_prison,
        "branch": (spec.kind == OrganisationKind::NfzBranch).then_some(BRANCH),
    })
}

fn person_line(space: &SpaceId, persona: &Persona) -> Option<Value> {
    let spec = persona.spec;
    let ids = persona.register_id().map(|(system, id)| json!({ "system": system, "id": id }));
    let roles = persona.organisation.map(|organisation| {
        json!({ "role": spec.role, "organisation": organisation.id, "position": spec.position })
    });
    let consults = spec.consults.iter().map(|held| {
        json!({
            "field": held.field, "kind": held.kind, "npwz": spec.npwz, "qualifications": held.qualifications,
        })
    });
    // For as long as anybody tests.
    let assists = spec.assists.and_then(|key| find(space, key)).map(|prescriber| {
        json!({ "prescriber": prescriber.person_id, "firstDay": "2020-01-01", "lastDay": "2099-12-31" })
    });
    let specialties = SPECIALTIES.iter().find(|(key, _)| *key == spec.key).map(|(_, known)| known);
    Some(json!({
        "id": persona.person_id?,
        "givenNames": spec.given_names,
        "familyName": spec.family_name,
        "pesel": spec.pesel,
        "ids": ids.into_iter().collect::<Vec<_>>(),
        "roles": roles.into_iter().collect::<Vec<_>>(),
        "consults": consults.collect::<Vec<_>>(),
        "assists": assists.into_iter().collect::<Vec<_>>(),
        "specialties": specialties,
    }))
}
