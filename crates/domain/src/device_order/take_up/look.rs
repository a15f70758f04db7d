//! The payer's second look, with what the counter said, and why its limits are others than those of the first (DO-34,
//! DO-39).

use super::{Asked, find, not_held};
use crate::calendar::{age_on, warsaw_date};
use crate::device_order::DeviceOrder;
use crate::device_order::content::{AdditionalCode, Content, RightProof};
use crate::device_order::form::{Circumstances, check_counter};
use crate::device_order::model::{ConfirmedLine, EntitlementChoice, LimitChange, TakeUp};
use crate::device_order::refusals::ENTITLEMENT_AGE;
use crate::device_order::verification::{Facts, Finding, Verdict, look};
use crate::ids::TakeUpId;
use crate::problem::Violation;
use crate::values::Text;
use chrono::{DateTime, NaiveDate, Utc};

/// The content as the payer looks at it for this take-up (DO-39).
pub fn content_for(order: &DeviceOrder, choice: &EntitlementChoice) -> Content {
    let additional_entitlement = match choice {
        EntitlementChoice::Keep => order.content.additional_entitlement.clone(),
        EntitlementChoice::Remove => None,
        EntitlementChoice::Set { entitlement } => Some(entitlement.clone()),
    };
    Content { additional_entitlement, ..order.content.clone() }
}

/// The content with everything that the counter said of it.
pub fn content_of(order: &DeviceOrder, take_up: &TakeUp) -> Content {
    said(order, &take_up.entitlement, take_up.proof.as_ref(), take_up.pregnant)
}

fn said(
    order: &DeviceOrder,
    choice: &EntitlementChoice,
    right: Option<&RightProof>,
    pregnant: Option<bool>,
) -> Content {
    let mut content = content_for(order, choice);
    content.right = right.cloned().or(content.right);
    content.patient.pregnant = pregnant.unwrap_or(content.patient.pregnant);
    content
}

/// Whether what the counter says is complete, as the order itself has to be (DO-14, DO-28, DO-57).
pub(super) fn said_faults(order: &DeviceOrder, asked: &Asked) -> Vec<Violation> {
    let content = said(order, &asked.entitlement, asked.right.as_ref(), asked.pregnant);
    let circumstances = Circumstances { today: asked.today, groups: &[], is_paper: false };
    check_counter(&content, &circumstances, |member| match member {
        "/content/right" => asked.right.is_some(),
        "/content/patient/pregnant" => asked.pregnant.is_some(),
        _ => matches!(asked.entitlement, EntitlementChoice::Set { .. }),
    })
}

/// The payer's second look (DO-34): what an officer accepted of the order stands no more in the way, and an
/// entitlement that the patient has grown out of falls away with what it lifted. `facts` are those of the day; which
/// look it is and what is accepted is set here.
pub fn look_again(order: &DeviceOrder, id: TakeUpId, facts: &Facts) -> Result<Verdict, Vec<Violation>> {
    let take_up = find(order, id).ok_or_else(not_held)?;
    let waived = accepted(order, take_up);
    let mut content = content_of(order, take_up);
    if outgrown(order, take_up, &waived, facts.on).is_some() {
        content.additional_entitlement = None;
    }
    Ok(look(&content, &Facts { is_first: false, waived: &waived, ..facts.clone() }))
}

/// The additional entitlement that counted at the take-up.
pub fn entitlement_of(order: &DeviceOrder, take_up: &TakeUp) -> Option<AdditionalCode> {
    let on = warsaw_date(take_up.taken_at);
    if outgrown(order, take_up, &accepted(order, take_up), on).is_some() {
        return None;
    }
    content_for(order, &take_up.entitlement).additional_entitlement.map(|stated| stated.code)
}

/// What an officer accepted, but for what the provider has put in the place of what was looked at.
fn accepted(order: &DeviceOrder, take_up: &TakeUp) -> Vec<Finding> {
    let confirmation = order.state.confirmed().map(|confirmed| &confirmed.confirmation);
    let accepted = confirmation.filter(|it| it.accepted.is_some()).map(|it| it.warnings.as_slice());
    let is_replaced = |finding: &&Finding| {
        let of = |member: &str| finding.pointer.starts_with(member);
        (take_up.entitlement != EntitlementChoice::Keep && of("/content/additionalEntitlement"))
            || (take_up.proof.is_some() && of("/content/right"))
    };
    accepted.unwrap_or_default().iter().filter(|finding| !is_replaced(finding)).cloned().collect()
}

/// The order's entitlement, where the provider keeps it though the patient is no longer of its age.
fn outgrown(
    order: &DeviceOrder,
    take_up: &TakeUp,
    waived: &[Finding],
    on: NaiveDate,
) -> Option<AdditionalCode> {
    let stated = order.content.additional_entitlement.as_ref()?.code;
    let born = order.content.patient.born()?;
    let is_waived = waived.iter().any(|finding| finding.code == ENTITLEMENT_AGE.code);
    let is_outgrown =
        take_up.entitlement == EntitlementChoice::Keep && !stated.fits_age(age_on(born, on)) && !is_waived;
    is_outgrown.then_some(stated)
}

/// Why the limits are others than those of the first look, with the payer's reasons and the words of another one.
pub(super) fn changes(
    order: &DeviceOrder,
    take_up: &TakeUp,
    lines: &[ConfirmedLine],
    now: DateTime<Utc>,
) -> (Vec<LimitChange>, Option<Text<500>>) {
    let first = order.state.confirmed().map(|confirmed| confirmed.confirmation.lines.as_slice());
    let first = first.unwrap_or_default();
    if first == lines {
        return (Vec::new(), None);
    }
    let code = |content: &Content| content.additional_entitlement.as_ref().map(|stated| stated.code);
    let content = content_of(order, take_up);
    let has_other_entitlement = code(&content) != code(&order.content);
    let is_pregnancy = content.patient.pregnant != order.content.patient.pregnant;
    let reasons = [
        (LimitChange::Age, has_grown(order, take_up, first, now)),
        (LimitChange::Entitlement, has_other_entitlement),
        (LimitChange::Other, is_pregnancy),
    ];
    let reasons: Vec<LimitChange> =
        reasons.into_iter().filter_map(|(reason, holds)| holds.then_some(reason)).collect();
    let words = if is_pregnancy { Text::parse("Zmiana oznaczenia ciąży").ok() } else { None };
    if reasons.is_empty() { (vec![LimitChange::Regulation], None) } else { (reasons, words) }
}

/// Whether the patient has left the band on whose terms a line was confirmed, or the age of the entitlement.
fn has_grown(order: &DeviceOrder, take_up: &TakeUp, first: &[ConfirmedLine], now: DateTime<Utc>) -> bool {
    let today = warsaw_date(now);
    let age = order.content.patient.born().and_then(|born| u8::try_from(age_on(born, today)).ok());
    let has_left = |line: &ConfirmedLine| age.is_some_and(|age| !line.ages.holds(age));
    first.iter().any(has_left) || outgrown(order, take_up, &accepted(order, take_up), today).is_some()
}
