//! What of an entry is corrected, and by whom.

use super::*;
use crate::demand::paper::entry::{AskedCorrection, CORRECTION_RULES};

#[test]
fn a_correction_is_a_new_version_by_the_same_rules() {
    let stage = Stage::on_paper(false);
    let content = changed(&stage.demand.content);
    let mut asked = correction(content.clone(), day(1));
    asked.entry.asked.dates.issued_on = date("2026-09-03");
    let corrected = correct(stage.demand.clone(), asked, day(1)).expect("a legal correction");
    assert_eq!(corrected.events, [DemandEvent::PaperEntryCorrected {}]);
    let demand = corrected.document;
    assert_eq!((demand.content_version, &demand.content), (2, &content));
    assert_eq!(demand.first_issued_on, Some(date("2026-09-03")));
    assert_eq!(demand.state.issue().map(|issue| issue.content_version), Some(2));
    let paper = demand.paper.expect("paper");
    assert_eq!((paper.entered_at, paper.corrections.len()), (day(0), 1));
    assert_eq!(paper.corrections[0].content_version, 2);
    let late = AskedCorrection {
        entry: Entry { facts: Facts { is_known: true, ..facts(day(1)) }, ..entry_of(&content, day(1)) },
        ..correction(content, day(1))
    };
    assert_eq!(codes(correct(stage.demand, late, day(1))), ["paper_entry.duplicate"]);
}

fn corrected_by(number: u128) -> AskedCorrection {
    let mut asked = correction(outside(), day(1));
    asked.entry.by = officer(number);
    asked
}

#[test]
fn only_paper_is_corrected_and_only_by_whoever_has_the_case() {
    let paper = Stage::on_paper(false).demand;
    let electronic = Stage::with_minister(false).assigned().demand;
    let asked = corrected_by(PREPARER);
    assert!(broken(CORRECTION_RULES, "PE-16", &paper, &asked).is_empty());
    assert_eq!(broken(CORRECTION_RULES, "PE-16", &electronic, &asked), [""]);
    assert!(broken(CORRECTION_RULES, "PE-17", &paper, &asked).is_empty());
    assert_eq!(broken(CORRECTION_RULES, "PE-17", &paper, &corrected_by(DECIDER)), [""]);
    let mut moved = corrected_by(PREPARER);
    moved.entry.facts.entity.iter_mut().for_each(|entity| entity.id = organisation(2));
    assert!(broken(CORRECTION_RULES, "PE-18", &paper, &asked).is_empty());
    assert_eq!(broken(CORRECTION_RULES, "PE-18", &paper, &moved), ["/content/entity/rpwdlNumber"]);
    assert_eq!(codes(correct(electronic, asked, day(1))), ["paper_entry.not_on_paper"]);
}

#[test]
fn a_correction_leaves_the_demand_with_the_physician_who_took_it_over() {
    let version = |demand: &Demand, npwz_of_content: &str| {
        let mut content = demand.content.clone();
        content.physician.npwz = Some(npwz(npwz_of_content));
        next_version(demand, content).physician
    };
    let paper = Stage::on_paper(false);
    assert_eq!(version(&paper.demand, CONSULTANT), npwz(CONSULTANT));
    let taken = paper.then(|demand, now| {
        crate::demand::takeover::take_over(demand, crate::support::takeover_by(THIRD), now)
    });
    assert_eq!(version(&taken.demand, PHYSICIAN), npwz(THIRD));
    let bytes =
        serde_json::to_value(payload::demand(&next_version(&taken.demand, outside()))).expect("bytes");
    assert_eq!(bytes["contentVersion"], 2);
}

#[test]
fn no_correction_makes_whoever_held_the_demand_its_consultant() {
    let by = |stage: &Stage, consultant_npwz: &str| {
        let mut asked = correction(stage.demand.content.clone(), stage.now);
        asked.entry.asked.consultant = Some(consultant(consultant_npwz));
        codes(correct(stage.demand.clone(), asked, stage.now))
    };
    let paper = Stage::on_paper(false);
    assert_eq!(by(&paper, THIRD), [""; 0]);
    let taken = paper.then(|demand, now| {
        crate::demand::takeover::take_over(demand, crate::support::takeover_by(THIRD), now)
    });
    assert_eq!(by(&taken, THIRD), ["demand.consultant_is_physician"], "who holds it");
    assert_eq!(by(&taken, PHYSICIAN), ["demand.consultant_is_physician"], "who issued it");
    assert_eq!(by(&taken, CONSULTANT), [""; 0]);
}
