//! The rules of assignment and draft.

use super::super::Check;
use super::super::addition;
use super::super::lifecycle::Consented;
use super::super::model::{Authorisation, Outcome, ResolutionDraft};
use super::super::refusals::{
    BATCH_CONSENTED, BATCHES_EXPIRED, CONDITIONS_SUPERFLUOUS, CONSENT_ENDED, GROUNDS_REQUIRED, PERIOD_ORDER,
    PERIOD_REQUIRED, PERIOD_SUPERFLUOUS, PERIOD_TOO_LONG, QUANTITY_BEYOND, QUANTITY_TOO_LARGE, QUANTITY_UNIT,
    WHOLESALER_INACTIVE,
};
use super::{AskedDraft, Assignment};
use crate::demand::refusals::{
    APPROVED_QUANTITY_REQUIRED, APPROVED_QUANTITY_SUPERFLUOUS, ASSIGNED_TO_ANOTHER, NOT_ASSIGNED,
};
use crate::problem::Sentence;
use crate::rule::{Rule, at, whole};
use crate::values::Quantity;
use chrono::{Months, NaiveDate};
use rust_decimal::Decimal;
use std::cmp::Ordering;

/// The act says «for a fixed period» and no number; a threat that lasts longer is consented to anew.
const LONGEST_IN_MONTHS: u32 = 60;

pub const ASSIGNMENT_RULES: &[Rule<Check<Assignment>>] = &[Rule {
    number: "TA-13",
    legal: "KPA art. 66a; design",
    says: Sentence {
        pl: "Sprawę innej osoby przejmuje się z podaniem powodu.",
        en: "A case of another officer is taken over with a reason.",
    },
    problem: ASSIGNED_TO_ANOTHER,
    broken_at: taken_over_with_a_reason,
}];

fn taken_over_with_a_reason(authorisation: &Authorisation, asked: &Assignment) -> Vec<String> {
    let another = authorisation.state.assigned().is_some_and(|held| held.person != asked.officer.person);
    whole(another && asked.reason.is_none())
}

pub const DRAFT_RULES: &[Rule<Check<AskedDraft>>] = &[
    Rule {
        number: "TA-14",
        legal: "design",
        says: Sentence {
            pl: "Projekt przygotowuje osoba, która prowadzi sprawę.",
            en: "The officer who has the case prepares the draft.",
        },
        problem: NOT_ASSIGNED,
        broken_at: preparer_has_the_case,
    },
    Rule {
        number: "TA-15",
        legal: "design",
        says: Sentence { pl: "Zgoda określa ilość.", en: "A consent states a quantity." },
        problem: APPROVED_QUANTITY_REQUIRED,
        broken_at: consent_states_a_quantity,
    },
    Rule {
        number: "TA-16",
        legal: "design",
        says: Sentence { pl: "Odmowa nie określa ilości.", en: "A refusal states no quantity." },
        problem: APPROVED_QUANTITY_SUPERFLUOUS,
        broken_at: refusal_states_none,
    },
    Rule {
        number: "TA-17",
        legal: "design",
        says: Sentence {
            pl: "Ilość w zgodzie ma jednostkę zgłoszenia.",
            en: "The quantity consented to has the unit of the notification.",
        },
        problem: QUANTITY_UNIT,
        broken_at: consented_in_the_notified_unit,
    },
    Rule {
        number: "TA-18",
        legal: "design",
        says: Sentence {
            pl: "Ilość w zgodzie nie przekracza zgłoszonej.",
            en: "The quantity consented to is not beyond the notified one.",
        },
        problem: QUANTITY_BEYOND,
        broken_at: consented_within_the_notification,
    },
    Rule {
        number: "TA-19",
        legal: "PF art. 4(8)",
        says: Sentence {
            pl: "Zgodę wydaje się na czas określony.", en: "A consent is for a fixed period."
        },
        problem: PERIOD_REQUIRED,
        broken_at: consent_states_a_period,
    },
    Rule {
        number: "TA-20",
        legal: "design",
        says: Sentence {
            pl: "Odmowa nie ma okresu, a zgoda na nowe serie ma okres zgody, którą uzupełnia.",
            en: "A refusal has no period, and a consent to new batches has that of the consent to which it adds.",
        },
        problem: PERIOD_SUPERFLUOUS,
        broken_at: refusal_and_addition_state_none,
    },
    Rule {
        number: "TA-21",
        legal: "PF art. 4(8)",
        says: Sentence {
            pl: "Okres zgody kończy się nie wcześniej, niż się zaczyna, i jeszcze nie minął.",
            en: "The period ends no earlier than it begins, and is not over yet.",
        },
        problem: PERIOD_ORDER,
        broken_at: period_ends_after_it_begins,
    },
    Rule {
        number: "TA-22",
        legal: "design",
        says: Sentence { pl: "Warunki określa tylko zgoda.", en: "Only a consent states conditions." },
        problem: CONDITIONS_SUPERFLUOUS,
        broken_at: only_a_consent_has_conditions,
    },
    Rule {
        number: "TA-23",
        legal: "design",
        says: Sentence {
            pl: "Odmowa i zgoda na mniejszą ilość wymagają uzasadnienia.",
            en: "A refusal, and a consent to less than notified, need grounds.",
        },
        problem: GROUNDS_REQUIRED,
        broken_at: less_than_notified_has_grounds,
    },
    Rule {
        number: "TA-24",
        legal: "PF art. 4(8)",
        says: Sentence {
            pl: "Nowe serie dopuszcza się do zgody, która obowiązuje.",
            en: "New batches are added to a consent in force.",
        },
        problem: CONSENT_ENDED,
        broken_at: base_is_in_force,
    },
    Rule {
        number: "TA-80",
        legal: "PF art. 4(8a), art. 66",
        says: Sentence {
            pl: "Ilość w zgodzie nie przekracza ilości serii, których termin ważności nie upłynął.",
            en: "The quantity consented to is not beyond that of the batches that have not expired.",
        },
        problem: BATCHES_EXPIRED,
        broken_at: consented_within_what_has_not_expired,
    },
    Rule {
        number: "TA-81",
        legal: "design",
        says: Sentence {
            pl: "Serie, na które w międzyczasie wydano zgodę, nie są nowe.",
            en: "Batches that were consented to meanwhile are not new.",
        },
        problem: BATCH_CONSENTED,
        broken_at: batches_are_still_new,
    },
    Rule {
        number: "TA-82",
        legal: "design",
        says: Sentence {
            pl: "Zgoda razem z uzupełnieniami nie przekracza największej ilości, jaką można zapisać.",
            en: "A consent with its additions is not beyond the largest quantity that can be recorded.",
        },
        problem: QUANTITY_TOO_LARGE,
        broken_at: total_is_a_quantity,
    },
    Rule {
        number: "TA-86",
        legal: "PF art. 4(8)",
        says: Sentence {
            pl: "Zgodę wydaje się najwyżej na pięć lat.",
            en: "A consent is for five years at most.",
        },
        problem: PERIOD_TOO_LONG,
        broken_at: period_is_no_longer_than_five_years,
    },
    Rule {
        number: "TA-87",
        legal: "PF art. 4(8), 4ab",
        says: Sentence {
            pl: "Zgodę otrzymuje hurtownia, która jest czynna w systemie.",
            en: "A consent is for a wholesaler that is active in the system.",
        },
        problem: WHOLESALER_INACTIVE,
        broken_at: wholesaler_is_active,
    },
];

fn preparer_has_the_case(authorisation: &Authorisation, asked: &AskedDraft) -> Vec<String> {
    let held_by = authorisation.state.assigned().map(|officer| officer.person);
    whole(held_by != Some(asked.draft.prepared_by.person))
}

fn is_consent(asked: &AskedDraft) -> bool {
    asked.draft.outcome == Outcome::Consented
}

fn consent_states_a_quantity(_: &Authorisation, asked: &AskedDraft) -> Vec<String> {
    at("/approvedQuantity", is_consent(asked) && asked.draft.approved_quantity.is_none())
}

fn refusal_states_none(_: &Authorisation, asked: &AskedDraft) -> Vec<String> {
    at("/approvedQuantity", !is_consent(asked) && asked.draft.approved_quantity.is_some())
}

/// The notified and the approved quantity, of a consent.
fn notified_and_approved<'a>(
    authorisation: &'a Authorisation,
    asked: &'a AskedDraft,
) -> Option<(&'a Quantity, &'a Quantity)> {
    let approved = asked.draft.approved_quantity.as_ref().filter(|_| is_consent(asked));
    authorisation.content.quantity.as_ref().zip(approved)
}

/// How much is approved of how much; amounts of different units cannot be compared.
fn compared(authorisation: &Authorisation, asked: &AskedDraft) -> Option<Ordering> {
    notified_and_approved(authorisation, asked)
        .filter(|(notified, approved)| notified.unit() == approved.unit())
        .map(|(notified, approved)| approved.amount().cmp(&notified.amount()))
}

fn consented_in_the_notified_unit(authorisation: &Authorisation, asked: &AskedDraft) -> Vec<String> {
    let differs = notified_and_approved(authorisation, asked)
        .is_some_and(|(notified, approved)| notified.unit() != approved.unit());
    at("/approvedQuantity/unit", differs)
}

fn consented_within_the_notification(authorisation: &Authorisation, asked: &AskedDraft) -> Vec<String> {
    at("/approvedQuantity/amount", compared(authorisation, asked) == Some(Ordering::Greater))
}

fn consent_states_a_period(authorisation: &Authorisation, asked: &AskedDraft) -> Vec<String> {
    let is_own = is_consent(asked) && authorisation.adds_to.is_none();
    at("/validFrom", is_own && asked.draft.period.is_none())
}

fn refusal_and_addition_state_none(authorisation: &Authorisation, asked: &AskedDraft) -> Vec<String> {
    let has_none = !is_consent(asked) || authorisation.adds_to.is_some();
    at("/validFrom", has_none && asked.draft.period.is_some())
}

fn period_ends_after_it_begins(_: &Authorisation, asked: &AskedDraft) -> Vec<String> {
    let is_wrong =
        asked.draft.period.is_some_and(|period| period.until < period.from || period.until < asked.today);
    at("/validUntil", is_wrong)
}

fn only_a_consent_has_conditions(_: &Authorisation, asked: &AskedDraft) -> Vec<String> {
    at("/conditions", !is_consent(asked) && asked.draft.conditions.is_some())
}

fn less_than_notified_has_grounds(authorisation: &Authorisation, asked: &AskedDraft) -> Vec<String> {
    let less = compared(authorisation, asked) == Some(Ordering::Less);
    at("/grounds", asked.draft.grounds.is_none() && (less || !is_consent(asked)))
}

fn base_is_in_force(authorisation: &Authorisation, asked: &AskedDraft) -> Vec<String> {
    whole(is_consent(asked) && lacks_base_in_force(authorisation, asked.base.as_deref()))
}

pub(super) fn lacks_base_in_force(authorisation: &Authorisation, base: Option<&Authorisation>) -> bool {
    authorisation.adds_to.is_some() && base.and_then(addition::in_force).is_none()
}

fn consented_within_what_has_not_expired(authorisation: &Authorisation, asked: &AskedDraft) -> Vec<String> {
    let beyond = is_beyond_what_has_not_expired(authorisation, &asked.draft, asked.today);
    at("/approvedQuantity/amount", beyond)
}

pub(super) fn is_beyond_what_has_not_expired(
    authorisation: &Authorisation,
    draft: &ResolutionDraft,
    today: NaiveDate,
) -> bool {
    let Some(approved) = draft.approved_quantity.filter(|_| draft.outcome == Outcome::Consented) else {
        return false;
    };
    // More than was notified at all is another rule's.
    if authorisation.content.quantity.is_some_and(|notified| approved.amount() > notified.amount()) {
        return false;
    }
    let batches = authorisation.content.batches.iter().filter(|batch| batch.expires_on >= today);
    let usable: Decimal = batches.map(|batch| batch.quantity.amount()).sum();
    approved.amount() > usable
}

fn batches_are_still_new(authorisation: &Authorisation, asked: &AskedDraft) -> Vec<String> {
    whole(is_consent(asked) && repeats_batches(authorisation, asked.base.as_deref()))
}

pub(super) fn repeats_batches(authorisation: &Authorisation, base: Option<&Authorisation>) -> bool {
    base.is_some_and(|base| !addition::batches_are_new(authorisation, base).is_empty())
}

fn total_is_a_quantity(_: &Authorisation, asked: &AskedDraft) -> Vec<String> {
    at("/approvedQuantity/amount", is_consent(asked) && is_too_large(asked.base.as_deref(), &asked.draft))
}

/// Whether the sum of a consent and of what this draft would add is no quantity.
pub(super) fn is_too_large(base: Option<&Authorisation>, draft: &ResolutionDraft) -> bool {
    let total = base.and_then(|base| base.state.consented()).map(Consented::total);
    let sum = total.zip(draft.approved_quantity).map(|(total, more)| (total + more.amount(), more.unit()));
    sum.is_some_and(|(amount, unit)| Quantity::new(amount, unit).is_err())
}

fn period_is_no_longer_than_five_years(_: &Authorisation, asked: &AskedDraft) -> Vec<String> {
    let latest = |from: NaiveDate| from.checked_add_months(Months::new(LONGEST_IN_MONTHS));
    let period = asked.draft.period;
    at("/validUntil", period.is_some_and(|it| latest(it.from).is_none_or(|latest| it.until >= latest)))
}

fn wholesaler_is_active(_: &Authorisation, asked: &AskedDraft) -> Vec<String> {
    whole(is_consent(asked) && !asked.wholesaler_is_active)
}
