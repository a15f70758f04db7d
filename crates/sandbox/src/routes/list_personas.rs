//! Who there is to play.

use super::space_of;
use crate::personas::{self, Organisation, OrganisationSpec, Persona};
use crate::state::Sandbox;
use actix_web::{HttpRequest, HttpResponse, get, web};
use app::App;
use http::{Language, Problem, answer, query};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct PersonasQuery {
    /// A space of your own; everybody's when left out.
    #[param(max_length = 40, example = "sandbox")]
    space: Option<String>,
}

/// The organisations and people of a space, all fictitious.
#[derive(Serialize, ToSchema)]
#[schema(as = Personas, example = json!({"space": "sandbox",
    "organisations": [{"key": "clinic", "id": "636c13f7-07d2-8fa1-9428-06f4c98e9ef3", "kind": "MEDICAL_ENTITY",
        "name": "Przychodnia Testowa „Wzorzec”", "nip": "1230011114", "rpwdlNumber": "000000900002",
        "email": "rejestracja@przychodnia.example.org", "address": {"streetLine": "ul. Próbna 7",
            "postalCode": "00-902", "city": "Próbowo", "country": "PL"}}],
    "personas": [{"key": "clinic-physician", "role": "PHYSICIAN", "givenNames": "Jan", "familyName": "Przykładowy",
        "pesel": "84070290114", "npwz": "2900100", "personId": "80a98c97-43ba-8199-9d2a-30e43e7461c4",
        "organisation": "clinic", "position": "lekarz", "fields": [],
        "first": "Utwórz zapotrzebowanie do użycia poza podmiotem: `POST /medicine-demands`."}]}))]
pub(super) struct PersonasView {
    #[schema(example = "sandbox")]
    space: String,
    organisations: Vec<PersonaOrganisationView>,
    personas: Vec<PersonaView>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PersonaOrganisation)]
pub(super) struct PersonaOrganisationView {
    #[schema(example = "hospital")]
    key: &'static str,
    id: Uuid,
    #[schema(example = "MEDICAL_ENTITY")]
    kind: &'static str,
    #[schema(example = "Szpital Przykładowy w Próbowie")]
    name: &'static str,
    #[schema(example = "1230000004")]
    nip: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "000000900001")]
    rpwdl_number: Option<&'static str>,
    #[schema(example = "zapotrzebowania@szpital.example.org")]
    email: &'static str,
    address: PersonaAddressView,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PersonaAddress)]
pub(super) struct PersonaAddressView {
    #[schema(example = "ul. Wzorcowa 1")]
    street_line: &'static str,
    #[schema(example = "00-901")]
    postal_code: &'static str,
    #[schema(example = "Próbowo")]
    city: &'static str,
    #[schema(example = "PL")]
    country: &'static str,
}

/// Somebody to act as.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = Persona)]
pub(super) struct PersonaView {
    /// What tokens and signatures are asked for by.
    #[schema(example = "hospital-physician")]
    key: &'static str,
    #[schema(example = "PHYSICIAN")]
    role: &'static str,
    #[schema(example = "Anna")]
    given_names: &'static str,
    #[schema(example = "Testowa")]
    family_name: &'static str,
    /// Made up; it fits its check digit.
    #[schema(example = "79031290009")]
    pesel: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "4900137")]
    npwz: Option<&'static str>,
    /// In the directory; a consultant is chosen by it.
    #[serde(skip_serializing_if = "Option::is_none")]
    person_id: Option<Uuid>,
    /// Key of the organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "hospital")]
    organisation: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(example = "lekarz oddziału")]
    position: Option<&'static str>,
    /// Codes of the fields of medicine in which the person is a consultant.
    fields: Vec<&'static str>,
    /// What to try first.
    #[schema(example = "Create a demand for use in a facility: `POST /medicine-demands`.")]
    first: &'static str,
}

impl PersonaOrganisationView {
    fn of(known: &Organisation) -> Self {
        let OrganisationSpec { key, kind, name, nip, rpwdl_number, email, .. } = *known.spec;
        let address = PersonaAddressView {
            street_line: known.spec.street,
            postal_code: known.spec.postal_code,
            city: known.spec.city,
            country: "PL",
        };
        Self { key, id: known.id.0, kind: kind.name(), name, nip, rpwdl_number, email, address }
    }
}

impl PersonaView {
    fn of(persona: &Persona, language: Language) -> Self {
        let spec = persona.spec;
        Self {
            key: spec.key,
            role: spec.role.name(),
            given_names: spec.given_names,
            family_name: spec.family_name,
            pesel: spec.pesel,
            npwz: spec.npwz,
            person_id: persona.person_id.map(|id| id.0),
            organisation: spec.organisation,
            position: spec.position,
            fields: spec.consults.iter().map(|held| held.field).collect(),
            first: language.pick(&spec.first),
        }
    }
}

/// List who there is to play
///
/// Every role has a persona, so that one tester can play a whole case: take a token with `POST /sandbox/tokens`, put it
/// into **Authorize**, call an operation, sign with `POST /sandbox/signatures` where a signature is due, and go on as the
/// next persona. What each can do first is told in the language of `Accept-Language`.
#[utoipa::path(tag = "sandbox", security(()), params(PersonasQuery),
    responses((status = 200, description = "Organisations and people of the space", body = PersonasView),
              (status = 404, description = "There is no such space", body = http::ProblemView,
               content_type = "application/problem+json")))]
#[get("/api/v1/sandbox/personas")]
pub(super) async fn list_personas(
    request: HttpRequest,
    sandbox: web::Data<Sandbox>,
    app: web::Data<App>,
    language: Language,
) -> Result<HttpResponse, Problem> {
    let asked: PersonasQuery = query::read(&request)?;
    let space = space_of(&sandbox, &app, asked.space.as_deref()).await?;
    answer::plain(&PersonasView {
        space: space.to_string(),
        organisations: personas::organisations(&space).iter().map(PersonaOrganisationView::of).collect(),
        personas: personas::all(&space).iter().map(|persona| PersonaView::of(persona, language)).collect(),
    })
}
