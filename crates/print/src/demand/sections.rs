//! The sections of a demand's print, in the order in which its readers need them.

use super::ground;
use super::{
    DemandPrint, EntityPrint, Kind, MedicalPrint, OpinionPrint, Outcome, PatientPrint, PatientsPrint,
    ProductPrint, ResolutionPrint, StatementPrint, Usage,
};
use crate::PrintError;
use crate::ending::{ending, tone};
use crate::layout::{Code, Column, Layout, Panel, QrMatrix};
use crate::polish::{date, moment};
use crate::section::{Rows, fact, push, section};
use crate::signature::{in_office, signatures};
use chrono::{DateTime, Utc};

pub(super) fn title(demand: &DemandPrint) -> &'static str {
    match demand.kind {
        Kind::Medicine => {
            "Zapotrzebowanie na sprowadzenie z zagranicy produktu leczniczego niezbędnego dla ratowania życia lub zdrowia"
        }
        Kind::Food => {
            "Zapotrzebowanie na sprowadzenie z zagranicy środka spożywczego specjalnego przeznaczenia żywieniowego niezbędnego dla ratowania życia lub zdrowia"
        }
    }
}

/// KPA art. 39³: the identifier stands on every page, the whole statement at the end. A food has it without that basis.
pub(crate) fn footer(kind: Kind, statement: Option<&StatementPrint>, printed_at: DateTime<Utc>) -> String {
    let printed = format!("Wydrukowano: {}.", moment(printed_at));
    match (kind, statement) {
        (Kind::Medicine, Some(statement)) => format!(
            "Wydruk dokumentu elektronicznego. Identyfikator dokumentu w systemie: {}. {printed}",
            statement.document_id
        ),
        (Kind::Medicine, None) => {
            format!("Wydruk z systemu, bez rozstrzygnięcia podpisanego elektronicznie. {printed}")
        }
        (Kind::Food, Some(statement)) => {
            format!("Wydruk z systemu. Identyfikator w systemie: {}. {printed}", statement.document_id)
        }
        (Kind::Food, None) => format!("Wydruk z systemu, bez podpisanej zgody. {printed}"),
    }
}

pub(super) fn all(layout: &mut Layout, demand: &DemandPrint) -> Result<(), PrintError> {
    layout.title(title(demand), usage(demand.usage));
    if let Some(ended) = &demand.ending {
        ending(layout, ended);
    }
    summary(layout, demand)?;
    if let Some(product) = &demand.product {
        self::product(layout, demand.kind, product);
    }
    if let Some(patients) = &demand.patients {
        self::patients(layout, patients);
    }
    if let Some(medical) = &demand.medical {
        self::medical(layout, medical);
    }
    if let Some(disaster) = &demand.disaster {
        ground::disaster(layout, disaster);
    }
    if let Some(entity) = &demand.entity {
        self::entity(layout, entity);
    }
    issuer(layout, demand);
    if let Some(opinion) = &demand.opinion {
        self::opinion(layout, opinion);
    }
    if let Some(resolution) = &demand.resolution {
        self::resolution(layout, demand.kind, resolution);
    }
    if let Some(paper) = &demand.paper {
        super::paper::paper(layout, paper);
    }
    signatures(layout, &demand.signatures);
    if let Some(statement) = &demand.statement {
        self::statement(layout, demand.kind, statement);
    }
    Ok(())
}

fn usage(usage: Usage) -> &'static str {
    match usage {
        Usage::InFacility => "do stosowania w podmiocie wykonującym działalność leczniczą",
        Usage::OutsideFacility => "do stosowania poza podmiotem wykonującym działalność leczniczą",
    }
}

/// What the minister's act is called: for a food it is a consent, which is no decision (UBZZ art. 29a(5)).
struct Words {
    label: &'static str,
    approved: &'static str,
    rejected: &'static str,
    date: &'static str,
    panel: &'static str,
    section: &'static str,
    decider: &'static str,
    grounds: &'static str,
}

const RESOLUTION: Words = Words {
    label: "Rozstrzygnięcie",
    approved: "Pozytywne",
    rejected: "Negatywne",
    date: "Data rozstrzygnięcia",
    panel: "Numery, stan i rozstrzygnięcie",
    section: "Rozstrzygnięcie ministra właściwego do spraw zdrowia",
    decider: "Rozstrzygający",
    grounds: "Uzasadnienie rozstrzygnięcia",
};

const CONSENT: Words = Words {
    label: "Zgoda",
    approved: "Udzielona",
    rejected: "Odmówiono zgody",
    date: "Data udzielenia lub odmowy zgody",
    panel: "Numery, stan i zgoda",
    section: "Zgoda ministra właściwego do spraw zdrowia",
    decider: "W imieniu ministra",
    grounds: "Powody",
};

impl Words {
    fn of(kind: Kind) -> &'static Self {
        match kind {
            Kind::Medicine => &RESOLUTION,
            Kind::Food => &CONSENT,
        }
    }

    fn outcome(&self, outcome: Outcome) -> &'static str {
        match outcome {
            Outcome::Approved => self.approved,
            Outcome::Rejected => self.rejected,
        }
    }
}

fn summary(layout: &mut Layout, demand: &DemandPrint) -> Result<(), PrintError> {
    let mut facts = vec![fact("Numer zapotrzebowania", demand.number.clone(), true)];
    let mut add = |label, value: Option<String>, strong| {
        facts.extend(value.map(|value| fact(label, value, strong)));
    };
    add("Unikalny numer rozstrzygnięcia", demand.resolution_number.clone(), true);
    let resolution = demand.resolution.as_ref();
    let words = Words::of(demand.kind);
    add("Stan", Some(demand.state.clone()).filter(|state| !state.is_empty()), false);
    if let Some(ruling) = resolution {
        add(words.label, Some(words.outcome(ruling.outcome).to_owned()), false);
    }
    add("Podstawa prawna", Some(ground::basis(demand.kind, demand.ground).to_owned()), false);
    add("Data wystawienia", demand.issued_on.map(date), false);
    add(words.date, resolution.map(|ruling| date(ruling.resolved_on)), false);
    add(
        "Przekazać do hurtowni najpóźniej",
        resolution.and_then(|ruling| ruling.valid_until).filter(|_| demand.ending.is_none()).map(date),
        false,
    );
    let code = demand.decision_token.as_deref().map(|token| code(demand.kind, token)).transpose()?;
    let is_positive = resolution.map(|ruling| ruling.outcome == Outcome::Approved);
    let tone = tone(is_positive, demand.ending.as_ref());
    layout.panel(Panel { summary: words.panel, tone, facts, code });
    if let Some(reason) = &demand.urgency {
        layout.labelled("Tryb pilny", reason);
    }
    Ok(())
}

/// The decision token as a code that proves the resolution offline.
pub(crate) fn code(kind: Kind, token: &str) -> Result<Code<'static>, PrintError> {
    let (alternative, caption) = match kind {
        Kind::Medicine => (
            "Kod QR z podpisanym elektronicznie potwierdzeniem rozstrzygnięcia",
            "Podpisane potwierdzenie rozstrzygnięcia",
        ),
        Kind::Food => {
            ("Kod QR z podpisanym elektronicznie potwierdzeniem zgody", "Podpisane potwierdzenie zgody")
        }
    };
    Ok(Code { matrix: QrMatrix::encode(token)?, alternative, caption })
}

pub(crate) fn product(layout: &mut Layout, kind: Kind, product: &ProductPrint) {
    let (heading, name, form) = match kind {
        Kind::Medicine => ("Produkt leczniczy", "Nazwa handlowa", "Postać farmaceutyczna"),
        Kind::Food => ("Środek spożywczy specjalnego przeznaczenia żywieniowego", "Nazwa", "Postać"),
    };
    let mut rows: Rows = Vec::new();
    push(&mut rows, name, Some(&product.name));
    push(&mut rows, "Nazwa międzynarodowa", Some(&product.international_name));
    push(&mut rows, "Grupa", Some(&product.group));
    push(&mut rows, "Skład", Some(&product.composition));
    push(&mut rows, form, Some(&product.form));
    push(&mut rows, "Moc lub dawka", Some(&product.strength));
    push(&mut rows, "Podmiot odpowiedzialny", Some(&product.marketing_authorisation_holder));
    push(&mut rows, "Producent", Some(&product.producer));
    push(&mut rows, "Kraj sprowadzenia", product.source_country.as_ref());
    push(&mut rows, "Kod ATC", product.atc.as_ref());
    push(&mut rows, "Ilość", Some(&product.quantity));
    push(&mut rows, "Ilość zatwierdzona", product.approved_quantity.as_ref());
    push(&mut rows, "Łącznie z uzupełnieniami", product.total_quantity.as_ref());
    push(&mut rows, "Czas kuracji", product.treatment_days.map(days).as_ref());
    section(layout, heading, &rows);
}

fn days(days: u32) -> String {
    if days == 1 { "1 dzień".to_owned() } else { format!("{days} dni") }
}

fn patients(layout: &mut Layout, patients: &PatientsPrint) {
    match patients.people.as_slice() {
        [] => layout.heading("Pacjenci"),
        [patient] => return one_patient(layout, patient),
        people => patient_list(layout, people),
    }
    if let Some(reason) = &patients.ad_hoc {
        layout.labelled("Na potrzeby doraźne – uzasadnienie ilości", reason);
    }
}

fn one_patient(layout: &mut Layout, patient: &PatientPrint) {
    let mut rows: Rows = Vec::new();
    push(&mut rows, "Imię i nazwisko", Some(&patient.name));
    push(&mut rows, "Identyfikator", patient.identifier.as_ref());
    push(&mut rows, "Przedstawiciel lub opiekun", patient.guardian_identifier.as_ref());
    push(&mut rows, "Data urodzenia", patient.birth_date.map(date).as_ref());
    push(&mut rows, "Adres", patient.address.as_ref());
    push(&mut rows, "Ilość", patient.quantity.as_ref());
    section(layout, "Pacjent", &rows);
}

fn patient_list(layout: &mut Layout, people: &[PatientPrint]) {
    layout.heading("Pacjenci (według listy)");
    let columns = [("Lp.", 0.55), ("Imię i nazwisko", 2.6), ("Identyfikator", 3.4), ("Ilość", 1.5)]
        .map(|(title, share)| Column { title, share });
    let rows: Vec<_> = people
        .iter()
        .enumerate()
        .map(|(index, patient)| {
            let identifiers: Vec<_> = [
                patient.identifier.clone(),
                patient
                    .guardian_identifier
                    .as_ref()
                    .map(|number| format!("przedstawiciel lub opiekun: {number}")),
                patient.birth_date.map(|day| format!("ur. {}", date(day))),
            ]
            .into_iter()
            .flatten()
            .collect();
            let quantity = patient.quantity.clone().unwrap_or_default();
            vec![(index + 1).to_string(), patient.name.clone(), identifiers.join("\n"), quantity]
        })
        .collect();
    layout.table("Lista pacjentów", &columns, &rows);
}

fn medical(layout: &mut Layout, medical: &MedicalPrint) {
    if medical.diagnosis.is_none() && medical.justification.is_none() {
        return;
    }
    let mut rows: Rows = Vec::new();
    push(&mut rows, "Rozpoznanie (ICD-10)", medical.diagnosis.as_ref());
    section(layout, "Rozpoznanie i uzasadnienie", &rows);
    if let Some(justification) = &medical.justification {
        layout.labelled("Uzasadnienie", justification);
    }
}

fn entity(layout: &mut Layout, entity: &EntityPrint) {
    let mut rows: Rows = Vec::new();
    push(&mut rows, "Nazwa (firma)", Some(&entity.name));
    push(&mut rows, "Jednostka lub komórka", entity.unit.as_ref());
    push(&mut rows, "NIP", entity.nip.as_ref());
    push(&mut rows, "Numer wpisu do RPWDL", entity.rpwdl.as_ref());
    push(&mut rows, "Kod jednostki lub komórki", entity.unit_code.as_ref());
    push(&mut rows, "Adres", entity.address.as_ref());
    section(layout, "Podmiot wykonujący działalność leczniczą", &rows);
}

fn issuer(layout: &mut Layout, demand: &DemandPrint) {
    let mut rows: Rows = Vec::new();
    let physician = demand.physician.as_ref();
    push(
        &mut rows,
        "Lekarz",
        physician.map(|physician| licensed(&physician.name, Some(&physician.npwz))).as_ref(),
    );
    let representative = demand.representative.as_ref();
    push(&mut rows, "Osoba upoważniona do reprezentacji", representative.map(in_office).as_ref());
    if !rows.is_empty() {
        section(layout, "Osoby wystawiające", &rows);
    }
}

fn licensed(name: &str, npwz: Option<&String>) -> String {
    npwz.map_or_else(|| name.to_owned(), |npwz| format!("{name}, numer prawa wykonywania zawodu {npwz}"))
}

fn opinion(layout: &mut Layout, opinion: &OpinionPrint) {
    let verdict = match opinion.given_on {
        Some(day) => format!("{} – {}", opinion.verdict, date(day)),
        None => opinion.verdict.clone(),
    };
    let mut rows: Rows = Vec::new();
    push(&mut rows, "Konsultant", Some(&licensed(&opinion.consultant, opinion.npwz.as_ref())));
    push(&mut rows, "Funkcja", Some(&opinion.function));
    push(&mut rows, "Kwalifikacje", opinion.qualifications.as_ref());
    push(&mut rows, "W zastępstwie", opinion.in_place_of.as_ref());
    push(&mut rows, "Opinia", Some(&verdict));
    section(layout, "Opinia konsultanta", &rows);
    if let Some(justification) = &opinion.justification {
        layout.labelled("Uzasadnienie opinii", justification);
    }
}

/// The number and the last day stand in the panel on the first page.
fn resolution(layout: &mut Layout, kind: Kind, resolution: &ResolutionPrint) {
    let mut rows: Rows = Vec::new();
    let words = Words::of(kind);
    let ruling = format!("{} – {}", words.outcome(resolution.outcome), date(resolution.resolved_on));
    push(&mut rows, words.label, Some(&ruling));
    push(&mut rows, words.decider, resolution.decider.as_ref().map(in_office).as_ref());
    section(layout, words.section, &rows);
    if let Some(grounds) = &resolution.grounds {
        layout.labelled(words.grounds, grounds);
    }
}

pub(crate) fn statement(layout: &mut Layout, kind: Kind, statement: &StatementPrint) {
    let StatementPrint { signed_with, signatory, post, document_id } = statement;
    let (heading, said) = match kind {
        Kind::Medicine => (
            "Wydruk dokumentu elektronicznego",
            format!(
                "Dokument wydano w postaci elektronicznej i podpisano {signed_with}. Podpisujący: {signatory}, {post}. \
                 Identyfikator dokumentu nadany przez system teleinformatyczny: {document_id}."
            ),
        ),
        Kind::Food => (
            "Podpis w systemie",
            format!(
                "Zgodę albo jej odmowę zapisano w systemie i podpisano {signed_with}. Podpisujący: {signatory}, {post}. \
                 Identyfikator zapotrzebowania w systemie: {document_id}."
            ),
        ),
    };
    layout.heading(heading);
    layout.paragraph(&said);
}
