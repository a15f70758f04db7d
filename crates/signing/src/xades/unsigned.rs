//! What stands beside the signed parts. No seal covers it, so whoever sends the signature can write there what they like:
//! a validation service could choke on it, and nobody could tell afterwards whose it was.

use super::document::{DS, XADES, Xades};
use crate::diagnosis::Fault;
use crate::faults;
use uppsala::{Document, NodeId};

/// The seal's certificate with its issuers.
const MOST_CERTIFICATES: usize = 10;
/// Of all in `ds:KeyInfo`: those with what they are made of.
const MOST_ELEMENTS: usize = 50;
const OF_SIGNATURE: [&str; 4] = ["SignedInfo", "SignatureValue", "KeyInfo", "Object"];
/// What may stand inside what of `ds:KeyInfo`; every other element is a leaf. `ds:KeyName` would hold whatever one likes.
const WITHIN: [(&str, &[&str]); 5] = [
    ("KeyInfo", &["X509Data", "KeyValue"]),
    ("KeyValue", &["RSAKeyValue"]),
    ("RSAKeyValue", &["Modulus", "Exponent"]),
    ("X509Data", &["X509Certificate", "X509IssuerSerial", "X509SubjectName", "X509SKI"]),
    ("X509IssuerSerial", &["X509IssuerName", "X509SerialNumber"]),
];

fn surplus(element: &str) -> Fault {
    Fault::new(faults::XADES_UNSIGNED, element)
}

fn elements(document: &Document<'_>, parent: NodeId) -> Vec<NodeId> {
    document.children(parent).into_iter().filter(|node| document.element(*node).is_some()).collect()
}

fn has_text(document: &Document<'_>, parent: NodeId) -> bool {
    document
        .children(parent)
        .into_iter()
        .filter_map(|node| document.text_content(node))
        .any(|text| !text.trim().is_empty())
}

/// Only elements of these names, and no text between them.
fn holds_only(
    document: &Document<'_>,
    parent: NodeId,
    (space, names): (&str, &[&str]),
    element: &str,
) -> Result<(), Fault> {
    let is_known = |node: NodeId| {
        document.element(node).is_some_and(|it| names.iter().any(|name| it.matches_name_ns(space, name)))
    };
    if has_text(document, parent) || !elements(document, parent).into_iter().all(is_known) {
        return Err(surplus(element));
    }
    Ok(())
}

/// Nothing is there but the seal's signature, its certificates, the signed properties and, where it is inside, the content.
pub(super) fn nothing_surplus(xades: &Xades<'_>) -> Result<(), Fault> {
    let document = &xades.document;
    stands_alone(document, xades.signature)?;
    holds_only(document, xades.signature, (DS, &OF_SIGNATURE), "ds:Signature")?;
    for name in ["SignatureValue", "KeyInfo"] {
        let found = document.child_elements_by_name_ns(xades.signature, DS, name);
        if found.len() > 1 {
            return Err(surplus("ds:Signature"));
        }
        for part in found {
            is_known(document, part, name)?;
        }
    }
    for key_info in document.child_elements_by_name_ns(xades.signature, DS, "KeyInfo") {
        let all = document.descendants(key_info).into_iter().filter(|node| document.element(*node).is_some());
        if all.count() > MOST_ELEMENTS {
            return Err(surplus("ds:KeyInfo"));
        }
        let mut certificates = 0;
        for data in document.child_elements_by_name_ns(key_info, DS, "X509Data") {
            certificates += elements(document, data).len();
        }
        if certificates > MOST_CERTIFICATES {
            return Err(surplus("ds:X509Data"));
        }
    }
    objects(xades)
}

/// An element of `ds` holds what it may, and so does everything in it; a leaf holds text alone.
fn is_known(document: &Document<'_>, node: NodeId, name: &str) -> Result<(), Fault> {
    let element = format!("ds:{name}");
    let Some((_, names)) = WITHIN.iter().find(|(outer, _)| *outer == name) else {
        return if elements(document, node).is_empty() { Ok(()) } else { Err(surplus(&element)) };
    };
    holds_only(document, node, (DS, names), &element)?;
    for inner in *names {
        for part in document.child_elements_by_name_ns(node, DS, inner) {
            is_known(document, part, inner)?;
        }
    }
    Ok(())
}

/// A wrapper around the signature holds it and nothing else.
fn stands_alone(document: &Document<'_>, signature: NodeId) -> Result<(), Fault> {
    let mut inner = signature;
    while let Some(outer) = document.parent(inner).filter(|node| document.element(*node).is_some()) {
        if has_text(document, outer) || elements(document, outer) != [inner] {
            return Err(surplus("ds:Signature"));
        }
        inner = outer;
    }
    Ok(())
}

fn objects(xades: &Xades<'_>) -> Result<(), Fault> {
    let document = &xades.document;
    let content = document.get_attribute(xades.over_content, "URI").and_then(|uri| uri.strip_prefix('#'));
    for object in document.child_elements_by_name_ns(xades.signature, DS, "Object") {
        let inside = elements(document, object);
        match inside.as_slice() {
            [] if content.is_some() && document.get_attribute(object, "Id") == content => {}
            [properties]
                if document.child_elements_by_name_ns(object, XADES, "QualifyingProperties").len() == 1 =>
            {
                if has_text(document, object) {
                    return Err(surplus("ds:Object"));
                }
                // Time-stamps and certificates that are added later say nothing that is needed here.
                holds_only(
                    document,
                    *properties,
                    (XADES, &["SignedProperties"]),
                    "xades:UnsignedProperties",
                )?;
            }
            _ => return Err(surplus("ds:Object")),
        }
    }
    Ok(())
}
