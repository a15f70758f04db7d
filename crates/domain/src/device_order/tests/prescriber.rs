//! The prescriber of an order and the one whom the directory has under the licence.

use super::december;
use crate::calendar::warsaw_date;
use crate::demand::model::Named;
use crate::device_order::issue::{self, PrescriberOnRecord, Submission};
use crate::device_order::refusals::{
    ISSUER_NOT_LISTED, PRESCRIBER_NAME, SPECIALTY_DIFFERS, SPECIALTY_UNCONFIRMED,
};
use crate::device_order::verification::{Finding, Verdict, look};
use crate::support::device_orders::{Known, absorbents, draft, facts, groups, submission, with};
use crate::support::{date, read, text};
use crate::values::{PersonName, Text};
use serde_json::{Value, json};

fn on_record(given: &str, family: &str, specialties: Option<&[&str]>) -> PrescriberOnRecord {
    let name = |name| PersonName::parse(name).expect("a name");
    PrescriberOnRecord {
        name: Named { given_names: name(given), family_name: name(family) },
        specialties: specialties.map(|known| known.iter().map(|it| text(it)).collect()),
    }
}

/// What a submission, a correction's like, is refused for where the directory has that.
fn refused(content: Value, prescriber: Option<PrescriberOnRecord>) -> Vec<(&'static str, String)> {
    let now = december();
    let (order, all) = (draft(content, now), groups(warsaw_date(now)));
    let dry = issue::dry_run_faults(&order, prescriber.as_ref(), &all, warsaw_date(now));
    let submitted = issue::submit(order, Submission { prescriber, ..submission(now) }, &all, now);
    let found = submitted.err().unwrap_or_default();
    let told = |found: Vec<crate::problem::Violation>| {
        found.into_iter().map(|it| (it.problem.code, it.pointer)).collect::<Vec<_>>()
    };
    assert_eq!(told(dry), told(found.clone()), "the dry run says the same");
    told(found)
}

#[test]
fn do_86_the_names_are_those_of_the_directory() {
    let rule = issue::RULES.iter().find(|rule| rule.number == "DO-86").expect("a rule");
    assert_eq!(rule.problem, PRESCRIBER_NAME);
    assert_eq!(refused(absorbents(), Some(on_record("ANNA", "przykładowa", None))), [], "capitals apart");
    assert_eq!(refused(absorbents(), None), [], "whom the directory does not know is compared with nobody");
    let family = (PRESCRIBER_NAME.code, "/content/prescriber/familyName".to_owned());
    let found = refused(absorbents(), Some(on_record("Anna", "Testowa", None)));
    assert_eq!(found.as_slice(), std::slice::from_ref(&family));
    let given = (PRESCRIBER_NAME.code, "/content/prescriber/givenNames".to_owned());
    assert_eq!(refused(absorbents(), Some(on_record("Joanna", "Testowa", None))), [given, family]);
}

#[test]
fn do_87_a_stated_specialty_is_among_those_of_the_directory() {
    let rule = issue::RULES.iter().find(|rule| rule.number == "DO-87").expect("a rule");
    assert_eq!(rule.problem, SPECIALTY_DIFFERS);
    let known = |specialties: Option<&[&str]>| Some(on_record("Anna", "Przykładowa", specialties));
    assert_eq!(refused(absorbents(), known(Some(&["Medycyna rodzinna"]))), [], "in other words the same");
    assert_eq!(refused(absorbents(), known(None)), [], "what is not known contradicts nothing");
    let both = with(absorbents(), "/prescriber/specialties", json!(["rodzinny", "urolog"]));
    let second = (SPECIALTY_DIFFERS.code, "/content/prescriber/specialties/1".to_owned());
    assert_eq!(refused(both, known(Some(&["medycyna rodzinna"]))), [second]);
    let first = (SPECIALTY_DIFFERS.code, "/content/prescriber/specialties/0".to_owned());
    assert_eq!(refused(absorbents(), known(Some(&[]))), [first], "none is known to be none");
}

fn looked_at(content: Value, specialties: Option<&[&str]>) -> Verdict {
    let specialties: Option<Vec<Text<120>>> =
        specialties.map(|known| known.iter().map(|it| text(it)).collect());
    let (day, known) = (date("2026-12-01"), Known { specialties, ..Known::default() });
    let all = groups(day);
    look(&read(content), &facts(day, &all, &known))
}

#[test]
fn the_directory_s_specialties_count_before_the_stated_ones() {
    let silent = with(absorbents(), "/prescriber/specialties", json!([]));
    assert!(matches!(looked_at(silent.clone(), Some(&["medycyna rodzinna"])), Verdict::Positive { .. }));
    let Verdict::Negative { findings, .. } = looked_at(absorbents(), Some(&["chirurgia naczyniowa"])) else {
        panic!("the stated one counted")
    };
    assert_eq!(findings, [Finding::of(ISSUER_NOT_LISTED, "/content/prescriber")]);
    assert!(matches!(looked_at(silent, None), Verdict::Negative { .. }));
}

#[test]
fn a_specialty_that_only_the_order_states_is_told_where_one_is_needed() {
    let warnings = |content: Value, specialties| match looked_at(content, specialties) {
        Verdict::Positive { warnings, .. } | Verdict::Negative { warnings, .. } => warnings,
    };
    let told = [Finding::of(SPECIALTY_UNCONFIRMED, "/content/prescriber/specialties")];
    assert_eq!(warnings(absorbents(), None), told);
    assert_eq!(warnings(absorbents(), Some(&["medycyna rodzinna"])), []);
    let nurse = with(absorbents(), "/prescriber/profession", json!("NURSE"));
    assert_eq!(warnings(nurse, None), [], "nurses need none");
    let continued = with(absorbents(), "/supply/ordination", json!("CONTINUATION"));
    assert_eq!(warnings(continued, None), [], "who may continue is not known, and nobody is judged");
}
