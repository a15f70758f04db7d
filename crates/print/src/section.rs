//! A section of a print: a heading over labels and values, of which only those that are given are shown.

use crate::layout::{Fact, Layout};

pub(crate) type Rows = Vec<(&'static str, String)>;

pub(crate) fn fact(label: &'static str, value: String, strong: bool) -> Fact {
    Fact { label, value, strong }
}

pub(crate) fn section(layout: &mut Layout, heading: &str, rows: &[(&str, String)]) {
    layout.heading(heading);
    if !rows.is_empty() {
        layout.rows(heading, rows);
    }
}

pub(crate) fn push(rows: &mut Rows, label: &'static str, value: Option<&String>) {
    if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
        rows.push((label, value.clone()));
    }
}
