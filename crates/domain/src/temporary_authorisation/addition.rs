//! New batches for a consent in force: a notification of their own that is signed and consented to anew (PF art. 4(8)).

use super::content::{Attachments, Batch, Content, Signatory, SignsAs};
use super::events::AuthorisationEvent;
use super::lifecycle::{Command, Consented, State};
use super::model::{Added, Authorisation, Period};
use super::refusals::{
    ADDITION_DIFFERS, BATCH_REPEATED, CONSENT_ENDED, IS_ADDITION, admit_state, wrong_state,
};
use super::submission::{self, NewAuthorisation};
use super::{AuthorisationDecision, Check};
use crate::calendar::warsaw_date;
use crate::decision::{Decided, admit};
use crate::ids::AuthorisationId;
use crate::problem::{Sentence, Violation};
use crate::rule::{self, Rule, RuleEntry, at, whole};
use crate::values::{AuthorisationNumber, ClientReference, Quantity, Text};
use chrono::{DateTime, Utc};

/// What a new addition starts from.
#[derive(Clone, Debug)]
pub struct NewAddition {
    pub id: AuthorisationId,
    pub number: AuthorisationNumber,
    pub client_id: String,
    pub client_reference: Option<ClientReference>,
    pub quantity: Option<Quantity>,
    pub batches: Vec<Batch>,
    pub justification: Option<Text<8000>>,
}

pub const OPENING_RULES: &[Rule<Check<NewAddition>>] = &[Rule {
    number: "TA-33",
    legal: "design",
    says: Sentence {
        pl: "Nowe serie zgłasza się do zgody, a nie do jej uzupełnienia.",
        en: "New batches are notified for a consent, not for an addition to one.",
    },
    problem: IS_ADDITION,
    broken_at: is_no_addition_itself,
}];

fn is_no_addition_itself(base: &Authorisation, _: &NewAddition) -> Vec<String> {
    whole(base.adds_to.is_some())
}

/// What an addition is opened with; nobody can break it.
pub const TAKEN_OVER: RuleEntry = RuleEntry {
    operation: "additions",
    number: "TA-93",
    legal: "PF art. 4ac(1), 4ac(5)",
    says: Sentence {
        pl: "Kto podpisuje uzupełnienie, oświadcza od nowa, czy podpisuje jako osoba odpowiedzialna, czy jako przez nią upoważniona: ze zgody nie przechodzi ani to oświadczenie, ani upoważnienie, ani osoba upoważniona.",
        en: "Whoever signs an addition states anew whether as the responsible person or as authorised by that person: neither that statement nor the authorisation nor an authorised person is taken over from the consent.",
    },
    code: "–",
};

/// What an addition takes over from its consent (TA-93). A capacity that is not stated is that of the responsible person (ADR 41):
/// beside the name of somebody who was authorised to sign the consent it would be wrong, and that name goes, too. The responsible
/// person's stays, since that capacity is then the right one.
fn taken_over(base: &Content) -> Content {
    let responsible_person = match base.signs_as() {
        SignsAs::ResponsiblePerson => base.responsible_person.clone(),
        SignsAs::AuthorisedPerson => Signatory::default(),
    };
    let attachments = Attachments { responsible_person_authorisation: None, ..base.attachments.clone() };
    Content { responsible_person, signs_as: None, attachments, ..base.clone() }
}

/// Opens the draft of an addition to this consent; what it does not bring is taken over from it.
pub fn open(base: &Authorisation, new: NewAddition, now: DateTime<Utc>) -> AuthorisationDecision {
    admit_state(&base.state, Command::Addition)?;
    admit(rule::broken(OPENING_RULES, |check| check(base, &new)))?;
    let content = Content {
        quantity: new.quantity,
        batches: new.batches,
        justification: new.justification.or_else(|| base.content.justification.clone()),
        ..taken_over(&base.content)
    };
    let draft = submission::draft(
        NewAuthorisation {
            id: new.id,
            number: new.number,
            space: base.space.clone(),
            wholesaler: base.wholesaler,
            client_id: new.client_id,
            client_reference: new.client_reference,
            content,
        },
        now,
    );
    let document = Authorisation { adds_to: Some(base.id), ..draft };
    Ok(Decided { document, events: Vec::new() })
}

/// A rule that looks at an addition and at the consent to which it adds, as that stands now.
pub type AdditionCheck = fn(&Authorisation, &Authorisation) -> Vec<String>;

pub const SUBMISSION_RULES: &[Rule<AdditionCheck>] = &[
    Rule {
        number: "TA-34",
        legal: "PF art. 4(8)",
        says: Sentence {
            pl: "Nowe serie są seriami tego samego produktu, liczonymi w tej samej jednostce.",
            en: "New batches are of the same product and count in the same unit.",
        },
        problem: ADDITION_DIFFERS,
        broken_at: same_product,
    },
    Rule {
        number: "TA-35",
        legal: "design",
        says: Sentence {
            pl: "Seria, na którą jest już zgoda, nie jest nowa.",
            en: "A batch that is consented to already is not new.",
        },
        problem: BATCH_REPEATED,
        broken_at: batches_are_new,
    },
    Rule {
        number: "TA-36",
        legal: "PF art. 4(8)",
        says: Sentence {
            pl: "Nowe serie zgłasza się do zgody, która obowiązuje.",
            en: "New batches are notified for a consent in force.",
        },
        problem: CONSENT_ENDED,
        broken_at: base_is_in_force,
    },
];

fn same_product(addition: &Authorisation, base: &Authorisation) -> Vec<String> {
    other_product_at(&addition.content, base)
}

/// Where this content is of another product than the consent, or counts in another unit.
pub(super) fn other_product_at(new: &Content, base: &Authorisation) -> Vec<String> {
    let old = &base.content;
    let units = new.quantity.as_ref().zip(old.quantity.as_ref());
    [
        at("/content/purpose", new.purpose != old.purpose),
        at("/content/product", new.product != old.product),
        at("/content/quantity/unit", units.is_some_and(|(new, old)| new.unit() != old.unit())),
    ]
    .concat()
}

/// Pointers to the batches of an addition that the consent has already.
pub fn batches_are_new(addition: &Authorisation, base: &Authorisation) -> Vec<String> {
    let Some(consented) = base.state.consented() else { return Vec::new() };
    known_batches_at(&addition.content, consented.batches(&base.content))
}

/// The places of the batches of this content that are among the known ones.
pub(super) fn known_batches_at<'a>(content: &Content, known: impl Iterator<Item = &'a Batch>) -> Vec<String> {
    let known: Vec<_> = known.map(|batch| &batch.number).collect();
    let is_known = |batch: &Batch| known.contains(&&batch.number);
    let batches = content.batches.iter().enumerate();
    batches
        .filter(|(_, batch)| is_known(batch))
        .map(|(index, _)| format!("/content/batches/{index}/number"))
        .collect()
}

fn base_is_in_force(_: &Authorisation, base: &Authorisation) -> Vec<String> {
    whole(in_force(base).is_none())
}

/// What stands in the way of an addition besides its own content.
pub fn submission_faults(addition: &Authorisation, base: &Authorisation) -> Vec<Violation> {
    rule::broken(SUBMISSION_RULES, |check| check(addition, base))
}

/// The same of content that belongs to no document yet.
pub fn dry_run_faults(content: &Content, base: &Authorisation) -> Vec<Violation> {
    if base.adds_to.is_some() {
        return vec![Violation::new(IS_ADDITION, "/addsTo")];
    }
    let as_if = Authorisation { content: content.clone(), adds_to: Some(base.id), ..base.clone() };
    let faults = submission_faults(&as_if, base).into_iter();
    faults
        .map(
            |fault| {
                if fault.problem == CONSENT_ENDED { Violation::new(CONSENT_ENDED, "/addsTo") } else { fault }
            },
        )
        .collect()
}

/// The period of this consent while it is in force.
pub fn in_force(base: &Authorisation) -> Option<Period> {
    match &base.state {
        State::Consented(consented) => Some(consented.terms.period),
        _ => None,
    }
}

/// The consent of an addition takes effect: its batches and quantity are added to the consent.
pub fn take_effect(
    base: Authorisation,
    addition: &Authorisation,
    now: DateTime<Utc>,
) -> AuthorisationDecision {
    let Some(granted) = addition.state.consented() else { return wrong_state() };
    let State::Consented(consented) = base.state else {
        return Err(vec![Violation::whole(CONSENT_ENDED)]);
    };
    let mut consented: Consented = *consented;
    consented.added.push(Added {
        authorisation: addition.id,
        number: addition.number.clone(),
        resolution_number: granted.resolution.draft.number.clone(),
        quantity: granted.terms.quantity,
        batches: addition.content.batches.clone(),
        conditions: granted.resolution.draft.conditions.clone(),
        added_on: warsaw_date(now),
    });
    let state = State::Consented(Box::new(consented));
    let document = Authorisation { state, changed_at: now, ..base };
    Ok(Decided { document, events: vec![AuthorisationEvent::BatchesAdded { addition: addition.id }] })
}
