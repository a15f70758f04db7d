//! A demand that was closed and is open again gives way where its reference was used for another meanwhile.

use crate::failure::Failure;
use domain::demand::lifecycle::StateName;
use domain::demand::model::Demand;
use store::Tx;
use store::demand::Condition;

/// The reference stays with the document that holds it now: neither a wholesaler who proves a timely hand-over nor a
/// pharmacy that reverses an entry could do anything about it (ADR 8).
pub(super) fn give_way(tx: &mut Tx<'_>, was: StateName, demand: Demand) -> Result<Demand, Failure> {
    let is_reopened = !was.is_open() && demand.state.name().is_open();
    let Some(reference) = demand.client_reference.as_ref().filter(|_| is_reopened) else { return Ok(demand) };
    let same = Condition::ClientReference {
        client_id: demand.client_id.clone(),
        reference: reference.as_str().to_owned(),
    };
    let holder = store::demand::list(tx, &demand.space, &[same, Condition::Open], None, 1)?;
    let client_reference = demand.client_reference.clone().filter(|_| holder.is_empty());
    Ok(Demand { client_reference, ..demand })
}
