//! Of a demand for several patients, each of them is shown their own line alone (RODO art. 5(1)(c), (f)).

use super::access::Seen;
use crate::authorize::Relation;
use crate::failure::Failure;
use domain::demand::content::{Content, Patients, rules};
use domain::demand::model::Demand;
use domain::ids::{PatientId, SpaceId};
use std::borrow::Cow;
use store::sealing::KeyRing;
use store::{Tx, patients};

impl Seen {
    /// The demand as far as it concerns this party at all; groups of fields are hidden afterwards.
    pub(crate) fn concerning(&self, relation: Relation) -> Cow<'_, Demand> {
        let demand = &self.loaded.demand;
        if relation != Relation::Patient {
            return Cow::Borrowed(demand);
        }
        let mut demand = demand.clone();
        let lines: Vec<_> = self.loaded.patients.iter().copied().map(Some).collect();
        keep(&mut demand.content, &lines, self.facts.own_patient);
        Cow::Owned(demand)
    }

    /// The patients whose data this party is shown.
    pub(crate) fn patients_shown_to(&self, relation: Relation) -> Vec<PatientId> {
        // Who was treated from an ad-hoc need stands in its list, not in its content.
        let own = self.facts.own_patient.filter(|_| self.facts.is_patient);
        if relation == Relation::Patient { own.into_iter().collect() } else { self.loaded.patients.clone() }
    }

    /// An earlier content, whose lines may have been others.
    pub(super) fn concerning_earlier(
        &self,
        tx: &mut Tx<'_>,
        ring: &KeyRing,
        relation: Relation,
        mut content: Content,
    ) -> Result<Content, Failure> {
        if relation == Relation::Patient {
            let lines = patients_of(tx, ring, &self.loaded.demand.space, &content)?;
            keep(&mut content, &lines, self.facts.own_patient);
        }
        Ok(content)
    }

    /// Those whom the present content names or an earlier one did, as far as this party is shown them.
    pub(super) fn patients_shown_of(
        &self,
        tx: &mut Tx<'_>,
        ring: &KeyRing,
        relation: Relation,
        contents: &[Content],
    ) -> Result<Vec<PatientId>, Failure> {
        let mut shown = self.patients_shown_to(relation);
        if relation != Relation::Patient {
            for content in contents {
                let named = patients_of(tx, ring, &self.loaded.demand.space, content)?;
                shown.extend(named.into_iter().flatten());
            }
        }
        Ok(shown)
    }
}

/// Whom each line is about; nobody whom the space does not know.
fn patients_of(
    tx: &mut Tx<'_>,
    ring: &KeyRing,
    space: &SpaceId,
    content: &Content,
) -> Result<Vec<Option<PatientId>>, Failure> {
    let mut found = Vec::new();
    for (_, patient) in rules::patients(content) {
        found.push(match patient.index_identifier() {
            Some(identifier) => {
                let index = ring.blind_index("patient", identifier.index_text().reveal());
                patients::find_patient(tx, space, &index)?
            }
            None => None,
        });
    }
    Ok(found)
}

/// Takes away every line that is not the patient's own, with its share of the quantity.
fn keep(content: &mut Content, lines: &[Option<PatientId>], own: Option<PatientId>) {
    let mut is_own = lines.iter().map(|line| line.is_some() && *line == own);
    match &mut content.patients {
        Some(Patients::List { patients }) => patients.retain(|_| is_own.next().unwrap_or(false)),
        Some(Patients::Named { .. }) => {
            if !is_own.next().unwrap_or(false) {
                content.patients = None;
            }
        }
        Some(Patients::AdHoc { .. }) | None => {}
    }
}
