//! A prescriber, a medical assistant in a prescriber's name, or a branch of the payer opens the draft of a repair order.

use super::access::Relation;
use super::announce::{self, Saved};
use super::view::{self, RepairOrderView, Viewer};
use super::write::taken;
use crate::answer::{Answer, Render, StoredAnswer, Write};
use crate::authorize::{Action, authorize_role};
use crate::caller::{Caller, Role};
use crate::device_order::{is_taken, prescriber, times};
use crate::failure::{Existing, Failure, Refused};
use crate::faults::ENTITY_UNKNOWN;
use crate::idempotent::{self, Done};
use crate::{App, Parts, register};
use domain::device_order::content::Prescriber;
use domain::device_order::paper::refusals::BRANCH_UNKNOWN;
use domain::device_repair_order::issue::{self, NewRepairOrder};
use domain::device_repair_order::model::Issuer;
use domain::device_repair_order::{Content, RepairOrder};
use domain::ids::{PatientId, RepairOrderId};
use domain::values::{BranchCode, ClientReference};
use store::Tx;
use store::device_repair_order::{Condition, RepairOrderKey};

#[derive(Clone, Debug)]
pub struct CreateRepairOrder {
    pub content: Content,
    pub client_reference: Option<ClientReference>,
}

const OPERATION: &str = "create_device_repair_order";

impl App {
    #[tracing::instrument(name = "create_device_repair_order", skip_all)]
    pub async fn create_repair_order(
        &self,
        caller: &Caller,
        asked: CreateRepairOrder,
        write: Write,
        render: Render<RepairOrderView>,
    ) -> Result<Answer, Failure> {
        authorize_role(caller, Action::CreateRepairOrder).map_err(Failure::Denied)?;
        let turn = self.turn(caller, &write).await?;
        let (parts, asking, trace_id) = (self.inner.clone(), caller.clone(), write.trace_id.clone());
        let reference = asked.client_reference.clone();
        let done = self
            .inner
            .store
            .transaction(move |tx| {
                if let Some(earlier) = idempotent::claim(tx, &parts, &asking, &write, OPERATION)? {
                    return Ok(Done::Before(earlier));
                }
                register::in_post(tx, &asking)?;
                let order = new_order(tx, &parts, &asking, &asked)?;
                insert(tx, &parts, (&asking, &write), &order, render).map(Done::Now)
            })
            .await;
        drop(turn);
        let done = self.named_if_repair_order_taken(caller, reference, done).await?;
        self.answered(caller, &trace_id, done).await
    }

    /// Names the order that bears the reference already, when the unique index has refused it.
    pub(super) async fn named_if_repair_order_taken<T>(
        &self,
        caller: &Caller,
        reference: Option<ClientReference>,
        done: Result<T, Failure>,
    ) -> Result<T, Failure> {
        let (refused, reference) = match (done, reference) {
            (Err(Failure::Refused(refused)), Some(reference)) if is_taken(&refused) => (refused, reference),
            (done, _) => return done,
        };
        let same = Condition::ClientReference {
            client_id: caller.client_id.clone(),
            reference: reference.as_str().to_owned(),
        };
        let space = caller.space.clone();
        let conditions = [same, Condition::Open];
        let list = move |tx: &mut Tx<'_>| store::device_repair_order::list(tx, &space, &conditions, None, 1);
        let listed = self.inner.store.read(list).await?;
        let own = listed.first().filter(|open| caller.org_id() == Some(open.entity));
        let existing = own.map(|open| Existing {
            id: open.id.to_string(),
            href: format!("/api/v1/device-repair-orders/{}", open.id),
        });
        Err(Failure::Refused(Refused { existing, ..refused }))
    }
}

/// Who orders the repair: a prescriber, or the caller's branch of the payer.
pub(super) fn issuer(
    tx: &mut Tx<'_>,
    parts: &Parts,
    caller: &Caller,
    stated: &Prescriber,
) -> Result<Issuer, Failure> {
    if caller.role != Role::NfzOfficer {
        return Ok(Issuer::Prescriber { by: prescriber(tx, parts, caller, stated)? });
    }
    let officer = register::officer(tx, caller)?;
    let office = register::organisation(tx, caller)?;
    let code = office.payer_branch.as_deref().and_then(|code| BranchCode::parse(code).ok());
    let branch = code.and_then(|code| code.as_str().parse().ok()).ok_or(Failure::Denied(BRANCH_UNKNOWN))?;
    Ok(Issuer::Branch { branch, officer })
}

/// What is drafted now.
pub(super) fn new_order(
    tx: &mut Tx<'_>,
    parts: &Parts,
    caller: &Caller,
    asked: &CreateRepairOrder,
) -> Result<RepairOrder, Failure> {
    let now = parts.clock.now(&caller.space);
    let new = NewRepairOrder {
        id: RepairOrderId(parts.entropy.id(now)),
        space: caller.space.clone(),
        entity: caller.org_id().ok_or(Failure::Denied(ENTITY_UNKNOWN))?,
        issuer: issuer(tx, parts, caller, &asked.content.prescriber)?,
        client_id: caller.client_id.clone(),
        client_reference: asked.client_reference.clone(),
        content: asked.content.clone(),
    };
    Ok(issue::draft(new, now))
}

fn insert(
    tx: &mut Tx<'_>,
    parts: &Parts,
    (caller, write): (&Caller, &Write),
    order: &RepairOrder,
    render: Render<RepairOrderView>,
) -> Result<StoredAnswer, Failure> {
    let key = RepairOrderKey::new(&parts.ring, &order.id.to_string())?;
    let new_patient = PatientId(parts.entropy.id(order.created_at));
    let times = times(parts, order.created_at);
    let inserted = store::device_repair_order::insert(tx, &parts.ring, order, &key, new_patient, times);
    let patient = inserted.map_err(taken)?;
    let relation = match caller.role {
        Role::MedicalAssistant => Relation::Assistant,
        Role::NfzOfficer => Relation::Branch,
        _ => Relation::Prescriber,
    };
    let answer = render(&view::build(Viewer::of(caller, relation), order));
    let saved = Saved { order, patient, concerned: &[patient], events: &[] };
    announce::by_a_caller(tx, parts, (caller, write, OPERATION), &saved, &answer)?;
    Ok(answer)
}
