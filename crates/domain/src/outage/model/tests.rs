//! What an officer may do with an outage, and which terms it holds until when.

use super::*;
use crate::outage::Holds;
use crate::support::{codes, instant, recorded};

const NOON: &str = "2026-12-08T11:00:00Z";
const EVENING: &str = "2026-12-08T20:00:00Z";
/// The end of the same day in Warsaw, at which a term of that last day runs out.
const MIDNIGHT: &str = "2026-12-08T23:00:00Z";

fn of_that_day(grace: Grace) -> Outage {
    recorded(instant(NOON), Some(instant(EVENING)), &[], grace)
}

#[derive(Debug, PartialEq)]
enum Held {
    Not,
    Until(DateTime<Utc>),
    /// Nobody can say how long.
    ForNow,
}

/// How a term that ends then is held, as it is seen at that instant.
fn held(outages: &[Outage], due_at: &str, now: &str) -> Held {
    match Holds::of(outages, instant(now)).on(instant(due_at)) {
        None => Held::Not,
        Some(hold) => hold.until.map_or(Held::ForNow, Held::Until),
    }
}

#[test]
fn a_term_whose_last_day_the_outage_touched_ends_after_the_grace() {
    let outages = [of_that_day(Grace::Days(1))];
    let until = Held::Until(instant("2026-12-09T23:00:00Z"));
    assert_eq!(held(&outages, MIDNIGHT, EVENING), until);
    assert_eq!(held(&outages, "2026-12-07T23:00:00Z", EVENING), Held::Not, "it had ended before");
    assert_eq!(held(&outages, "2026-12-09T23:00:00Z", EVENING), Held::Not, "its last day was another one");
}

#[test]
fn without_a_grace_a_term_still_has_the_rest_of_the_day() {
    let long = recorded(instant("2026-12-06T11:00:00Z"), Some(instant(EVENING)), &[], Grace::Days(0));
    let until = Held::Until(instant(MIDNIGHT));
    assert_eq!(held(std::slice::from_ref(&long), "2026-12-06T23:00:00Z", EVENING), until);
    assert_eq!(held(&[long], MIDNIGHT, EVENING), Held::Not, "it ends when it should");
}

#[test]
fn while_it_lasts_nobody_knows_when_its_terms_end() {
    let lasting = [recorded(instant(NOON), None, &[], Grace::Days(1))];
    assert_eq!(held(&lasting, MIDNIGHT, NOON), Held::ForNow);
    assert_eq!(held(&lasting, "2026-12-20T23:00:00Z", NOON), Held::Not, "that day may well be free of it");
    assert_eq!(held(&lasting, "2026-12-20T23:00:00Z", "2026-12-21T10:00:00Z"), Held::ForNow);
}

#[test]
fn an_officer_ends_it_once_and_may_correct_an_end_that_is_ahead() {
    let lasting = recorded(instant(NOON), None, &[], Grace::Days(1));
    let ended =
        lasting.clone().end(instant(EVENING), instant(EVENING)).unwrap_or_else(|found| panic!("{found:?}"));
    assert_eq!(ended.until, Some(instant(EVENING)));
    assert_eq!(codes(ended.clone().end(instant(MIDNIGHT), instant(EVENING))), ["outage.ended"]);
    let before = instant(NOON) - chrono::TimeDelta::seconds(1);
    assert_eq!(ended.end(instant(MIDNIGHT), before).map(|it| it.until), Ok(Some(instant(MIDNIGHT))));
    assert_eq!(codes(lasting.end(instant(NOON), instant(EVENING))), ["outage.span"]);
}

#[test]
fn it_lies_within_a_year_of_its_entry() {
    let last_year = instant(NOON) - chrono::TimeDelta::days(367);
    let lasting = recorded(last_year, None, &[], Grace::Days(1));
    assert_eq!(codes(lasting.end(instant(EVENING), instant(EVENING))), ["outage.far"]);
    let new = |from, until| NewOutage {
        id: OutageId(uuid::Uuid::nil()),
        space: SpaceId::production(),
        from,
        until,
        reason: crate::support::text("Awaria."),
    };
    let next_year = Some(instant(NOON) + chrono::TimeDelta::days(367));
    let found =
        record(new(last_year, next_year), &[], Grace::Days(1), instant(NOON)).err().unwrap_or_default();
    let places: Vec<&str> = found.iter().map(|violation| violation.pointer.as_str()).collect();
    assert_eq!(places, ["/from", "/until"]);
}

#[test]
fn a_release_ends_the_hold_and_comes_after_the_outage() {
    let waiting = of_that_day(Grace::UntilReleased);
    assert_eq!(held(std::slice::from_ref(&waiting), MIDNIGHT, "2027-06-01T10:00:00Z"), Held::ForNow);
    assert_eq!(codes(waiting.clone().release(instant(NOON))), ["outage.lasts"]);
    let at = instant("2026-12-10T09:00:00Z");
    let released = waiting.release(at).unwrap_or_else(|found| panic!("{found:?}"));
    assert_eq!(held(std::slice::from_ref(&released), MIDNIGHT, EVENING), Held::Until(at));
    assert_eq!(codes(released.release(at)), ["outage.released"]);
    let over = of_that_day(Grace::Days(1));
    assert_eq!(codes(over.release(instant("2026-12-09T23:00:00Z"))), ["outage.released"]);
}

#[test]
fn an_outage_in_the_grace_of_another_holds_its_terms_too() {
    let first = of_that_day(Grace::Days(1));
    let second =
        recorded(instant("2026-12-09T12:00:00Z"), None, std::slice::from_ref(&first), Grace::Days(1));
    assert_eq!(second.holds_after, first.holds_after);
    let both = [first.clone(), second.clone()];
    assert_eq!(held(&both, MIDNIGHT, "2026-12-11T10:00:00Z"), Held::ForNow);
    let ended = second.end(instant("2026-12-11T10:00:00Z"), instant("2026-12-11T10:00:00Z"));
    let both = [first.clone(), ended.unwrap_or_else(|found| panic!("{found:?}"))];
    assert_eq!(held(&both, MIDNIGHT, "2026-12-11T10:00:00Z"), Held::Until(instant("2026-12-12T23:00:00Z")));
    let later = recorded(instant("2026-12-10T12:00:00Z"), None, &[first], Grace::Days(1));
    assert_eq!(later.holds_after, later.from, "the grace was over by then");
}

/// Planned for the next day at noon, and recorded before anything else.
fn planned() -> Outage {
    let (from, until) = (instant("2026-12-09T11:00:00Z"), instant("2026-12-09T20:00:00Z"));
    Outage { id: OutageId(uuid::Uuid::from_u128(7)), ..recorded(from, Some(until), &[], Grace::Days(1)) }
}

#[test]
fn one_that_was_recorded_first_and_begins_later_holds_the_terms_of_the_earlier_too() {
    let (planned, first) = (planned(), of_that_day(Grace::Days(1)));
    let moved = moved_by(&first, &[planned.clone(), first.clone()]);
    assert_eq!(moved, [Outage { holds_after: first.from, ..planned.clone() }]);
    let both = [moved, vec![first.clone()]].concat();
    assert_eq!(held(&both, MIDNIGHT, EVENING), Held::Until(instant("2026-12-10T23:00:00Z")));
    assert_eq!(moved_by(&first, &both), [], "that is known now");
    assert_eq!(moved_by(&planned, &both), [], "what is earlier holds what it held");
}

#[test]
fn an_end_that_comes_earlier_or_a_release_gives_the_terms_free_before_the_later_one() {
    let (planned, first) = (planned(), of_that_day(Grace::UntilReleased));
    let held_by_both = moved_by(&first, &[planned.clone(), first.clone()]);
    let released = first.release(instant(MIDNIGHT)).unwrap_or_else(|found| panic!("{found:?}"));
    let all = [held_by_both, vec![released.clone()]].concat();
    assert_eq!(moved_by(&released, &all), [planned], "it holds what ends in itself alone");
}

#[test]
fn three_in_a_row_hold_the_terms_of_the_first() {
    let day = chrono::TimeDelta::days(1);
    let (second, first) = (planned(), of_that_day(Grace::Days(1)));
    let third = Outage {
        id: OutageId(uuid::Uuid::from_u128(8)),
        ..recorded(
            second.from + day,
            second.until.map(|it| it + day),
            std::slice::from_ref(&second),
            Grace::Days(1),
        )
    };
    let moved = moved_by(&first, &[third, first.clone(), second]);
    assert_eq!(moved.iter().map(|it| it.holds_after).collect::<Vec<_>>(), [first.from, first.from]);
}
