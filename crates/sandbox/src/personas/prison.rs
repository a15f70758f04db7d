//! The people of a prison's hospital, who issue and sign on paper.

use super::spec::PersonSpec;
use app::caller::Role;
use domain::problem::Sentence;

pub(super) const PEOPLE: &[PersonSpec] = &[
    PersonSpec {
        key: "prison-physician",
        role: Role::Physician,
        given_names: "Celina",
        family_name: "Przykładowa",
        pesel: "72092292823",
        organisation: Some("prison-hospital"),
        npwz: Some("6900299"),
        staff: None,
        position: Some("lekarz oddziału"),
        consults: &[],
        assists: None,
        first: Sentence {
            pl: "Przeczytaj zapotrzebowanie tego szpitala, które urzędnik wprowadził z papieru: `GET /medicine-demands`.",
            en: "Read the demand of this hospital that an officer entered from paper: `GET /medicine-demands`.",
        },
    },
    PersonSpec {
        key: "prison-director",
        role: Role::EntityRepresentative,
        given_names: "Grzegorz",
        family_name: "Wzorcowy",
        pesel: "81051292815",
        organisation: Some("prison-hospital"),
        npwz: None,
        staff: Some("WIE-1"),
        position: Some("dyrektor szpitala"),
        consults: &[],
        assists: None,
        first: Sentence {
            pl: "Przeczytaj, co w imieniu tego szpitala podpisano na papierze: `GET /medicine-demands/{id}`.",
            en: "Read what was signed on paper for this hospital: `GET /medicine-demands/{id}`.",
        },
    },
];
