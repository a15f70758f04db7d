//! The rules of the decider's signature: what held for the draft still holds, and another officer signs what was seen.

use super::super::Check;
use super::super::model::{Authorisation, Outcome};
use super::super::refusals::{
    BATCH_CONSENTED, BATCHES_EXPIRED, CONSENT_ENDED, PERIOD_OVER, WHOLESALER_INACTIVE,
};
use super::Decision;
use super::rules::{is_beyond_what_has_not_expired, is_too_large, lacks_base_in_force, repeats_batches};
use crate::demand::model::Officer;
use crate::demand::refusals::{DRAFT_CHANGED, SAME_OFFICER};
use crate::problem::Sentence;
use crate::rule::{Rule, at, whole};

pub const RESOLUTION_RULES: &[Rule<Check<Decision>>] = &[
    Rule {
        number: "TA-25",
        legal: "design",
        says: Sentence {
            pl: "Rozstrzyga inna osoba niż ta, która przygotowała projekt.",
            en: "The decider is another person than the preparer.",
        },
        problem: SAME_OFFICER,
        broken_at: decider_is_another_officer,
    },
    Rule {
        number: "TA-26",
        legal: "design",
        says: Sentence {
            pl: "Podpisuje się dokładnie ten projekt, który się obejrzało.",
            en: "The decider signs the very draft that was seen.",
        },
        problem: DRAFT_CHANGED,
        broken_at: the_draft_seen_is_the_draft_signed,
    },
    Rule {
        number: "TA-27",
        legal: "PF art. 4(8)",
        says: Sentence {
            pl: "Nie podpisuje się zgody, której okres już minął.",
            en: "A consent whose period is over already is not signed.",
        },
        problem: PERIOD_OVER,
        broken_at: period_is_not_over,
    },
    Rule {
        number: "TA-28",
        legal: "PF art. 4(8)",
        says: Sentence {
            pl: "W chwili podpisu obowiązuje zgoda, do której dochodzą nowe serie.",
            en: "When it is signed, the consent to which new batches are added is in force.",
        },
        problem: CONSENT_ENDED,
        broken_at: base_is_in_force_when_signed,
    },
    Rule {
        number: "TA-83",
        legal: "PF art. 4(8a), art. 66",
        says: Sentence {
            pl: "W chwili podpisu ilość w zgodzie nie przekracza ilości serii, których termin ważności nie upłynął.",
            en: "When it is signed, the quantity is not beyond that of the batches that have not expired.",
        },
        problem: BATCHES_EXPIRED,
        broken_at: batches_have_not_expired_when_signed,
    },
    Rule {
        number: "TA-84",
        legal: "design",
        says: Sentence {
            pl: "W chwili podpisu nie ma zgody na te serie, a suma ilości jest ilością, jaką można zapisać.",
            en: "When it is signed, the batches are not consented to yet, and the sum is a quantity that can be recorded.",
        },
        problem: BATCH_CONSENTED,
        broken_at: addition_still_fits_when_signed,
    },
    Rule {
        number: "TA-88",
        legal: "PF art. 4(8), 4ab",
        says: Sentence {
            pl: "W chwili podpisu hurtownia jest czynna w systemie.",
            en: "When it is signed, the wholesaler is active in the system.",
        },
        problem: WHOLESALER_INACTIVE,
        broken_at: wholesaler_is_active_when_signed,
    },
];

/// Whether preparer and decider are one person.
pub fn is_same_officer(authorisation: &Authorisation, decider: &Officer) -> bool {
    authorisation.state.resolution_draft().is_some_and(|draft| draft.prepared_by.person == decider.person)
}

fn decider_is_another_officer(authorisation: &Authorisation, asked: &Decision) -> Vec<String> {
    whole(is_same_officer(authorisation, &asked.decider))
}

fn the_draft_seen_is_the_draft_signed(_: &Authorisation, asked: &Decision) -> Vec<String> {
    at("/draftSha256", asked.seen != asked.actual)
}

fn period_is_not_over(authorisation: &Authorisation, asked: &Decision) -> Vec<String> {
    let period = authorisation.state.resolution_draft().and_then(|draft| draft.period);
    whole(period.is_some_and(|period| period.until < asked.today))
}

fn base_is_in_force_when_signed(authorisation: &Authorisation, asked: &Decision) -> Vec<String> {
    let consents = authorisation.state.resolution_draft().is_some_and(|it| it.outcome == Outcome::Consented);
    whole(consents && lacks_base_in_force(authorisation, asked.base.as_deref()))
}

fn wholesaler_is_active_when_signed(authorisation: &Authorisation, asked: &Decision) -> Vec<String> {
    let consents = authorisation.state.resolution_draft().is_some_and(|it| it.outcome == Outcome::Consented);
    whole(consents && !asked.wholesaler_is_active)
}

fn batches_have_not_expired_when_signed(authorisation: &Authorisation, asked: &Decision) -> Vec<String> {
    let draft = authorisation.state.resolution_draft();
    whole(draft.is_some_and(|draft| is_beyond_what_has_not_expired(authorisation, draft, asked.today)))
}

fn addition_still_fits_when_signed(authorisation: &Authorisation, asked: &Decision) -> Vec<String> {
    let base = asked.base.as_deref();
    let draft = authorisation.state.resolution_draft().filter(|it| it.outcome == Outcome::Consented);
    whole(draft.is_some_and(|draft| repeats_batches(authorisation, base) || is_too_large(base, draft)))
}
