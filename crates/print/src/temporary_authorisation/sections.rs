//! The sections of the print, in the order in which its readers need them.

use super::{AuthorisationPrint, BatchPrint, ConsentPrint, WholesalerPrint};
use crate::PrintError;
use crate::demand::Kind;
use crate::demand::sections::{code, product, statement};
use crate::ending::{ending, tone};
use crate::layout::{Column, Layout, Panel};
use crate::polish::date;
use crate::section::{Rows, fact, push, section};
use crate::signature::{in_office, signatures};

pub(super) const TITLE: &str =
    "Zgłoszenie w sprawie czasowego dopuszczenia do obrotu produktu leczniczego nieposiadającego pozwolenia";

pub(super) fn all(layout: &mut Layout, it: &AuthorisationPrint) -> Result<(), PrintError> {
    layout.title(TITLE, subtitle(it));
    if let Some(ended) = &it.ending {
        ending(layout, ended);
    }
    summary(layout, it)?;
    product(layout, Kind::Medicine, &it.product);
    batches(layout, &it.batches);
    for (number, conditions) in &it.conditions_of_additions {
        layout.labelled(&format!("Warunki uzupełnienia {number}"), conditions);
    }
    grounds_of_notification(layout, it);
    wholesaler(layout, &it.wholesaler);
    people(layout, it);
    if let Some(resolution) = &it.resolution {
        self::resolution(layout, resolution);
    }
    if let Some(paper) = &it.paper {
        crate::demand::paper::paper(layout, paper);
    }
    signatures(layout, &it.signatures);
    if let Some(said) = &it.statement {
        statement(layout, Kind::Medicine, said);
    }
    Ok(())
}

fn subtitle(it: &AuthorisationPrint) -> &'static str {
    match (it.is_addition, it.is_veterinary) {
        (true, _) => "uzupełnienie zgody o nowe serie (art. 4 ust. 8 ustawy – Prawo farmaceutyczne)",
        (false, true) => "produkt leczniczy weterynaryjny (art. 4 ust. 8 ustawy – Prawo farmaceutyczne)",
        (false, false) => "art. 4 ust. 8 ustawy – Prawo farmaceutyczne",
    }
}

fn outcome(resolution: &ConsentPrint) -> &'static str {
    if resolution.is_consent { "Zgoda" } else { "Odmowa" }
}

fn summary(layout: &mut Layout, it: &AuthorisationPrint) -> Result<(), PrintError> {
    let mut facts = vec![fact("Numer zgłoszenia", it.number.clone(), true)];
    let mut add = |label, value: Option<String>, strong| {
        facts.extend(value.map(|value| fact(label, value, strong)));
    };
    let resolution = it.resolution.as_ref();
    let period = resolution.and_then(|ruling| ruling.period);
    add("Unikalny numer rozstrzygnięcia", it.resolution_number.clone(), true);
    add("Stan", Some(it.state.clone()), false);
    add("Data zgłoszenia", it.submitted_on.map(date), false);
    add("Rozstrzygnięcie", resolution.map(|ruling| outcome(ruling).to_owned()), false);
    if it.ending.is_none() {
        add("Zgoda od", period.map(|(from, _)| date(from)), false);
        add("Zgoda do", period.map(|(_, until)| date(until)), false);
    } else {
        let whole = period.map(|(from, until)| format!("{} – {}", date(from), date(until)));
        add("Okres wskazany w rozstrzygnięciu", whole, false);
    }
    let tone = tone(resolution.map(|ruling| ruling.is_consent), it.ending.as_ref());
    let code = it.decision_token.as_deref().map(|token| code(Kind::Medicine, token)).transpose()?;
    layout.panel(Panel { summary: "Numery, stan i rozstrzygnięcie", tone, facts, code });
    Ok(())
}

fn batches(layout: &mut Layout, batches: &[BatchPrint]) {
    if batches.is_empty() {
        return;
    }
    layout.heading("Serie");
    let columns = [("Numer serii", 2.0), ("Termin ważności", 1.8), ("Ilość", 1.8), ("Uzupełnienie", 2.2)]
        .map(|(title, share)| Column { title, share });
    let row = |batch: &BatchPrint| {
        vec![
            batch.number.clone(),
            date(batch.expires_on),
            batch.quantity.clone(),
            batch.added_by.clone().unwrap_or_else(|| "–".to_owned()),
        ]
    };
    let rows: Vec<_> = batches.iter().map(row).collect();
    layout.table("Serie objęte zgłoszeniem", &columns, &rows);
}

fn grounds_of_notification(layout: &mut Layout, it: &AuthorisationPrint) {
    let mut rows: Rows = Vec::new();
    push(&mut rows, "Klęska lub zagrożenie", it.threat.as_ref());
    push(&mut rows, "Załączniki", Some(&it.attachments.join("; ")));
    if rows.is_empty() && it.justification.is_none() {
        return;
    }
    section(layout, "Podstawa zgłoszenia", &rows);
    if let Some(justification) = &it.justification {
        layout.labelled("Uzasadnienie", justification);
    }
}

fn wholesaler(layout: &mut Layout, wholesaler: &WholesalerPrint) {
    let mut rows: Rows = Vec::new();
    push(&mut rows, "Nazwa (firma)", Some(&wholesaler.name));
    push(&mut rows, "NIP", wholesaler.nip.as_ref());
    push(&mut rows, "Unikalny identyfikator hurtowni", wholesaler.identifier.as_ref());
    push(&mut rows, "Adres", wholesaler.address.as_ref());
    section(layout, "Hurtownia farmaceutyczna", &rows);
}

fn people(layout: &mut Layout, it: &AuthorisationPrint) {
    let mut rows: Rows = Vec::new();
    let first = if it.is_signed_by_authorised {
        "Osoba upoważniona przez osobę odpowiedzialną"
    } else {
        "Osoba odpowiedzialna"
    };
    push(&mut rows, first, it.responsible_person.as_ref().map(in_office).as_ref());
    push(&mut rows, "Osoba uprawniona do reprezentacji", it.representative.as_ref().map(in_office).as_ref());
    if !rows.is_empty() {
        section(layout, "Osoby zgłaszające", &rows);
    }
}

fn resolution(layout: &mut Layout, resolution: &ConsentPrint) {
    let mut rows: Rows = Vec::new();
    let ruling = format!("{} – {}", outcome(resolution), date(resolution.resolved_on));
    push(&mut rows, "Rozstrzygnięcie", Some(&ruling));
    push(&mut rows, "Rozstrzygający", Some(&in_office(&resolution.decider)));
    section(layout, "Rozstrzygnięcie ministra właściwego do spraw zdrowia", &rows);
    if let Some(conditions) = &resolution.conditions {
        layout.labelled("Warunki zgody", conditions);
    }
    if let Some(grounds) = &resolution.grounds {
        layout.labelled("Uzasadnienie rozstrzygnięcia", grounds);
    }
}
