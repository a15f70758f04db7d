//! The register of medicinal products as it is published: XML 6.0.0, read one record at a time.
//!
//! `produktyLecznicze@stanNaDzien` holds a `produktLeczniczy` for each product, its values in attributes. Whatever
//! is not known is passed over; a record that cannot be taken as it is, is reported and left out whole.

mod bounded;
mod draft;
mod record;

pub use record::{Faulty, Record};

use bounded::Bounded;
use chrono::NaiveDate;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;
use quick_xml::reader::NsReader;
use std::io::{BufRead, BufReader, Read};

/// The namespace names the version.
pub const NAMESPACE: &str = "http://rejestry.ezdrowie.gov.pl/rpl/eksport-danych-v6.0.0";
const ROOT: &str = "produktyLecznicze";
const PRODUCT: &str = "produktLeczniczy";
/// One tag with all its attributes, or one text; real ones have some kilobytes.
const LONGEST_EVENT: u64 = 1 << 20;

/// Why a file cannot be read on; what was read of it is worth nothing.
#[derive(Debug, thiserror::Error)]
pub enum RegisterFault {
    #[error("is not XML (byte {position}): {why}")]
    Syntax { position: u64, why: String },
    #[error("cannot be read (byte {position}): {why}")]
    Io { position: u64, why: String },
    #[error("is not the register of version 6.0.0 but {0}")]
    Version(String),
    #[error("does not say of which day it is (stanNaDzien)")]
    Day,
    #[error("has a document type definition, which nobody reads here (byte {0})")]
    DocumentType(u64),
    #[error("ends in the middle (byte {0})")]
    Truncated(u64),
}

/// Reads the register from anything that can be read, in little memory.
pub struct ProductRegister<R> {
    xml: NsReader<Bounded<BufReader<R>>>,
    buffer: Vec<u8>,
    as_of: NaiveDate,
    is_done: bool,
    /// Bytes behind the last tag.
    behind: u64,
}

impl<R: Read> ProductRegister<R> {
    /// Reads up to the first record.
    pub fn open(source: R) -> Result<Self, RegisterFault> {
        let bounded = Bounded::new(BufReader::with_capacity(1 << 16, source), LONGEST_EVENT);
        let mut xml = NsReader::from_reader(bounded);
        xml.config_mut().expand_empty_elements = true;
        let mut buffer = Vec::new();
        let as_of = root(&mut xml, &mut buffer)?;
        Ok(Self { xml, buffer, as_of, is_done: false, behind: 0 })
    }

    /// The day of which the register says it is.
    pub fn as_of(&self) -> NaiveDate {
        self.as_of
    }

    /// Bytes read so far.
    pub fn position(&self) -> u64 {
        self.xml.buffer_position() + self.behind
    }

    /// The next record; `None` after the last one.
    pub fn next_record(&mut self) -> Result<Option<Record>, RegisterFault> {
        let mut depth = 0_u32;
        while !self.is_done {
            let begins_at = self.xml.buffer_position();
            match next(&mut self.xml, &mut self.buffer)? {
                Event::Start(start) if depth == 0 && start.local_name().as_ref() == PRODUCT => {
                    let draft = draft::Draft::begin(&start, begins_at);
                    return self.rest_of(draft).map(Some);
                }
                Event::Start(_) => depth += 1,
                Event::End(_) if depth == 0 => {
                    self.is_done = true;
                    self.pass_over_the_rest()?;
                }
                Event::End(_) => depth -= 1,
                _ => {}
            }
        }
        Ok(None)
    }

    /// Nothing behind the last tag is of the register; it is counted, so that the end is the end of the file.
    fn pass_over_the_rest(&mut self) -> Result<(), RegisterFault> {
        loop {
            let position = self.position();
            let source = self.xml.get_mut();
            source.renew();
            let found = source.fill_buf().map(<[u8]>::len);
            let found = found.map_err(|fault| RegisterFault::Io { position, why: fault.to_string() })?;
            if found == 0 {
                return Ok(());
            }
            source.consume(found);
            self.behind += u64::try_from(found).unwrap_or(u64::MAX);
        }
    }

    fn rest_of(&mut self, mut draft: draft::Draft) -> Result<Record, RegisterFault> {
        let mut depth = 0_u32;
        loop {
            match next(&mut self.xml, &mut self.buffer)? {
                Event::Start(start) => {
                    depth += 1;
                    draft.start(&start);
                }
                Event::End(_) if depth == 0 => return Ok(draft.finish()),
                Event::End(end) => {
                    depth -= 1;
                    draft.end(end.local_name().as_ref());
                }
                Event::Text(text) => draft.text(&text),
                Event::CData(text) => draft.text(&text),
                Event::GeneralRef(reference) => draft.reference(&reference),
                _ => {}
            }
        }
    }
}

/// The next event; what no register has is a fault.
fn next<'b, R: Read>(
    xml: &mut NsReader<Bounded<BufReader<R>>>,
    buffer: &'b mut Vec<u8>,
) -> Result<Event<'b>, RegisterFault> {
    buffer.clear();
    xml.get_mut().renew();
    let position = xml.buffer_position();
    match xml.read_event_into(buffer) {
        Ok(Event::DocType(_)) => Err(RegisterFault::DocumentType(position)),
        Ok(Event::Eof) => Err(RegisterFault::Truncated(position)),
        Ok(event) => Ok(event),
        Err(quick_xml::Error::Io(fault)) => Err(RegisterFault::Io { position, why: fault.to_string() }),
        // In the middle of a tag.
        Err(quick_xml::Error::Syntax(_)) if xml.get_ref().is_at_end() => {
            Err(RegisterFault::Truncated(position))
        }
        Err(fault) => Err(RegisterFault::Syntax { position, why: fault.to_string() }),
    }
}

fn root<R: Read>(
    xml: &mut NsReader<Bounded<BufReader<R>>>,
    buffer: &mut Vec<u8>,
) -> Result<NaiveDate, RegisterFault> {
    let start = loop {
        if let Event::Start(start) = next(xml, buffer)? {
            break start.into_owned();
        }
    };
    let (namespace, name) = xml.resolver().resolve_element(start.name());
    let is_register = name.as_ref() == ROOT;
    match namespace {
        ResolveResult::Bound(namespace) if is_register && namespace.as_ref() == NAMESPACE => day(&start),
        ResolveResult::Bound(namespace) => {
            Err(RegisterFault::Version(format!("{} of {}", name.as_ref(), namespace.as_ref())))
        }
        _ => Err(RegisterFault::Version(format!("{} without a namespace", name.as_ref()))),
    }
}

fn day(root: &BytesStart<'_>) -> Result<NaiveDate, RegisterFault> {
    let said = root.attributes().flatten().find(|it| it.key.local_name().as_ref() == "stanNaDzien");
    let text = said.and_then(|it| it.normalized_value(XmlVersion::Implicit1_0).ok().map(String::from));
    let day = text.and_then(|text| NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok());
    day.ok_or(RegisterFault::Day)
}
