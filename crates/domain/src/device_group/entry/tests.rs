#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use super::*;
use crate::device_group::built_in;
use crate::device_group::model::{AgeRange, LimitBasis};
use crate::values::Pieces;
use uuid::Uuid;

const TODAY: &str = "2026-11-26";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn versions(code: &str) -> Vec<Listed> {
    built_in::groups().iter().filter(|listed| listed.group.code.as_str() == code).cloned().collect()
}

/// The share of adults in the first tier of wheelchairs, which is not known.
fn entered(id: u128, holds_from: &str, copay: u8) -> Entered {
    Entered {
        id: EnteredFiguresId(Uuid::from_u128(id)),
        code: DeviceCode::parse("S.15.01").unwrap(),
        place: BandPlace { tier: 1, ages: AgeRange { from: Some(18), below: None }, pregnant: None },
        holds_from: day(holds_from),
        figures: NewFigures { copay: Percent::new(copay).ok(), ..NewFigures::default() },
        source: Text::parse("Dz.U. 2025 poz. 1038").unwrap(),
        reason: None,
    }
}

fn refusals(asked: &Entered, versions: &[Listed]) -> Vec<(&'static str, String)> {
    let found = enter(asked, versions, day(TODAY)).err().unwrap_or_default();
    found.into_iter().map(|found| (found.problem.code, found.pointer)).collect()
}

#[test]
fn what_is_unknown_is_entered_without_a_reason_and_for_the_past_too() {
    assert_eq!(refusals(&entered(1, "2024-01-01", 10), &versions("S.15.01")), []);
}

#[test]
fn an_entry_is_of_a_band_that_the_group_has_on_its_day() {
    let other =
        Entered { place: BandPlace { tier: 3, ..entered(1, TODAY, 10).place }, ..entered(1, TODAY, 10) };
    let at = |pointer: &str| [("device_group.band_unknown", pointer.to_owned())];
    assert_eq!(refusals(&other, &versions("S.15.01")), at("/tier"));
    assert_eq!(refusals(&entered(1, "2023-12-31", 10), &versions("S.15.01")), at("/holdsFrom"));
}

#[test]
fn an_entry_says_something_new() {
    let with = effective(&versions("S.15.01"), &[entered(1, "2024-01-01", 10)]);
    let nothing = Entered { figures: NewFigures::default(), ..entered(2, TODAY, 10) };
    for same in [nothing, entered(2, TODAY, 10)] {
        assert_eq!(refusals(&same, &with), [("device_group.nothing_new", String::new())]);
    }
}

#[test]
fn a_known_figure_is_changed_with_a_reason_and_from_today_on() {
    let with = effective(&versions("S.15.01"), &[entered(1, "2024-01-01", 10)]);
    assert_eq!(
        refusals(&entered(2, "2026-11-25", 20), &with),
        [
            ("device_group.reason_missing", "/reason".to_owned()),
            ("device_group.correction_past", "/holdsFrom".to_owned()),
        ]
    );
    let reason = Text::parse("Pomyłka przy wpisie.").ok();
    assert_eq!(refusals(&Entered { reason, ..entered(2, TODAY, 20) }, &with), []);
}

#[test]
fn an_entry_does_not_contradict_the_group() {
    let limit = Some(Limit { amount: Grosze::new(100).unwrap(), basis: LimitBasis::PerMonthTotal });
    let reason = Text::parse("Zmiana wykazu.").ok();
    let asked =
        Entered { figures: NewFigures { limit, ..NewFigures::default() }, reason, ..entered(1, TODAY, 10) };
    assert_eq!(
        refusals(&asked, &versions("S.15.01")),
        [("device_group.limit_basis", "/limit/basis".to_owned())]
    );
}

#[test]
fn a_version_begins_anew_on_the_day_of_an_entry() {
    let entries = [entered(2, "2026-12-01", 20), entered(1, "2024-01-01", 10), entered(3, "2026-12-01", 30)];
    let parts = effective(&versions("S.15.01"), &entries);
    let told = parts.iter().map(|part| {
        let share = part.band(entries.first().unwrap().place).and_then(|(_, band)| band.copay);
        (
            part.group.valid_from.to_string(),
            part.group.valid_to.map(|last| last.to_string()),
            share.map(Percent::get),
        )
    });
    assert_eq!(
        told.collect::<Vec<_>>(),
        [
            ("2024-01-01".to_owned(), Some("2026-11-30".to_owned()), Some(10)),
            ("2026-12-01".to_owned(), None, Some(30)),
        ],
        "of two entries of one day the later one counts"
    );
    assert_eq!(parts.last().unwrap().entered.len(), 3);
    let figures = parts.first().unwrap().group.figures_for(40, false, 1);
    assert_eq!(figures.map(|it| it.copay.get()), Ok(10));
}

#[test]
fn entries_of_other_codes_and_of_bands_that_are_gone_change_nothing() {
    let gone =
        Entered { place: BandPlace { tier: 9, ..entered(1, TODAY, 10).place }, ..entered(1, TODAY, 10) };
    let other = Entered { code: DeviceCode::parse("S.15.02").unwrap(), ..entered(1, TODAY, 10) };
    assert_eq!(effective(&versions("S.15.01"), &[gone, other]), versions("S.15.01"));
}

#[test]
fn what_a_source_says_of_the_group_and_the_tier_is_entered_too() {
    let largest = |pieces: &str, months| Some(Largest { pieces: Pieces::parse(pieces).unwrap(), months });
    let figures = NewFigures {
        largest: largest("1", 1),
        group_largest: largest("2", 12),
        sided: Some(false),
        shortenable: Some(true),
        multiplied: Some(false),
        ..NewFigures::default()
    };
    let asked = Entered { figures, ..entered(1, TODAY, 10) };
    assert_eq!(refusals(&asked, &versions("S.15.01")), []);
    let parts = effective(&versions("S.15.01"), std::slice::from_ref(&asked));
    let (before, after) = (&parts.first().unwrap().group, &parts.last().unwrap().group);
    assert_eq!((before.shortenable, before.largest, before.tiers[0].largest), (None, None, None));
    assert_eq!((after.sided, after.shortenable, after.multiplied), (Some(false), Some(true), Some(false)));
    assert_eq!((after.largest, after.tiers[0].largest), (figures.group_largest, figures.largest));
    assert_eq!(after.tiers[1].largest, None, "of its own tier alone");
    let again = Entered { id: EnteredFiguresId(Uuid::from_u128(2)), ..asked };
    assert_eq!(refusals(&again, &parts), [("device_group.nothing_new", String::new())]);
    let other = NewFigures { shortenable: Some(false), ..NewFigures::default() };
    let other = Entered { figures: other, ..again };
    assert_eq!(refusals(&other, &parts), [("device_group.reason_missing", "/reason".to_owned())]);
}

#[test]
fn an_entered_largest_quantity_is_for_a_month_at_least() {
    let none = Some(Largest { pieces: Pieces::parse("1").unwrap(), months: 0 });
    let at = |figures| refusals(&Entered { figures, ..entered(1, TODAY, 10) }, &versions("S.15.01"));
    let of_tier = NewFigures { largest: none, ..NewFigures::default() };
    let of_group = NewFigures { group_largest: none, ..NewFigures::default() };
    assert_eq!(at(of_tier), [("device_group.periods", "/largest/months".to_owned())]);
    assert_eq!(at(of_group), [("device_group.periods", "/groupLargest/months".to_owned())]);
}

#[test]
fn what_was_entered_before_there_was_more_to_enter_is_read() {
    let old = serde_json::json!({ "limit": null, "copay": 10, "usage": null, "repair_limit": null });
    let read: NewFigures = serde_json::from_value(old).unwrap();
    assert_eq!(read, NewFigures { copay: Percent::new(10).ok(), ..NewFigures::default() });
}
