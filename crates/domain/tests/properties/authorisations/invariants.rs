//! What always holds of a notification and its additions.

use super::Story;
use domain::demand::ledger::{Realisation, RealisationKind};
use domain::temporary_authorisation::lifecycle::TRANSITIONS;
use domain::temporary_authorisation::{Authorisation, Command, State, StateName};
use proptest::prelude::*;
use rust_decimal::Decimal;

pub(super) fn is_in_the_table(from: StateName, command: Command, to: StateName) -> bool {
    TRANSITIONS.iter().any(|row| row.from == from && row.command == command && row.to.contains(&to))
}

pub(super) fn nothing_is_lost(before: &Authorisation, after: &Authorisation) -> Result<(), TestCaseError> {
    let of = |it: &Authorisation| (it.id, it.number.clone(), it.space.clone(), it.wholesaler, it.adds_to);
    prop_assert_eq!(of(before), of(after));
    if let (Some(before), Some(after)) = (before.state.resolution_draft(), after.state.resolution_draft()) {
        prop_assert_eq!(&before.number, &after.number);
    }
    if let (Some(draft), Some(resolution)) = (before.state.resolution_draft(), after.state.resolution()) {
        prop_assert_eq!(&draft.number, &resolution.draft.number);
    }
    if before.state.resolution().is_some() {
        prop_assert_eq!(before.state.resolution(), after.state.resolution());
    }
    prop_assert!(after.clarifications.starts_with(&before.clarifications), "a question was lost");
    let corrections = |it: &Authorisation| it.paper.as_ref().map(|paper| paper.corrections.len());
    prop_assert!(
        before.paper.is_some() == after.paper.is_some() && corrections(before) <= corrections(after)
    );
    prop_assert!((0..=1).contains(&(after.content_version - before.content_version)));
    prop_assert!(after.changed_at >= before.changed_at);
    if let (Some(before), Some(after)) = (before.state.consented(), after.state.consented()) {
        prop_assert_eq!(before.terms.period, after.terms.period, "the minister's last day stays");
        prop_assert!(after.added.starts_with(&before.added), "what was added is lost");
    }
    Ok(())
}

pub(super) fn comes_back_from_json(it: &Authorisation) -> Result<(), TestCaseError> {
    let state = serde_json::to_string(&it.state).expect("a state is serialisable");
    prop_assert_eq!(&serde_json::from_str::<State>(&state).expect("a state comes back"), &it.state);
    let asked = serde_json::to_string(&it.clarifications).expect("questions are serialisable");
    let back: Vec<_> = serde_json::from_str(&asked).expect("questions come back");
    prop_assert_eq!(&it.clarifications, &back);
    Ok(())
}

/// What stands in the entries stands in the ledger, within what was consented to and added, and within the period.
pub(super) fn drawn_within_the_consent(story: &Story) -> Result<(), TestCaseError> {
    let Some(consented) = story.base.state.consented() else { return Ok(()) };
    let standing: Vec<&Realisation> = story.entries.iter().filter(|entry| entry.reversal.is_none()).collect();
    prop_assert_eq!(
        usize::try_from(consented.ledger.entries).ok(),
        Some(standing.len()),
        "an entry was lost"
    );
    let whole = consented.quantity().expect("a quantity").amount();
    for kind in [RealisationKind::Imported, RealisationKind::Dispensed] {
        let of_kind = standing.iter().filter(|entry| entry.kind == kind);
        let sum: Decimal = of_kind.map(|entry| entry.counted.amount()).sum();
        prop_assert_eq!(consented.ledger.sum(kind), sum);
        prop_assert!(sum <= whole, "{} of {}", sum, whole);
    }
    for entry in &standing {
        prop_assert!(consented.terms.period.holds_on(entry.done_on));
        prop_assert!(consented.batches(&story.base.content).any(|batch| batch.number == entry.batch));
    }
    for passed in &consented.passed_on {
        let own = standing.iter().filter(|it| {
            it.kind == RealisationKind::Dispensed && it.recorded_by == passed.handover.pharmacy.id
        });
        prop_assert_eq!(usize::try_from(passed.entries).ok(), Some(own.count()));
    }
    Ok(())
}

/// An addition is no consent to act on, counts once, and ends with the consent.
pub(super) fn additions_follow_the_consent(story: &Story) -> Result<(), TestCaseError> {
    let base = story.base.state.consented();
    for it in &story.additions {
        let Some(own) = it.state.consented() else { continue };
        let base = base.expect("an addition that was consented to adds to a consent");
        prop_assert!(own.passed_on.is_empty() && own.ledger.is_untouched() && own.added.is_empty());
        prop_assert_eq!(own.terms.period, base.terms.period);
        prop_assert_eq!(base.added.iter().filter(|added| added.authorisation == it.id).count(), 1);
        let ended = |state: StateName| matches!(state, StateName::Lapsed | StateName::Revoked);
        prop_assert_eq!(ended(it.state.name()), ended(story.base.state.name()), "both end at once");
    }
    let granted = story.additions.iter().filter(|it| it.state.consented().is_some()).count();
    prop_assert_eq!(base.map_or(0, |consented| consented.added.len()), granted);
    Ok(())
}

pub(super) fn two_officers_resolved_it(it: &Authorisation) -> Result<(), TestCaseError> {
    if let Some(resolution) = it.state.resolution() {
        prop_assert_ne!(resolution.decided_by.person, resolution.draft.prepared_by.person);
    }
    Ok(())
}
