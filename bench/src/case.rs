//! Unique drafts: one realistic demand, each time for another fictitious patient.

use crate::Outcome;
use crate::client::text;
use chrono::{Datelike, Days, NaiveDate};
use serde_json::{Value, json};
use std::sync::atomic::{AtomicU64, Ordering};

const SCENARIO: &str = include_str!("../../data/scenarios/tiopronin-cystinuria.json");
/// Stand for what differs; neither occurs in the scenario.
const PESEL_HERE: &str = "~pesel~";
const REFERENCE_HERE: &str = "~reference~";
/// Women's numbers of one day of birth.
const PER_DAY: u64 = 5_000;
/// Days of birth that make an adult.
const DAYS: u64 = 16_000;

/// Writes the body of one draft after the other, never the same twice.
pub(crate) struct Cases {
    template: String,
    count: AtomicU64,
}

impl Cases {
    /// The scenario as this physician of this entity issues it.
    pub(crate) fn new(entity: &Value, physician: &Value) -> Outcome<Self> {
        let scenario: Value = serde_json::from_str(SCENARIO)?;
        let mut content = scenario.get("content").cloned().ok_or("the scenario has no content")?;
        let number = "/patients/patient/identifier/number";
        let place = content.pointer_mut(number).ok_or("the scenario has no PESEL")?;
        *place = json!(PESEL_HERE);
        let reason = format!("{} Sprawa {REFERENCE_HERE}.", text(&content, "/justification"));
        let members = content.as_object_mut().ok_or("the scenario's content is no object")?;
        members.insert("justification".to_owned(), json!(reason));
        members.insert("entity".to_owned(), entity.clone());
        members.insert("physician".to_owned(), physician.clone());
        let template = json!({ "clientReference": REFERENCE_HERE, "content": content }).to_string();
        Ok(Self { template, count: AtomicU64::new(0) })
    }

    pub(crate) fn next(&self) -> Vec<u8> {
        let count = self.count.fetch_add(1, Ordering::Relaxed);
        let body = self.template.replace(REFERENCE_HERE, &format!("B-{count:08}"));
        body.replace(PESEL_HERE, &pesel(count)).into_bytes()
    }
}

/// A woman's PESEL with a fitting check digit (art. 15 of the population register act): an invented one.
fn pesel(count: u64) -> String {
    let first = NaiveDate::from_ymd_opt(1950, 1, 1).unwrap_or_default();
    let born = first.checked_add_days(Days::new(count / PER_DAY % DAYS)).unwrap_or(first);
    let ordinal = count % PER_DAY * 2;
    let digits = format!("{:02}{:02}{:02}{ordinal:04}", born.year() % 100, born.month(), born.day());
    let weighted = digits.bytes().zip([1, 3, 7, 9, 1, 3, 7, 9, 1, 3]);
    let sum: u32 = weighted.map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_number_is_a_new_one_with_its_check_digit() {
        assert_eq!(pesel(0), "50010100003");
        assert_eq!(pesel(1), "50010100027");
        assert_eq!(pesel(PER_DAY).get(..6), Some("500102"));
        assert_ne!(pesel(7), pesel(8));
    }

    #[test]
    fn no_two_bodies_are_alike() {
        let cases = Cases::new(&json!({ "name": "Przychodnia" }), &json!({ "npwz": "2900100" }))
            .unwrap_or_else(|fault| panic!("{fault}"));
        let (first, second) = (cases.next(), cases.next());
        assert_ne!(first, second);
        let read: Value = serde_json::from_slice(&first).unwrap_or_default();
        assert_eq!(text(&read, "/clientReference"), "B-00000000");
        assert_eq!(text(&read, "/content/patients/patient/identifier/number"), pesel(0));
        assert_eq!(text(&read, "/content/entity/name"), "Przychodnia");
    }
}
