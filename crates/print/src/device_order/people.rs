//! Where an order is issued, by whom and for whom; and how it came on paper.

use crate::layout::Layout;
use crate::polish::{date, moment};
use crate::section::{Rows, push, section};
use crate::signature::{RepresentativePrint, in_office};
use chrono::{DateTime, NaiveDate, Utc};

/// Where an order is issued.
#[derive(Clone, Default)]
pub struct PlacePrint {
    pub name: String,
    pub regon: Option<String>,
    pub address: Option<String>,
    pub phone: Option<String>,
    /// The payer's branch and the code of the contract there, in words.
    pub contract: Option<String>,
}

/// Who orders.
#[derive(Clone, Default)]
pub struct PrescriberPrint {
    pub name: String,
    /// In Polish, e.g. `lekarz`.
    pub profession: String,
    pub licence_number: String,
    pub specialties: Vec<String>,
}

/// Place and people of part I.
#[derive(Clone, Default)]
pub struct OrderedBy {
    pub place: PlacePrint,
    pub prescriber: PrescriberPrint,
    /// Who signed in the prescriber's stead, e.g. a medical assistant.
    pub authorised_signatory: Option<String>,
}

/// For whom.
#[derive(Clone, Default)]
pub struct PatientPrint {
    pub name: String,
    /// With its kind, e.g. `PESEL 44051401458`.
    pub identifier: Option<String>,
    pub birth_date: Option<NaiveDate>,
    pub sex: Option<String>,
    pub is_pregnant: bool,
    pub address: Option<String>,
}

/// How an order came on paper, and who entered it.
#[derive(Clone)]
pub struct PaperPrint {
    /// Why it was written on paper, in words.
    pub grounds: String,
    pub issued_on: NaiveDate,
    /// How it came, e.g. `pocztą`.
    pub came_by: String,
    pub received_on: NaiveDate,
    /// Where number and outcome go back to, where the paper did not come over the counter.
    pub answer_to: Option<String>,
    /// When they went back.
    pub answered_on: Option<NaiveDate>,
    /// The branch that confirmed it.
    pub branch: String,
    pub entered_by: RepresentativePrint,
    pub entered_at: DateTime<Utc>,
    pub scan_title: Option<String>,
    pub scan_sha256: Option<String>,
    /// When what the same paper was entered as before was cancelled.
    pub formerly_until: Option<NaiveDate>,
}

pub(super) fn ordered_by(layout: &mut Layout, by: &OrderedBy) {
    let OrderedBy { place, prescriber, authorised_signatory } = by;
    let mut rows: Rows = Vec::new();
    push(&mut rows, "Miejsce wystawienia", Some(&place.name));
    push(&mut rows, "REGON", place.regon.as_ref());
    push(&mut rows, "Adres", place.address.as_ref());
    push(&mut rows, "Telefon", place.phone.as_ref());
    push(&mut rows, "Umowa z NFZ", place.contract.as_ref());
    push(&mut rows, "Osoba wystawiająca", Some(&prescriber.name));
    push(&mut rows, "Zawód", Some(&prescriber.profession));
    push(&mut rows, "Numer prawa wykonywania zawodu", Some(&prescriber.licence_number));
    push(&mut rows, "Specjalizacje", Some(&prescriber.specialties.join("; ")));
    push(&mut rows, "Osoba upoważniona do podpisu", authorised_signatory.as_ref());
    section(layout, "Część I. Miejsce i osoba wystawiająca", &rows);
}

pub(super) fn patient(layout: &mut Layout, heading: &str, patient: &PatientPrint, more: Rows) {
    let mut rows: Rows = Vec::new();
    push(&mut rows, "Imię i nazwisko", Some(&patient.name));
    push(&mut rows, "Identyfikator", patient.identifier.as_ref());
    push(&mut rows, "Data urodzenia", patient.birth_date.map(date).as_ref());
    push(&mut rows, "Płeć", patient.sex.as_ref());
    push(&mut rows, "Ciąża", patient.is_pregnant.then(|| "tak".to_owned()).as_ref());
    push(&mut rows, "Adres", patient.address.as_ref());
    rows.extend(more);
    section(layout, heading, &rows);
}

pub(super) fn paper(layout: &mut Layout, paper: &PaperPrint) {
    let mut rows: Rows = Vec::new();
    push(&mut rows, "Przyczyna", Some(&paper.grounds));
    push(&mut rows, "Data na zleceniu", Some(&date(paper.issued_on)));
    push(&mut rows, "Wpływ do oddziału", Some(&format!("{}, {}", date(paper.received_on), paper.came_by)));
    push(&mut rows, "Odpowiedź na adres", paper.answer_to.as_ref());
    push(&mut rows, "Odpowiedź wysłano", paper.answered_on.map(date).as_ref());
    push(&mut rows, "Oddział NFZ", Some(&paper.branch));
    let entered = format!("{}, {}", moment(paper.entered_at), in_office(&paper.entered_by));
    push(&mut rows, "Wpisano do systemu", Some(&entered));
    push(&mut rows, "Skan", paper.scan_title.as_ref());
    push(&mut rows, "SHA-256 skanu", paper.scan_sha256.as_ref());
    push(&mut rows, "Poprzedni wpis anulowano", paper.formerly_until.map(date).as_ref());
    section(layout, "Zlecenie złożone na papierze", &rows);
}
