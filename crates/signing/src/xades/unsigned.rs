//! What stands beside the signed parts. No seal covers it, so whoever sends the signature can write there what they like:
//! a validation service could choke on it, and nobody could tell afterwards whose it was.

use super::document::{DS, XADES, Xades};
use crate::diagnosis::Fault;
use crate::faults;
use uppsala::{Document, NodeId};

/// The seal's certificate with its issuers.
const MOST_CERTIFICATES: usize = 10;
const OF_SIGNATURE: [&str; 4] = ["SignedInfo", "SignatureValue", "KeyInfo", "Object"];
const OF_KEY_INFO: [&str; 3] = ["X509Data", "KeyName", "KeyValue"];
const OF_X509_DATA: [&str; 4] = ["X509Certificate", "X509IssuerSerial", "X509SubjectName", "X509SKI"];

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
        if document.child_elements_by_name_ns(xades.signature, DS, name).len() > 1 {
            return Err(surplus("ds:Signature"));
        }
    }
    for key_info in document.child_elements_by_name_ns(xades.signature, DS, "KeyInfo") {
        holds_only(document, key_info, (DS, &OF_KEY_INFO), "ds:KeyInfo")?;
        let mut certificates = 0;
        for data in document.child_elements_by_name_ns(key_info, DS, "X509Data") {
            holds_only(document, data, (DS, &OF_X509_DATA), "ds:X509Data")?;
            certificates += elements(document, data).len();
        }
        if certificates > MOST_CERTIFICATES {
            return Err(surplus("ds:X509Data"));
        }
    }
    objects(xades)
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
