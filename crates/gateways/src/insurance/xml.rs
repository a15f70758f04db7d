//! A small tree of elements out of untrusted XML. No document type is read, so nothing can be fetched or expanded.

use super::NoAnswer;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;

const DEEPEST: usize = 32;
const MOST: usize = 2_000;

#[derive(Debug, Default)]
pub(super) struct Element {
    namespace: String,
    name: String,
    attributes: Vec<(String, String)>,
    pub(super) text: String,
    pub(super) children: Vec<Element>,
}

impl Element {
    pub(super) fn is(&self, namespace: &str, name: &str) -> bool {
        self.namespace == namespace && self.name == name
    }

    /// The only child of this name: a second one could say something else.
    pub(super) fn only(&self, namespace: &str, name: &str) -> Option<&Element> {
        let mut named = self.children.iter().filter(|child| child.is(namespace, name));
        match (named.next(), named.next()) {
            (Some(child), None) => Some(child),
            _ => None,
        }
    }

    /// Whatever namespace the child is in.
    pub(super) fn any(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    pub(super) fn path(&self, namespace: &str, names: &[&str]) -> Option<&Element> {
        names.iter().try_fold(self, |at, name| at.only(namespace, name))
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// The root of a whole document.
pub(super) fn read(body: &[u8]) -> Result<Element, NoAnswer> {
    let text = std::str::from_utf8(body).map_err(|_| NoAnswer::Unusable("it is not UTF-8"))?;
    let mut xml = NsReader::from_str(text);
    xml.config_mut().expand_empty_elements = true;
    // The document itself, and below it the elements that are open.
    let mut open = vec![Element::default()];
    let mut count = 0;
    loop {
        match xml.read_event().map_err(|_| NoAnswer::Unusable("it is not XML"))? {
            Event::Start(start) => {
                count += 1;
                if open.len() > DEEPEST || count > MOST {
                    return Err(NoAnswer::Unusable("it is deeper or longer than any answer"));
                }
                open.push(element(&xml, &start)?);
            }
            Event::End(_) => close(&mut open)?,
            Event::Text(text) => add(&mut open, &text),
            Event::CData(text) => add(&mut open, &text),
            Event::GeneralRef(reference) => refer(&mut open, &reference)?,
            Event::DocType(_) => return Err(NoAnswer::Unusable("it has a document type")),
            Event::Eof => return root(open),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) | Event::Empty(_) => {}
        }
    }
}

fn element(xml: &NsReader<&[u8]>, start: &BytesStart<'_>) -> Result<Element, NoAnswer> {
    let (bound, name) = xml.resolver().resolve_element(start.name());
    let namespace = match bound {
        ResolveResult::Bound(namespace) => namespace.as_ref().to_owned(),
        ResolveResult::Unbound => String::new(),
        ResolveResult::Unknown(_) => return Err(NoAnswer::Unusable("it has a prefix of no namespace")),
    };
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|_| NoAnswer::Unusable("it has a broken attribute"))?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0);
        let value = value.map_err(|_| NoAnswer::Unusable("it refers to an entity of its own"))?;
        attributes.push((attribute.key.local_name().as_ref().to_owned(), value.into_owned()));
    }
    Ok(Element { namespace, name: name.as_ref().to_owned(), attributes, ..Element::default() })
}

fn close(open: &mut Vec<Element>) -> Result<(), NoAnswer> {
    let (Some(done), Some(parent)) = (open.pop(), open.last_mut()) else {
        return Err(NoAnswer::Unusable("it is not XML"));
    };
    parent.children.push(done);
    Ok(())
}

fn add(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
    }
}

fn refer(open: &mut [Element], reference: &BytesRef<'_>) -> Result<(), NoAnswer> {
    match (reference.resolve_char_ref(), resolve_predefined_entity(reference)) {
        (Ok(Some(character)), _) => add(open, character.encode_utf8(&mut [0; 4])),
        (Ok(None), Some(text)) => add(open, text),
        _ => return Err(NoAnswer::Unusable("it refers to an entity of its own")),
    }
    Ok(())
}

fn root(mut open: Vec<Element>) -> Result<Element, NoAnswer> {
    match (open.pop(), open.is_empty()) {
        (Some(document), true) => {
            let mut roots = document.children.into_iter();
            match (roots.next(), roots.next()) {
                (Some(root), None) => Ok(root),
                _ => Err(NoAnswer::Unusable("it has another number of roots than one")),
            }
        }
        _ => Err(NoAnswer::Unusable("it ends in the middle")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn why(xml: &str) -> NoAnswer {
        read(xml.as_bytes()).expect_err("a hostile document")
    }

    #[test]
    fn elements_are_known_by_their_namespace_and_not_by_their_prefix() {
        let root = read("<?xml version='1.0'?><x:a xmlns:x='urn:a'><b xmlns='urn:b' c='1&lt;2'>ż&#380;&amp;<![CDATA[<]]></b></x:a>".as_bytes())
            .expect("a document");
        assert!(root.is("urn:a", "a") && root.only("urn:a", "b").is_none());
        let inner = root.only("urn:b", "b").expect("the inner one");
        assert_eq!((inner.text.as_str(), inner.attribute("c")), ("żż&<", Some("1<2")));
    }

    #[test]
    fn what_could_reach_out_or_blow_up_is_refused() {
        let reaching = "<!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><a>&e;</a>";
        assert_eq!(why(reaching), NoAnswer::Unusable("it has a document type"));
        let entity = NoAnswer::Unusable("it refers to an entity of its own");
        assert_eq!(why("<a>&e;</a>"), entity);
        assert_eq!(why("<a b='&e;'/>"), entity);
        let large = NoAnswer::Unusable("it is deeper or longer than any answer");
        assert_eq!(why(&"<a>".repeat(100_000)), large);
        assert_eq!(why(&format!("<a>{}</a>", "<b/>".repeat(MOST))), large);
        for broken in ["", "<a>", "<a></b>", "</a>", "<a/><a/>", "<x:a/>", "<a b='1' b='2'/>"] {
            assert!(matches!(why(broken), NoAnswer::Unusable(_)), "{broken}");
        }
        assert_eq!(read(b"<a>\xff</a>").expect_err("no text"), NoAnswer::Unusable("it is not UTF-8"));
    }

    #[test]
    fn an_element_that_stands_twice_says_nothing() {
        let root = read(b"<a><b>1</b><b>0</b></a>").expect("a document");
        assert!(root.only("", "b").is_none() && root.any("b").is_some());
    }
}
