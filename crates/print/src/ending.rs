//! What has ended a document that was signed, so that nobody takes its print for a valid one.

use crate::layout::{Layout, Panel, Tone};
use crate::polish::date;
use crate::section::{Rows, fact, push};
use chrono::NaiveDate;

/// Why what the document grants or asks for does not hold any more. It stands first of all.
#[derive(Clone)]
pub struct EndingPrint {
    /// What has happened, in Polish, e.g. `Zgodę cofnięto`.
    pub what: String,
    pub on: NaiveDate,
    pub legal_basis: Option<String>,
    pub grounds: Option<String>,
}

/// What does not hold any more says so before anything else.
pub(crate) fn ending(layout: &mut Layout, ended: &EndingPrint) {
    let what = format!("{} – {}", ended.what, date(ended.on));
    let facts = vec![fact("Dokument nie obowiązuje", what, true)];
    layout.panel(Panel { summary: "Koniec ważności dokumentu", tone: Tone::Negative, facts, code: None });
    let mut rows: Rows = Vec::new();
    push(&mut rows, "Podstawa prawna", ended.legal_basis.as_ref());
    push(&mut rows, "Powody", ended.grounds.as_ref());
    if !rows.is_empty() {
        layout.rows("Podstawa i powody", &rows);
        layout.skip(7.0);
    }
}

/// The colour of a ruling, as long as it holds.
pub(crate) fn tone(is_positive: Option<bool>, ending: Option<&EndingPrint>) -> Tone {
    match (is_positive, ending) {
        (_, Some(_)) | (Some(false), None) => Tone::Negative,
        (Some(true), None) => Tone::Positive,
        (None, None) => Tone::Neutral,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ruling_is_positive_only_as_long_as_it_holds() {
        let ended =
            EndingPrint {
                what: "Cofnięto".to_owned(), on: NaiveDate::MIN, legal_basis: None, grounds: None
            };
        let is = |positive, ending: Option<&EndingPrint>, expected| tone(positive, ending) == expected;
        assert!(is(Some(true), None, Tone::Positive) && is(Some(true), Some(&ended), Tone::Negative));
        assert!(is(Some(false), None, Tone::Negative) && is(Some(false), Some(&ended), Tone::Negative));
        assert!(is(None, None, Tone::Neutral) && is(None, Some(&ended), Tone::Negative));
    }
}
