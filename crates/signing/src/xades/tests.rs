#![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

use super::*;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

const DS: &str = "http://www.w3.org/2000/09/xmldsig#";

fn refusal(value: &str) -> (&'static str, String) {
    let seals = Seals::default();
    let presented = PresentedXades {
        value,
        expected_payload: Some(b"{}"),
        signer: None,
        seals: &seals,
        now: DateTime::from_timestamp(1_772_445_600, 0).unwrap(),
    };
    let fault = verify(&presented).unwrap_err();
    (fault.problem.code, fault.element)
}

fn of_xml(xml: &str) -> (&'static str, String) {
    refusal(&STANDARD.encode(xml))
}

#[test]
fn what_is_no_plain_xml_is_refused_before_anything_is_read_from_it() {
    let entities = r#"<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>"#;
    let file = r#"<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>"#;
    let deep = "<a>".repeat(100) + &"</a>".repeat(100);
    for xml in ["", "{}", "<a>", "<a/><a/>", "<!DOCTYPE a><a/>", entities, file, "<a>&b;</a>", &deep] {
        assert_eq!(of_xml(xml).0, "signature.xades_container", "{xml}");
    }
    for value in
        ["eyJhbGciOiJFUzI1NiJ9.e30.c2ln", "%", &STANDARD.encode([0xff, 0xfe]), &"A".repeat(2_200_000)]
    {
        assert_eq!(refusal(value).0, "signature.xades_container");
    }
}

#[test]
fn a_document_with_two_signatures_or_with_one_id_twice_is_ambiguous() {
    let signature = format!(r#"<ds:Signature xmlns:ds="{DS}"/>"#);
    for (xml, element) in [
        ("<a/>".to_owned(), "ds:Signature"),
        (format!("<a>{signature}{signature}</a>"), "ds:Signature"),
        (r#"<a Id="x"><b ID="x"/></a>"#.to_owned(), "Id"),
        (signature, "SignedInfo"),
    ] {
        assert_eq!(of_xml(&xml), ("signature.xades_structure", element.to_owned()), "{xml}");
    }
}

#[test]
fn checks_have_their_names_in_their_order() {
    let seals = Seals::default();
    let presented = PresentedXades {
        value: "",
        expected_payload: None,
        signer: None,
        seals: &seals,
        now: DateTime::from_timestamp(1_772_445_600, 0).unwrap(),
    };
    let names: Vec<&str> = diagnose(&presented).iter().map(|check| check.name).collect();
    assert_eq!(names, CHECKS);
}
