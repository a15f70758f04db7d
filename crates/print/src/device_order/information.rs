//! The information sheet that a patient takes along (DO-17, DO-62): one page, and nothing about their health.

mod words;

use super::supply::{SupplyPrint, months_in_words};
use crate::PrintError;
use crate::ending::{EndingPrint, ending};
use crate::layout::{Barcode, Frame, Layout, Marks, Plate, Size};
use crate::polish::{date, moment};
use crate::section::{Rows, push, section};
use chrono::{DateTime, NaiveDate, Utc};

const TITLE: &str = "Informacja o zleceniu na wyroby medyczne";

/// What the patient needs to have an order supplied. It names a person, hence no `Debug`.
#[derive(Clone)]
pub struct InformationPrint {
    pub number: String,
    /// Four digits; only of a patient with a PESEL.
    pub code: Option<String>,
    /// What opens the order beside its number.
    pub identified_by: IdentifiedBy,
    /// It was cancelled, or nothing of it can be supplied any more.
    pub ending: Option<EndingPrint>,
    pub issued_on: NaiveDate,
    /// Given and family name, and nothing else of the patient.
    pub patient: String,
    /// What is ordered in words, e.g. `Pieluchomajtki (Y.06.01)`.
    pub ordered: Vec<String>,
    pub supply: SupplyPrint,
    /// The months that can still be supplied, where these are no longer all: any day of each.
    pub months_left: Option<Vec<NaiveDate>>,
    /// The last day on which something of it can be supplied.
    pub valid_until: NaiveDate,
    pub issuer: IssuerPrint,
    pub origin: Origin,
    pub printed_at: DateTime<Utc>,
}

/// What a patient says beside the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentifiedBy {
    Pesel,
    /// Of a patient without a PESEL.
    BirthDate,
}

/// Who issued it, as far as a patient asks for them.
#[derive(Clone, Default)]
pub struct IssuerPrint {
    pub name: String,
    /// In Polish, e.g. `pielęgniarka`.
    pub profession: String,
    pub place: String,
    pub phone: Option<String>,
}

/// Parts of an electronic order may be supplied by several providers, those of a paper one by one alone (DO-38).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    Electronic,
    Paper,
}

/// The print as a PDF/A-2a and PDF/UA-1 file; set smaller where that saves a second page, but never too small to read.
pub fn render(sheet: &InformationPrint) -> Result<Vec<u8>, PrintError> {
    let large = laid_out(sheet, Size::Large)?;
    let layout = if large.page_count() == 1 { large } else { laid_out(sheet, Size::Body)? };
    layout.finish(&Frame {
        title: format!("{TITLE} nr {}", sheet.number),
        system: super::SYSTEM.to_owned(),
        reference: format!("Zlecenie nr {}", sheet.number),
        footer: format!(
            "Wydruk informacyjny, który nie jest zleceniem. Wydrukowano: {}.",
            moment(sheet.printed_at)
        ),
        printed_at: sheet.printed_at,
    })
}

fn laid_out(sheet: &InformationPrint, size: Size) -> Result<Layout, PrintError> {
    let mut layout = Layout::new()?;
    layout.title(TITLE, "wydruk informacyjny dla pacjenta");
    if let Some(ended) = &sheet.ending {
        // The reasons are free text: on a sheet that others see they might tell of an illness.
        ending(&mut layout, &EndingPrint { legal_basis: None, grounds: None, ..ended.clone() });
    } else {
        plates(&mut layout, sheet)?;
    }
    ordered(&mut layout, sheet);
    layout.heading("Co dalej");
    if sheet.ending.is_some() {
        layout.paragraph(words::ENDED);
    } else {
        layout.list(Marks::Numbers, size, &words::steps(sheet));
        layout.heading("Czego nie robić");
        layout.list(Marks::Dots, size, &words::warnings(sheet));
    }
    Ok(layout)
}

/// Number and code, to read and to scan; a sheet of an order that has ended has neither.
fn plates(layout: &mut Layout, sheet: &InformationPrint) -> Result<(), PrintError> {
    let said = |what: &str, text: &str| format!("Kod kreskowy Code 128: {what} {text}");
    let of_number = said("numer zlecenia", &sheet.number);
    let mut plates = vec![Plate {
        label: "Numer zlecenia",
        text: &sheet.number,
        barcode: Barcode::encode(&sheet.number)?,
        alternative: &of_number,
    }];
    let of_code = sheet.code.as_ref().map(|code| said("kod dostępu", code)).unwrap_or_default();
    if let Some(code) = &sheet.code {
        plates.push(Plate {
            label: "Kod dostępu",
            text: code,
            barcode: Barcode::encode(code)?,
            alternative: &of_code,
        });
    }
    layout.plates(plates);
    Ok(())
}

fn ordered(layout: &mut Layout, sheet: &InformationPrint) {
    let mut rows: Rows = Vec::new();
    if sheet.ending.is_some() {
        push(&mut rows, "Numer zlecenia", Some(&sheet.number));
    }
    push(&mut rows, "Pacjent", Some(&sheet.patient));
    push(&mut rows, "Wyrób", Some(&sheet.ordered.join("\n")));
    push(&mut rows, "Ilość", Some(&sheet.supply.quantity_words()));
    push(&mut rows, "Na miesiące", sheet.supply.months_words().as_ref());
    if sheet.ending.is_none() {
        let left = sheet.months_left.as_deref().map(months_in_words);
        push(&mut rows, "Do odebrania zostały", left.as_ref());
        push(&mut rows, "Można zrealizować do", Some(&date(sheet.valid_until)));
    }
    push(&mut rows, "Data wystawienia", Some(&date(sheet.issued_on)));
    let IssuerPrint { name, profession, place, phone } = &sheet.issuer;
    let whole = |phone: &String| format!(", tel.\u{a0}{}", phone.replace(' ', "\u{a0}"));
    let phone = phone.as_ref().map(whole).unwrap_or_default();
    push(&mut rows, "Wystawił(a)", Some(&format!("{name}, {profession}, {place}{phone}")));
    section(layout, "Co zlecono", &rows);
}
