//! Reads prints back.
#![allow(dead_code, reason = "each test needs a part of it")]

use lopdf::{Dictionary, Document, Object};

pub(crate) fn load(bytes: &[u8]) -> Document {
    Document::load_mem(bytes).unwrap()
}

/// The whole text with every run of white space as one space.
pub(crate) fn text(document: &Document) -> String {
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    document.extract_text(&pages).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(crate) fn catalog(document: &Document) -> &Dictionary {
    document.catalog().unwrap()
}

pub(crate) fn metadata(document: &Document) -> String {
    let (_, metadata) = document.dereference(catalog(document).get(b"Metadata").unwrap()).unwrap();
    String::from_utf8_lossy(&metadata.as_stream().unwrap().get_plain_content().unwrap()).into_owned()
}

/// The elements of the logical structure.
pub(crate) fn elements(document: &Document) -> Vec<&Dictionary> {
    document
        .objects
        .values()
        .filter_map(|object| object.as_dict().ok())
        .filter(|element| {
            element.get(b"Type").and_then(Object::as_name).is_ok_and(|name| name == b"StructElem")
        })
        .collect()
}

/// What kind each of them is.
pub(crate) fn kinds(document: &Document) -> Vec<String> {
    elements(document)
        .into_iter()
        .filter_map(|element| {
            Some(String::from_utf8_lossy(element.get(b"S").ok()?.as_name().ok()?).into_owned())
        })
        .collect()
}
