//! On which ground a demand may come on paper.

use super::tried;
use crate::demand::paper::{Grounds, Hindrance};
use crate::support::papers::long_ago;
use crate::support::{date, recorded, text};

#[test]
fn an_outage_covers_the_day_of_issue() {
    let issued = |day: &str| {
        let day = date(day);
        tried("PE-01", false, |asked, _| asked.dates.issued_on = day)
    };
    assert_eq!(issued("2026-09-01"), ["/grounds/outageId"]);
    assert!(issued("2026-09-02").is_empty() && issued("2026-09-03").is_empty());
    assert_eq!(issued("2026-09-04"), ["/grounds/outageId"]);
    assert_eq!(tried("PE-01", false, |_, facts| facts.outage = None), ["/grounds/outageId"]);
    let lasting = recorded(long_ago().from, None, &[], crate::outage::Grace::UntilReleased);
    let still = tried("PE-01", false, |asked, facts| {
        asked.dates.issued_on = date("2026-10-20");
        facts.outage = Some(lasting);
    });
    assert!(still.is_empty(), "nobody knows its end");
    assert!(
        tried("PE-01", false, |asked, facts| {
            asked.grounds = Grounds::PrisonEntity;
            facts.outage = None;
        })
        .is_empty()
    );
}

#[test]
fn force_majeure_covers_the_day_of_issue() {
    let flood = |from: &str, until: &str| {
        let (from, until) = (date(from), date(until));
        tried("PE-02", false, |asked, _| {
            asked.grounds =
                Grounds::Hindered(Hindrance::ForceMajeure { description: text("Powódź."), from, until });
        })
    };
    assert!(flood("2026-09-02", "2026-09-02").is_empty());
    assert_eq!(flood("2026-09-03", "2026-09-05"), ["/grounds/from"]);
    assert_eq!(flood("2026-08-01", "2026-09-01"), ["/grounds/from"]);
    assert_eq!(flood("2026-09-05", "2026-09-01"), ["/grounds/from"]);
}

#[test]
fn entities_of_prisons_need_no_outage() {
    let of = |is_prison: bool| {
        tried("PE-03", true, |asked, facts| {
            asked.grounds = Grounds::PrisonEntity;
            facts.outage = None;
            facts.entity.iter_mut().for_each(|entity| entity.is_prison = is_prison);
        })
    };
    assert!(of(true).is_empty());
    assert_eq!(of(false), ["/grounds/kind"]);
    assert!(tried("PE-03", true, |_, _| ()).is_empty());
}
