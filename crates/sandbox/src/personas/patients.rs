//! Fictitious patients.

use super::spec::PersonSpec;
use app::caller::Role;
use domain::problem::Sentence;

const SEE_YOURS: Sentence = Sentence {
    pl: "Zobacz swoje zlecenia na wyroby medyczne i ich kody (`GET /patient/device-orders`) oraz kto zaglądał do Twoich spraw: `GET /patient/access-log`.",
    en: "See your orders for medical devices with their codes (`GET /patient/device-orders`), and who looked at your cases: `GET /patient/access-log`.",
};

pub(super) const FIRST: PersonSpec = PersonSpec {
    key: "patient",
    role: Role::Patient,
    given_names: "Żaneta",
    family_name: "Testowa",
    pesel: "85051512384",
    organisation: None,
    npwz: None,
    staff: None,
    position: None,
    consults: &[],
    assists: None,
    first: SEE_YOURS,
};

pub(super) const SECOND: PersonSpec = PersonSpec {
    key: "patient-second",
    role: Role::Patient,
    given_names: "Ziemowit",
    family_name: "Testowy",
    pesel: "93031482671",
    organisation: None,
    npwz: None,
    staff: None,
    position: None,
    consults: &[],
    assists: None,
    first: SEE_YOURS,
};
