//! A physician's software opens a draft.

use super::announce::{self, Written};
use super::change::new_patient_ids;
use super::view::{self, DemandView};
use crate::answer::{Answer, Render, StoredAnswer, Write};
use crate::authorize::{Action, Relation, authorize_role};
use crate::caller::Caller;
use crate::failure::{Existing, Failure, Refused};
use crate::faults::{CLIENT_REFERENCE_TAKEN, ENTITY_UNKNOWN};
use crate::idempotent::{self, Done};
use crate::{App, Parts, register};
use chrono::Datelike;
use chrono::{DateTime, Utc};
use domain::calendar::warsaw_date;
use domain::demand::content::Content;
use domain::demand::issue::{self, NewDemand};
use domain::demand::model::{Demand, DemandKind};
use domain::ids::DemandId;
use domain::values::{ClientReference, DemandNumber};
use store::demand::{Condition, DemandKey, DemandLine};
use store::{StoreError, Tx};

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

    /// The one way in which a draft comes to be: claim the key, insert, record, answer.
    pub(super) async fn open_demand(
        &self,
        caller: &Caller,
        opening: Opening,
        client_reference: Option<ClientReference>,
        origin: Origin,
    ) -> Result<Answer, Failure> {
        authorize_role(caller, opening.action).map_err(Failure::Denied)?;
        let turn = self.turn(caller, &opening.write).await?;
        let trace_id = opening.write.trace_id.clone();
        let (parts, asking, reference) = (self.inner.clone(), caller.clone(), client_reference.clone());
        let done = self
            .inner
            .store
            .transaction(move |tx| {
                let Opening { write, operation, .. } = &opening;
                if let Some(earlier) = idempotent::claim(tx, &parts, &asking, write, operation)? {
                    return Ok(Done::Before(earlier));
                }
                let draft = Draft { parts: &parts, caller: &asking, opening: &opening };
                draft.open(tx, origin, reference).map(Done::Now)
            })
            .await;
        drop(turn);
        match (done, client_reference) {
            (Err(Failure::Refused(refused)), Some(reference)) if is_taken(&refused) => {
                let client_id = caller.client_id.clone();
                self.name_existing(caller, client_id, reference, refused).await
            }
            (done, _) => self.answered(caller, &trace_id, done?).await,
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

/// How a draft is opened, whether new or copied.
pub(super) struct Opening {
    pub action: Action,
    pub operation: &'static str,
    pub write: Write,
    pub render: Render<DemandView>,
}

/// What a draft starts from.
pub(super) struct Origin {
    pub content: Content,
    pub based_on: Option<DemandId>,
}

struct Draft<'a> {
    parts: &'a Parts,
    caller: &'a Caller,
    opening: &'a Opening,
}

impl Draft<'_> {
    fn open(
        &self,
        tx: &mut Tx<'_>,
        origin: Origin,
        client_reference: Option<ClientReference>,
    ) -> Result<StoredAnswer, Failure> {
        let Self { parts, caller, .. } = self;
        let now = parts.clock.now(&caller.space);
        register::person(tx, caller)?;
        let new = NewDemand {
            id: DemandId(parts.entropy.id(now)),
            number: number(parts, origin.content.kind(), now),
            space: caller.space.clone(),
            entity: caller.org_id().ok_or(Failure::Denied(ENTITY_UNKNOWN))?,
            physician: register::licence_number(caller)?,
            client_id: caller.client_id.clone(),
            client_reference,
            based_on: origin.based_on,
            content: origin.content,
        };
        let demand = issue::draft(new, now);
        self.insert(tx, &demand, now)
    }

    fn insert(&self, tx: &mut Tx<'_>, demand: &Demand, now: DateTime<Utc>) -> Result<StoredAnswer, Failure> {
        let key = DemandKey::new(&self.parts.ring, &demand.id.to_string())?;
        let new_patients = new_patient_ids(self.parts, &demand.content, now);
        let patients =
            store::demand::insert(tx, &self.parts.ring, demand, &key, &new_patients).map_err(taken)?;
        let view = view::build(tx, Relation::IssuingPhysician, demand, now)?;
        let answer = (self.opening.render)(&view);
        announce::by_a_caller(
            tx,
            self.parts,
            &Written {
                caller: self.caller,
                write: &self.opening.write,
                operation: self.opening.operation,
                demand,
                events: &[],
                patients: &patients,
                own: None,
                answer: &answer,
            },
        )?;
        Ok(answer)
    }
}

pub(super) fn is_taken(refused: &Refused) -> bool {
    refused.violations.iter().any(|violation| violation.problem == CLIENT_REFERENCE_TAKEN)
}

/// Only its owner learns which document it is.
fn existing(caller: &Caller, open: &DemandLine) -> Option<Existing> {
    let kind = DemandKind::parse(&open.kind).filter(|_| caller.org_id() == Some(open.entity))?;
    Some(Existing { id: open.id.to_string(), href: format!("/api/v1/{}/{}", kind.collection(), open.id) })
}

/// The unique index found another open document with this reference.
pub(super) fn taken(error: StoreError) -> Failure {
    if error.is_unique_violation_of(REFERENCE_KEY) {
        Failure::Refused(Refused::one(CLIENT_REFERENCE_TAKEN))
    } else {
        error.into()
    }
}

fn number(parts: &Parts, kind: DemandKind, now: DateTime<Utc>) -> DemandNumber {
    DemandNumber::compose(kind.series(), warsaw_date(now).year(), parts.entropy.random())
}
