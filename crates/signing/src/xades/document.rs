//! The XML of a trusted signature: parsed without a document type, and taken apart where nothing is ambiguous.

use super::unsigned::nothing_surplus;
use crate::diagnosis::Fault;
use crate::faults;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::collections::BTreeSet;
use uppsala::parser::Parser;
use uppsala::{Document, NodeId};

pub(super) const DS: &str = "http://www.w3.org/2000/09/xmldsig#";
pub(super) const XADES: &str = "http://uri.etsi.org/01903/v1.3.2#";
/// The type by which a reference says that it covers the signed properties (ETSI EN 319 132-1 §4.4.2).
const SIGNED_PROPERTIES: &str = "http://uri.etsi.org/01903#SignedProperties";

/// A signature over a document of ours is a few kilobytes, with the document inside a few hundred.
const LARGEST: usize = 1024 * 1024;
/// Deeper than any XAdES is nested.
const DEEPEST: u32 = 64;

/// Standard base64, in which lines may be broken.
pub(super) fn base64(text: &str) -> Option<Vec<u8>> {
    let packed: String = text.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    STANDARD.decode(packed).ok()
}

pub(super) fn decode(value: &str) -> Result<String, Fault> {
    let unreadable = || Fault::new(faults::XADES_CONTAINER, "signature");
    if value.len() > LARGEST * 2 {
        return Err(unreadable());
    }
    let bytes = base64(value).filter(|bytes| bytes.len() <= LARGEST).ok_or_else(unreadable)?;
    String::from_utf8(bytes).map_err(|_| unreadable())
}

/// The one signature of a document, with the parts that the checks look at.
pub(super) struct Xades<'d> {
    pub document: Document<'d>,
    pub signature: NodeId,
    pub signed_info: NodeId,
    pub signed_properties: NodeId,
    /// Over the signed properties.
    pub over_properties: NodeId,
    /// Over the content.
    pub over_content: NodeId,
}

/// A document type could declare entities, which may grow without end or name files; none is ever needed here.
pub(super) fn parse(text: &str) -> Result<Xades<'_>, Fault> {
    let parser = Parser::new().with_forbid_dtd(true).with_forbid_entities(true).with_max_depth(DEEPEST);
    let document = parser.parse(text).map_err(|_| Fault::new(faults::XADES_CONTAINER, "signature"))?;
    is_unambiguous(&document)?;
    let xades = take_apart(document)?;
    nothing_surplus(&xades)?;
    Ok(xades)
}

/// Two elements under one id could be taken one for the other.
fn is_unambiguous(document: &Document<'_>) -> Result<(), Fault> {
    let mut ids = BTreeSet::new();
    for node in document.descendants(document.root()) {
        let Some(element) = document.element(node) else { continue };
        for attribute in &element.attributes {
            let is_id = attribute.name.local_name.eq_ignore_ascii_case("id");
            if is_id && !ids.insert(attribute.value.to_string()) {
                return Err(Fault::new(faults::XADES_STRUCTURE, "Id"));
            }
        }
    }
    Ok(())
}

fn take_apart(document: Document<'_>) -> Result<Xades<'_>, Fault> {
    let signatures = document.get_elements_by_tag_name_ns(DS, "Signature");
    let [signature] = signatures.as_slice() else { return Err(structure("ds:Signature")) };
    let signature = *signature;
    let signed_info = only(&document, signature, DS, "SignedInfo")?;
    let qualifying: Vec<NodeId> = document
        .child_elements_by_name_ns(signature, DS, "Object")
        .into_iter()
        .flat_map(|object| document.child_elements_by_name_ns(object, XADES, "QualifyingProperties"))
        .collect();
    let [qualifying] = qualifying.as_slice() else { return Err(structure("xades:QualifyingProperties")) };
    let signed_properties = only(&document, *qualifying, XADES, "SignedProperties")?;
    let id =
        document.get_attribute(signed_properties, "Id").ok_or_else(|| structure("xades:SignedProperties"))?;
    let references = document.child_elements_by_name_ns(signed_info, DS, "Reference");
    let is_typed = |node: &NodeId| document.get_attribute(*node, "Type") == Some(SIGNED_PROPERTIES);
    let (properties, others): (Vec<NodeId>, Vec<NodeId>) = references.into_iter().partition(is_typed);
    // A reference over anything else could be taken for the one over the content.
    let ([over_properties], [over_content]) = (properties.as_slice(), others.as_slice()) else {
        return Err(structure("ds:Reference"));
    };
    let (over_properties, over_content) = (*over_properties, *over_content);
    if document.get_attribute(over_properties, "URI") != Some(&format!("#{id}")) {
        return Err(structure("ds:Reference"));
    }
    Ok(Xades { document, signature, signed_info, signed_properties, over_properties, over_content })
}

pub(super) fn structure(element: &str) -> Fault {
    Fault::new(faults::XADES_STRUCTURE, element)
}

/// The only child of this name.
pub(super) fn only(
    document: &Document<'_>,
    parent: NodeId,
    space: &str,
    name: &str,
) -> Result<NodeId, Fault> {
    match document.child_elements_by_name_ns(parent, space, name).as_slice() {
        [node] => Ok(*node),
        _ => Err(structure(name)),
    }
}

/// The element at the end of a path of only children.
pub(super) fn at(document: &Document<'_>, from: NodeId, path: &[(&str, &str)]) -> Result<NodeId, Fault> {
    path.iter().try_fold(from, |node, (space, name)| only(document, node, space, name))
}

/// The text of an element without white space around it.
pub(super) fn text(document: &Document<'_>, node: NodeId) -> String {
    document.text_content_deep(node).trim().to_owned()
}
