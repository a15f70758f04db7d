//! What is kept of a step beside its document, sealed, until its signature has been validated.

use crate::Parts;
use crate::caller::{Caller, IdSystem, Org, OrganisationKind, Person, Role};
use crate::failure::Failure;
use crate::trusted::AwaitedSignature;
use chrono::{DateTime, Utc};
use domain::ids::{OrganisationId, SpaceId};
use serde::{Deserialize, Serialize};
use store::Tx;
use store::pending_steps::{self, NewPendingStep};
use store::sealing::DataKey;

/// The document whose step waits.
pub(crate) struct WaitingDocument<'a> {
    pub id: &'a str,
    pub kind: &'a str,
    pub space: &'a SpaceId,
    pub key: &'a DataKey,
}

/// All that is needed to take the step without its caller.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct KeptStep<C> {
    pub command: C,
    by: KeptCaller,
    pub trace_id: String,
    pub signature: AwaitedSignature,
}

impl<C> KeptStep<C> {
    pub(crate) fn of(command: C, by: &Caller, signature: &AwaitedSignature, trace_id: &str) -> Self {
        Self { command, by: KeptCaller::of(by), trace_id: trace_id.to_owned(), signature: signature.clone() }
    }

    /// Who gave the command.
    pub(super) fn caller(&self) -> Caller {
        self.by.caller()
    }
}

/// A caller who is no patient: patients sign nothing.
#[derive(Clone, Serialize, Deserialize)]
struct KeptCaller {
    client_id: String,
    organisation: Option<(OrganisationId, OrganisationKind)>,
    person: Option<(IdSystem, String)>,
    role: Role,
    space: SpaceId,
}

impl KeptCaller {
    fn of(caller: &Caller) -> Self {
        Self {
            client_id: caller.client_id.clone(),
            organisation: caller.org.as_ref().map(|org| (org.id, org.kind)),
            person: caller.person.as_ref().map(|person| (person.id_system, person.id.clone())),
            role: caller.role,
            space: caller.space.clone(),
        }
    }

    fn caller(&self) -> Caller {
        Caller {
            client_id: self.client_id.clone(),
            org: self.organisation.map(|(id, kind)| Org { id, kind }),
            person: self.person.clone().map(|(id_system, id)| Person { id_system, id }),
            role: self.role,
            patient: None,
            representative: None,
            space: self.space.clone(),
        }
    }
}

/// Keeps what takes the step later, beside its document.
pub(crate) fn keep<C: Serialize>(
    tx: &mut Tx<'_>,
    parts: &Parts,
    document: &WaitingDocument<'_>,
    kept: &KeptStep<C>,
    received_at: DateTime<Utc>,
) -> Result<(), Failure> {
    let content = serde_json::to_vec(kept).map_err(|error| Failure::Bug(error.into()))?;
    let step = NewPendingStep {
        document_id: document.id,
        document_kind: document.kind,
        space: document.space,
        received_at,
        next_try_at: parts.clock.real_now(),
        content: &content,
    };
    Ok(pending_steps::insert(tx, document.key, &step)?)
}
