//! Entering a notification from paper, and putting an error of typing right.

use super::Paper;
use super::rules::{self, Asked, Facts};
use crate::calendar::start_of_day_warsaw;
use crate::decision::{Decided, admit};
use crate::demand::model::{Digest, Issue, Officer};
use crate::demand::refusals::NOT_ASSIGNED;
use crate::paper::refusals::{NOT_ON_PAPER, OTHER_CONSENT, OTHER_WHOLESALER};
use crate::paper::{Correction, written};
use crate::problem::Sentence;
use crate::rule::{self, Rule, at, whole};
use crate::temporary_authorisation::content::{Content, Signatory};
use crate::temporary_authorisation::lifecycle::{Command, State, WithMinister};
use crate::temporary_authorisation::model::{Authorisation, Examined};
use crate::temporary_authorisation::refusals::{admit_state, wrong_state};
use crate::temporary_authorisation::{AuthorisationDecision, AuthorisationEvent, Check};
use crate::values::Text;
use chrono::{DateTime, NaiveDate, Utc};

/// What an officer enters, with what is on record of it.
#[derive(Clone, Debug)]
pub struct Entry {
    pub asked: Asked,
    pub facts: Facts,
    pub by: Officer,
    /// Of the notification's bytes as they are entered.
    pub submission_sha256: Digest,
}

/// The draft as it came on paper: with the minister, and with the officer who enters it.
pub fn enter(draft: Authorisation, entry: Entry, now: DateTime<Utc>) -> AuthorisationDecision {
    let State::Draft(_) = &draft.state else { return wrong_state() };
    admit(rules::faults(&draft.content, &entry.asked, &entry.facts))?;
    let Some(examined) = examined(&draft, &entry) else { return wrong_state() };
    let Entry { asked: Asked { grounds, dates, scan, .. }, by, facts, .. } = entry;
    let formerly = facts.formerly;
    let state = State::WithMinister(Box::new(WithMinister {
        examined,
        since: start_of_day_warsaw(dates.received_on),
        assigned: Some(by.clone()),
        draft_returned: None,
        taken_over: None,
    }));
    let paper = Some(Paper {
        grounds,
        dates,
        scan,
        entered_by: by,
        entered_at: now,
        corrections: Vec::new(),
        formerly,
    });
    let document = Authorisation { state, paper, changed_at: now, ..draft };
    Ok(Decided { document, events: vec![AuthorisationEvent::AuthorisationEnteredFromPaper {}] })
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
        number: "PE-33",
        legal: "PF art. 4ad(8)",
        says: Sentence {
            pl: "Poprawia się tylko to, co wpisano z papieru.",
            en: "Only what was entered from paper is corrected.",
        },
        problem: NOT_ON_PAPER,
        broken_at: came_on_paper,
    },
    Rule {
        number: "PE-34",
        legal: "KPA art. 66a; design",
        says: Sentence {
            pl: "Wpis poprawia osoba, która prowadzi sprawę.",
            en: "The officer who has the case corrects an entry.",
        },
        problem: NOT_ASSIGNED,
        broken_at: corrected_by_whoever_has_the_case,
    },
    Rule {
        number: "PE-35",
        legal: "design",
        says: Sentence {
            pl: "Poprawka nie przenosi zgłoszenia do innej hurtowni.",
            en: "A correction does not move the notification to another wholesaler.",
        },
        problem: OTHER_WHOLESALER,
        broken_at: stays_with_its_wholesaler,
    },
    Rule {
        number: "PE-36",
        legal: "design",
        says: Sentence {
            pl: "Poprawka nie przenosi uzupełnienia do innej zgody ani nie czyni zgłoszenia uzupełnieniem.",
            en: "A correction does not move an addition to another consent, nor make one of a notification.",
        },
        problem: OTHER_CONSENT,
        broken_at: stays_with_its_consent,
    },
];

fn came_on_paper(authorisation: &Authorisation, _: &AskedCorrection) -> Vec<String> {
    whole(authorisation.paper.is_none())
}

fn corrected_by_whoever_has_the_case(authorisation: &Authorisation, asked: &AskedCorrection) -> Vec<String> {
    let held_by = authorisation.state.assigned().map(|officer| officer.person);
    whole(held_by != Some(asked.entry.by.person))
}

fn stays_with_its_wholesaler(authorisation: &Authorisation, asked: &AskedCorrection) -> Vec<String> {
    let moved = asked.entry.facts.wholesaler.is_some_and(|named| named != authorisation.wholesaler);
    at("/content/wholesaler/nip", moved)
}

/// A number that names no consent is another rule's.
fn stays_with_its_consent(authorisation: &Authorisation, asked: &AskedCorrection) -> Vec<String> {
    let Entry { asked: Asked { adds_to, .. }, facts, .. } = &asked.entry;
    let named = facts.base.as_ref().map(|base| base.id);
    let is_unknown = adds_to.is_some() && named.is_none();
    at("/addsToNumber", !is_unknown && named != authorisation.adds_to)
}

/// The notification with this content as its next version.
pub fn next_version(authorisation: &Authorisation, content: Content) -> Authorisation {
    let content_version = authorisation.content_version.saturating_add(1);
    Authorisation { content_version, content, ..authorisation.clone() }
}

/// Puts an error of typing right before anything is prepared; the whole entry is judged anew.
pub fn correct(
    authorisation: Authorisation,
    asked: AskedCorrection,
    now: DateTime<Utc>,
) -> AuthorisationDecision {
    admit_state(&authorisation.state, Command::PaperCorrection)?;
    let mut faults = rule::broken(CORRECTION_RULES, |check| check(&authorisation, &asked));
    faults.extend(rules::faults(&asked.content, &asked.entry.asked, &asked.entry.facts));
    admit(faults)?;
    let AskedCorrection { entry, content, reason } = asked;
    let next = next_version(&authorisation, content);
    let (Some(examined), State::WithMinister(held), Some(paper)) =
        (examined(&next, &entry), authorisation.state, authorisation.paper)
    else {
        return wrong_state();
    };
    let Asked { grounds, dates, scan, .. } = entry.asked;
    let correction = Correction { reason, by: entry.by, at: now, content_version: next.content_version };
    let since = start_of_day_warsaw(dates.received_on);
    let state = State::WithMinister(Box::new(WithMinister { examined, since, ..*held }));
    let formerly = entry.facts.formerly.or(paper.formerly);
    let corrections = paper.corrections.into_iter().chain([correction]).collect();
    let paper = Some(Paper { grounds, dates, scan, corrections, formerly, ..paper });
    let document = Authorisation { state, paper, changed_at: now, ..next };
    Ok(Decided { document, events: vec![AuthorisationEvent::PaperEntryCorrected {}] })
}

/// The signatures that the paper bears; `None` while the content does not say whose they are.
fn examined(authorisation: &Authorisation, entry: &Entry) -> Option<Examined> {
    let Entry { asked: Asked { dates, .. }, submission_sha256, .. } = entry;
    let by = |who: &Signatory, signed_on: NaiveDate| {
        written(who.given_names.as_ref(), who.family_name.as_ref(), signed_on, submission_sha256)
    };
    let signed = by(&authorisation.content.responsible_person, dates.issued_on)?;
    let issue = Issue {
        issued_at: signed.at(),
        signed,
        content_version: authorisation.content_version,
        issued_on: dates.issued_on,
    };
    let approval = by(&authorisation.content.representative, dates.representative_signed_on)?;
    Some(Examined { issue, approval })
}
