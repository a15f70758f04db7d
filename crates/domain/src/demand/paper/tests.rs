//! Paper: what it is judged by, and what it leads to.

mod corrections;
mod grounds;

use super::rules::{Judged, RULES};
use super::*;
use crate::calendar::start_of_day_warsaw;
use crate::demand::content::Content;
use crate::demand::lifecycle::{BEGINNINGS, State};
use crate::demand::model::{Attested, Demand, DemandKind, Outcome, Verdict};
use crate::demand::{DemandEvent, StateName, clocks, payload};
use crate::ids::DemandId;
use crate::paper::formerly::{self, EnteredAs, Formerly};
use crate::paper::scan_faults;
use crate::support::papers::{asked_of, correction, entry_of, facts, long_ago};
use crate::support::stages::Stage;
use crate::support::{
    CONSULTANT, DECIDER, PHYSICIAN, PREPARER, THIRD, broken, changed, codes, consultant, date, day, digest,
    draft, in_facility, listed, named, npwz, of_food, officer, organisation, outside, read,
};
use serde_json::json;

fn broken_by(number: &str, content: &Content, asked: &Asked, facts: &Facts) -> Vec<String> {
    let rule = RULES.iter().find(|rule| rule.number == number).expect("a rule of that number");
    (rule.broken_at)(&Judged { content, asked, facts, corrected: None })
}

/// The pointers at which the rule is broken by a paper of that use, once something of it is changed.
fn tried(number: &str, is_in_facility: bool, change: impl FnOnce(&mut Asked, &mut Facts)) -> Vec<String> {
    let content = if is_in_facility { in_facility() } else { outside() };
    let (mut asked, mut facts) = (asked_of(&content), facts(day(0)));
    change(&mut asked, &mut facts);
    broken_by(number, &content, &asked, &facts)
}

#[test]
fn what_was_in_time_on_paper_is_entered_whenever() {
    for content in [in_facility(), outside(), listed(), of_food(in_facility()), of_food(outside())] {
        for days in [0, 400] {
            assert_eq!(faults(&content, &asked_of(&content), &facts(day(days))), [], "PE-19 after {days}");
        }
    }
}

#[test]
fn an_entered_demand_is_with_the_minister_and_with_whoever_entered_it() {
    assert!(BEGINNINGS.contains(&("paper-entries", StateName::WithMinister)));
    let stage = Stage::on_paper(true);
    let State::WithMinister(held) = &stage.demand.state else { panic!("{:?}", stage.demand.state.name()) };
    assert_eq!(held.assigned.as_ref().map(|officer| officer.person), Some(officer(PREPARER).person));
    assert_eq!(held.since, start_of_day_warsaw(date("2026-11-04")));
    assert_eq!(stage.demand.first_issued_on, Some(date("2026-09-02")));
    let examined = &held.examined;
    assert_eq!(examined.issue.issued_on, date("2026-09-02"));
    assert_eq!(examined.issue.signed.payload_sha256(), &digest("f"));
    let approval = examined.approval.as_ref().expect("a representative's signature");
    assert_eq!(
        (approval.named(), approval.at()),
        (named("Jan", "Przykładowy"), start_of_day_warsaw(date("2026-09-05")))
    );
    assert_eq!(examined.opinion.given_at, start_of_day_warsaw(date("2026-09-27")));
    assert!(matches!(examined.opinion.signed, Attested::OnPaper(_)));
    assert!(Stage::on_paper(false).demand.state.approval().is_none());
}

#[test]
fn entering_late_lets_nothing_run_out() {
    let stage = Stage::on_paper(false);
    assert_eq!(clocks::running(&stage.demand), []);
    assert_eq!(stage.on(500).demand.state.name(), StateName::WithMinister, "PE-19");
}

#[test]
fn from_there_on_it_is_a_demand_like_any_other() {
    let approved = Stage::on_paper(true).resolved(Outcome::Approved);
    let clocks = clocks::running(&approved.demand);
    assert_eq!(clocks.iter().map(|clock| clock.started_at).collect::<Vec<_>>(), [approved.now]);
    assert_eq!(approved.clone().on(60).handed_over().demand.state.name(), StateName::WithWholesaler);
    assert_eq!(approved.on(61).demand.state.name(), StateName::Expired);
}

#[test]
fn the_event_tells_those_who_would_hear_of_an_opinion() {
    let content = outside();
    let entry = entry_of(&content, day(0));
    let decided = enter(draft(content), entry, day(0)).expect("a legal entry");
    assert_eq!(decided.events, [DemandEvent::DemandEnteredFromPaper {}]);
    assert!(decided.events.iter().all(|event| !event.is_internal_to_ministry()));
}

#[test]
fn a_stored_signature_is_read_as_what_it_is() {
    for stage in [Stage::on_paper(true), Stage::with_minister(true)] {
        let kept = serde_json::to_value(&stage.demand.state).expect("a state");
        assert_eq!(read::<State>(kept), stage.demand.state);
    }
}

#[test]
fn dates_follow_each_other_and_are_past() {
    assert!(tried("PE-04", true, |_, _| ()).is_empty());
    let same_day = tried("PE-04", true, |asked, _| {
        let day = date("2026-09-02");
        asked.dates = Dates {
            issued_on: day,
            representative_received_on: Some(day),
            representative_signed_on: Some(day),
            consultant_received_on: day,
            opinion_given_on: day,
            sent_on: day,
            received_on: day,
        };
    });
    assert!(same_day.is_empty());
    let before_the_issue = tried("PE-04", true, |asked, _| {
        asked.dates.representative_signed_on = Some(date("2026-09-01"));
        asked.dates.opinion_given_on = date("2026-09-19");
    });
    assert_eq!(before_the_issue, ["/representativeSignedOn", "/opinion/givenOn"]);
    let received = |day: &str| {
        let day = date(day);
        tried("PE-04", true, |asked, _| asked.dates.representative_received_on = Some(day))
    };
    assert_eq!(received("2026-09-01"), ["/representativeReceivedOn"], "before the issue");
    assert_eq!(received("2026-09-06"), ["/representativeSignedOn"], "before it was there");
    assert!(received("2026-09-05").is_empty());
    let ahead = tried("PE-04", false, |asked, facts| {
        asked.dates.received_on = facts.today.succ_opt().unwrap_or_default();
    });
    assert_eq!(ahead, ["/receivedOn"]);
}

#[test]
fn the_representative_has_three_days_from_receipt() {
    let signed = |day: &str| {
        let day = date(day);
        tried("PE-05", true, |asked, _| asked.dates.representative_signed_on = Some(day))
    };
    assert!(signed("2026-09-05").is_empty());
    assert_eq!(signed("2026-09-06"), ["/representativeSignedOn"]);
    assert!(tried("PE-05", false, |_, _| ()).is_empty());
    let received_on_the_fourth = |signed: &str| {
        let (received, signed) = (date("2026-09-04"), date(signed));
        tried("PE-05", true, |asked, _| {
            asked.dates.representative_received_on = Some(received);
            asked.dates.representative_signed_on = Some(signed);
        })
    };
    assert!(received_on_the_fourth("2026-09-07").is_empty());
    assert_eq!(received_on_the_fourth("2026-09-08"), ["/representativeSignedOn"]);
}

#[test]
fn the_consultant_has_seven_days_from_receipt() {
    let given = |day: &str| {
        let day = date(day);
        tried("PE-06", false, |asked, _| asked.dates.opinion_given_on = day)
    };
    assert!(given("2026-09-27").is_empty());
    assert_eq!(given("2026-09-28"), ["/opinion/givenOn"]);
}

#[test]
fn the_minister_is_reached_within_sixty_days_of_the_issue() {
    let sent = |day: &str| {
        let day = date(day);
        tried("PE-07", false, |asked, _| asked.dates.sent_on = day)
    };
    assert!(sent("2026-11-01").is_empty());
    assert_eq!(sent("2026-11-02"), ["/sentOn"]);
}

#[test]
fn a_representative_signs_in_a_facility_and_nowhere_else() {
    let missing = tried("PE-08", true, |asked, _| asked.dates.representative_signed_on = None);
    assert_eq!(missing, ["/representativeSignedOn"]);
    let superfluous =
        tried("PE-08", false, |asked, _| asked.dates.representative_signed_on = Some(date("2026-09-03")));
    assert_eq!(superfluous, ["/representativeSignedOn"]);
    let received =
        tried("PE-08", false, |asked, _| asked.dates.representative_received_on = Some(date("2026-09-03")));
    assert_eq!(received, ["/representativeReceivedOn"]);
    assert!(tried("PE-08", true, |_, _| ()).is_empty() && tried("PE-08", false, |_, _| ()).is_empty());
}

#[test]
fn only_what_was_confirmed_reaches_the_minister() {
    for verdict in Verdict::ALL {
        let at = tried("PE-09", false, |asked, _| asked.verdict = verdict);
        assert_eq!(at.is_empty(), verdict == Verdict::Confirmed, "{verdict:?}");
    }
}

#[test]
fn physician_and_entity_are_on_record_as_the_paper_names_them() {
    assert!(tried("PE-10", true, |_, _| ()).is_empty() && tried("PE-11", true, |_, _| ()).is_empty());
    assert_eq!(tried("PE-10", true, |_, facts| facts.physician = None), ["/content/physician/npwz"]);
    let other_name = tried("PE-10", true, |_, facts| {
        facts.physician.iter_mut().for_each(|known| known.name = named("Ewa", "Testowa"));
    });
    assert_eq!(other_name, ["/content/physician/givenNames"]);
    assert_eq!(tried("PE-11", true, |_, facts| facts.entity = None), ["/content/entity/rpwdlNumber"]);
    let other_nip = tried("PE-11", true, |_, facts| {
        let other = crate::values::Nip::parse("1230000004").ok();
        facts.entity.iter_mut().for_each(|known| known.on_record.nip.clone_from(&other));
    });
    assert_eq!(other_nip, ["/content/entity/nip"]);
    let mut nameless = outside();
    nameless.physician.npwz = None;
    nameless.entity.rpwdl_number = None;
    let facts = Facts { physician: None, entity: None, ..facts(day(0)) };
    let asked = asked_of(&nameless);
    for number in ["PE-10", "PE-11"] {
        assert!(broken_by(number, &nameless, &asked, &facts).is_empty(), "left to the matrix");
    }
    let found = codes(Err::<(), _>(faults(&nameless, &asked, &facts)));
    assert_eq!(found, ["demand.field_required"; 2]);
}

#[test]
fn a_consultant_on_record_who_is_not_the_physician_gave_the_opinion() {
    assert!(tried("PE-12", true, |_, _| ()).is_empty() && tried("PE-13", true, |_, _| ()).is_empty());
    assert_eq!(tried("PE-12", true, |asked, _| asked.consultant = None), ["/consultantId"]);
    assert_eq!(
        tried("PE-13", true, |asked, _| asked.consultant = Some(consultant(PHYSICIAN))),
        ["/consultantId"]
    );
}

#[test]
fn a_paper_is_entered_once() {
    assert!(tried("PE-14", true, |_, _| ()).is_empty());
    assert_eq!(tried("PE-14", true, |_, facts| facts.is_known = true), [""]);
    assert!(tried("PE-38", true, |_, _| ()).is_empty());
    assert_eq!(tried("PE-38", true, |_, facts| facts.is_other_document = true), ["/scan/sha256"]);
}

#[test]
fn a_paper_that_was_withdrawn_warns_and_is_entered_with_what_it_was() {
    let rule = formerly::RULES.iter().find(|rule| rule.number == "PE-40").expect("the rule");
    let document = EnteredAs::Demand { kind: DemandKind::Food, id: DemandId(uuid::Uuid::from_u128(7)) };
    let before = Formerly { document, withdrawn_on: date("2026-11-30") };
    assert_eq!((rule.broken_at)(Some(&before)), ["/scan/sha256"]);
    assert!((rule.broken_at)(None).is_empty());
    let now = day(1);
    let entered = |formerly| {
        let entry = Entry { facts: Facts { formerly, ..facts(now) }, ..entry_of(&outside(), now) };
        enter(draft(outside()), entry, now).map_or_else(|found| panic!("{found:?}"), |it| it.document)
    };
    let of = |demand: &Demand| demand.paper.as_ref().and_then(|paper| paper.formerly);
    assert_eq!(of(&entered(None)), None);
    let kept = entered(Some(before));
    assert_eq!(of(&kept), Some(before), "it warns, and refuses nothing");
    let text = serde_json::to_string(&kept.paper).expect("text");
    assert_eq!(serde_json::from_str::<Option<Paper>>(&text).expect("paper"), kept.paper);
    let corrected = correct(kept, correction(outside(), now), now).expect("a legal correction");
    assert_eq!(of(&corrected.document), Some(before), "a correction forgets nothing");
}

#[test]
fn what_makes_the_same_paper_is_physician_patients_product_and_day() {
    let text_of = |content: &Content, day: &str| identity::index_text(content, date(day)).into_inner();
    let same = text_of(&listed(), "2026-09-02");
    let mut reordered = listed();
    if let Some(crate::demand::content::Patients::List { patients }) = &mut reordered.patients {
        patients.reverse();
    }
    assert_eq!(text_of(&reordered, "2026-09-02"), same);
    assert_eq!(text_of(&changed(&listed()), "2026-09-02"), same, "a justification may be typed otherwise");
    let mut by_another = listed();
    by_another.physician.npwz = Some(npwz(THIRD));
    let mut ad_hoc = listed();
    ad_hoc.patients = Some(read(json!({ "kind": "AD_HOC", "justification": "Zapas." })));
    for (other, day) in [
        (listed(), "2026-09-03"),
        (in_facility(), "2026-09-02"),
        (of_food(listed()), "2026-09-02"),
        (by_another, "2026-09-02"),
        (ad_hoc, "2026-09-02"),
    ] {
        assert_ne!(text_of(&other, day), same);
    }
}

#[test]
fn needs_of_nobody_known_yet_are_told_apart_by_entity_ward_and_quantity() {
    let text_of = |change: &dyn Fn(&mut Content)| {
        let mut content = in_facility();
        content.patients = Some(read(json!({ "kind": "AD_HOC", "justification": "Zapas." })));
        change(&mut content);
        identity::index_text(&content, date("2026-09-02")).into_inner()
    };
    let first = text_of(&|_| ());
    let changes: [&dyn Fn(&mut Content); 4] = [
        &|content| content.entity.rpwdl_number = Some(read(json!("000000000999"))),
        &|content| content.entity.unit_code = Some(read(json!("000000001688-999"))),
        &|content| content.quantity = Some(read(json!({ "amount": "77", "unit": "PACK" }))),
        &|content| content.use_ = crate::demand::content::Use::OutsideFacility,
    ];
    for (number, change) in changes.into_iter().enumerate() {
        assert_ne!(text_of(change), first, "change {number}");
    }
}

#[test]
fn twins_whom_only_their_guardian_s_number_names_are_two_patients() {
    let text_of = |given: Option<&str>, born: &str| {
        let mut content = in_facility();
        let guardian = json!({ "identifier": { "kind": "PESEL", "number": "85051512384" } });
        content.patients = Some(read(json!({ "kind": "NAMED", "patient": {
            "givenNames": given, "familyName": "Testowa", "birthDate": born, "guardian": guardian,
        } })));
        identity::index_text(&content, date("2026-09-02")).into_inner()
    };
    let first = text_of(Some("Maja"), "2026-08-30");
    assert_eq!(text_of(Some("MAJA"), "2026-08-30"), first, "capitals tell nobody apart");
    for (given, born) in [(Some("Lena"), "2026-08-30"), (Some("Maja"), "2026-08-31"), (None, "2026-08-30")] {
        assert_ne!(text_of(given, born), first, "{given:?} {born}");
    }
}

#[test]
fn every_broken_rule_is_named_at_once() {
    let content = outside();
    let mut asked = asked_of(&content);
    asked.dates.opinion_given_on = date("2026-09-30");
    asked.dates.sent_on = date("2026-11-03");
    asked.verdict = Verdict::Refused;
    let entry = Entry { asked, ..entry_of(&content, day(0)) };
    assert_eq!(
        codes(enter(draft(content), entry, day(0))),
        ["paper_entry.opinion_late", "paper_entry.sent_late", "paper_entry.opinion_not_confirmed"]
    );
}

#[test]
fn the_content_is_judged_as_of_the_day_of_its_issue() {
    let mut content = outside();
    let patients = |born: &str| {
        read(json!({ "kind": "NAMED", "patient": {
            "givenNames": "Maria", "familyName": "Zmyślona", "birthDate": born,
            "identifier": { "kind": "FOREIGN_PASSPORT", "country": "UA", "number": "FE123456" },
            "address": { "streetLine": "ul. Zmyślona 1", "postalCode": "00-001", "city": "Warszawa", "country": "PL" }
        } }))
    };
    let judged = |content: &Content| codes(Err::<(), _>(faults(content, &asked_of(content), &facts(day(0)))));
    content.patients = Some(patients("2008-09-02"));
    assert_eq!(judged(&content), [""; 0], "of age on that day");
    content.patients = Some(patients("2008-09-03"));
    assert_eq!(judged(&content), ["demand.guardian_required"], "a minor then, though not when it is entered");
}

#[test]
fn a_digest_is_64_small_hexadecimal_digits() {
    let good = "0123456789abcdef".repeat(4);
    assert_eq!(Scan::digest(&good).map(|digest| digest.0), Ok(good.clone()));
    for bad in [String::new(), "a".repeat(63), "a".repeat(65), good.to_uppercase(), "g".repeat(64)] {
        assert_eq!(Scan::digest(&bad), Err(refusals::SCAN_DIGEST), "{bad}");
    }
}

#[test]
fn nothing_is_resolved_without_the_scan() {
    let paper = Stage::on_paper(true).demand;
    let missing = scan_faults(paper.paper.is_some(), false);
    assert_eq!(codes(Err::<(), _>(missing)), ["paper_entry.scan_missing"], "PE-15");
    assert_eq!(scan_faults(paper.paper.is_some(), true), []);
    assert_eq!(scan_faults(Stage::with_minister(true).demand.paper.is_some(), false), []);
    assert!(rules::entries().iter().any(|entry| entry.number == "PE-15"));
    assert!(rules::entries().iter().any(|entry| entry.number == "PE-19"));
}

#[test]
fn grounds_are_stored_as_they_always_were() {
    let outage = Grounds::Hindered(Hindrance::Outage { outage: long_ago().id });
    let stored = json!({ "kind": "OUTAGE", "outage": long_ago().id });
    assert_eq!(serde_json::to_value(&outage).ok(), Some(stored.clone()));
    assert_eq!(serde_json::from_value::<Grounds>(stored).ok(), Some(outage));
    let prison = json!({ "kind": "PRISON_ENTITY" });
    assert_eq!(serde_json::to_value(Grounds::PrisonEntity).ok(), Some(prison.clone()));
    assert_eq!(serde_json::from_value::<Grounds>(prison).ok(), Some(Grounds::PrisonEntity));
}
