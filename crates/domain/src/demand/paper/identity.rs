//! What makes two entries the same paper.

use crate::demand::content::{Content, Patients, Product, rules};
use crate::redacted::Redacted;
use crate::values::{Npwz, Text};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// One text for one paper, for a blind index: physician, patients, product and date of issue. Whoever types it a second
/// time from another scan is found by it. Siblings whom only a guardian's number names are several patients.
pub fn index_text(content: &Content, issued_on: NaiveDate) -> Redacted<String> {
    let patients: BTreeSet<String> = rules::patients(content)
        .into_iter()
        .filter_map(|(_, patient)| rules::index_text(patient))
        .map(Redacted::into_inner)
        .collect();
    let of_nobody = matches!(content.patients, Some(Patients::AdHoc { .. })).then_some("AD_HOC");
    let physician = content.physician.npwz.as_ref().map(Npwz::as_str);
    let strength = match &content.product {
        Product::Medicine(product) => product.strength.as_ref(),
        Product::Food(_) => None,
    };
    let product = [
        content.product.name().map(Text::as_str),
        content.product.form().map(Text::as_str),
        strength.map(Text::as_str),
    ];
    let product = product.map(|word| word.unwrap_or_default().to_lowercase()).join("|");
    let patients = patients.into_iter().collect::<Vec<_>>().join(",");
    Redacted::new(format!(
        "{}|{}|{patients}{}|{product}|{issued_on}",
        content.kind().name(),
        physician.unwrap_or_default(),
        of_nobody.unwrap_or_default(),
    ))
}
