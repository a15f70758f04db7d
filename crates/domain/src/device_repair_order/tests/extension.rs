//! By how much a repair lengthens the period of use (DO-48).

use super::{entries, grosze, held, realised};
use crate::device_group::{NextFrom, UsagePeriod};
use crate::device_order::model::Side;
use crate::device_order::verification::Supplied;
use crate::device_repair_order::extension::{Repaired, extend, months, of};
use crate::support::{date, read};
use crate::values::{DeviceCode, DeviceOrderNumber, Grosze, OrderPrefix};
use serde_json::json;

#[test]
fn a_repair_adds_full_months_rounded_down() {
    let rule = entries().into_iter().find(|entry| entry.number == "DO-48");
    assert!(rule.is_some());
    let of_60 = |used: i64| months(60, grosze(used), grosze(20_000));
    assert_eq!([0, 333, 334, 10_000, 19_999, 20_000, 30_000].map(of_60), [0, 0, 1, 30, 59, 60, 60]);
    assert_eq!(months(60, grosze(100), Grosze::default()), 0);
    let added = of(&realised(), Some(UsagePeriod::Months(60))).expect("a repair");
    assert_eq!((added.months, added.issued_on), (45, date("2026-12-01")), "three quarters of the limit");
    assert_eq!(of(&realised(), Some(UsagePeriod::AsNeeded)), None);
    assert_eq!(of(&held(), Some(UsagePeriod::Months(60))), None);
}

#[test]
fn the_next_device_is_borne_later_by_the_months_of_a_repair() {
    let code: DeviceCode = read(json!("S.12.01"));
    let order = |number: u8| DeviceOrderNumber::compose(OrderPrefix::Test, [number; 16]);
    let one = |issued: &str, next: NextFrom, side| Supplied {
        order: order(if issued.starts_with("2020") { 1 } else { 2 }),
        added: 0,
        code: code.clone(),
        side,
        issued_on: date(issued),
        next_from: next,
    };
    let day = |text: &str| NextFrom::Day(date(text));
    let repair = |side| Repaired {
        code: code.clone(),
        side,
        original: None,
        issued_on: date("2026-12-01"),
        months: 3,
    };
    let before = vec![one("2020-01-31", day("2025-01-31"), None), one("2025-01-31", day("2030-01-31"), None)];
    let next = |supplied: Vec<Supplied>, repairs: &[Repaired]| -> Vec<NextFrom> {
        extend(supplied, repairs).into_iter().map(|it| it.next(None)).collect()
    };
    let latest = next(before.clone(), &[repair(None)]);
    assert_eq!(latest, [day("2025-01-31"), day("2030-04-30")], "the latest one only");
    let named = Repaired { original: Some(order(1)), ..repair(None) };
    assert_eq!(
        next(before.clone(), &[named]),
        [day("2025-04-30"), day("2030-01-31")],
        "the one that it names"
    );
    let unknown = Repaired { original: Some(order(3)), ..repair(None) };
    assert_eq!(next(before, &[unknown]), [day("2025-01-31"), day("2030-01-31")], "none that is known here");
    let sides = vec![
        one("2025-01-31", day("2030-01-31"), Some(Side::Left)),
        one("2025-01-31", day("2030-01-31"), Some(Side::Right)),
    ];
    let twice = [repair(Some(Side::Right)), repair(Some(Side::Right))];
    assert_eq!(next(sides, &twice), [day("2030-01-31"), day("2030-07-31")].map(|it| it));
    let later = vec![one("2026-12-02", day("2031-12-02"), None), one("2026-01-01", NextFrom::Unknown, None)];
    assert_eq!(next(later, &[repair(None)]), [day("2031-12-02"), NextFrom::Unknown]);
}
