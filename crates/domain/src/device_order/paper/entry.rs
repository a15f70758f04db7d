//! What an officer typed from paper becomes an order with a number, which the payer looks at at once.

use super::Formerly;
use super::rules::{self, Asked, Facts};
use crate::decision::Decided;
use crate::demand::model::{Digest, Officer};
use crate::device_group::DeviceGroup;
use crate::device_order::events::DeviceOrderEvent;
use crate::device_order::form::{self, Circumstances};
use crate::device_order::issue::{self, Submission};
use crate::device_order::model::{OnPaper, Signatory};
use crate::device_order::{Content, DeviceOrder, DeviceOrderDecision};
use crate::ids::OrganisationId;
use crate::paper::written;
use crate::problem::Violation;
use crate::values::DeviceOrderNumber;
use chrono::{DateTime, Utc};

/// Who confirms it, where, and under which number.
#[derive(Clone, Debug)]
pub struct Numbered {
    pub number: DeviceOrderNumber,
    /// The payer's branch, 1 to 17.
    pub branch: u8,
    /// The officer's organisation.
    pub office: OrganisationId,
    pub by: Officer,
}

/// An entry with everything that it is judged by.
#[derive(Clone, Debug)]
pub struct Entry {
    pub asked: Asked,
    pub facts: Facts,
    pub numbered: Numbered,
    /// Of the order's bytes as they were typed.
    pub payload_sha256: Digest,
    pub formerly: Option<Formerly>,
}

/// Registers the draft as what stands on the paper, and begins the look. All faults are told at once.
pub fn enter(
    draft: DeviceOrder,
    entry: Entry,
    groups: &[DeviceGroup],
    now: DateTime<Utc>,
) -> DeviceOrderDecision {
    let broken = rules::faults(&entry.asked, &entry.facts);
    let issued_on = entry.asked.issued_on;
    let by_hand = &draft.content.prescriber;
    let (given, family) = (by_hand.given_names.as_ref(), by_hand.family_name.as_ref());
    let Some(signed) = written(given, family, issued_on, &entry.payload_sha256) else {
        return Err(all_faults(&draft.content, &entry.asked, &entry.facts, groups));
    };
    let channel = entry.asked.channel.name();
    let submission = Submission {
        number: entry.numbered.number.clone(),
        prescriber: None,
        signed,
        signed_by: Signatory::Prescriber,
        paper: Some((on_paper(entry, now), issued_on)),
    };
    let mut registered = match issue::submit(draft, submission, groups, now) {
        Ok(_) if !broken.is_empty() => return Err(broken),
        Ok(registered) => registered,
        Err(found) => return Err(joined(broken, found)),
    };
    registered.events.push(DeviceOrderEvent::OrderEnteredFromPaper { answer_by: channel });
    let begun = issue::begin_verification(registered.document, now)?;
    registered.events.extend(begun.events);
    Ok(Decided { document: begun.document, events: registered.events })
}

/// Everything that stands in the way of an entry whose prescriber is not told whole.
pub fn all_faults(content: &Content, asked: &Asked, facts: &Facts, groups: &[DeviceGroup]) -> Vec<Violation> {
    let circumstances = Circumstances { today: asked.issued_on, groups, is_paper: true };
    joined(rules::faults(asked, facts), form::check(content, &circumstances))
}

fn joined(broken: Vec<Violation>, found: Vec<Violation>) -> Vec<Violation> {
    broken.into_iter().chain(found).collect()
}

fn on_paper(entry: Entry, now: DateTime<Utc>) -> OnPaper {
    let Entry { asked, numbered, formerly, .. } = entry;
    let Asked { received_on, channel, reason, scan, .. } = asked;
    OnPaper {
        branch: numbered.branch,
        office: numbered.office,
        entered_by: numbered.by,
        entered_at: now,
        received_on,
        channel,
        reason,
        scan,
        formerly,
        reply: None,
        bound_to: None,
    }
}
