//! A physician's software opens a draft.

use super::announce::{self, Written};
use super::change::new_patient_ids;
use super::view::{self, DemandView};
use crate::answer::{Answer, Render, Write};
use crate::authorize::{Action, Relation, authorize_role};
use crate::caller::{Caller, IdSystem};
use crate::failure::{Existing, Failure, Refused};
use crate::faults::{CLIENT_REFERENCE_TAKEN, ENTITY_UNKNOWN, PERSON_UNKNOWN};
use crate::{App, Parts, idempotent, register};
use chrono::Datelike;
use chrono::{DateTime, Utc};
use domain::calendar::warsaw_date;
use domain::demand::issue::{self, NewDemand};
use domain::demand::model::{Content, Demand};
use domain::ids::DemandId;
use domain::values::{ClientReference, DemandNumber, DemandSeries, Npwz};
use store::demand::{Condition, DemandKey};
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
        authorize_role(caller, Action::CreateDemand).map_err(Failure::Denied)?;
        let parts = self.inner.clone();
        let caller = caller.clone();
        self.inner
            .store
            .transaction(move |tx| {
                let opening = Opening {
                    parts: &parts,
                    caller: &caller,
                    write: &write,
                    render,
                    operation: "create_demand",
                };
                match opening.claim(tx)? {
                    Some(answer) => Ok(answer),
                    None => opening.open(tx, asked.content, asked.client_reference, None),
                }
            })
            .await
    }
}

/// What opening a draft needs, whether new or copied.
pub(super) struct Opening<'a> {
    pub parts: &'a Parts,
    pub caller: &'a Caller,
    pub write: &'a Write,
    pub render: Render<DemandView>,
    pub operation: &'static str,
}

impl Opening<'_> {
    pub(super) fn claim(&self, tx: &mut Tx<'_>) -> Result<Option<Answer>, Failure> {
        let now = self.parts.clock.real_now();
        let earlier = idempotent::claim(tx, &self.parts.ring, self.caller, self.write, self.operation, now)?;
        Ok(earlier.map(Answer::Replayed))
    }

    pub(super) fn open(
        &self,
        tx: &mut Tx<'_>,
        content: Content,
        client_reference: Option<ClientReference>,
        based_on: Option<DemandId>,
    ) -> Result<Answer, Failure> {
        let Self { parts, caller, .. } = self;
        let now = parts.clock.now(&caller.space);
        register::person(tx, caller)?;
        let new = NewDemand {
            id: DemandId(parts.entropy.id(now)),
            number: number(parts, now),
            space: caller.space.clone(),
            entity: caller.org_id().ok_or(Failure::Denied(ENTITY_UNKNOWN))?,
            physician: physician(caller)?,
            client_id: caller.client_id.clone(),
            client_reference,
            based_on,
            content,
        };
        self.refuse_second_reference(tx, new.client_reference.as_ref())?;
        let demand = issue::draft(new, now);
        self.insert(tx, &demand, now)
    }

    fn insert(&self, tx: &mut Tx<'_>, demand: &Demand, now: DateTime<Utc>) -> Result<Answer, Failure> {
        let key = DemandKey::new(&self.parts.ring, &demand.id.to_string())?;
        let new_patients = new_patient_ids(self.parts, &demand.content, now);
        let patients = store::demand::insert(tx, &self.parts.ring, demand, &key, &new_patients)
            .map_err(taken_meanwhile)?;
        let view = view::build(tx, Relation::IssuingPhysician, demand, now)?;
        let answer = (self.render)(&view);
        announce::by_a_caller(
            tx,
            self.parts,
            &Written {
                caller: self.caller,
                write: Some(self.write),
                operation: self.operation,
                demand,
                events: &[],
                patients: &patients,
                answer: &answer,
            },
        )?;
        Ok(Answer::Fresh(answer))
    }

    /// The friendly answer names the document; the unique index decides between two at once.
    fn refuse_second_reference(
        &self,
        tx: &mut Tx<'_>,
        reference: Option<&ClientReference>,
    ) -> Result<(), Failure> {
        let Some(reference) = reference else { return Ok(()) };
        let same = Condition::ClientReference {
            client_id: self.caller.client_id.clone(),
            reference: reference.as_str().to_owned(),
        };
        let found = store::demand::list(tx, &self.caller.space, &[same, Condition::Open], None, 1)?;
        let Some(open) = found.first() else { return Ok(()) };
        let mut refused = Refused::one(CLIENT_REFERENCE_TAKEN);
        // Only its owner learns which document it is.
        if self.caller.org_id() == Some(open.entity) {
            refused.existing = Some(Existing {
                id: open.id.to_string(),
                href: format!("/api/v1/medicine-demands/{}", open.id),
            });
        }
        Err(Failure::Refused(refused))
    }
}

pub(super) fn taken_meanwhile(error: StoreError) -> Failure {
    if error.is_unique_violation_of(REFERENCE_KEY) {
        Failure::Refused(Refused::one(CLIENT_REFERENCE_TAKEN))
    } else {
        error.into()
    }
}

fn number(parts: &Parts, now: DateTime<Utc>) -> DemandNumber {
    DemandNumber::compose(DemandSeries::Medicine, warsaw_date(now).year(), parts.entropy.random())
}

/// The licence number in the token is the physician's who issues.
pub(super) fn physician(caller: &Caller) -> Result<Npwz, Failure> {
    let person = caller.person.as_ref().filter(|person| person.id_system == IdSystem::Npwz);
    let npwz = person.and_then(|person| Npwz::parse(&person.id).ok());
    npwz.ok_or(Failure::Denied(PERSON_UNKNOWN))
}
