//! A prescriber, or a medical assistant in a prescriber's name, opens a draft.

use super::access::{Relation, facts, own};
use super::announce::{self, Saved};
use super::verify;
use super::view::{self, DeviceOrderView, Viewer};
use super::write::taken;
use crate::answer::{Answer, Render, StoredAnswer, Write};
use crate::authorize::{Action, authorize_role};
use crate::caller::{Caller, Role};
use crate::failure::{Existing, Failure, Refused};
use crate::faults::{CLIENT_REFERENCE_TAKEN, ENTITY_UNKNOWN, PERSON_UNKNOWN};
use crate::idempotent::{self, Done};
use crate::{App, Parts, register};
use domain::device_order::content::Prescriber;
use domain::device_order::issue::{self, NewOrder};
use domain::device_order::model::ByLicence;
use domain::device_order::refusals::{ASSISTANT_NOT_AUTHORISED, FIELD_REQUIRED};
use domain::device_order::{Content, DeviceOrder};
use domain::ids::{DeviceOrderId, PatientId};
use domain::problem::Violation;
use domain::values::ClientReference;
use store::Tx;
use store::device_order::{Condition, OrderKey};

#[derive(Clone, Debug)]
pub struct CreateDeviceOrder {
    pub content: Content,
    pub client_reference: Option<ClientReference>,
}

const OPERATION: &str = "create_device_order";

impl App {
    #[tracing::instrument(name = "create_device_order", skip_all)]
    pub async fn create_device_order(
        &self,
        caller: &Caller,
        asked: CreateDeviceOrder,
        write: Write,
        render: Render<DeviceOrderView>,
    ) -> Result<Answer, Failure> {
        authorize_role(caller, Action::CreateDeviceOrder).map_err(Failure::Denied)?;
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
                let order = draft(tx, &parts, &asking, &asked)?;
                insert(tx, &parts, (&asking, &write), &order, render).map(Done::Now)
            })
            .await;
        drop(turn);
        let done = self.named_if_order_taken(caller, reference, done).await?;
        self.answered(caller, &trace_id, done).await
    }

    /// Names the order that bears the reference already, when the unique index has refused it.
    pub(super) async fn named_if_order_taken<T>(
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
        let list = move |tx: &mut Tx<'_>| store::device_order::list(tx, &space, &conditions, None, 1);
        let listed = self.inner.store.read(list).await?;
        let own = listed.first().filter(|open| caller.org_id() == Some(open.entity));
        let existing = own.map(|open| Existing {
            id: open.id.to_string(),
            href: format!("/api/v1/device-orders/{}", open.id),
        });
        Err(Failure::Refused(Refused { existing, ..refused }))
    }
}

/// Whether another open document bears the reference.
pub(crate) fn is_taken(refused: &Refused) -> bool {
    refused.violations.iter().any(|violation| violation.problem == CLIENT_REFERENCE_TAKEN)
}

/// In whose name the caller drafts: their own, or that of the prescriber whom the content names and who has authorised
/// them.
pub(crate) fn prescriber(
    tx: &mut Tx<'_>,
    parts: &Parts,
    caller: &Caller,
    stated: &Prescriber,
) -> Result<ByLicence, Failure> {
    match caller.role {
        Role::MedicalAssistant => {
            let pointer = "/content/prescriber/licenceNumber";
            let refused = |problem, pointer| Failure::from(vec![Violation::new(problem, pointer)]);
            let Some(named) = &stated.licence_number else { return Err(refused(FIELD_REQUIRED, pointer)) };
            let mut theirs = facts(tx, parts, caller, parts.clock.now(&caller.space))?.prescribers;
            theirs.retain(|it| it.licence_number == *named);
            theirs.retain(|it| stated.profession.is_none_or(|profession| profession == it.profession));
            // Two registers may have given the number to two people.
            if theirs.len() > 1 {
                return Err(refused(FIELD_REQUIRED, "/content/prescriber/profession"));
            }
            theirs.pop().ok_or_else(|| refused(ASSISTANT_NOT_AUTHORISED, pointer))
        }
        _ => own(tx, caller)?.ok_or(Failure::Denied(PERSON_UNKNOWN)),
    }
}

fn draft(
    tx: &mut Tx<'_>,
    parts: &Parts,
    caller: &Caller,
    asked: &CreateDeviceOrder,
) -> Result<DeviceOrder, Failure> {
    let now = parts.clock.now(&caller.space);
    let new = NewOrder {
        id: DeviceOrderId(parts.entropy.id(now)),
        space: caller.space.clone(),
        entity: caller.org_id().ok_or(Failure::Denied(ENTITY_UNKNOWN))?,
        prescriber: prescriber(tx, parts, caller, &asked.content.prescriber)?,
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
    order: &DeviceOrder,
    render: Render<DeviceOrderView>,
) -> Result<StoredAnswer, Failure> {
    let key = OrderKey::new(&parts.ring, &order.id.to_string())?;
    let new_patient = PatientId(parts.entropy.id(order.created_at));
    let times = verify::times(parts, order.created_at);
    let inserted = store::device_order::insert(tx, &parts.ring, order, &key, new_patient, times);
    let patient = inserted.map_err(taken)?;
    let relation = match caller.role {
        Role::MedicalAssistant => Relation::Assistant,
        _ => Relation::Prescriber,
    };
    let answer = render(&view::build(Viewer::of(caller, relation), order, order.created_at));
    let saved = Saved { order, patient, concerned: &[patient], events: &[] };
    announce::by_a_caller(tx, parts, (caller, write, OPERATION), &saved, &answer)?;
    Ok(answer)
}
