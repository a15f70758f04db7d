//! What makes two entries the same paper.

use crate::device_order::content::{Content, OrderedSupply};
use crate::redacted::Redacted;
use crate::values::LicenceNumber;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// One text for one paper, for a blind index: prescriber, patient, devices, first month and day of issue. Whoever types it a
/// second time from another scan is found by it.
pub fn index_text(content: &Content, issued_on: NaiveDate) -> Redacted<String> {
    let patient = content.patient.identifier.as_ref().map(|it| it.index_text().into_inner());
    let prescriber = content.prescriber.licence_number.as_ref().map(LicenceNumber::as_str);
    let items: BTreeSet<String> =
        content.items().iter().map(|item| format!("{}:{:?}", item.code.as_str(), item.side)).collect();
    let from = match content.supply {
        Some(OrderedSupply::Monthly { from, .. }) => from.to_string(),
        Some(OrderedSupply::OneOff { .. }) | None => String::new(),
    };
    Redacted::new(format!(
        "DEVICE_ORDER|{}|{}|{}|{from}|{issued_on}",
        prescriber.unwrap_or_default(),
        patient.unwrap_or_default(),
        items.into_iter().collect::<Vec<_>>().join(","),
    ))
}
