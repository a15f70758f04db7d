//! Two of three: demand number, resolution number and the patient's identifier (PF art. 4ad(6)).

use crate::Parts;
use crate::failure::Failure;
use domain::demand::Demand;
use domain::demand::content::rules;
use domain::ids::{PatientId, SpaceId};
use domain::values::{DemandNumber, PatientIdentifier, ResolutionNumber, RpwdlNumber};
use store::Tx;
use store::demand::Loaded;

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

/// A demand with its patients.
pub(crate) type Subject = (Demand, Vec<PatientId>);

/// What numbers led to.
pub(crate) enum Met {
    /// The one resolved demand on which everything that was given agrees.
    Agreed(Box<Subject>),
    /// Nothing; but some number was right, if another was not. Only the audit learns of these: the caller gets one
    /// answer for unresolved, unknown and wrong.
    Disagreed(Vec<Subject>),
}

impl Met {
    /// Also the demand has to be one of those that this look-up is for.
    pub(crate) fn only(self, fits: impl FnOnce(&Demand) -> bool) -> Self {
        match self {
            Self::Agreed(subject) if !fits(&subject.0) => Self::Disagreed(vec![*subject]),
            met => met,
        }
    }

    pub(crate) fn agreed(self) -> Option<Demand> {
        match self {
            Self::Agreed(subject) => Some(subject.0),
            Self::Disagreed(_) => None,
        }
    }
}

/// Looks for the resolved demand on which everything that was given agrees; the public asks in any space.
///
/// Two of three always hold a number, so a demand is found by a number first and the rest is compared with it.
pub(crate) fn find_resolved(
    tx: &mut Tx<'_>,
    parts: &Parts,
    space: Option<&SpaceId>,
    numbers: &Numbers,
) -> Result<Met, Failure> {
    let by_demand = match &numbers.demand {
        Some(number) => store::demand::find_by_number(tx, &parts.ring, space, number)?,
        None => None,
    };
    let by_resolution = match &numbers.resolution {
        Some(number) => store::demand::find_by_resolution_number(tx, &parts.ring, space, number)?,
        None => None,
    };
    let mut met: Vec<Loaded> = by_demand.into_iter().chain(by_resolution).collect();
    met.dedup_by_key(|loaded| loaded.demand.id);
    let mut agreeing = None;
    if let [loaded] = met.as_slice() {
        agreeing = agrees(&loaded.demand, numbers).then(|| met.pop()).flatten();
    }
    Ok(match agreeing {
        Some(loaded) => Met::Agreed(Box::new((loaded.demand, loaded.patients))),
        None => Met::Disagreed(met.into_iter().map(|loaded| (loaded.demand, loaded.patients)).collect()),
    })
}

fn agrees(demand: &Demand, numbers: &Numbers) -> bool {
    let Some(resolution) = demand.state.resolution() else { return false };
    let content = &demand.content;
    let number = numbers.demand.as_ref().is_none_or(|given| *given == demand.number);
    let ruling = numbers.resolution.as_ref().is_none_or(|given| *given == resolution.draft.number);
    let person = numbers.patient.as_ref().is_none_or(|given| {
        rules::patients(content).iter().any(|(_, patient)| patient.is_identified_by(given))
    });
    let entity =
        numbers.rpwdl.as_ref().is_none_or(|given| content.entity.rpwdl_number.as_ref() == Some(given));
    number && ruling && person && entity
}
