//! Drafting, editing and submitting a notification: the responsible person's part (PF art. 4ac(1), (5)).

use super::attached;
use super::content::{Content, Signatory};
use super::events::AuthorisationEvent;
use super::lifecycle::{AwaitingRepresentative, Command, Draft, State};
use super::model::Authorisation;
use super::refusals::{RESPONSIBLE_PERSON_DIFFERS, WHOLESALER_DIFFERS, admit_state, wrong_state};
use super::{AuthorisationDecision, Check};
use crate::calendar::warsaw_date;
use crate::correspondence::Attachment;
use crate::decision::{Decided, admit};
use crate::demand::model::{Issue, Named, Signed};
use crate::ids::{AuthorisationId, OrganisationId, SpaceId};
use crate::problem::{Sentence, Violation};
use crate::rule::{self, Rule, at};
use crate::values::{AuthorisationNumber, ClientReference, Nip};
use chrono::{DateTime, NaiveDate, Utc};

/// What a new draft starts from.
#[derive(Clone, Debug)]
pub struct NewAuthorisation {
    pub id: AuthorisationId,
    pub number: AuthorisationNumber,
    pub space: SpaceId,
    pub wholesaler: OrganisationId,
    pub client_id: String,
    pub client_reference: Option<ClientReference>,
    pub content: Content,
}

/// Opens a draft; it may be incomplete, the field matrix decides at submission.
pub fn draft(new: NewAuthorisation, now: DateTime<Utc>) -> Authorisation {
    Authorisation {
        id: new.id,
        number: new.number,
        space: new.space,
        wholesaler: new.wholesaler,
        client_id: new.client_id,
        client_reference: new.client_reference,
        adds_to: None,
        revision: 1,
        content_version: 1,
        content: new.content,
        created_at: now,
        changed_at: now,
        paper: None,
        clarifications: Vec::new(),
        state: State::Draft(Box::default()),
        pending: None,
        refused_steps: Vec::new(),
    }
}

/// Replaces the content of a draft.
pub fn edit(authorisation: Authorisation, content: Content, now: DateTime<Utc>) -> AuthorisationDecision {
    admit_state(&authorisation.state, Command::Edit)?;
    let document = Authorisation { content, changed_at: now, ..authorisation };
    Ok(Decided { document, events: Vec::new() })
}

/// The wholesaler and the person who submits, as the directory knows them.
#[derive(Clone, Debug)]
pub struct Notifier {
    pub person: Named,
    pub nip: Option<Nip>,
}

/// What a submission brings, besides the document itself.
#[derive(Clone, Debug)]
pub struct Submission {
    pub signed: Signed,
    pub notifier: Notifier,
    /// The files of the notification.
    pub files: Vec<Attachment>,
}

/// Rules of submission that look beyond the content.
pub const RULES: &[Rule<Check<Notifier>>] = &[
    Rule {
        number: "TA-09",
        legal: "PF art. 4ac(1), 4ac(5)",
        says: Sentence {
            pl: "Zgłoszenie podpisuje osoba wskazana w treści imieniem i nazwiskiem: odpowiedzialna albo przez nią upoważniona.",
            en: "The person whom the content names signs the notification: the responsible one, or whom they authorised.",
        },
        problem: RESPONSIBLE_PERSON_DIFFERS,
        broken_at: signer_is_the_responsible_person,
    },
    Rule {
        number: "TA-10",
        legal: "PF art. 4ac(5)",
        says: Sentence {
            pl: "NIP hurtowni jest numerem hurtowni, w której imieniu działa zgłaszający.",
            en: "The wholesaler's tax number (NIP) is that of the wholesaler for which the notifier acts.",
        },
        problem: WHOLESALER_DIFFERS,
        broken_at: wholesaler_is_the_tenant,
    },
];

fn signer_is_the_responsible_person(authorisation: &Authorisation, asked: &Notifier) -> Vec<String> {
    person_differs_at("/content/responsiblePerson", &authorisation.content.responsible_person, &asked.person)
}

fn wholesaler_is_the_tenant(authorisation: &Authorisation, asked: &Notifier) -> Vec<String> {
    wholesaler_differs_at(&authorisation.content, asked)
}

fn wholesaler_differs_at(content: &Content, asked: &Notifier) -> Vec<String> {
    let stated = content.wholesaler.nip.as_ref().zip(asked.nip.as_ref());
    at("/content/wholesaler/nip", stated.is_some_and(|(stated, known)| stated != known))
}

fn person_differs_at(place: &str, stated: &Signatory, person: &Named) -> Vec<String> {
    let given = stated.given_names.as_ref().is_some_and(|name| !person.has_given_names(name));
    let family = stated.family_name.as_ref().is_some_and(|name| !person.has_family_name(name));
    [at(&format!("{place}/givenNames"), given), at(&format!("{place}/familyName"), family)].concat()
}

/// Everything that the content lacks for submission, with pointers into the document.
fn content_faults(content: &Content, now: DateTime<Utc>) -> Vec<Violation> {
    content_faults_on(content, warsaw_date(now))
}

/// The same, as of that day.
pub(super) fn content_faults_on(content: &Content, day: NaiveDate) -> Vec<Violation> {
    let faults = content.check(day).into_iter();
    faults.map(|fault| Violation::new(fault.problem, format!("/content{}", fault.pointer))).collect()
}

/// What a submission of this content by this notifier would be refused for, before any signature.
pub fn dry_run_faults(content: &Content, notifier: &Notifier, now: DateTime<Utc>) -> Vec<Violation> {
    let fault = |problem| move |pointer: String| Violation::new(problem, pointer);
    let person =
        person_differs_at("/content/responsiblePerson", &content.responsible_person, &notifier.person);
    let mut faults = content_faults(content, now);
    faults.extend(person.into_iter().map(fault(RESPONSIBLE_PERSON_DIFFERS)));
    faults.extend(wholesaler_differs_at(content, notifier).into_iter().map(fault(WHOLESALER_DIFFERS)));
    faults
}

/// The responsible person, or whom they authorised, signs: on to the representative.
pub fn submit(authorisation: Authorisation, asked: Submission, now: DateTime<Utc>) -> AuthorisationDecision {
    admit_state(&authorisation.state, Command::Submission)?;
    let mut faults = content_faults(&authorisation.content, now);
    faults.extend(rule::broken(RULES, |check| check(&authorisation, &asked.notifier)));
    faults.extend(rule::broken(attached::RULES, |check| check(&authorisation, &asked.files)));
    admit(faults)?;
    let State::Draft(_) = authorisation.state else { return wrong_state() };
    let signs_as = authorisation.content.signs_as();
    let issue = Issue {
        signed: asked.signed.into(),
        content_version: authorisation.content_version,
        issued_on: warsaw_date(now),
        issued_at: now,
    };
    let state = State::AwaitingRepresentative(Box::new(AwaitingRepresentative { issue, since: now }));
    let document = Authorisation { state, changed_at: now, ..authorisation };
    Ok(Decided { document, events: vec![AuthorisationEvent::AuthorisationSubmitted { signs_as }] })
}

/// Back to a draft: what is signed next is another version, so that no signature can serve twice.
pub(super) fn reopened(draft: Draft, authorisation: Authorisation, now: DateTime<Utc>) -> Authorisation {
    Authorisation {
        state: State::Draft(Box::new(draft)),
        content_version: authorisation.content_version.saturating_add(1),
        changed_at: now,
        ..authorisation
    }
}
