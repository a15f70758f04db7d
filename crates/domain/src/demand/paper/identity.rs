//! What makes two entries the same paper.

use crate::demand::content::{Content, Patients, Product, rules};
use crate::redacted::Redacted;
use crate::values::{Npwz, RpwdlNumber, Text, UnitCode};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// One text for one paper, for a blind index: entity, use, physician, patients, product and date of issue. Whoever types it a
/// second time from another scan is found by it. Siblings whom only a guardian's number names are several patients. Needs
/// of patients who are not known yet are told apart by ward and quantity: one physician may state two on one day.
pub fn index_text(content: &Content, issued_on: NaiveDate) -> Redacted<String> {
    let patients: BTreeSet<String> = rules::patients(content)
        .into_iter()
        .filter_map(|(_, patient)| rules::index_text(patient))
        .map(Redacted::into_inner)
        .collect();
    let of_nobody = match content.patients {
        Some(Patients::AdHoc { .. }) => ad_hoc(content),
        Some(Patients::Named { .. } | Patients::List { .. }) | None => String::new(),
    };
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
        "{}|{}|{}|{}|{patients}{of_nobody}|{product}|{issued_on}",
        content.kind().name(),
        content.entity.rpwdl_number.as_ref().map(RpwdlNumber::as_str).unwrap_or_default(),
        content.use_.name(),
        physician.unwrap_or_default(),
    ))
}

fn ad_hoc(content: &Content) -> String {
    let ward = content.entity.unit_code.as_ref().map(UnitCode::as_str);
    let quantity = content.quantity.as_ref().map(|it| format!("{it} {}", it.unit().as_str()));
    format!("AD_HOC:{}:{}", ward.unwrap_or_default(), quantity.unwrap_or_default())
}
