//! A pharmacy passes the consent on to the wholesaler that notified, or takes that back.

use super::super::events::AuthorisationEvent;
use super::super::lifecycle::{Command, Consented, State};
use super::super::model::{Authorisation, PassedOn};
use super::super::refusals::{
    CONSENT_NOT_IN_FORCE, DISPENSED_BY_PHARMACY, HANDED_OVER_ALREADY, IS_ADDITION, NOT_HANDED_OVER,
    admit_state, wrong_state,
};
use super::super::{AuthorisationDecision, Check};
use crate::decision::{Decided, admit};
use crate::demand::model::Handover;
use crate::ids::OrganisationId;
use crate::problem::Sentence;
use crate::rule::{self, Rule, whole};
use chrono::{DateTime, Utc};

/// Passing on, by the pharmacy that will receive the product.
#[derive(Clone, Debug)]
pub struct AskedHandover {
    pub handover: Handover,
}

pub const HANDOVER_RULES: &[Rule<Check<AskedHandover>>] = &[
    Rule {
        number: "TA-37",
        legal: "PF art. 4(8)",
        says: Sentence {
            pl: "Zgodę przekazuje się w okresie, na który ją wydano.",
            en: "A consent is passed on in the period for which it was given.",
        },
        problem: CONSENT_NOT_IN_FORCE,
        broken_at: passed_on_in_the_period,
    },
    Rule {
        number: "TA-38",
        legal: "design",
        says: Sentence { pl: "Apteka przekazuje zgodę raz.", en: "A pharmacy passes a consent on once." },
        problem: HANDED_OVER_ALREADY,
        broken_at: passed_on_once,
    },
    Rule {
        number: "TA-39",
        legal: "design",
        says: Sentence {
            pl: "Przekazuje się zgodę, a nie jej uzupełnienie.",
            en: "A consent is passed on, not an addition to it.",
        },
        problem: IS_ADDITION,
        broken_at: no_addition_is_passed_on,
    },
];

fn passed_on_in_the_period(authorisation: &Authorisation, asked: &AskedHandover) -> Vec<String> {
    let consented = authorisation.state.consented();
    whole(consented.is_some_and(|consented| !consented.terms.period.holds_on(asked.handover.passed_on)))
}

fn passed_on_once(authorisation: &Authorisation, asked: &AskedHandover) -> Vec<String> {
    let pharmacy = asked.handover.pharmacy.id;
    let consented = authorisation.state.consented();
    whole(consented.is_some_and(|consented| consented.passed_on_by(pharmacy).is_some()))
}

fn no_addition_is_passed_on(authorisation: &Authorisation, _: &AskedHandover) -> Vec<String> {
    whole(authorisation.adds_to.is_some())
}

/// The pharmacy passes the consent on; any number of pharmacies may.
pub fn hand_over(
    authorisation: Authorisation,
    handover: Handover,
    now: DateTime<Utc>,
) -> AuthorisationDecision {
    admit_state(&authorisation.state, Command::Handover)?;
    let asked = AskedHandover { handover };
    admit(rule::broken(HANDOVER_RULES, |check| check(&authorisation, &asked)))?;
    let State::Consented(consented) = authorisation.state else { return wrong_state() };
    let mut consented: Consented = *consented;
    let event = AuthorisationEvent::ConsentHandedOver { pharmacy: asked.handover.pharmacy.id };
    consented.passed_on.push(PassedOn { handover: asked.handover, entries: 0 });
    let state = State::Consented(Box::new(consented));
    let document = Authorisation { state, changed_at: now, ..authorisation };
    Ok(Decided { document, events: vec![event] })
}

/// Taking back what this pharmacy passed on: by itself, or by the wholesaler that declines.
#[derive(Clone, Debug)]
pub struct AskedReturn {
    pub pharmacy: OrganisationId,
}

pub const HANDOVER_RETURN_RULES: &[Rule<Check<AskedReturn>>] = &[
    Rule {
        number: "TA-40",
        legal: "design",
        says: Sentence {
            pl: "Cofa się przekazanie przez aptekę, która zgodę przekazała.",
            en: "What is taken back is the hand-over of a pharmacy that passed the consent on.",
        },
        problem: NOT_HANDED_OVER,
        broken_at: was_passed_on,
    },
    Rule {
        number: "TA-41",
        legal: "design",
        says: Sentence {
            pl: "Przekazanie można cofnąć, dopóki apteka niczego nie wydała.",
            en: "A hand-over can be taken back as long as its pharmacy has dispensed nothing.",
        },
        problem: DISPENSED_BY_PHARMACY,
        broken_at: nothing_is_dispensed,
    },
];

fn was_passed_on(authorisation: &Authorisation, asked: &AskedReturn) -> Vec<String> {
    let consented = authorisation.state.consented();
    whole(consented.is_some_and(|consented| consented.passed_on_by(asked.pharmacy).is_none()))
}

fn nothing_is_dispensed(authorisation: &Authorisation, asked: &AskedReturn) -> Vec<String> {
    let passed = authorisation.state.consented().and_then(|consented| consented.passed_on_by(asked.pharmacy));
    whole(passed.is_some_and(|passed| passed.entries > 0))
}

pub fn return_handover(
    authorisation: Authorisation,
    asked: &AskedReturn,
    now: DateTime<Utc>,
) -> AuthorisationDecision {
    admit_state(&authorisation.state, Command::HandoverReturn)?;
    admit(rule::broken(HANDOVER_RETURN_RULES, |check| check(&authorisation, asked)))?;
    let State::Consented(consented) = authorisation.state else { return wrong_state() };
    let mut consented: Consented = *consented;
    consented.passed_on.retain(|passed| passed.handover.pharmacy.id != asked.pharmacy);
    let state = State::Consented(Box::new(consented));
    let document = Authorisation { state, changed_at: now, ..authorisation };
    Ok(Decided { document, events: vec![AuthorisationEvent::HandoverReturned { pharmacy: asked.pharmacy }] })
}
