//! The document whose step a worker has before it, whichever kind it is.

use super::Waiting;
use crate::Parts;
use crate::failure::Failure;
use crate::trusted::AwaitedSignature;
use crate::{demand, device_order, device_repair_order, temporary_authorisation};
use domain::ids::{AuthorisationId, DemandId, DeviceOrderId, RepairOrderId};
use domain::pending::PendingStep;
use domain::temporary_authorisation::KIND;
use std::fmt;
use store::Tx;
use store::pending_steps::LeasedStep;

/// The same of whichever document.
pub(super) enum AnyWaiting {
    Demand(DemandId, Box<Waiting<demand::KeptCommand>>),
    Authorisation(AuthorisationId, Box<Waiting<temporary_authorisation::SignedCommand>>),
    Order(DeviceOrderId, Box<Waiting<device_order::SignedCommand>>),
    Repair(RepairOrderId, Box<Waiting<device_repair_order::SignedCommand>>),
}

/// Whose step it is.
#[derive(Clone, Copy)]
pub(super) enum Case {
    Demand(DemandId),
    Authorisation(AuthorisationId),
    Order(DeviceOrderId),
    Repair(RepairOrderId),
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Demand(id) => id.fmt(f),
            Self::Authorisation(id) => id.fmt(f),
            Self::Order(id) => id.fmt(f),
            Self::Repair(id) => id.fmt(f),
        }
    }
}

impl AnyWaiting {
    pub(super) fn signature(&self) -> &AwaitedSignature {
        match self {
            Self::Demand(_, waiting) => &waiting.kept.signature,
            Self::Authorisation(_, waiting) => &waiting.kept.signature,
            Self::Order(_, waiting) => &waiting.kept.signature,
            Self::Repair(_, waiting) => &waiting.kept.signature,
        }
    }

    pub(super) fn revision(&self) -> i64 {
        match self {
            Self::Demand(_, waiting) => waiting.revision,
            Self::Authorisation(_, waiting) => waiting.revision,
            Self::Order(_, waiting) => waiting.revision,
            Self::Repair(_, waiting) => waiting.revision,
        }
    }

    pub(super) fn case(&self) -> Case {
        match self {
            Self::Demand(id, _) => Case::Demand(*id),
            Self::Authorisation(id, _) => Case::Authorisation(*id),
            Self::Order(id, _) => Case::Order(*id),
            Self::Repair(id, _) => Case::Repair(*id),
        }
    }
}

/// The step that was leased, while its document still waits for it.
pub(super) fn find(tx: &mut Tx<'_>, parts: &Parts, step: &LeasedStep) -> Result<Option<AnyWaiting>, Failure> {
    let text = &step.document_id;
    let received = |pending: &PendingStep| pending.received_at;
    if step.document_kind == domain::device_order::KIND {
        let Some(id) = DeviceOrderId::parse(text) else { return Ok(None) };
        let Some(loaded) = store::device_order::find(tx, &parts.ring, id)? else { return Ok(None) };
        let it = &loaded.order;
        let received_at = it.pending.as_ref().map(|pending| pending.received_at);
        let waiting = Waiting::open(tx, (text, &loaded.key, it.revision), received_at)?;
        Ok(waiting.map(|waiting| AnyWaiting::Order(id, Box::new(waiting))))
    } else if step.document_kind == domain::device_repair_order::KIND {
        find_repair(tx, parts, text)
    } else if step.document_kind == KIND {
        let Some(id) = AuthorisationId::parse(text) else { return Ok(None) };
        let Some(loaded) = store::temporary_authorisation::find(tx, &parts.ring, id)? else {
            return Ok(None);
        };
        let it = &loaded.authorisation;
        let waiting = Waiting::open(tx, (text, &loaded.key, it.revision), it.pending.as_ref().map(received))?;
        Ok(waiting.map(|waiting| AnyWaiting::Authorisation(id, Box::new(waiting))))
    } else {
        let Some(id) = DemandId::parse(text) else { return Ok(None) };
        let Some(loaded) = store::demand::find(tx, &parts.ring, id)? else { return Ok(None) };
        let it = &loaded.demand;
        let waiting = Waiting::open(tx, (text, &loaded.key, it.revision), it.pending.as_ref().map(received))?;
        Ok(waiting.map(|waiting| AnyWaiting::Demand(id, Box::new(waiting))))
    }
}

fn find_repair(tx: &mut Tx<'_>, parts: &Parts, text: &str) -> Result<Option<AnyWaiting>, Failure> {
    let Some(id) = RepairOrderId::parse(text) else { return Ok(None) };
    let Some(loaded) = store::device_repair_order::find(tx, &parts.ring, id)? else { return Ok(None) };
    let it = &loaded.order;
    let received_at = it.pending.as_ref().map(|pending| pending.received_at);
    let waiting = Waiting::open(tx, (text, &loaded.key, it.revision), received_at)?;
    Ok(waiting.map(|waiting| AnyWaiting::Repair(id, Box::new(waiting))))
}
