//! Demand number, resolution number and the patient's identifier, of which two open a demand (PF art. 4ad(6)).

use crate::demand::content;
use crate::demand::parse::identifier;
use crate::edge::Edge;
use crate::parsing::Faults;
use app::failure::Failure;
use app::faults::RETRIEVAL_BOTH;
use app::supply::Numbers;
use app::temporary_authorisation::AuthorisationNumbers;
use domain::values::{AuthorisationNumber, DemandNumber, ResolutionNumber, RpwdlNumber};

/// What a request gives of the numbers.
pub(crate) struct Given<'a> {
    pub(crate) demand: Option<&'a str>,
    pub(crate) resolution: Option<&'a str>,
    pub(crate) patient: Option<&'a content::PatientIdentifier>,
    pub(crate) rpwdl: Option<&'a str>,
}

/// What a request gives of the numbers of a consent; with it nothing else is given.
pub(crate) fn both_numbers(
    faults: &mut Faults,
    authorisation: &str,
    given: &Given<'_>,
) -> Option<AuthorisationNumbers> {
    let number = faults.take("/authorisationNumber", AuthorisationNumber::parse(authorisation));
    let resolution =
        faults.required("/resolutionNumber", given.resolution, RETRIEVAL_BOTH, ResolutionNumber::parse);
    let superfluous = [
        ("/demandNumber", given.demand.is_some()),
        ("/patient", given.patient.is_some()),
        ("/rpwdlNumber", given.rpwdl.is_some()),
    ];
    for (member, _) in superfluous.into_iter().filter(|(_, sent)| *sent) {
        faults.add(member, RETRIEVAL_BOTH);
    }
    Some(AuthorisationNumbers { authorisation: number?, resolution: resolution? })
}

/// Draws once for each of both numbers.
pub(crate) fn limit_both(edge: &Edge, bucket: &str, numbers: &AuthorisationNumbers) -> Result<(), Failure> {
    edge.limits.check(bucket, numbers.authorisation.as_str())?;
    edge.limits.check(bucket, numbers.resolution.as_str())?;
    Ok(())
}

impl Given<'_> {
    pub(crate) fn read(&self, faults: &mut Faults) -> Option<Numbers> {
        let demand = faults.optional("/demandNumber", self.demand, DemandNumber::parse);
        let resolution = faults.optional("/resolutionNumber", self.resolution, ResolutionNumber::parse);
        let patient = faults.within_optional("patient", self.patient, identifier);
        let rpwdl = faults.optional("/rpwdlNumber", self.rpwdl, RpwdlNumber::parse);
        Some(Numbers { demand: demand?, resolution: resolution?, patient: patient?, rpwdl: rpwdl? })
    }
}

/// Draws once for each document that the numbers name.
pub(crate) fn limit_documents(edge: &Edge, bucket: &str, numbers: &Numbers) -> Result<(), Failure> {
    let demand = numbers.demand.as_ref().map(DemandNumber::as_str);
    let resolution = numbers.resolution.as_ref().map(ResolutionNumber::as_str);
    for number in [demand, resolution].into_iter().flatten() {
        edge.limits.check(bucket, number)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop where it fails")]
    use super::*;
    use serde_json::json;

    #[test]
    fn every_wrong_number_is_named() {
        let patient =
            serde_json::from_value(json!({"kind": "PESEL", "country": "XX", "number": "1"})).unwrap();
        let given = Given {
            demand: Some("ZPL-2026-7K3M9QXT-2"),
            resolution: Some("ROZ"),
            patient: Some(&patient),
            rpwdl: Some("1"),
        };
        let mut faults = Faults::new();
        assert!(given.read(&mut faults).is_none());
        let places: Vec<String> = faults.into_violations().into_iter().map(|it| it.pointer).collect();
        assert_eq!(places, ["/demandNumber", "/resolutionNumber", "/patient/country", "/rpwdlNumber"]);
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let given =
            Given { demand: Some("zpl 2026 7k3m9qxt b"), resolution: None, patient: None, rpwdl: None };
        let mut faults = Faults::new();
        let numbers = given.read(&mut faults).unwrap();
        assert_eq!(numbers.demand.unwrap().as_str(), "ZPL-2026-7K3M9QXT-B");
        assert!(faults.is_empty());
    }
}
