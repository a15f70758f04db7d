//! Drafting, issuing, correcting and cancelling a repair order.

use super::RepairOrderDecision;
use super::content::Content;
use super::events::RepairOrderEvent;
use super::form::{self, Look};
use super::lifecycle::{Cancelled, Command, State, Verifying};
use super::model::{Issue, Issuer, RepairOrder};
use super::refusals::admit_state;
use crate::calendar::warsaw_date;
use crate::decision::{Decided, admit};
use crate::demand::model::Attested;
use crate::device_group::DeviceGroup;
use crate::device_order::lifecycle::Cancellation;
use crate::ids::{OrganisationId, RepairOrderId, SpaceId};
use crate::values::{ClientReference, DeviceOrderNumber};
use chrono::{DateTime, Utc};

/// What a new draft starts from.
#[derive(Clone, Debug)]
pub struct NewRepairOrder {
    pub id: RepairOrderId,
    pub space: SpaceId,
    pub entity: OrganisationId,
    pub issuer: Issuer,
    pub client_id: String,
    pub client_reference: Option<ClientReference>,
    pub content: Content,
}

/// Opens a draft; it may be incomplete, the form is judged at submission.
pub fn draft(new: NewRepairOrder, now: DateTime<Utc>) -> RepairOrder {
    RepairOrder {
        id: new.id,
        number: None,
        space: new.space,
        entity: new.entity,
        issuer: new.issuer,
        client_id: new.client_id,
        client_reference: new.client_reference,
        revision: 1,
        content_version: 1,
        content: new.content,
        created_at: now,
        changed_at: now,
        state: State::Draft,
    }
}

/// Replaces the content of a draft.
pub fn edit(order: RepairOrder, content: Content, now: DateTime<Utc>) -> RepairOrderDecision {
    admit_state(&order.state, Command::Edit)?;
    Ok(Decided { document: RepairOrder { content, changed_at: now, ..order }, events: Vec::new() })
}

/// What a submission or a correction brings.
#[derive(Clone, Debug)]
pub struct Submission {
    /// Of the first one; a correction keeps the number that there is.
    pub number: DeviceOrderNumber,
    pub signed: Attested,
}

/// Issues a draft: it gets its number, and the payer looks at it at once.
pub fn submit(
    order: RepairOrder,
    submission: Submission,
    group: Option<&DeviceGroup>,
    now: DateTime<Utc>,
) -> RepairOrderDecision {
    admit_state(&order.state, Command::Submission)?;
    let number = Some(submission.number.clone());
    issue(RepairOrder { number, ..order }, submission, group, now)
}

/// Sends a negative order anew: the number is kept and the version grows (DO-26).
pub fn correct(
    order: RepairOrder,
    content: Content,
    submission: Submission,
    group: Option<&DeviceGroup>,
    now: DateTime<Utc>,
) -> RepairOrderDecision {
    admit_state(&order.state, Command::Correction)?;
    let content_version = order.content_version + 1;
    issue(RepairOrder { content_version, content, ..order }, submission, group, now)
}

fn issue(
    order: RepairOrder,
    submission: Submission,
    group: Option<&DeviceGroup>,
    now: DateTime<Utc>,
) -> RepairOrderDecision {
    let issued_on = warsaw_date(now);
    let look = Look { content: &order.content, group, on: issued_on };
    admit(form::check(&look, matches!(order.issuer, Issuer::Branch { .. })))?;
    let content_version = order.content_version;
    let issue = Issue { signed: submission.signed, content_version, issued_on, issued_at: now };
    let state = State::Verifying(Box::new(Verifying { issue, since: now }));
    let document = RepairOrder { state, changed_at: now, ..order };
    Ok(Decided { document, events: vec![RepairOrderEvent::RepairOrdered {}] })
}

/// Cancels it while nobody holds it (DO-31).
pub fn cancel(order: RepairOrder, cancellation: Cancellation, now: DateTime<Utc>) -> RepairOrderDecision {
    admit_state(&order.state, Command::Cancellation)?;
    let state = State::Cancelled(Box::new(Cancelled { cancellation, was: order.state.clone() }));
    let document = RepairOrder { state, changed_at: now, ..order };
    Ok(Decided { document, events: vec![RepairOrderEvent::RepairOrderCancelled {}] })
}
