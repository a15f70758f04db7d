//! Who signed a document, and how a print says so.

use crate::layout::{Column, Layout};
use crate::polish::moment;
use chrono::{DateTime, Utc};

#[derive(Clone, Default)]
pub struct RepresentativePrint {
    pub name: String,
    pub post: String,
}

#[derive(Clone)]
pub struct SignaturePrint {
    pub who: String,
    pub function: String,
    /// The kind of signature in words, e.g. `podpis kwalifikowany`.
    pub kind: String,
    pub signed_at: DateTime<Utc>,
}

#[derive(Clone, Default)]
pub struct StatementPrint {
    pub signatory: String,
    pub post: String,
    /// The kind of signature in the instrumental, e.g. `kwalifikowanym podpisem elektronicznym`.
    pub signed_with: String,
    /// The document's identifier in the system.
    pub document_id: String,
}

pub(crate) fn in_office(person: &RepresentativePrint) -> String {
    if person.post.is_empty() { person.name.clone() } else { format!("{}, {}", person.name, person.post) }
}

pub(crate) fn signatures(layout: &mut Layout, signatures: &[SignaturePrint]) {
    if signatures.is_empty() {
        return;
    }
    layout.heading("Podpisy elektroniczne");
    let columns = [("Kto", 2.3), ("Funkcja", 2.6), ("Rodzaj podpisu", 2.2), ("Data i godzina", 1.7)]
        .map(|(title, share)| Column { title, share });
    let rows: Vec<_> = signatures
        .iter()
        .map(|signature| {
            vec![
                signature.who.clone(),
                signature.function.clone(),
                signature.kind.clone(),
                moment(signature.signed_at),
            ]
        })
        .collect();
    layout.table("Podpisy złożone pod dokumentem", &columns, &rows);
}
