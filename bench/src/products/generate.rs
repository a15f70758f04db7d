//! Makes a register of the published shape: names out of syllables, permits and holders out of numbers.

use crate::Outcome;
use std::io::{BufWriter, Write};

const NAMESPACE: &str = "http://rejestry.ezdrowie.gov.pl/rpl/eksport-danych-v6.0.0";
const FIRST: [&str; 16] = [
    "Al", "Be", "Cor", "Dex", "Eto", "Fen", "Gli", "Hal", "Iso", "Ket", "Lor", "Met", "Nor", "Oxa", "Pra",
    "Ran",
];
const SECOND: [&str; 14] =
    ["ba", "ci", "do", "fu", "ga", "li", "mo", "ni", "pa", "ro", "sul", "ta", "ve", "zo"];
const LAST: [&str; 12] = [
    "prazolum", "tidinum", "cillinum", "mycinum", "statinum", "pamidum", "oxacinum", "sartanum", "zepamum",
    "cainum", "fenum", "tromum",
];
const FORMS: [(&str, &str, &str); 8] = [
    ("Tabletki", "tabl.", "doustna"),
    ("Tabletki powlekane", "tabl.", "doustna"),
    ("Kapsułki twarde", "kaps.", "doustna"),
    ("Roztwór do wstrzykiwań", "ml", "dożylna"),
    ("Krem", "g", "na skórę"),
    ("Syrop", "ml", "doustna"),
    ("Tabletki o przedłużonym uwalnianiu", "tabl.", "doustna"),
    ("Proszek do sporządzania roztworu do infuzji", "fiol.", "dożylna"),
];
const STRENGTHS: [&str; 12] = ["1", "2,5", "5", "10", "20", "25", "40", "50", "100", "200", "500", "1000"];
/// Products of one substance.
const EACH: u64 = 15;
/// One record in so many is faulty, and one is struck off.
const FAULTY: u64 = 1009;
const REMOVED: u64 = 499;

/// The Latin name of a substance.
pub(super) fn substance(number: u64) -> String {
    let of = |list: &[&'static str], at: u64| {
        let length = u64::try_from(list.len()).unwrap_or(1);
        usize::try_from(at % length).ok().and_then(|at| list.get(at).copied()).unwrap_or_default()
    };
    format!("{}{}{}", of(&FIRST, number), of(&SECOND, number / 16), of(&LAST, number / 224))
}

fn pick<T: Copy + Default>(list: &[T], at: u64) -> T {
    let length = u64::try_from(list.len()).unwrap_or(1);
    usize::try_from(at % length).ok().and_then(|at| list.get(at).copied()).unwrap_or_default()
}

/// What a record is about.
pub(super) struct Entry {
    pub(super) substance: String,
    pub(super) strength: String,
    pub(super) form: &'static str,
    unit: &'static str,
    route: &'static str,
}

pub(super) fn entry(number: u64) -> Entry {
    // A multiplier coprime to all lists spreads strengths and forms evenly, the same way each time.
    let spread = number.wrapping_mul(2_654_435_761) >> 7;
    let (form, unit, route) = pick(&FORMS, spread);
    let strength = pick(&STRENGTHS, spread / 8);
    let per =
        if matches!(unit, "ml" | "g") { format!("{strength} mg/{unit}") } else { format!("{strength} mg") };
    Entry { substance: substance(number / EACH), strength: per, form, unit, route }
}

/// Fourteen digits with the check digit of GS1.
pub(super) fn gtin(number: u64) -> String {
    let body = format!("05909{:08}", number % 100_000_000);
    let weighted = |(at, digit): (usize, u32)| digit * if at.is_multiple_of(2) { 3 } else { 1 };
    let sum: u32 = body.chars().filter_map(|c| c.to_digit(10)).enumerate().map(weighted).sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}

/// Writes records until the file is as long as this, and tells how many.
pub(super) fn register(into: impl Write, length: u64) -> Outcome<u64> {
    let mut out = BufWriter::new(into);
    let head = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<produktyLecznicze xmlns=\"{NAMESPACE}\" stanNaDzien=\"2026-11-20\">\n"
    );
    out.write_all(head.as_bytes())?;
    let mut written = u64::try_from(head.len())?;
    let mut number = 0;
    while written < length {
        let record = record(number);
        out.write_all(record.as_bytes())?;
        written += u64::try_from(record.len())?;
        number += 1;
    }
    out.write_all(b"</produktyLecznicze>\n")?;
    out.flush()?;
    Ok(number)
}

fn record(number: u64) -> String {
    let Entry { substance, strength, form, unit, route } = entry(number);
    let id =
        if number % FAULTY == FAULTY - 1 { format!("{number}x") } else { (100_000_000 + number).to_string() };
    let status = if number % REMOVED == REMOVED - 1 { " status=\"Usuniety\"" } else { "" };
    let kind = if number % 10 == 9 { "weterynaryjny" } else { "ludzki" };
    let brand = substance.trim_end_matches("um");
    let holder = format!("Podmiot Przykładowy nr {} sp. z o.o.", number % 700);
    let amount = strength.split(' ').next().unwrap_or_default();
    let mut text = format!(
        "  <produktLeczniczy nazwaProduktu=\"{brand} Próbny {number}\" rodzajPreparatu=\"{kind}\" nazwaPowszechnieStosowana=\"{substance}\" \
         nazwaPoprzedniaProduktu=\"\" moc=\"{strength}\" nazwaPostaciFarmaceutycznej=\"{form}\" podmiotOdpowiedzialny=\"{holder}\" \
         typProcedury=\"DCP\" numerPozwolenia=\"T/{number}\" waznoscPozwolenia=\"Bezterminowe\" podstawaPrawna=\"art. 15 ust. 1\" \
         zakazStosowaniaUZwierzat=\"NIE\" ulotka=\"https://rpl.example.org/{number}/ulotka\" \
         charakterystyka=\"https://rpl.example.org/{number}/charakterystyka\" id=\"{id}\"{status}>\n    \
         <kodyATC>\n      <kodATC>N{:02}AX{:02}</kodATC>\n    </kodyATC>\n    \
         <drogiPodania>\n      <drogaPodania drogaPodaniaNazwa=\"{route}\"/>\n    </drogiPodania>\n    \
         <substancjeCzynne>\n      <substancjaCzynna nazwaSubstancji=\"{substance}\" iloscSubstancji=\"{amount}\" \
         jednostkaMiaryIlosciSubstancji=\"mg\" iloscPreparatu=\"1\" jednostkaMiaryIlosciPreparatu=\"{unit}\" innyOpisIlosci=\"\"/>\n    \
         </substancjeCzynne>\n    <opakowania>\n",
        number % 7 + 1,
        number % 60,
    );
    for place in 0..=number % 5 {
        text.push_str(&pack(number, place, unit));
    }
    text.push_str(
        "    </opakowania>\n    <daneOWytworcy><wytworcy nazwaWytworcyImportera=\"Wytwórnia Przykładowa\" krajWytworcyImportera=\"Polska\"/></daneOWytworcy>\n  </produktLeczniczy>\n",
    );
    text
}

fn pack(number: u64, place: u64, unit: &str) -> String {
    let deleted = if place == 3 { "TAK" } else { "NIE" };
    format!(
        "      <opakowanie kodGTIN=\"{}\" kategoriaDostepnosci=\"Rp\" skasowane=\"{deleted}\" numerEu=\"\" dystrybutorRownolegly=\"\" \
         id=\"{number}{place}\">\n        <jednostkiOpakowania>\n          <jednostkaOpakowania liczbaOpakowan=\"1\" \
         rodzajOpakowania=\"blister\" pojemnosc=\"{}\" jednostkaPojemnosci=\"{unit}\" informacjeDodatkowe=\"\"/>\n        \
         </jednostkiOpakowania>\n      </opakowanie>\n",
        gtin(number * 5 + place),
        10 * (place + 1),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_file_is_made_each_time_and_is_as_long_as_asked() {
        let made = || {
            let mut bytes = Vec::new();
            let records = register(&mut bytes, 200_000).unwrap_or_default();
            (bytes, records)
        };
        let (bytes, records) = made();
        assert_eq!(made().0, bytes);
        assert!(bytes.len() >= 200_000 && bytes.len() < 210_000 && records > 50, "{records}");
        assert!(bytes.ends_with(b"</produktyLecznicze>\n"));
    }

    #[test]
    fn numbers_of_packs_have_their_check_digit() {
        assert_eq!(gtin(99_145_206), "05909991452063");
    }
}
