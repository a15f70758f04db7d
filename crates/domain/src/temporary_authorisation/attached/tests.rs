//! Which file is the named document, and that there is no submission without it.

use super::*;
use crate::correspondence::CaseParty;
use crate::support::notifications::{content, drafted, notification, proof, submit};
use crate::support::{codes, day, read};
use serde_json::json;

fn broken(it: &Authorisation, files: &[Attachment]) -> Vec<String> {
    let rule = RULES.iter().find(|rule| rule.number == "TA-70").expect("the rule");
    (rule.broken_at)(it, files)
}

const PROOF: &str = "/content/attachments/powerOfRepresentation/sha256";
const REQUEST: &str = "/content/attachments/agricultureMinisterRequest/sha256";

#[test]
fn a_named_document_needs_its_very_file() {
    let it = drafted();
    assert_eq!(broken(&it, &[proof(&it)]), [""; 0]);
    assert_eq!(broken(&it, &[]), [PROOF]);
    let other = Attachment { sha256: [0xab; 32], ..proof(&it) };
    assert_eq!(broken(&it, std::slice::from_ref(&other)), [PROOF]);
    assert_eq!(broken(&it, &[other, proof(&it)]), [""; 0]);
}

#[test]
fn a_file_that_representative_or_ministry_may_not_read_does_not_count() {
    let it = drafted();
    let whole = |party| Reader { party, only: None };
    for only in [CaseParty::Representative, CaseParty::Ministry] {
        let narrow = Attachment { recipients: vec![whole(only)], ..proof(&it) };
        assert_eq!(broken(&it, &[narrow]), [PROOF], "{only:?}");
    }
    // The representative may add it as well.
    let by_the_other = Attachment {
        sender: whole(CaseParty::Representative),
        recipients: vec![whole(CaseParty::ResponsiblePerson), whole(CaseParty::Ministry)],
        ..proof(&it)
    };
    assert_eq!(broken(&it, &[by_the_other]), [""; 0]);
}

#[test]
fn every_missing_file_is_named_at_once() {
    let mut veterinary = content();
    veterinary["purpose"] = json!("VETERINARY");
    veterinary["attachments"]["agricultureMinisterRequest"] =
        json!({ "title": "Wniosek", "dated": "2026-01-12", "sha256": "bb".repeat(32) });
    let it = notification(0x7001, read(veterinary));
    assert_eq!(broken(&it, &[]), [PROOF, REQUEST]);
    assert_eq!(broken(&it, &[proof(&it)]), [REQUEST]);
    assert_eq!(codes(submit(it, day(1))), ["authorisation.attachment_not_uploaded"]);
}

#[test]
fn what_is_found_is_named_by_its_id() {
    let it = drafted();
    let found = find(&it.content.attachments, &[proof(&it)]);
    assert_eq!(found.power_of_representation, Some(AttachedFile { attachment: Some(proof(&it).id) }));
    assert_eq!(found.agriculture_minister_request, None, "the content names none");
    let nothing = find(&it.content.attachments, &[]);
    assert_eq!(nothing.power_of_representation, Some(AttachedFile { attachment: None }));
}
