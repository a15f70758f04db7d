//! Fictitious patients, each with a number of their own, and the list of what no log may repeat.

use crate::settings;
use serde_json::{Value, json};
use std::fs::{OpenOptions, create_dir_all};
use std::io::Write;

const GIVEN: [&str; 5] = ["Bogumiła", "Dobrochna", "Świętosława", "Wielisława", "Żytomira"];
const FAMILY: [&str; 4] = ["Zmyślona", "Przykładowa", "Nieistniejąca", "Wymyślona"];

/// The `patients` of a demand: one person, another one for every `serial`.
pub(crate) fn named(serial: usize) -> Value {
    let (given, family) = (GIVEN[serial % GIVEN.len()], FAMILY[serial % FAMILY.len()]);
    let (pesel, street) = (pesel(serial), format!("ul. Nieodnaleziona {serial}"));
    remember(&[given, family, &pesel, &street]);
    json!({
        "kind": "NAMED",
        "patient": {
            "givenNames": given, "familyName": family,
            "identifier": { "kind": "PESEL", "number": pesel },
            "address": { "streetLine": street, "postalCode": "00-950", "city": "Próbowo", "country": "PL" },
        },
    })
}

/// Somebody born on 15 May 1970 or on one of the days after it.
fn pesel(serial: usize) -> String {
    let digits = format!("7005{:02}{:04}", 15 + serial / 10_000, serial % 10_000);
    let weighted = digits
        .bytes()
        .zip([1, 3, 7, 9, 1, 3, 7, 9, 1, 3])
        .map(|(digit, weight)| (digit - b'0') * weight % 10);
    let sum: u8 = weighted.sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}

/// One write, so that lines of several processes do not mix.
fn remember(values: &[&str]) {
    let Some(folder) = settings::logs() else { return };
    create_dir_all(&folder).expect("a folder for logs");
    let list = OpenOptions::new().create(true).append(true).open(folder.join("seeded.txt"));
    let lines: String = values.iter().flat_map(|value| [*value, "\n"]).collect();
    list.expect("the list of seeded values").write_all(lines.as_bytes()).expect("the list of seeded values");
}
