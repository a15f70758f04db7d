//! The section that says how a document came on paper.

use super::PaperPrint;
use crate::layout::{Column, Layout};
use crate::polish::{date, moment};
use crate::section::{Rows, push, section};
use crate::signature::in_office;

pub(crate) fn paper(layout: &mut Layout, paper: &PaperPrint) {
    let mut rows: Rows = vec![("Przyczyna", paper.grounds.clone())];
    rows.extend(paper.consultant_received_on.map(|day| ("Wpływ do konsultanta", date(day))));
    rows.push(("Wysłano do ministra", date(paper.sent_on)));
    rows.push(("Wpływ do ministra", date(paper.received_on)));
    let entered = format!("{}, {}", moment(paper.entered_at), in_office(&paper.entered_by));
    push(&mut rows, "Wpisano do systemu", Some(&entered));
    for correction in &paper.corrections {
        push(&mut rows, "Poprawiono wpis", Some(correction));
    }
    push(&mut rows, "Skan", Some(&format!("{} (SHA-256: {})", paper.scan_title, paper.scan_sha256)));
    section(layout, "Dokument złożony na papierze (art. 4ad ust. 8 Prawa farmaceutycznego)", &rows);
    let columns =
        [("Kto", 2.5), ("Funkcja", 2.8), ("Data podpisu", 2.0)].map(|(title, share)| Column { title, share });
    let signed = paper
        .signatures
        .iter()
        .map(|signature| vec![signature.who.clone(), signature.function.clone(), date(signature.signed_on)]);
    layout.table("Podpisy własnoręczne na papierze", &columns, &signed.collect::<Vec<_>>());
}
