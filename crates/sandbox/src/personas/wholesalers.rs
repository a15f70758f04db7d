//! Who signs for a wholesaler: its responsible person, and who may represent it.

use super::spec::PersonSpec;
use app::caller::Role;
use domain::problem::Sentence;

pub(super) const RESPONSIBLE_PERSON: PersonSpec = PersonSpec {
    key: "responsible-person",
    role: Role::ResponsiblePerson,
    given_names: "Wiktoria",
    family_name: "Przykładowa",
    pesel: "83041792004",
    organisation: Some("wholesaler"),
    npwz: None,
    staff: Some("HUR-2"),
    position: Some("osoba odpowiedzialna"),
    consults: &[],
    assists: None,
    first: Sentence {
        pl: "Zgłoś potrzebę dopuszczenia czasowego: `POST /temporary-authorisations`.",
        en: "Notify for a temporary authorisation: `POST /temporary-authorisations`.",
    },
};

pub(super) const DIRECTOR: PersonSpec = PersonSpec {
    key: "wholesaler-director",
    role: Role::EntityRepresentative,
    given_names: "Ignacy",
    family_name: "Wzorcowy",
    pesel: "69082392119",
    organisation: Some("wholesaler"),
    npwz: None,
    staff: Some("HUR-3"),
    position: Some("prezes zarządu"),
    consults: &[],
    assists: None,
    first: Sentence {
        pl: "Podpisz zgłoszenie hurtowni: `POST /temporary-authorisations/{id}/representative-approval`.",
        en: "Co-sign a notification of the wholesaler: `POST /temporary-authorisations/{id}/representative-approval`.",
    },
};

pub(super) const RESPONSIBLE_PERSON_SECOND: PersonSpec = PersonSpec {
    key: "responsible-person-second",
    role: Role::ResponsiblePerson,
    given_names: "Natalia",
    family_name: "Próbna",
    pesel: "87090292201",
    organisation: Some("wholesaler-second"),
    npwz: None,
    staff: Some("HUW-2"),
    position: Some("osoba odpowiedzialna"),
    consults: &[],
    assists: None,
    first: Sentence {
        pl: "Spróbuj odczytać zgłoszenie innej hurtowni: odpowiedzią jest 404.",
        en: "Try to read another wholesaler's notification: the answer is 404.",
    },
};

pub(super) const DIRECTOR_SECOND: PersonSpec = PersonSpec {
    key: "wholesaler-second-director",
    role: Role::EntityRepresentative,
    given_names: "Roman",
    family_name: "Zmyślony",
    pesel: "71031492313",
    organisation: Some("wholesaler-second"),
    npwz: None,
    staff: Some("HUW-3"),
    position: Some("prezes zarządu"),
    consults: &[],
    assists: None,
    first: Sentence {
        pl: "Spróbuj odczytać zgłoszenie innej hurtowni: odpowiedzią jest 404.",
        en: "Try to read another wholesaler's notification: the answer is 404.",
    },
};
