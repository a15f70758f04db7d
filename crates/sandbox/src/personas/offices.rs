//! Fictitious officers of the offices whom the minister tells or asks.

use super::spec::PersonSpec;
use app::caller::Role;
use domain::problem::Sentence;

pub(super) const OFFICERS: &[PersonSpec] = &[PersonSpec {
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
    first: Sentence {
        pl: "Przeczytaj zgody na sprowadzenie żywności: `GET /food-demands`.",
        en: "Read the consents for foods: `GET /food-demands`.",
    },
}];
