//! Every rule by number: kept, broken, and at its edge.

use super::addition;
use super::content::{Content, rules};
use super::examination::{APPROVAL_REFUSAL_RULES, APPROVAL_RULES, Approval};
use super::model::{Authorisation, Outcome, Period};
use super::resolution::{ASSIGNMENT_RULES, AskedDraft, Assignment, DRAFT_RULES, Decision, RESOLUTION_RULES};
use super::supply::{
    AskedHandover, AskedRealisation, AskedReturn, HANDOVER_RETURN_RULES, HANDOVER_RULES, REALISATION_RULES,
    REVERSAL_RULES,
};
use super::*;
use crate::demand::ledger::{Realisation, RealisationKind};
use crate::demand::model::Handover;
use crate::outage::Holds;
use crate::problem::ProblemType;
use crate::rule::RuleEntry;
use crate::support::notifications::{
    TO_MINISTER, after, batch, consented, content, decision, draft_of, drafted, drawing, handed_over,
    new_addition, notifier, period, play, prepared, refusal, reversal, revoking, submit,
};
use crate::support::{
    DECIDER, PREPARER, broken, date, day, digest, handover, officer, organisation, packs, read,
    revocation_draft, signed, text,
};
use crate::values::{Quantity, QuantityUnit};
use rust_decimal::Decimal;
use serde_json::{Value, json};
use std::collections::BTreeSet;

mod limits;
mod signatory;

const TESTS: [&str; 7] = [
    include_str!("tests.rs"),
    include_str!("tests/limits.rs"),
    include_str!("tests/signatory.rs"),
    include_str!("attached/tests.rs"),
    include_str!("clarification/tests.rs"),
    include_str!("paper/tests.rs"),
    include_str!("pending/tests.rs"),
];

/// Where the content breaks the rule of that number on 1 December 2026.
fn of_content(number: &str, pointer: &str, value: Value) -> Vec<String> {
    let mut content = content();
    *content.pointer_mut(pointer).expect("a member") = value;
    let content: Content = read(content);
    let rule = rules::RULES.iter().find(|rule| rule.number == number).expect("a rule of that number");
    (rule.broken_at)(&content, date("2026-12-01"))
}

#[test]
fn a_complete_content_has_no_fault_and_a_bare_one_lacks_every_field() {
    assert_eq!(read::<Content>(content()).check(date("2026-12-01")), []);
    let bare = read::<Content>(json!({ "purpose": "HUMAN" })).check(date("2026-12-01"));
    assert_eq!(bare.len(), rules::MATRIX.len() + 1, "every field, and a batch");
}

#[test]
fn batches_are_named_in_date_different_and_add_up() {
    assert_eq!(of_content("TA-01", "/batches", json!([])), ["/batches"]);
    assert_eq!(of_content("TA-02", "/batches/1/expiresOn", json!("2026-11-30")), ["/batches/1/expiresOn"]);
    assert_eq!(
        of_content("TA-02", "/batches/1/expiresOn", json!("2026-12-01")),
        [""; 0],
        "the last day counts"
    );
    assert_eq!(of_content("TA-03", "/batches/1/number", json!("a123")), ["/batches/1/number"]);
    assert_eq!(of_content("TA-04", "/batches/0/quantity/unit", json!("VIAL")), ["/batches/0/quantity/unit"]);
    assert_eq!(of_content("TA-05", "/batches/0/quantity/amount", json!("6.0001")), ["/batches"]);
    assert_eq!(of_content("TA-05", "/batches/0/quantity/unit", json!("VIAL")), [""; 0], "another rule's");
}

#[test]
fn the_agriculture_minister_asks_for_veterinary_products_alone() {
    let place = ["/attachments/agricultureMinisterRequest"];
    assert_eq!(of_content("TA-06", "/purpose", json!("VETERINARY")), place);
    assert_eq!(of_content("TA-06", "/purpose", json!("HUMAN")), [""; 0]);
    let both = json!({
        "powerOfRepresentation": { "title": "Odpis", "dated": "2026-12-02", "sha256": "a".repeat(64) },
        "agricultureMinisterRequest": { "title": "Wniosek", "dated": "2026-12-01", "sha256": "b".repeat(64) }
    });
    assert_eq!(of_content("TA-07", "/attachments", both.clone()), place);
    assert_eq!(of_content("TA-08", "/attachments", both), ["/attachments/powerOfRepresentation/dated"]);
}

#[test]
fn notifier_and_representative_are_who_the_content_says() {
    let other = submission::Notifier { person: crate::support::named("Wiktoria", "Zmyślona"), ..notifier() };
    let place = ["/content/responsiblePerson/familyName"];
    assert_eq!(broken(submission::RULES, "TA-09", &drafted(), &other), place);
    assert_eq!(broken(submission::RULES, "TA-09", &drafted(), &notifier()), [""; 0]);
    let elsewhere = submission::Notifier { nip: crate::values::Nip::parse("1234563218").ok(), ..notifier() };
    assert_eq!(broken(submission::RULES, "TA-10", &drafted(), &elsewhere), ["/content/wholesaler/nip"]);
    let approval = |given: &str| Approval { signed: signed(given, "Przykładowy", day(1)) };
    let waiting = after(drafted(), &[Command::Submission]);
    assert_eq!(broken(APPROVAL_RULES, "TA-11", &waiting, &approval("Piotr")), ["/signature"]);
    assert_eq!(
        broken(APPROVAL_RULES, "TA-11", &waiting, &approval("JAN")),
        [""; 0],
        "registers write capitals"
    );
    assert_eq!(broken(APPROVAL_REFUSAL_RULES, "TA-12", &waiting, &refusal("Piotr")), [""]);
}

#[test]
fn what_was_sent_back_is_signed_as_another_version() {
    let waiting = after(drafted(), &[Command::Submission]);
    let again = after(waiting.clone(), &[Command::RepresentativeRefusal]);
    assert_eq!((again.content_version, again.state.name()), (2, StateName::Draft));
    let bytes = |it: &Authorisation| serde_json::to_value(payload::submission(it)).expect("a payload");
    assert_ne!(bytes(&waiting), bytes(&again));
    assert_eq!(
        submit(again, day(2)).map(|it| it.document.state.name()),
        Ok(StateName::AwaitingRepresentative)
    );
}

#[test]
fn a_case_has_one_preparer() {
    let held = after(drafted(), &TO_MINISTER);
    let by = |number, reason: Option<&str>| Assignment { officer: officer(number), reason: reason.map(text) };
    assert_eq!(broken(ASSIGNMENT_RULES, "TA-13", &held, &by(DECIDER, None)), [""]);
    assert_eq!(broken(ASSIGNMENT_RULES, "TA-13", &held, &by(DECIDER, Some("Urlop."))), [""; 0]);
    let mut foreign = draft_of(Outcome::Consented, day(1));
    foreign.draft.prepared_by = officer(DECIDER);
    assert_eq!(broken(DRAFT_RULES, "TA-14", &held, &foreign), [""]);
}

fn draft(change: impl FnOnce(&mut AskedDraft)) -> AskedDraft {
    let mut asked = draft_of(Outcome::Consented, day(1));
    change(&mut asked);
    asked
}

#[test]
fn a_consent_states_quantity_and_period_and_a_refusal_neither() {
    let held = after(drafted(), &TO_MINISTER);
    let tried = |number: &str, asked: AskedDraft| broken(DRAFT_RULES, number, &held, &asked);
    assert_eq!(tried("TA-15", draft(|it| it.draft.approved_quantity = None)), ["/approvedQuantity"]);
    assert_eq!(tried("TA-16", draft(|it| it.draft.outcome = Outcome::Refused)), ["/approvedQuantity"]);
    let vials = Quantity::parse("10", QuantityUnit::Vial).ok();
    assert_eq!(tried("TA-17", draft(|it| it.draft.approved_quantity = vials)), ["/approvedQuantity/unit"]);
    let more = draft(|it| it.draft.approved_quantity = Some(packs("10.0001")));
    assert_eq!(tried("TA-18", more), ["/approvedQuantity/amount"]);
    assert_eq!(tried("TA-18", draft(|_| ())), [""; 0], "exactly as much");
    assert_eq!(tried("TA-19", draft(|it| it.draft.period = None)), ["/validFrom"]);
    assert_eq!(tried("TA-20", draft(|it| it.draft.outcome = Outcome::Refused)), ["/validFrom"]);
    let day_of = |from: &str, until: &str| Some(Period { from: date(from), until: date(until) });
    let backwards = draft(|it| it.draft.period = day_of("2026-12-10", "2026-12-09"));
    assert_eq!(tried("TA-21", backwards), ["/validUntil"]);
    assert_eq!(tried("TA-21", draft(|it| it.draft.period = day_of("2026-12-02", "2026-12-02"))), [""; 0]);
    assert_eq!(
        tried("TA-21", draft(|it| it.draft.period = day_of("2026-11-01", "2026-12-01"))),
        ["/validUntil"]
    );
    assert_eq!(tried("TA-22", draft(|it| it.draft.outcome = Outcome::Refused)), ["/conditions"]);
    assert_eq!(tried("TA-23", draft(|it| it.draft.approved_quantity = Some(packs("9")))), ["/grounds"]);
    assert_eq!(tried("TA-23", draft(|it| it.draft.outcome = Outcome::Refused)), ["/grounds"]);
}

#[test]
fn another_officer_signs_what_was_seen_in_time() {
    let it = prepared();
    let tried = |number: &str, asked: Decision| broken(RESOLUTION_RULES, number, &it, &asked);
    assert_eq!(tried("TA-25", decision(PREPARER, day(1))), [""]);
    assert_eq!(tried("TA-26", Decision { seen: digest("c"), ..decision(DECIDER, day(1)) }), ["/draftSha256"]);
    let on = |today: &str| Decision { today: date(today), ..decision(DECIDER, day(1)) };
    assert_eq!(tried("TA-27", on("2027-02-28")), [""; 0]);
    assert_eq!(tried("TA-27", on("2027-03-01")), [""]);
}

#[test]
fn a_consent_is_taken_back_as_a_whole_by_two() {
    let it = after(consented(), &[Command::RevocationDraft]);
    assert_eq!(broken(revocation::RULES, "TA-30", &consented(), &revoking(DECIDER)), [""]);
    assert_eq!(broken(revocation::RULES, "TA-31", &it, &revoking(PREPARER)), [""]);
    let unseen = revocation::Decision { seen: digest("c"), ..revoking(DECIDER) };
    assert_eq!(broken(revocation::RULES, "TA-32", &it, &unseen), ["/draftSha256"]);
    let draft = revocation_draft(day(1));
    assert_eq!(broken(revocation::DRAFT_RULES, "TA-29", &added().1, &draft), [""]);
}

/// The consent with an addition that took effect, and that addition.
fn added() -> (Authorisation, Authorisation) {
    added_at(day(1))
}

/// A consent with an addition that took effect then.
fn added_at(now: chrono::DateTime<chrono::Utc>) -> (Authorisation, Authorisation) {
    let base = handed_over();
    let new = addition::open(&base, new_addition(), day(1)).expect("an addition").document;
    let held = after(new, &TO_MINISTER);
    let asked = draft(|it| {
        it.draft.approved_quantity = Some(packs("5"));
        it.draft.period = None;
        it.base = Some(Box::new(base.clone()));
    });
    let it = resolution::prepare(held, asked, day(1)).expect("a draft").document;
    let signed = Decision { base: Some(Box::new(base.clone())), ..decision(DECIDER, day(1)) };
    let it = resolution::resolve(it, signed, day(1)).expect("a consent").document;
    let base = addition::take_effect(base, &it, now).expect("more batches").document;
    (base, it)
}

#[test]
fn an_addition_adds_its_batches_for_the_period_of_the_consent() {
    let (base, addition) = added();
    let whole = base.state.consented().expect("a consent");
    assert_eq!(whole.quantity(), Some(packs("15")));
    assert!(whole.batches(&base.content).any(|it| *it == batch("B200")));
    assert_eq!(addition.state.consented().map(|it| it.terms.period), Some(period()));
    assert_eq!(broken(addition::OPENING_RULES, "TA-33", &addition, &new_addition()), [""]);
    let asked = |number: &str, new: &Authorisation, base: &Authorisation| {
        let rule = addition::SUBMISSION_RULES.iter().find(|it| it.number == number).expect("a rule");
        (rule.broken_at)(new, base)
    };
    let mut other = addition.clone();
    other.content.product.strength = Some(text("250 mg"));
    assert_eq!(asked("TA-34", &other, &base), ["/content/product"]);
    assert_eq!(asked("TA-34", &addition, &base), [""; 0]);
    assert_eq!(asked("TA-35", &addition, &base), ["/content/batches/0/number"]);
    assert_eq!(asked("TA-35", &addition, &handed_over()), [""; 0]);
    let ended = clocks::elapse(base.clone(), &Holds::none(), day(200)).document;
    assert_eq!(asked("TA-36", &addition, &ended), [""]);
    let held = after(addition::open(&base, new_addition(), day(1)).expect("another").document, &TO_MINISTER);
    assert_eq!(broken(DRAFT_RULES, "TA-24", &held, &draft(|_| ())), [""]);
    let mut waiting = prepared();
    waiting.adds_to = Some(base.id);
    assert_eq!(broken(RESOLUTION_RULES, "TA-28", &waiting, &decision(DECIDER, day(1))), [""]);
}

#[test]
fn pharmacies_pass_a_consent_on_in_its_period_each_once() {
    let asked = |passed_on: &str| AskedHandover {
        handover: Handover { passed_on: date(passed_on), ..handover(day(1)) },
    };
    let it = consented();
    assert_eq!(broken(HANDOVER_RULES, "TA-37", &it, &asked("2026-11-30")), [""]);
    assert_eq!(broken(HANDOVER_RULES, "TA-37", &it, &asked("2026-12-01")), [""; 0]);
    assert_eq!(broken(HANDOVER_RULES, "TA-37", &it, &asked("2027-02-28")), [""; 0]);
    assert_eq!(broken(HANDOVER_RULES, "TA-38", &handed_over(), &asked("2026-12-02")), [""]);
    assert_eq!(broken(HANDOVER_RULES, "TA-39", &added().1, &asked("2026-12-02")), [""]);
    let of = |number| AskedReturn { pharmacy: organisation(number) };
    assert_eq!(broken(HANDOVER_RETURN_RULES, "TA-40", &handed_over(), &of(21)), [""]);
    let entry = drawing(RealisationKind::Dispensed, 1, day(1));
    let drawn =
        supply::realise(handed_over(), entry.clone(), Decimal::ZERO, day(1)).expect("an entry").document.0;
    assert_eq!(broken(HANDOVER_RETURN_RULES, "TA-41", &drawn, &of(20)), [""]);
    let undone = supply::reverse(drawn, entry, reversal(day(1)), day(1)).expect("a reversal").document.0;
    assert_eq!(broken(HANDOVER_RETURN_RULES, "TA-41", &undone, &of(20)), [""; 0]);
}

fn asking(entry: Realisation) -> AskedRealisation {
    AskedRealisation { entry, drawn_of_batch: Decimal::ZERO, today: date("2026-12-02") }
}

#[test]
fn a_consent_is_drawn_within_what_it_says() {
    let it = handed_over();
    let tried = |number: &str, change: fn(&mut Realisation)| {
        let mut entry = drawing(RealisationKind::Imported, 1, day(1));
        change(&mut entry);
        broken(REALISATION_RULES, number, &it, &asking(entry))
    };
    let vial = |entry: &mut Realisation| {
        entry.pack_size = Quantity::parse("1", QuantityUnit::Vial).expect("a quantity");
    };
    assert_eq!(tried("TA-42", vial), ["/packSize/unit"]);
    assert_eq!(tried("TA-43", |entry| entry.packs = 11), ["/packs"]);
    assert_eq!(tried("TA-43", |entry| entry.packs = 10), [""; 0]);
    assert_eq!(tried("TA-44", |entry| entry.done_on = date("2026-12-03")), ["/doneOn"]);
    assert_eq!(
        tried("TA-44", |entry| entry.done_on = date("2026-12-01")),
        ["/doneOn"],
        "before the resolution"
    );
    assert_eq!(tried("TA-45", |entry| entry.expires_on = date("2026-12-01")), ["/expiresOn"]);
    assert_eq!(tried("TA-46", |entry| entry.packs = 0), ["/packs"]);
    assert_eq!(tried("TA-47", |entry| entry.pack_size = packs("2")), ["/packSize/amount"]);
    assert_eq!(
        tried("TA-48", |entry| entry.source_country = crate::values::CountryCode::POLAND),
        ["/sourceCountry"]
    );
    assert_eq!(tried("TA-49", |entry| entry.expires_on = date("2029-07-01")), ["/expiresOn"]);
    assert_eq!(tried("TA-49", |entry| entry.batch = batch("B200").number), ["/batch"]);
    assert_eq!(tried("TA-52", |entry| entry.closes = true), ["/final"]);
    let asked = |kind| asking(drawing(kind, 1, day(1)));
    assert_eq!(broken(REALISATION_RULES, "TA-50", &added().1, &asked(RealisationKind::Imported)), [""]);
    assert_eq!(broken(REALISATION_RULES, "TA-51", &consented(), &asked(RealisationKind::Dispensed)), [""]);
    assert_eq!(broken(REALISATION_RULES, "TA-51", &consented(), &asked(RealisationKind::Imported)), [""; 0]);
    let reversed =
        Realisation { reversal: Some(reversal(day(1))), ..drawing(RealisationKind::Imported, 1, day(1)) };
    assert_eq!(broken(REVERSAL_RULES, "TA-53", &it, &reversed), [""]);
}

#[test]
fn a_consent_lapses_at_the_midnight_after_its_last_day() {
    let it = consented();
    let end = clocks::running(&it.state).expect("a period");
    assert_eq!(end.due_at.to_rfc3339(), "2027-02-28T23:00:00+00:00");
    assert_eq!(end.reminder_at().to_rfc3339(), "2027-02-14T23:00:00+00:00");
    assert!(!clocks::is_due(&it.state, end.due_at - chrono::TimeDelta::seconds(1)));
    assert!(clocks::is_due(&it.state, end.due_at));
    let ended = clocks::elapse(it.clone(), &Holds::none(), day(200));
    assert_eq!(ended.events, [AuthorisationEvent::ConsentLapsed {}]);
    assert_eq!(ended.document.changed_at, end.due_at, "at the instant at which it did");
    let reminded = |state: &State, started_at| {
        clocks::remind(state, clocks::ClockKind::ConsentPeriod, started_at, &Holds::none(), end.reminder_at())
    };
    let due_at = end.due_at;
    assert_eq!(reminded(&it.state, end.started_at), Some(AuthorisationEvent::PeriodReminder { due_at }));
    assert_eq!(reminded(&it.state, day(50)), None, "of another beginning");
    assert_eq!(reminded(&ended.document.state, end.started_at), None);
}

#[test]
fn every_step_signs_its_own_type_and_the_number() {
    let it = prepared();
    let sha256 = digest("a");
    let draft = it.state.resolution_draft().expect("a draft");
    let payloads = [
        serde_json::to_value(payload::submission(&it)).expect("a payload"),
        serde_json::to_value(payload::representative_approval(&it, &sha256)).expect("a payload"),
        serde_json::to_value(payload::resolution(&it, &sha256, draft)).expect("a payload"),
    ];
    let types: BTreeSet<&str> = payloads.iter().filter_map(|payload| payload["type"].as_str()).collect();
    assert_eq!(types.len(), 3);
    assert!(payloads.iter().all(|payload| payload["number"] == it.number.as_str()));
    assert_eq!(payloads[2]["validUntil"], "2027-02-28");
    assert!(payloads[2].get("grounds").is_none());
}

#[test]
fn what_is_out_of_place_is_refused_whoever_asks() {
    for ended in play(Command::Submission, &consented(), day(1)) {
        assert_eq!(ended.map_err(|found| found[0].problem), Err(refusals::WRONG_STATE));
    }
}

#[test]
fn numbers_are_given_once_every_rule_is_tried_and_every_code_declared() {
    let entries = rulebook::entries();
    let numbers: BTreeSet<&str> = entries.iter().map(|entry| entry.number).collect();
    assert_eq!(numbers.len(), entries.len());
    let of_paper = paper::entries();
    let others = pending::RULES.iter().map(|rule| rule.number).chain(of_paper.iter().map(|it| it.number));
    for number in numbers.into_iter().chain(others) {
        let quoted = format!("\"{number}\"");
        assert!(TESTS.iter().any(|tests| tests.contains(&quoted)), "{number} is tried by no test");
    }
    let lists = [refusals::PROBLEMS, crate::demand::refusals::PROBLEMS].concat();
    let is_declared =
        |entry: &RuleEntry| lists.iter().any(|problem: &&ProblemType| problem.code == entry.code);
    let can_be_broken = entries.iter().filter(|entry| entry.code != "–");
    assert!(can_be_broken.chain(&rulebook::fields()).all(is_declared));
    for problem in refusals::PROBLEMS {
        for sentence in [problem.says.pl, problem.says.en, problem.fix.pl, problem.fix.en] {
            assert!(sentence.ends_with('.') && sentence.len() > 10, "{problem}: {sentence}");
        }
    }
}
