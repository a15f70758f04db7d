//! As what a notification is signed: by the responsible person, or by somebody whom that person authorised.

use super::*;
use crate::correspondence::Attachment;
use crate::support::notifications::{notification, proof};
use crate::temporary_authorisation::content::{Signatory, SignsAs};

const PLACE: &str = "/attachments/responsiblePersonAuthorisation";

fn authorisation(dated: &str) -> Value {
    json!({ "title": "Upoważnienie", "dated": dated, "sha256": "cc".repeat(32) })
}

/// A content signed as that, with an authorisation of that date.
fn signed_as(capacity: Option<&str>, dated: Option<&str>) -> Value {
    let mut content = content();
    if let Some(capacity) = capacity {
        content["signsAs"] = json!(capacity);
    }
    if let Some(dated) = dated {
        content["attachments"]["responsiblePersonAuthorisation"] = authorisation(dated);
    }
    content
}

fn delegated() -> Value {
    signed_as(Some("AUTHORISED_PERSON"), Some("2026-11-30"))
}

/// Where this content breaks the rule of that number on 1 December 2026.
fn tried(number: &str, content: Value) -> Vec<String> {
    let rule = rules::RULES.iter().find(|rule| rule.number == number).expect("a rule of that number");
    (rule.broken_at)(&read(content), date("2026-12-01"))
}

#[test]
fn an_authorised_person_shows_the_authorisation_and_the_responsible_person_none() {
    assert_eq!(tried("TA-89", signed_as(Some("AUTHORISED_PERSON"), None)), [PLACE]);
    assert_eq!(tried("TA-89", delegated()), [""; 0]);
    for capacity in [None, Some("RESPONSIBLE_PERSON")] {
        assert_eq!(tried("TA-89", signed_as(capacity, None)), [""; 0], "{capacity:?}");
        assert_eq!(tried("TA-90", signed_as(capacity, Some("2026-11-30"))), [PLACE], "{capacity:?}");
        assert_eq!(tried("TA-90", signed_as(capacity, None)), [""; 0], "{capacity:?}");
    }
    assert_eq!(tried("TA-90", delegated()), [""; 0]);
    assert_eq!(read::<Content>(delegated()).check(date("2026-12-01")), []);
}

#[test]
fn an_authorisation_is_there_on_the_day_of_the_signature() {
    let of = |dated| tried("TA-08", signed_as(Some("AUTHORISED_PERSON"), Some(dated)));
    assert_eq!(of("2026-12-01"), [""; 0], "given that day");
    assert_eq!(of("2026-12-02"), [format!("{PLACE}/dated")]);
}

#[test]
fn its_file_is_in_the_case_before_the_submission() {
    let it = notification(0x7002, read(delegated()));
    let place = format!("/content{PLACE}/sha256");
    assert_eq!(attached::every_named_file_is_there(&it, &[proof(&it)]), [place]);
    let refused = submit(it.clone(), day(1)).map_err(|found| found[0].problem.code);
    assert_eq!(refused.map(|it| it.document.state.name()), Err("authorisation.attachment_not_uploaded"));
    let file = Attachment { sha256: [0xcc; 32], ..proof(&it) };
    assert_eq!(attached::every_named_file_is_there(&it, &[proof(&it), file]), [""; 0]);
}

#[test]
fn the_signed_bytes_and_the_history_say_as_what_it_was_signed() {
    let bytes = |it: &Authorisation| serde_json::to_value(payload::submission(it)).expect("a payload");
    let unsaid = drafted();
    assert!(bytes(&unsaid)["content"].get("signsAs").is_none(), "what was signed before stays the same");
    assert_eq!(unsaid.content.signs_as(), SignsAs::ResponsiblePerson);
    let it = notification(0x7002, read(delegated()));
    assert_eq!(bytes(&it)["content"]["signsAs"], "AUTHORISED_PERSON");
    assert_eq!(
        bytes(&it)["content"]["attachments"]["responsiblePersonAuthorisation"],
        authorisation("2026-11-30")
    );
    let files = vec![proof(&it), Attachment { sha256: [0xcc; 32], ..proof(&it) }];
    let signed = signed("Wiktoria", "Przykładowa", day(1));
    let decided =
        submission::submit(it, submission::Submission { signed, notifier: notifier(), files }, day(1));
    let told = [AuthorisationEvent::AuthorisationSubmitted { signs_as: SignsAs::AuthorisedPerson }];
    assert_eq!(decided.map(|it| it.events), Ok(told.to_vec()));
}

#[test]
fn what_was_told_before_there_were_capacities_was_the_responsible_person_s() {
    let event: AuthorisationEvent = read(json!({ "type": "AuthorisationSubmitted", "data": {} }));
    assert_eq!(event, AuthorisationEvent::AuthorisationSubmitted { signs_as: SignsAs::ResponsiblePerson });
}

#[test]
fn capacities_are_called_as_they_are_written() {
    for capacity in SignsAs::ALL {
        assert_eq!(json!(capacity), capacity.name());
    }
}

/// The content of an addition to the consent to this one.
fn added_to(content: Value) -> Content {
    let base = Authorisation { content: read(content), ..consented() };
    addition::open(&base, new_addition(), day(1)).expect("an addition").document.content
}

#[test]
fn an_addition_to_what_an_authorised_person_signed_takes_over_nothing_of_them() {
    let new = added_to(delegated());
    assert_eq!(new.signs_as, None, "TA-93");
    assert_eq!(new.responsible_person, Signatory::default());
    assert_eq!(new.attachments.responsible_person_authorisation, None);
    let base: Content = read(delegated());
    assert_eq!(new.attachments.power_of_representation, base.attachments.power_of_representation);
    assert_eq!((&new.representative, &new.wholesaler), (&base.representative, &base.wholesaler));
    let asked: Vec<String> = new.check(date("2026-12-01")).into_iter().map(|it| it.pointer).collect();
    assert!(asked.iter().all(|place| place.starts_with("/responsiblePerson/")), "{asked:?}");
    assert!(!asked.is_empty(), "nobody signs it before they have said who they are");
}

#[test]
fn an_addition_to_what_the_responsible_person_signed_keeps_them_and_leaves_the_capacity_to_be_stated() {
    for capacity in [None, Some("RESPONSIBLE_PERSON")] {
        let new = added_to(signed_as(capacity, None));
        assert_eq!(new.signs_as, None, "{capacity:?}");
        assert_eq!(new.responsible_person, read::<Content>(content()).responsible_person);
        assert_eq!(new.check(date("2026-12-01")), []);
    }
}
