//! Fictitious officers of the offices whom the minister tells or asks.

use super::spec::PersonSpec;
use app::caller::Role;
use domain::problem::Sentence;

const ANSWER: Sentence = Sentence {
    pl: "Odpowiedz na pytanie ministra: `POST /medicine-demands/{id}/clarifications/{clarificationId}/answer`, o zgłoszeniu hurtowni `POST /temporary-authorisations/{id}/clarifications/{clarificationId}/answer`.",
    en: "Answer a question of the minister: `POST /medicine-demands/{id}/clarifications/{clarificationId}/answer`, about a wholesaler's notification `POST /temporary-authorisations/{id}/clarifications/{clarificationId}/answer`.",
};

pub(super) const OFFICERS: &[PersonSpec] = &[
    PersonSpec {
        key: "inspector",
        role: Role::SanitaryInspectorate,
        given_names: "Hanna",
        family_name: "Przykładowa",
        pesel: "83031291908",
        organisation: Some("inspectorate"),
        npwz: None,
        staff: Some("GIS-1"),
        position: Some("inspektor"),
        consults: &[],
        assists: None,
        first: Sentence {
            pl: "Przeczytaj zgody na sprowadzenie żywności: `GET /food-demands`.",
            en: "Read the consents for foods: `GET /food-demands`.",
        },
    },
    PersonSpec {
        key: "product-officer",
        role: Role::ProductOffice,
        given_names: "Wojciech",
        family_name: "Testowy",
        pesel: "79041591910",
        organisation: Some("product-office"),
        npwz: None,
        staff: Some("URP-1"),
        position: Some("naczelnik wydziału"),
        consults: &[],
        assists: None,
        first: ANSWER,
    },
    PersonSpec {
        key: "agency-officer",
        role: Role::AssessmentAgency,
        given_names: "Iwona",
        family_name: "Zmyślona",
        pesel: "69051191921",
        organisation: Some("assessment-agency"),
        npwz: None,
        staff: Some("AOT-1"),
        position: Some("analityk"),
        consults: &[],
        assists: None,
        first: ANSWER,
    },
    PersonSpec {
        key: "agriculture-officer",
        role: Role::AgricultureMinistry,
        given_names: "Leszek",
        family_name: "Próbny",
        pesel: "88072391934",
        organisation: Some("agriculture-ministry"),
        npwz: None,
        staff: Some("ROL-1"),
        position: Some("główny specjalista"),
        consults: &[],
        assists: None,
        first: ANSWER,
    },
];
