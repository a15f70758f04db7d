//! Who may issue a repair order, in whose name, and with which signature.

use super::*;
use crate::demand::model::{Named, SignatureKind};
use crate::device_order::issue::PrescriberOnRecord;
use crate::device_repair_order::form::figures_unknown;
use crate::device_repair_order::history::{other_repair, supplies as issued_by};
use crate::device_repair_order::issue::faults;
use crate::device_repair_order::officers::has_acted;
use crate::device_repair_order::payload;
use crate::device_repair_order::possible::{Asking, blocks};
use crate::device_repair_order::refusals::WITHDRAWAL_LATE;
use crate::support::device_orders::{
    asked as asked_of, held as held_order, issuing, positive as positive_order, wheelchair,
};
use crate::values::PersonName;

fn on_record(family: &str, specialties: Option<&[&str]>) -> PrescriberOnRecord {
    let name = |name| PersonName::parse(name).expect("a name");
    PrescriberOnRecord {
        name: Named { given_names: name("Anna"), family_name: name(family) },
        specialties: specialties.map(|known| known.iter().map(|it| text(it)).collect()),
    }
}

/// What a submission is refused for, the dry run saying the same.
fn refused(order: RepairOrder, prescriber: Option<PrescriberOnRecord>) -> Vec<(&'static str, String)> {
    let told = |found: Vec<Violation>| -> Vec<(&'static str, String)> {
        found.into_iter().map(|it| (it.problem.code, it.pointer)).collect()
    };
    let dry = faults(&order, prescriber.as_ref(), Some(&known()), warsaw_date(december()));
    let ended = submit(order, Submission { prescriber, ..submission() }, Some(&known()), december());
    let found = told(ended.err().unwrap_or_default());
    assert_eq!(told(dry), found);
    found
}

#[test]
fn the_content_names_whoever_issues_it() {
    let other = with(content(), "/prescriber/licenceNumber", json!("3900433"));
    let at = |pointer: &str| pointer.to_owned();
    assert_eq!(refused(drafted(other), None), [(code_of("RO-61"), at("/content/prescriber/licenceNumber"))]);
    assert_eq!(refused(drafted(content()), Some(on_record("Przykładowa", None))), []);
    assert_eq!(
        refused(drafted(content()), Some(on_record("Testowa", None))),
        [(code_of("RO-62"), at("/content/prescriber/familyName"))]
    );
    let stranger = on_record("Przykładowa", Some(&["neurologia"]));
    assert_eq!(
        refused(drafted(content()), Some(stranger)),
        [(code_of("RO-63"), at("/content/prescriber/specialties/0"))]
    );
}

#[test]
fn a_branch_prescribes_nothing() {
    let issuer = Issuer::Branch { branch: 7, officer: officer(1) };
    let named = RepairOrder { issuer: issuer.clone(), ..drafted(content()) };
    let code = code_of("RO-64");
    let at = |pointer: &str| (code, pointer.to_owned());
    assert_eq!(refused(named, None), [at("/content/place"), at("/content/prescriber")]);
    let bare = with(with(content(), "/prescriber", json!({})), "/place", json!({}));
    let order = RepairOrder { issuer, ..drafted(bare) };
    let signed = serde_json::to_value(payload::submission(&order)).expect("a payload");
    assert_eq!((&signed["branch"], signed.get("prescriber")), (&json!(7), None));
    assert!(has_acted(&order, officer(1).person) && !has_acted(&order, officer(2).person));
}

#[test]
fn a_personal_signature_is_refused() {
    let mut personal = signed("Anna", "Przykładowa", december());
    personal.kind = SignatureKind::Personal;
    let submission = Submission { signed: personal.into(), ..submission() };
    let ended = submit(drafted(content()), submission, Some(&known()), december());
    assert_eq!(codes(ended), [code_of("RO-65")]);
}

#[test]
fn a_correction_is_signed_over_the_next_version() {
    let order = concluded(Insurance::NotConfirmed);
    let corrected: Content = read(content());
    let signed = serde_json::to_value(payload::correction(&order, &corrected)).expect("a payload");
    assert_eq!((&signed["type"], &signed["contentVersion"]), (&json!("device-repair-order"), &json!(2)));
    assert_eq!(signed["prescriber"]["licenceNumber"], "5425740");
    let corrected =
        correct(order, corrected, submission(), Some(&known()), december()).expect("a correction");
    assert_eq!((corrected.document.content_version, corrected.document.number), (2, Some(number())));
}

#[test]
fn nothing_is_signed_on_figures_that_nobody_knows() {
    let (whole, on): (Content, _) = (read(content()), warsaw_date(december()));
    let unknown =
        |group: &DeviceGroup| figures_unknown(&Look { content: &whole, group: Some(group), on }).len();
    assert_eq!((unknown(&known()), unknown(&wheelchairs(None))), (0, 1));
    let empty = Content::default();
    let seen = Look { content: &empty, group: Some(&wheelchairs(None)), on };
    assert!(figures_unknown(&seen).is_empty(), "of a content without a device");
}

#[test]
fn what_the_patient_has_and_had_repaired_is_told() {
    let now = december();
    let taken = held_order(positive_order(wheelchair(), now), asked_of(7, None, now), now);
    assert_eq!(issued_by(&taken), []);
    let all = groups(warsaw_date(now));
    let issued = issuing("S.12.01", 1, 1, "600.00", now);
    let realised_order = crate::device_order::realisation::realise(taken, take_up_id(7), issued, &all, now);
    let order = realised_order.expect("a realisation").document;
    let found = issued_by(&order);
    assert_eq!((found.len(), &found[0].number), (1, order.number.as_ref().expect("a number")));
    let other = |order: RepairOrder| RepairOrder { id: RepairOrderId(Uuid::from_u128(2)), ..order };
    let open = |one: &RepairOrder, beside: &RepairOrder| other_repair(one, beside).map(|it| it.is_open);
    let first = verifying();
    assert_eq!(open(&first, &first), None, "not itself");
    assert_eq!(open(&first, &other(drafted(content()))), None, "no draft");
    let second = other(verifying());
    assert_eq!((open(&first, &second), open(&second, &first)), (Some(false), Some(true)));
    assert_eq!((open(&first, &other(positive())), open(&first, &other(held()))), (Some(true), Some(true)));
    let repaired = other_repair(&first, &other(realised())).expect("a repair");
    assert_eq!((repaired.is_open, repaired.used), (false, Some((warsaw_date(now), grosze(15_000)))));
    let code: DeviceCode = read(json!("Y.06.01"));
    let mut another = other(positive());
    another.content.device.as_mut().expect("a device").code = code;
    assert_eq!(open(&first, &another), None, "of another code");
}

#[test]
fn what_stands_in_the_way_is_told_before() {
    let asking = |days: i64| Asking {
        by_officer: false,
        withdrawal_days: 30,
        may_end: false,
        own: None,
        today: warsaw_date(december() + TimeDelta::days(days)),
    };
    let told = |order: &RepairOrder, command, days| blocks(order, command, asking(days)).map(|it| it.code);
    assert_eq!(told(&positive(), Command::Edit, 0), Some(WRONG_STATE.code));
    assert_eq!(told(&positive(), Command::TakeUp, 0), None);
    assert_eq!(told(&realised(), Command::RealisationWithdrawal, 30), None);
    assert_eq!(told(&realised(), Command::RealisationWithdrawal, 31), Some(WITHDRAWAL_LATE.code));
    let by_officer = Asking { by_officer: true, ..asking(31) };
    assert_eq!(blocks(&realised(), Command::RealisationWithdrawal, by_officer), None);
}
