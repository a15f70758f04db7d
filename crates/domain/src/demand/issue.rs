//! Drafting, editing and issuing a demand: the physician's part (PF art. 4ac).

use super::content::Content;
use super::events::{DemandEvent, ReturnReason};
use super::lifecycle::{AwaitingConsultant, AwaitingRepresentative, Command, Returned, State};
use super::model::{Consultant, Demand, Issue, Named, Signed};
use super::refusals::{
    CONSULTANT_AWAY, CONSULTANT_IS_PHYSICIAN, CONSULTANT_UNKNOWN, ENTITY_DIFFERS, PHYSICIAN_DIFFERS,
    SIGNATURE_REQUIRED, SIGNATURE_SUPERFLUOUS, admit_state, wrong_state,
};
use super::{Check, DemandDecision};
use crate::calendar::warsaw_date;
use crate::decision::{Decided, admit};
use crate::ids::{DemandId, OrganisationId, SpaceId};
use crate::problem::{Sentence, Violation};
use crate::rule::{self, Rule, at};
use crate::values::{ClientReference, DemandNumber, Nip, Npwz, RpwdlNumber};
use chrono::{DateTime, NaiveDate, Utc};

/// What a new draft starts from.
#[derive(Clone, Debug)]
pub struct NewDemand {
    pub id: DemandId,
    pub number: DemandNumber,
    pub space: SpaceId,
    pub entity: OrganisationId,
    pub physician: Npwz,
    pub client_id: String,
    pub client_reference: Option<ClientReference>,
    pub based_on: Option<DemandId>,
    pub content: Content,
}

/// Opens a draft; it may be incomplete, the field matrix decides at submission.
pub fn draft(new: NewDemand, now: DateTime<Utc>) -> Demand {
    Demand {
        id: new.id,
        number: new.number,
        space: new.space,
        entity: new.entity,
        physician: new.physician,
        client_id: new.client_id,
        client_reference: new.client_reference,
        based_on: new.based_on,
        taken_over: None,
        assessors: Vec::new(),
        paper: None,
        revision: 1,
        content_version: 1,
        content: new.content,
        clarifications: Vec::new(),
        first_issued_on: None,
        created_at: now,
        changed_at: now,
        state: State::Draft,
        pending: None,
        refused_steps: Vec::new(),
        treated: None,
    }
}

/// Replaces the content. Once it has been signed, changed content is a new version that is signed anew.
pub fn edit(demand: Demand, content: Content, now: DateTime<Utc>) -> DemandDecision {
    admit_state(&demand.state, Command::Edit)?;
    let signed_version = demand.state.issue().map(|issue| issue.content_version);
    let mut document = demand;
    if document.content != content {
        if signed_version == Some(document.content_version) {
            document.content_version += 1;
        }
        document.content = content;
    }
    document.changed_at = now;
    Ok(Decided { document, events: Vec::new() })
}

/// The issuing physician as the directory knows them.
#[derive(Clone, Debug)]
pub struct PhysicianOnRecord {
    pub npwz: Npwz,
    pub name: Named,
}

/// The entity as the directory knows it.
#[derive(Clone, Debug)]
pub struct EntityOnRecord {
    pub rpwdl_number: Option<RpwdlNumber>,
    pub nip: Option<Nip>,
}

/// What a submission brings, besides the document itself.
#[derive(Clone, Debug)]
pub struct Submission {
    /// `None` when nobody on record was chosen.
    pub consultant: Option<Consultant>,
    /// The chosen one is away today, and nobody answers in their place.
    pub is_consultant_away: bool,
    pub signed: Option<Signed>,
    pub physician: PhysicianOnRecord,
    pub entity: EntityOnRecord,
}

/// Rules of submission that look beyond the content.
pub const RULES: &[Rule<Check<Submission>>] = &[
    Rule {
        number: "SD-01",
        legal: "PF art. 4ac(1)",
        says: Sentence {
            pl: "Zapotrzebowanie wystawia i podpisuje lekarz wskazany w treści imieniem, nazwiskiem i numerem.",
            en: "The physician whom the content names, by names and licence number, issues and signs the demand.",
        },
        problem: PHYSICIAN_DIFFERS,
        broken_at: physician_is_the_issuer,
    },
    Rule {
        number: "SD-02",
        legal: "PF art. 4ac(3)-(4)",
        says: Sentence {
            pl: "Dane podmiotu są danymi podmiotu, w którego imieniu działa wystawiający.",
            en: "The entity's particulars are those of the entity for which the issuer acts.",
        },
        problem: ENTITY_DIFFERS,
        broken_at: entity_is_the_tenant,
    },
    Rule {
        number: "SD-03",
        legal: "design",
        says: Sentence {
            pl: "Konsultant nie ocenia zapotrzebowania, które sam wystawił, prowadzi lub prowadził.",
            en: "A consultant does not assess a demand that they have issued, hold or have held.",
        },
        problem: CONSULTANT_IS_PHYSICIAN,
        broken_at: consultant_is_another_person,
    },
    Rule {
        number: "SD-04",
        legal: "PF art. 4ac(1)",
        says: Sentence {
            pl: "Wystawienie i każda zmiana treści wymagają podpisu lekarza.",
            en: "The issue, and every change of the content, requires the physician's signature.",
        },
        problem: SIGNATURE_REQUIRED,
        broken_at: changed_content_is_signed,
    },
    Rule {
        number: "SD-05",
        legal: "design",
        says: Sentence {
            pl: "Przy niezmienionej treści liczy się podpis złożony wcześniej.",
            en: "For unchanged content the earlier signature counts.",
        },
        problem: SIGNATURE_SUPERFLUOUS,
        broken_at: unchanged_content_is_not_signed_again,
    },
    Rule {
        number: "SD-41",
        legal: "design",
        says: Sentence {
            pl: "Nie wybiera się konsultanta, który jest nieobecny i którego nikt nie zastępuje.",
            en: "A consultant who is away with nobody in their place is not chosen.",
        },
        problem: CONSULTANT_AWAY,
        broken_at: consultant_answers,
    },
];

fn physician_is_the_issuer(demand: &Demand, asked: &Submission) -> Vec<String> {
    physician_differs_at(&demand.content, &asked.physician)
}

fn entity_is_the_tenant(demand: &Demand, asked: &Submission) -> Vec<String> {
    entity_differs_at(&demand.content, &asked.entity)
}

pub(super) fn physician_differs_at(content: &Content, issuer: &PhysicianOnRecord) -> Vec<String> {
    let stated = &content.physician;
    let differs = |member: &str, differs: bool| at(&format!("/content/physician/{member}"), differs);
    let given = stated.given_names.as_ref().is_some_and(|name| !issuer.name.has_given_names(name));
    let family = stated.family_name.as_ref().is_some_and(|name| !issuer.name.has_family_name(name));
    let number = stated.npwz.as_ref().is_some_and(|number| *number != issuer.npwz);
    [differs("givenNames", given), differs("familyName", family), differs("npwz", number)].concat()
}

pub(super) fn entity_differs_at(content: &Content, record: &EntityOnRecord) -> Vec<String> {
    let differs = |stated: Option<&str>, known: Option<&str>| {
        stated.zip(known).is_some_and(|(stated, known)| stated != known)
    };
    let number = content.entity.rpwdl_number.as_ref().map(RpwdlNumber::as_str);
    let nip = content.entity.nip.as_ref().map(Nip::as_str);
    let known_number = record.rpwdl_number.as_ref().map(RpwdlNumber::as_str);
    let mut places = at("/content/entity/rpwdlNumber", differs(number, known_number));
    places.extend(at("/content/entity/nip", differs(nip, record.nip.as_ref().map(Nip::as_str))));
    places
}

/// What a submission of this content by this physician for this entity would be refused for, before any signature.
pub fn dry_run_faults(
    content: &Content,
    issuer: &PhysicianOnRecord,
    record: &EntityOnRecord,
    now: DateTime<Utc>,
) -> Vec<Violation> {
    let fault = |problem| move |pointer: String| Violation::new(problem, pointer);
    let mut faults = content_faults(content, now);
    faults.extend(physician_differs_at(content, issuer).into_iter().map(fault(PHYSICIAN_DIFFERS)));
    faults.extend(entity_differs_at(content, record).into_iter().map(fault(ENTITY_DIFFERS)));
    faults
}

fn consultant_answers(_: &Demand, asked: &Submission) -> Vec<String> {
    at("/consultantId", asked.is_consultant_away)
}

fn consultant_is_another_person(demand: &Demand, asked: &Submission) -> Vec<String> {
    at("/consultantId", asked.consultant.as_ref().is_some_and(|chosen| demand.is_or_was_of(&chosen.npwz)))
}

/// Whether the content still is what the last issue signed, so that its signature counts.
pub fn is_unchanged_since_issue(demand: &Demand) -> bool {
    demand.state.issue().is_some_and(|issue| issue.content_version == demand.content_version)
}

fn changed_content_is_signed(demand: &Demand, asked: &Submission) -> Vec<String> {
    at("/signature", asked.signed.is_none() && !is_unchanged_since_issue(demand))
}

fn unchanged_content_is_not_signed_again(demand: &Demand, asked: &Submission) -> Vec<String> {
    at("/signature", asked.signed.is_some() && is_unchanged_since_issue(demand))
}

/// Everything that the content lacks for submission, with pointers into the document.
pub fn content_faults(content: &Content, now: DateTime<Utc>) -> Vec<Violation> {
    content_faults_on(content, warsaw_date(now))
}

/// The same on a day that was.
pub(super) fn content_faults_on(content: &Content, day: NaiveDate) -> Vec<Violation> {
    content
        .check(day)
        .into_iter()
        .map(|fault| Violation::new(fault.problem, format!("/content{}", fault.pointer)))
        .collect()
}

/// All that stands in the way of this submission.
pub fn submission_faults(demand: &Demand, asked: &Submission, now: DateTime<Utc>) -> Vec<Violation> {
    let mut faults = content_faults(&demand.content, now);
    if asked.consultant.is_none() {
        faults.push(Violation::new(CONSULTANT_UNKNOWN, "/consultantId"));
    }
    faults.extend(rule::broken(RULES, |check| check(demand, asked)));
    faults
}

/// Issues the demand, or sends it on again after a return.
pub fn submit(demand: Demand, asked: Submission, now: DateTime<Utc>) -> DemandDecision {
    admit_state(&demand.state, Command::Submission)?;
    admit(submission_faults(&demand, &asked, now))?;
    let Submission { consultant: Some(consultant), signed, .. } = asked else { return wrong_state() };
    let state = match (signed, demand.state) {
        (Some(signed), State::Draft | State::Returned(_)) => {
            let issue = Issue {
                signed: signed.into(),
                content_version: demand.content_version,
                issued_on: warsaw_date(now),
                issued_at: now,
            };
            first_awaiting(demand.content.is_in_facility(), issue, consultant, now)
        }
        (None, State::Returned(returned)) => where_it_was_returned(*returned, consultant, now),
        (_, _) => return wrong_state(),
    };
    let issued_on = state.issue().map(|issue| issue.issued_on);
    let event = DemandEvent::DemandSubmitted { to: state.name() };
    let document =
        Demand { state, first_issued_on: demand.first_issued_on.or(issued_on), changed_at: now, ..demand };
    Ok(Decided { document, events: vec![event] })
}

/// Unchanged content goes to the state that returned it; the co-signature over it still counts.
fn where_it_was_returned(returned: Returned, consultant: Consultant, since: DateTime<Utc>) -> State {
    let Returned { issue, approval, reason, .. } = returned;
    match reason {
        ReturnReason::RepresentativeRefused | ReturnReason::RepresentativeSilent => {
            first_awaiting(true, issue, consultant, since)
        }
        ReturnReason::ConsultantRefused
        | ReturnReason::ConsultantSilent
        | ReturnReason::NotMyField
        | ReturnReason::ConflictOfInterest => {
            State::AwaitingConsultant(AwaitingConsultant { issue, approval, consultant, since })
        }
    }
}

fn first_awaiting(in_facility: bool, issue: Issue, consultant: Consultant, since: DateTime<Utc>) -> State {
    if in_facility {
        State::AwaitingRepresentative(AwaitingRepresentative { issue, consultant, since })
    } else {
        State::AwaitingConsultant(AwaitingConsultant { issue, approval: None, consultant, since })
    }
}

#[cfg(test)]
mod tests;
