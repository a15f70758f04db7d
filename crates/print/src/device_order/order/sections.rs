//! The sections of an order's print: part I, part II, and who signed.

use super::device;
use super::{DocumentPrint, EntitlementPrint, GroundsPrint, MonthPrint, OrderPrint, RightPrint, Until};
use crate::device_order::people::{ordered_by, paper, patient};
use crate::device_order::verification::{VerdictPrint, verdict};
use crate::ending::{ending, tone};
use crate::layout::{Column, Layout, Panel};
use crate::polish::{date, month};
use crate::section::{Rows, fact, push, section};
use crate::signature::{StatementPrint, signatures};

pub(super) const TITLE: &str = "Zlecenie na zaopatrzenie w wyroby medyczne";

pub(super) fn all(layout: &mut Layout, it: &OrderPrint) {
    let subtitle = match it.verdict {
        Some(_) => "część I – zlecenie, część II – wynik weryfikacji",
        None => "część I – zlecenie",
    };
    layout.title(TITLE, subtitle);
    if let Some(ended) = &it.ending {
        ending(layout, ended);
    }
    summary(layout, it);
    if let Some(by) = &it.ordered_by {
        ordered_by(layout, by);
    }
    if let Some(who) = &it.patient {
        patient(layout, "Część I. Pacjent", who, Rows::new());
    }
    entitlements(layout, it);
    device::device(layout, it);
    if let Some(grounds) = &it.grounds {
        self::grounds(layout, grounds);
    }
    if let Some(outcome) = &it.verdict {
        verdict(layout, "Część II. Wynik weryfikacji zlecenia", outcome);
    }
    months(layout, &it.months);
    if let Some(on_paper) = &it.paper {
        paper(layout, on_paper);
    }
    signatures(layout, &it.signatures);
    if let Some(said) = &it.statement {
        statement(layout, said);
    }
}

fn summary(layout: &mut Layout, it: &OrderPrint) {
    let mut facts = vec![fact("Numer zlecenia", it.number.clone(), true)];
    let mut add = |label, value: Option<String>| {
        facts.extend(value.filter(|value| !value.is_empty()).map(|value| fact(label, value, false)));
    };
    add("Stan", Some(it.state.clone()));
    add("Data wystawienia", it.issued_on.map(date));
    let verdict = it.verdict.as_ref().map(VerdictPrint::is_positive);
    let words = |is_positive| if is_positive { "Pozytywny" } else { "Negatywny" };
    add("Wynik weryfikacji", verdict.map(|is_positive| words(is_positive).to_owned()));
    let can_be_supplied = verdict == Some(true) && it.ending.is_none();
    add("Można zrealizować do", it.valid_until.filter(|_| can_be_supplied).map(date));
    add("Wersja", (it.version > 1).then(|| it.version.to_string()));
    let tone = tone(verdict, it.ending.as_ref());
    layout.panel(Panel { summary: "Numer, stan i ważność zlecenia", tone, facts, code: None });
}

fn entitlements(layout: &mut Layout, it: &OrderPrint) {
    let mut rows: Rows = Vec::new();
    push(&mut rows, "Prawo do świadczeń", it.right.as_ref().map(right).as_ref());
    push(&mut rows, "Uprawnienie dodatkowe", it.additional_entitlement.as_ref().map(entitlement).as_ref());
    if !rows.is_empty() {
        section(layout, "Część I. Uprawnienia pacjenta", &rows);
    }
}

fn right(right: &RightPrint) -> String {
    match right {
        RightPrint::Statement { made_on, made_by } => format!("oświadczenie z {}, {made_by}", date(*made_on)),
        RightPrint::Document(it) => document(it),
        RightPrint::EuDocument { country, personal_number, institution, document: it } => format!(
            "{}\nubezpieczony w: {country}, numer osobisty {personal_number}, instytucja: {institution}",
            document(it)
        ),
    }
}

fn document(document: &DocumentPrint) -> String {
    let mut said = document.kind.clone();
    let mut add = |part: Option<String>| {
        if let Some(part) = part {
            said.push_str(", ");
            said.push_str(&part);
        }
    };
    add(document.number.as_ref().map(|number| format!("nr\u{a0}{number}")));
    add(document.issued_on.map(|day| format!("z {}", date(day))));
    add(document.until.map(|until| match until {
        Until::Indefinite => "bezterminowo".to_owned(),
        Until::Day(last) => format!("ważne do {}", date(last)),
    }));
    said
}

fn entitlement(entitlement: &EntitlementPrint) -> String {
    let certified = entitlement
        .certified_by
        .as_ref()
        .map(|licence| format!("\nzaświadczył lekarz, nr prawa wykonywania zawodu {licence}"));
    format!("{} – {}{}", entitlement.code, document(&entitlement.document), certified.unwrap_or_default())
}

fn grounds(layout: &mut Layout, grounds: &GroundsPrint) {
    let mut rows: Rows = Vec::new();
    push(&mut rows, "Rozpoznanie (ICD-10)", grounds.diagnosis.as_ref());
    for criterion in &grounds.criteria {
        push(&mut rows, "Kryterium", Some(&format!("{} – {}", criterion.code, criterion.name)));
    }
    section(layout, "Część I. Wskazania medyczne", &rows);
    let shortening = grounds.shortening.as_ref();
    for (label, said) in [
        ("Dodatkowe informacje", grounds.further.as_ref()),
        ("Uzasadnienie większej ilości", grounds.larger_quantity.as_ref()),
        ("Skrócenie okresu użytkowania – przesłanka", shortening.map(|it| &it.ground)),
        ("Skrócenie okresu użytkowania – uzasadnienie medyczne", shortening.map(|it| &it.justification)),
    ] {
        if let Some(said) = said {
            layout.labelled(label, said);
        }
    }
}

fn months(layout: &mut Layout, months: &[MonthPrint]) {
    if months.is_empty() {
        return;
    }
    layout.heading("Stan miesięcy zlecenia");
    let columns =
        [("Miesiąc", 2.0), ("Stan", 2.2), ("Uwagi", 4.8)].map(|(title, share)| Column { title, share });
    let row = |it: &MonthPrint| {
        vec![month(it.month), it.state.clone(), it.note.clone().unwrap_or_else(|| "–".to_owned())]
    };
    layout.table("Stan każdego miesiąca", &columns, &months.iter().map(row).collect::<Vec<_>>());
}

/// An order is no letter of an authority: the words of KPA art. 39³ are not for it.
pub(in crate::device_order) fn statement(layout: &mut Layout, statement: &StatementPrint) {
    let StatementPrint { signatory, post, signed_with, document_id } = statement;
    layout.heading("Wydruk zlecenia elektronicznego");
    layout.paragraph(&format!(
        "Zlecenie wystawiono w postaci elektronicznej i podpisano {signed_with}. Podpisujący: {signatory}, {post}. \
         Identyfikator dokumentu nadany przez system teleinformatyczny: {document_id}."
    ));
}
