//! Drafting, issuing, correcting and cancelling a repair order.

use super::RepairOrderDecision;
use super::content::Content;
use super::events::RepairOrderEvent;
use super::form::{self, Look};
use super::lifecycle::{Cancelled, Command, State, Verifying};
use super::model::{Issue, Issuer, RepairOrder};
use super::refusals::{BRANCH_PRESCRIBES, admit_state};
use crate::calendar::warsaw_date;
use crate::decision::{Decided, admit};
use crate::demand::model::Attested;
use crate::device_group::DeviceGroup;
use crate::device_order::content::{Place, Prescriber};
use crate::device_order::issue::{
    PrescriberOnRecord, is_personal, name_differs, prescriber_differs, specialty_differs,
};
use crate::device_order::lifecycle::Cancellation;
use crate::device_order::model::Signatory;
use crate::device_order::refusals::{PRESCRIBER_DIFFERS, PRESCRIBER_NAME, SIGNATURE_KIND, SPECIALTY_DIFFERS};
use crate::ids::{OrganisationId, RepairOrderId, SpaceId};
use crate::problem::{Sentence, Violation};
use crate::rule::{self, Rule, RuleEntry, at};
use crate::values::{ClientReference, DeviceOrderNumber};
use chrono::{DateTime, NaiveDate, Utc};

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
        pending: None,
        refused_steps: Vec::new(),
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
    /// `None` where a branch orders, or where the directory does not know the prescriber.
    pub prescriber: Option<PrescriberOnRecord>,
    pub signed: Attested,
    pub signed_by: Signatory,
}

type Check = fn(&RepairOrder, Option<&PrescriberOnRecord>) -> Vec<String>;

/// Who orders, as the content names them.
const RULES: &[Rule<Check>] = &[
    Rule {
        number: "RO-61",
        legal: "eZWM v2.1.6 pp. 69, 100–106",
        says: Sentence {
            pl: "Zlecenie naprawy wystawia osoba wskazana w treści zawodem i numerem prawa wykonywania zawodu (DO-1b).",
            en: "A repair order is issued by the one whom the content names by profession and licence number (DO-1b).",
        },
        problem: PRESCRIBER_DIFFERS,
        broken_at: |order, _| {
            let by = order.issuer.prescriber();
            by.map(|by| prescriber_differs(&order.content.prescriber, by)).unwrap_or_default()
        },
    },
    Rule {
        number: "RO-62",
        legal: "eZWM v2.1.6 pp. 69, 100–106; design",
        says: Sentence {
            pl: "Imię i nazwisko osoby wystawiającej są takie, jakie ma katalog osób (DO-86).",
            en: "The prescriber's names are those that the directory has (DO-86).",
        },
        problem: PRESCRIBER_NAME,
        broken_at: |order, known| name_differs(&order.content.prescriber, known),
    },
    Rule {
        number: "RO-63",
        legal: "list of devices §1; design",
        says: Sentence {
            pl: "Podane specjalizacje są wśród tych, które zna katalog osób (DO-87).",
            en: "The stated specialties are among those that the directory knows (DO-87).",
        },
        problem: SPECIALTY_DIFFERS,
        broken_at: |order, known| specialty_differs(&order.content.prescriber, known),
    },
    Rule {
        number: "RO-64",
        legal: "eZWM v2.1.6 pp. 100–106",
        says: Sentence {
            pl: "Gdy zlecenie naprawy wystawia oddział NFZ na wniosek pacjenta, nie ma w nim miejsca ani osoby wystawiającej.",
            en: "Where a branch of the payer issues a repair order at the patient's request, no place and prescriber stand in it.",
        },
        problem: BRANCH_PRESCRIBES,
        broken_at: |order, _| {
            let (content, is_by_branch) = (&order.content, is_by_branch(order));
            let is_placed = is_by_branch && content.place != Place::default();
            let is_prescribed = is_by_branch && content.prescriber != Prescriber::default();
            [at("/content/place", is_placed), at("/content/prescriber", is_prescribed)].concat()
        },
    },
];

type SignatureCheck = fn(&Submission) -> Vec<String>;

const SIGNED: &[Rule<SignatureCheck>] = &[Rule {
    number: "RO-65",
    legal: "refund act art. 38(4d)",
    says: Sentence {
        pl: "Zlecenie naprawy podpisuje się podpisem kwalifikowanym, zaufanym albo certyfikatem ZUS (DO-6).",
        en: "A repair order is signed with a qualified or trusted signature, or with the ZUS certificate (DO-6).",
    },
    problem: SIGNATURE_KIND,
    broken_at: |submission| at("/signature/kind", is_personal(&submission.signed)),
}];

pub fn entries() -> Vec<RuleEntry> {
    let signed = SIGNED.iter().map(|rule| rule.entry("repair orders: submission, correction"));
    RULES.iter().map(|rule| rule.entry("repair orders: submission, correction")).chain(signed).collect()
}

fn is_by_branch(order: &RepairOrder) -> bool {
    matches!(order.issuer, Issuer::Branch { .. })
}

/// What a submission of the order would be refused for on that day, its signature aside.
pub fn faults(
    order: &RepairOrder,
    known: Option<&PrescriberOnRecord>,
    group: Option<&DeviceGroup>,
    on: NaiveDate,
) -> Vec<Violation> {
    let mut found = rule::broken(RULES, |check| check(order, known));
    found.extend(form::check(&Look { content: &order.content, group, on }, is_by_branch(order)));
    found
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
    let mut broken = faults(&order, submission.prescriber.as_ref(), group, issued_on);
    broken.extend(rule::broken(SIGNED, |check| check(&submission)));
    admit(broken)?;
    let Submission { signed, signed_by, .. } = submission;
    let content_version = order.content_version;
    let issue = Issue { signed, signed_by, content_version, issued_on, issued_at: now };
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
