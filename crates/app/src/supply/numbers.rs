//! Two of three: demand number, resolution number and the patient's identifier (PF art. 4ad(6)).

use crate::Parts;
use crate::failure::Failure;
use domain::ids::{PatientId, SpaceId};
use domain::values::{DemandNumber, PatientIdentifier, ResolutionNumber, RpwdlNumber};
use store::demand::Loaded;
use store::{Tx, patients};

/// What somebody holds. Which combinations suffice is the operation's affair.
#[derive(Clone, Default)]
pub struct Numbers {
    pub demand: Option<DemandNumber>,
    pub resolution: Option<ResolutionNumber>,
    pub patient: Option<PatientIdentifier>,
    /// In a facility, at the public check only.
    pub rpwdl: Option<RpwdlNumber>,
}

/// Numbers and identifiers are secrets here and are not printed.
impl std::fmt::Debug for Numbers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Numbers(…)")
    }
}

impl Numbers {
    pub fn count(&self) -> usize {
        [self.demand.is_some(), self.resolution.is_some(), self.patient.is_some(), self.rpwdl.is_some()]
            .into_iter()
            .filter(|given| *given)
            .count()
    }
}

/// The resolved demand on which everything that was given agrees; the public asks in any space.
///
/// Two of three always hold a number, so a demand is found by a number first and the rest is compared with it.
pub(crate) fn find_resolved(
    tx: &mut Tx<'_>,
    parts: &Parts,
    space: Option<&SpaceId>,
    numbers: &Numbers,
) -> Result<Option<Loaded>, Failure> {
    let by_demand = match &numbers.demand {
        Some(number) => store::demand::find_by_number(tx, &parts.ring, space, number)?,
        None => None,
    };
    let by_resolution = match &numbers.resolution {
        Some(number) => store::demand::find_by_resolution_number(tx, &parts.ring, space, number)?,
        None => None,
    };
    let Some(loaded) = by_demand.or(by_resolution) else { return Ok(None) };
    let patient = match &numbers.patient {
        Some(identifier) => {
            let index = parts.ring.blind_index("patient", identifier.index_text().reveal());
            patients::find_patient(tx, &loaded.demand.space, &index)?
        }
        None => None,
    };
    Ok(agrees(&loaded, numbers, patient).then_some(loaded))
}

fn agrees(loaded: &Loaded, numbers: &Numbers, patient: Option<PatientId>) -> bool {
    let demand = &loaded.demand;
    let Some(resolution) = demand.state.resolution() else { return false };
    let domain::demand::model::Content::Medicine(content) = &demand.content;
    let number = numbers.demand.as_ref().is_none_or(|given| *given == demand.number);
    let ruling = numbers.resolution.as_ref().is_none_or(|given| *given == resolution.draft.number);
    let person =
        numbers.patient.is_none() || patient.is_some_and(|patient| loaded.patients.contains(&patient));
    let entity =
        numbers.rpwdl.as_ref().is_none_or(|given| content.entity.rpwdl_number.as_ref() == Some(given));
    number && ruling && person && entity
}
