//! A physician's software opens a draft.

use super::begin::{Beginning, Begun, Opening, number};
use super::view::DemandView;
use crate::answer::{Answer, Render, Write};
use crate::authorize::{Action, Relation};
use crate::caller::Caller;
use crate::failure::{Existing, Failure, Refused};
use crate::faults::{CLIENT_REFERENCE_TAKEN, ENTITY_UNKNOWN};
use crate::{App, register};
use domain::demand::content::Content;
use domain::demand::issue::{self, NewDemand};
use domain::demand::model::DemandKind;
use domain::ids::DemandId;
use domain::values::ClientReference;
use store::StoreError;
use store::demand::{Condition, DemandLine};

/// The unique index that keeps a client's own reference to one open document.
const REFERENCE_KEY: &str = "demands_space_client_id_client_reference_key";

#[derive(Clone, Debug)]
pub struct CreateDemand {
    pub content: Content,
    pub client_reference: Option<ClientReference>,
}

impl App {
    #[tracing::instrument(name = "create_demand", skip_all)]
    pub async fn create_demand(
        &self,
        caller: &Caller,
        asked: CreateDemand,
        write: Write,
        render: Render<DemandView>,
    ) -> Result<Answer, Failure> {
        let opening = Opening { action: Action::CreateDemand, operation: "create_demand", write, render };
        let origin = Origin { content: asked.content, based_on: None };
        self.open_demand(caller, opening, asked.client_reference, origin).await
    }

    /// Opens a draft of the caller's.
    pub(super) async fn open_demand(
        &self,
        caller: &Caller,
        opening: Opening,
        client_reference: Option<ClientReference>,
        origin: Origin,
    ) -> Result<Answer, Failure> {
        let reference = client_reference.clone();
        let opened = self
            .begin_demand(caller, opening, move |beginning| {
                draft(beginning, &origin, client_reference.as_ref())
            })
            .await;
        match (opened, reference) {
            (Err(Failure::Refused(refused)), Some(reference)) if is_taken(&refused) => {
                let client_id = caller.client_id.clone();
                self.name_existing(caller, client_id, reference, refused).await
            }
            (opened, _) => opened,
        }
    }

    /// Names the document that bears the reference already. The unique index alone decides which of two comes first, so
    /// this is asked when it has refused one.
    pub(super) async fn name_existing(
        &self,
        caller: &Caller,
        client_id: String,
        reference: ClientReference,
        refused: Refused,
    ) -> Result<Answer, Failure> {
        let same = Condition::ClientReference { client_id, reference: reference.as_str().to_owned() };
        let space = caller.space.clone();
        let found = self
            .inner
            .store
            .read(move |tx| store::demand::list(tx, &space, &[same, Condition::Open], None, 1))
            .await?;
        let existing = found.first().and_then(|open| existing(caller, open));
        Err(Failure::Refused(Refused { existing, ..refused }))
    }
}

/// What a draft starts from.
pub(super) struct Origin {
    pub content: Content,
    pub based_on: Option<DemandId>,
}

fn draft(
    beginning: &mut Beginning<'_, '_>,
    origin: &Origin,
    client_reference: Option<&ClientReference>,
) -> Result<Begun, Failure> {
    let Beginning { tx, parts, caller, now } = beginning;
    register::person(tx, caller)?;
    let new = NewDemand {
        id: DemandId(parts.entropy.id(*now)),
        number: number(parts, origin.content.kind(), *now),
        space: caller.space.clone(),
        entity: caller.org_id().ok_or(Failure::Denied(ENTITY_UNKNOWN))?,
        physician: register::licence_number(caller)?,
        client_id: caller.client_id.clone(),
        client_reference: client_reference.cloned(),
        based_on: origin.based_on,
        content: origin.content.clone(),
    };
    let demand = issue::draft(new, *now);
    Ok(Begun { demand, events: Vec::new(), relation: Relation::IssuingPhysician, paper: None })
}

pub(super) fn is_taken(refused: &Refused) -> bool {
    refused.violations.iter().any(|violation| violation.problem == CLIENT_REFERENCE_TAKEN)
}

/// Only its owner learns which document it is.
fn existing(caller: &Caller, open: &DemandLine) -> Option<Existing> {
    let kind = DemandKind::parse(&open.kind).filter(|_| caller.org_id() == Some(open.entity))?;
    Some(existing_at(kind, open.id))
}

/// A demand by its address.
pub(crate) fn existing_at(kind: DemandKind, id: DemandId) -> Existing {
    Existing { id: id.to_string(), href: format!("/api/v1/{}/{id}", kind.collection()) }
}

/// The unique index found another open document with this reference.
pub(super) fn taken(error: StoreError) -> Failure {
    if error.is_unique_violation_of(REFERENCE_KEY) {
        Failure::Refused(Refused::one(CLIENT_REFERENCE_TAKEN))
    } else {
        error.into()
    }
}
