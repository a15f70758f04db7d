//! A record while it is read: the first fault is kept, and what follows it is only passed over.

use super::record::{Faulty, Record};
use domain::medicinal_product::{ActiveSubstance, Pack, Permit, RegisterId, RegisteredProduct};
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart};

/// Of one value, in characters.
const LONGEST_VALUE: usize = 4000;
/// Of one list.
const LONGEST_LIST: usize = 2000;
/// What is shown of a number that is none.
const SHOWN: usize = 40;

type Attribute = (String, String);

pub(super) struct Draft {
    position: u64,
    product: Attributes,
    atc: Vec<String>,
    substances: Vec<ActiveSubstance>,
    packs: Vec<Pack>,
    /// What stands between the tags of the element that is open.
    text: String,
    fault: Option<String>,
}

/// The attributes of one element by local name.
#[derive(Default)]
struct Attributes(Vec<Attribute>);

impl Attributes {
    /// Everything that can be read, and the first fault.
    fn of(start: &BytesStart<'_>) -> (Self, Option<String>) {
        let (mut all, mut fault) = (Vec::new(), None);
        for attribute in start.attributes() {
            match attribute
                .map_err(|fault| format!("an attribute cannot be read: {fault}"))
                .and_then(|it| read(&it))
            {
                Ok(read) => all.push(read),
                Err(reason) => drop(fault.get_or_insert(reason)),
            }
        }
        (Self(all), fault)
    }

    /// `None` where it is absent or empty.
    fn take(&mut self, name: &str) -> Option<String> {
        let found = self.0.iter_mut().find(|(its, _)| its == name)?;
        let value = std::mem::take(&mut found.1);
        (!value.is_empty()).then_some(value)
    }
}

fn read(attribute: &quick_xml::events::attributes::Attribute<'_>) -> Result<Attribute, String> {
    let name = attribute.key.local_name().as_ref().to_owned();
    let value =
        attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|fault| format!("{name}: {fault}"))?;
    let value = value.trim();
    if value.chars().count() > LONGEST_VALUE {
        return Err(format!("{name} is longer than {LONGEST_VALUE} characters"));
    }
    if value.chars().any(char::is_control) {
        return Err(format!("{name} has control characters"));
    }
    Ok((name, value.to_owned()))
}

impl Draft {
    pub(super) fn begin(start: &BytesStart<'_>, position: u64) -> Self {
        let (product, fault) = Attributes::of(start);
        let (atc, substances, packs, text) = (Vec::new(), Vec::new(), Vec::new(), String::new());
        Self { position, product, atc, substances, packs, text, fault }
    }

    fn fail(&mut self, reason: impl Into<String>) {
        self.fault.get_or_insert_with(|| reason.into());
    }

    pub(super) fn start(&mut self, start: &BytesStart<'_>) {
        self.text.clear();
        if self.fault.is_some() {
            return;
        }
        match start.local_name().as_ref() {
            "substancjaCzynna" => {
                let (found, fault) = Attributes::of(start);
                self.substances.push(substance(found));
                self.fault = fault;
            }
            "opakowanie" => {
                let (found, fault) = Attributes::of(start);
                self.packs.push(pack(found));
                self.fault = fault;
            }
            "produktLeczniczy" => self.fail("another record begins inside of it"),
            _ => {}
        }
        if [self.substances.len(), self.packs.len(), self.atc.len()]
            .into_iter()
            .any(|many| many > LONGEST_LIST)
        {
            self.fail(format!("has more than {LONGEST_LIST} substances, packs or ATC codes"));
        }
    }

    pub(super) fn end(&mut self, name: &str) {
        let text = std::mem::take(&mut self.text);
        let text = text.trim();
        // What is kept of it; everything else between tags is passed over.
        let kept = match name {
            "kodATC" if !text.is_empty() => {
                self.atc.push(String::new());
                self.atc.last_mut()
            }
            // The older form names the substance between the tags.
            "substancjaCzynna" => {
                self.substances.last_mut().map(|last| &mut last.name).filter(|name| name.is_empty())
            }
            _ => None,
        };
        let Some(kept) = kept else { return };
        // As XML does it in attributes.
        *kept = text.replace(['\t', '\n', '\r'], " ");
        if kept.chars().any(char::is_control) {
            self.fail(format!("{name} has control characters"));
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        if self.fault.is_some() {
            return;
        }
        self.text.push_str(text);
        if self.text.len() > LONGEST_VALUE {
            self.fail(format!("a text is longer than {LONGEST_VALUE} bytes"));
        }
    }

    /// Characters by number and the five of XML itself; nothing is looked up, nothing is expanded.
    pub(super) fn reference(&mut self, reference: &BytesRef<'_>) {
        match (reference.resolve_char_ref(), resolve_predefined_entity(reference)) {
            (Ok(Some(character)), _) => self.text(character.encode_utf8(&mut [0; 4])),
            (Ok(None), Some(text)) => self.text(text),
            _ => self.fail("refers to an entity that is not XML's own"),
        }
    }

    pub(super) fn finish(mut self) -> Record {
        let id = self.product.take("id");
        if self.product.take("status").is_some_and(|status| status == "Usuniety" || status == "Usunięty") {
            return Record::Removed;
        }
        let position = self.position;
        let shown = id.as_ref().map(|id| id.chars().take(SHOWN).collect());
        match self.into_product(id.as_deref()) {
            Ok(product) => Record::Product(Box::new(product)),
            Err(reason) => Record::Faulty(Faulty { id: shown, position, reason }),
        }
    }

    fn into_product(mut self, id: Option<&str>) -> Result<RegisteredProduct, String> {
        if let Some(fault) = self.fault {
            return Err(fault);
        }
        let id = id.ok_or("has no id")?;
        let id = RegisterId::parse(id).ok_or("id is not a positive number of at most 19 digits")?;
        let name = self.product.take("nazwaProduktu").ok_or("has no nazwaProduktu")?;
        if self.substances.iter().any(|substance| substance.name.is_empty()) {
            return Err("a substancjaCzynna has no name".to_owned());
        }
        let mut take = |name: &str| self.product.take(name);
        Ok(RegisteredProduct {
            id,
            kind: take("rodzajPreparatu"),
            name,
            common_name: take("nazwaPowszechnieStosowana"),
            strength: take("moc"),
            form: take("nazwaPostaciFarmaceutycznej"),
            holder: take("podmiotOdpowiedzialny"),
            procedure: take("typProcedury"),
            permit: Permit { number: take("numerPozwolenia"), validity: take("waznoscPozwolenia") },
            atc: self.atc,
            substances: self.substances,
            packs: self.packs,
        })
    }
}

fn substance(mut of: Attributes) -> ActiveSubstance {
    ActiveSubstance {
        name: of.take("nazwaSubstancji").unwrap_or_default(),
        amount: of.take("iloscSubstancji"),
        unit: of.take("jednostkaMiaryIlosciSubstancji"),
        per_amount: of.take("iloscPreparatu"),
        per_unit: of.take("jednostkaMiaryIlosciPreparatu"),
        described: of.take("innyOpisIlosci"),
    }
}

fn pack(mut of: Attributes) -> Pack {
    Pack {
        gtin: of.take("kodGTIN"),
        availability: of.take("kategoriaDostepnosci"),
        deleted: of.take("skasowane").is_some_and(|said| said.eq_ignore_ascii_case("TAK")),
    }
}
