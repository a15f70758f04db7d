//! What there is to know of a persona.

use app::caller::Role;
use domain::demand::model::ConsultantKind;
use domain::problem::Sentence;

/// A person of every space.
#[derive(Debug)]
pub struct PersonSpec {
    /// What a tester names it by.
    pub key: &'static str,
    pub role: Role,
    pub given_names: &'static str,
    pub family_name: &'static str,
    /// In the certificate, and for patients in the token.
    pub pesel: &'static str,
    /// Absent for patients.
    pub organisation: Option<&'static str>,
    pub npwz: Option<&'static str>,
    /// Number within the organisation, for those who have no licence.
    pub staff: Option<&'static str>,
    /// Post in the organisation.
    pub position: Option<&'static str>,
    pub consults: &'static [Consults],
    /// The prescriber who has authorised this medical assistant, by their key.
    pub assists: Option<&'static str>,
    /// What this person can do first.
    pub first: Sentence,
}

/// A field in which somebody is a consultant.
#[derive(Debug)]
pub struct Consults {
    pub field: &'static str,
    pub kind: ConsultantKind,
    pub qualifications: &'static str,
}
