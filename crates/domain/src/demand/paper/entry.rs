//! Entering a demand from paper, and putting an error of typing right.

use super::refusals::{NOT_ON_PAPER, OTHER_ENTITY};
use super::rules::{self, Asked, Facts};
use super::{Correction, Paper};
use crate::calendar::start_of_day_warsaw;
use crate::decision::{Decided, admit};
use crate::demand::content::Content;
use crate::demand::events::DemandEvent;
use crate::demand::lifecycle::{Command, State, WithMinister};
use crate::demand::model::{Demand, Digest, Examined, Issue, Officer, Opinion};
use crate::demand::refusals::{NOT_ASSIGNED, admit_state, wrong_state};
use crate::demand::{Check, DemandDecision};
use crate::paper::written;
use crate::problem::Sentence;
use crate::rule::{self, Rule, at, whole};
use crate::values::Text;
use chrono::{DateTime, Utc};

/// What an officer enters, with what is on record of it.
#[derive(Clone, Debug)]
pub struct Entry {
    pub asked: Asked,
    pub facts: Facts,
    pub by: Officer,
    /// Of the demand's bytes as they are entered.
    pub demand_sha256: Digest,
}

/// The draft as it came on paper: with the minister, and with the officer who enters it.
pub fn enter(draft: Demand, entry: Entry, now: DateTime<Utc>) -> DemandDecision {
    if draft.state != State::Draft {
        return wrong_state();
    }
    admit(rules::faults(&draft.content, &entry.asked, &entry.facts))?;
    let Some(examined) = examined(&draft, &entry) else { return wrong_state() };
    let Entry { asked, by, facts, .. } = entry;
    let formerly = facts.formerly;
    let Asked { grounds, dates, scan, .. } = asked;
    let state = State::WithMinister(Box::new(WithMinister {
        examined,
        since: start_of_day_warsaw(dates.received_on),
        assigned: Some(by.clone()),
        draft_returned: None,
        taken_over: None,
    }));
    let first_issued_on = Some(dates.issued_on);
    let paper = Some(Paper {
        grounds,
        dates,
        scan,
        entered_by: by,
        entered_at: now,
        corrections: Vec::new(),
        formerly,
    });
    let document = Demand { state, paper, first_issued_on, changed_at: now, ..draft };
    Ok(Decided { document, events: vec![DemandEvent::DemandEnteredFromPaper {}] })
}

/// What a correction must keep beside the rules of an entry.
#[derive(Clone, Debug)]
pub struct AskedCorrection {
    pub entry: Entry,
    pub content: Content,
    pub reason: Text<2000>,
}

pub const CORRECTION_RULES: &[Rule<Check<AskedCorrection>>] = &[
    Rule {
        number: "PE-16",
        legal: "PF art. 4ad(8)",
        says: Sentence {
            pl: "Poprawia się tylko to, co wpisano z papieru.",
            en: "Only what was entered from paper is corrected.",
        },
        problem: NOT_ON_PAPER,
        broken_at: came_on_paper,
    },
    Rule {
        number: "PE-17",
        legal: "KPA art. 66a; design",
        says: Sentence {
            pl: "Wpis poprawia osoba, która prowadzi sprawę.",
            en: "The officer who has the case corrects an entry.",
        },
        problem: NOT_ASSIGNED,
        broken_at: corrected_by_whoever_has_the_case,
    },
    Rule {
        number: "PE-18",
        legal: "design",
        says: Sentence {
            pl: "Poprawka nie przenosi zapotrzebowania do innego podmiotu.",
            en: "A correction does not move the demand to another entity.",
        },
        problem: OTHER_ENTITY,
        broken_at: stays_with_its_entity,
    },
];

fn came_on_paper(demand: &Demand, _: &AskedCorrection) -> Vec<String> {
    whole(demand.paper.is_none())
}

fn corrected_by_whoever_has_the_case(demand: &Demand, asked: &AskedCorrection) -> Vec<String> {
    let held_by = demand.state.assigned().map(|officer| officer.person);
    whole(held_by != Some(asked.entry.by.person))
}

fn stays_with_its_entity(demand: &Demand, asked: &AskedCorrection) -> Vec<String> {
    let moved = asked.entry.facts.entity.as_ref().is_some_and(|entity| entity.id != demand.entity);
    at("/content/entity/rpwdlNumber", moved)
}

/// The demand with this content as its next version. Whoever took it over keeps it.
pub fn next_version(demand: &Demand, content: Content) -> Demand {
    let named = content.physician.npwz.clone().filter(|_| demand.taken_over.is_none());
    Demand {
        physician: named.unwrap_or_else(|| demand.physician.clone()),
        content_version: demand.content_version + 1,
        content,
        ..demand.clone()
    }
}

/// Puts an error of typing right before anything is prepared; the whole entry is judged anew.
pub fn correct(demand: Demand, asked: AskedCorrection, now: DateTime<Utc>) -> DemandDecision {
    admit_state(&demand.state, Command::PaperCorrection)?;
    let mut faults = rule::broken(CORRECTION_RULES, |check| check(&demand, &asked));
    let next = next_version(&demand, asked.content.clone());
    faults.extend(rules::faults_of_correction(&next, &asked.entry.asked, &asked.entry.facts));
    admit(faults)?;
    let AskedCorrection { entry, reason, .. } = asked;
    let (Some(examined), State::WithMinister(held), Some(paper)) =
        (examined(&next, &entry), demand.state, demand.paper)
    else {
        return wrong_state();
    };
    let Asked { grounds, dates, scan, .. } = entry.asked;
    let correction = Correction { reason, by: entry.by, at: now, content_version: next.content_version };
    let since = start_of_day_warsaw(dates.received_on);
    let state = State::WithMinister(Box::new(WithMinister { examined, since, ..*held }));
    let first_issued_on = Some(dates.issued_on);
    let formerly = entry.facts.formerly.or(paper.formerly);
    let corrections = paper.corrections.into_iter().chain([correction]).collect();
    let paper = Some(Paper { grounds, dates, scan, corrections, formerly, ..paper });
    let document = Demand { state, paper, first_issued_on, changed_at: now, ..next };
    Ok(Decided { document, events: vec![DemandEvent::PaperEntryCorrected {}] })
}

/// The signatures that the paper bears; `None` while the content does not say whose they are.
fn examined(demand: &Demand, entry: &Entry) -> Option<Examined> {
    let Entry { asked: Asked { consultant, dates, justification, .. }, demand_sha256, .. } = entry;
    let consultant = consultant.clone()?;
    let sha256 = demand_sha256;
    let physician = &demand.content.physician;
    let (given, family) = (physician.given_names.as_ref(), physician.family_name.as_ref());
    let signed = written(given, family, dates.issued_on, sha256)?;
    let approval = match (&demand.content.representative, dates.representative_signed_on) {
        (Some(it), Some(signed_on)) => {
            Some(written(it.given_names.as_ref(), it.family_name.as_ref(), signed_on, sha256)?)
        }
        (None, _) | (_, None) => None,
    };
    let (given, family) = (&consultant.given_names, &consultant.family_name);
    let opinion = written(Some(given), Some(family), dates.opinion_given_on, sha256)?;
    Some(Examined {
        issue: Issue {
            issued_at: signed.at(),
            signed,
            content_version: demand.content_version,
            issued_on: dates.issued_on,
        },
        approval,
        opinion: Opinion {
            given_at: opinion.at(),
            signed: opinion,
            consultant,
            justification: justification.clone(),
        },
    })
}
