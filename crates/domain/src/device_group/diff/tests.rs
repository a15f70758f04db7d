#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use super::*;
use crate::device_group::built_in;
use crate::device_group::edition;
use crate::device_group::entry::NewFigures;
use crate::device_group::model::AgeRange;
use crate::ids::EnteredFiguresId;
use crate::values::Text;
use uuid::Uuid;

fn told(kept: &[Listed], imported: &[Listed]) -> Vec<String> {
    between(kept, imported, &[]).iter().map(ToString::to_string).collect()
}

#[test]
fn the_same_catalogue_changes_nothing() {
    assert_eq!(told(built_in::groups(), &edition::read(built_in::TEXT).unwrap()), <[String; 0]>::default());
}

#[test]
fn every_difference_is_told_figure_by_figure() {
    let text = built_in::TEXT
        .replace("Z.02.01,2024-01-01,,", "Z.02.01,2024-01-01,2026-12-31,")
        .replace("2026-09-01,,Transmiter", "2027-09-01,,Transmiter");
    let lines: Vec<String> = text
        .lines()
        .map(|line| {
            if line.starts_with("U.02.01") {
                line.replace(",2100,", ",2200,").replace("PER_ITEM,10,", "PER_ITEM,,")
            } else {
                line.to_owned()
            }
        })
        .collect();
    let imported = edition::read(&lines.join("\n")).unwrap();
    assert_eq!(
        told(built_in::groups(), &imported),
        [
            "dropped: R.04.01 from 2026-09-01",
            "added: R.04.01 from 2027-09-01",
            "changed: U.02.01 from 2024-01-01, tier 1, below 18, limit: 2100.00 PerItem → 2200.00 PerItem",
            "changed: U.02.01 from 2024-01-01, tier 1, from 18, limit: 2100.00 PerItem → 2200.00 PerItem",
            "changed: U.02.01 from 2024-01-01, tier 1, from 18, share: 10 % → unknown",
            "ended: Z.02.01 from 2024-01-01, on 2026-12-31",
        ]
    );
}

#[test]
fn another_last_day_is_told_and_so_is_that_there_is_none_any_more() {
    let lasting = |day: &str| {
        let text = built_in::TEXT.replace("Z.02.01,2024-01-01,,", &format!("Z.02.01,2024-01-01,{day},"));
        edition::read(&text).unwrap()
    };
    let (sooner, later) = (lasting("2026-12-31"), lasting("2027-06-30"));
    let said = |after| [format!("changed: Z.02.01 from 2024-01-01, last day: 2026-12-31 → {after}")];
    assert_eq!(told(&sooner, &later), said("2027-06-30"));
    assert_eq!(told(&sooner, built_in::groups()), said("none"));
}

#[test]
fn an_entry_is_kept_only_where_its_band_is_still_there() {
    let entered = |tier| Entered {
        id: EnteredFiguresId(Uuid::from_u128(1)),
        code: DeviceCode::parse("S.15.01").unwrap(),
        place: BandPlace { tier, ages: AgeRange { from: Some(18), below: None }, pregnant: None },
        holds_from: "2026-11-26".parse().unwrap(),
        figures: NewFigures::default(),
        source: Text::parse("Dz.U. 2025 poz. 1038").unwrap(),
        reason: None,
    };
    let told = |tier| {
        let changes = between(built_in::groups(), built_in::groups(), &[entered(tier)]);
        changes.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(told(1), ["kept as entered: S.15.01 from 2024-01-01, tier 1, from 18, from 2026-11-26"]);
    assert_eq!(told(9), ["entered and no longer there: S.15.01, tier 9, from 18, from 2026-11-26"]);
}
