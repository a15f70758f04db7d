//! The information sheet, read back: what a patient learns from it, and what a scanner reads.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

mod order_sample;
mod reading;
mod scanner;

use order_sample::{CODE, NUMBER, cancelled, day, information};
use print::PrintError;
use print::device_order::information::{IdentifiedBy, InformationPrint, IssuerPrint, Origin, render};
use print::device_order::{MonthsPrint, Quantity, SupplyPrint, Unit};
use reading::{elements, kinds, load, text};

fn said(sheet: &InformationPrint) -> String {
    text(&load(&render(sheet).unwrap()))
}

fn holds(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "`{part}` is missing from: {text}");
    }
}

fn lacks(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(!text.contains(part), "`{part}` stands in: {text}");
    }
}

fn without_code(identified_by: IdentifiedBy) -> InformationPrint {
    InformationPrint { code: None, identified_by, ..information() }
}

fn one_off() -> InformationPrint {
    InformationPrint {
        supply: SupplyPrint::OneOff { quantity: Quantity { hundredths: 100, unit: Unit::Piece } },
        valid_until: day(2027, 11, 16),
        ..information()
    }
}

#[test]
fn the_sheet_says_all_that_a_patient_needs() {
    let said = said(&information());
    holds(
        &said,
        &[
            "Numer zlecenia: T5-PC00013R-00000052",
            "Kod dostępu: 0417",
            "Żaneta Testowa",
            "Pieluchomajtki lub ich zamienniki (Y.06.01)",
            "90 sztuk na miesiąc",
            "listopad 2026 – październik 2027 (12 miesięcy)",
            "Można zrealizować do 31 października 2027 r.",
            "Data wystawienia 16 listopada 2026 r.",
            "Łucja Próbna-Żółć, pielęgniarka, Przychodnia Przykładowa w Łodzi, tel. 42 000 00 00",
            "dowolnego świadczeniodawcę",
            "podaj kod dostępu i numer PESEL",
            "miesiąc, który minie, przepada",
            "najwyżej 6 kolejnych miesięcy",
            "a następne u innego świadczeniodawcy",
            "w cenie limitu NFZ",
            "Nie podawaj kodu ani numeru zlecenia przez telefon",
            "strona 1 z 1",
        ],
    );
}

#[test]
fn nothing_of_the_patient_but_the_name_stands_on_the_sheet() {
    let said = said(&information());
    let (from, to) = (said.find("Co zlecono").unwrap(), said.find("Co dalej").unwrap());
    // Whole, so that whatever is added has to be looked at here.
    let ordered = "Co zlecono Pacjent Żaneta Testowa Wyrób Pieluchomajtki lub ich zamienniki (Y.06.01) \
                   Ilość 90 sztuk na miesiąc Na miesiące listopad 2026 – październik 2027 (12 miesięcy) \
                   Można zrealizować do 31 października 2027 r. Data wystawienia 16 listopada 2026 r. \
                   Wystawił(a) Łucja Próbna-Żółć, pielęgniarka, Przychodnia Przykładowa w Łodzi, tel. 42 000 00 00 ";
    assert_eq!(&said[from..to], ordered);
    let before = "Elektroniczne zlecenia na wyroby medyczne Zlecenie nr T5-PC00013R-00000052 strona 1 z 1 \
                  Wydruk informacyjny, który nie jest zleceniem. Wydrukowano: 16.11.2026, 10:12. \
                  Informacja o zleceniu na wyroby medyczne wydruk informacyjny dla pacjenta \
                  Numer zlecenia: T5-PC00013R-00000052 Kod dostępu: 0417 ";
    assert_eq!(&said[..from], before);
    lacks(&said, &["ozpoznani", "zasadnieni", "ryteri", "ICD"]);
}

#[test]
fn without_a_code_the_sheet_says_what_opens_the_order() {
    let with_pesel = said(&without_code(IdentifiedBy::Pesel));
    holds(&with_pesel, &["nie ma kodu dostępu", "podaj numer zlecenia i numer PESEL", "Zachowaj ten wydruk"]);
    let foreign = said(&without_code(IdentifiedBy::BirthDate));
    holds(&foreign, &["nie ma kodu dostępu", "podaj numer zlecenia i datę urodzenia"]);
    lacks(&foreign, &["PESEL"]);
    for sheet in [with_pesel, foreign] {
        lacks(&sheet, &["Kod dostępu:", "podaj kod", "Nie podawaj kodu", CODE]);
        holds(&sheet, &[NUMBER, "Nie podawaj numeru zlecenia"]);
    }
}

#[test]
fn a_one_off_order_is_told_its_last_day_and_no_months() {
    let said = said(&one_off());
    holds(&said, &["1 sztuka", "najpóźniej 16 listopada 2027 r.", "12 miesięcy od wystawienia"]);
    lacks(&said, &["Na miesiące", "na miesiąc", "6 kolejnych", "u innego"]);
}

#[test]
fn an_order_for_one_month_says_nothing_of_several() {
    let months = MonthsPrint { first: day(2026, 11, 1), last: day(2026, 11, 30) };
    let a_month = Quantity { hundredths: 3_050, unit: Unit::Piece };
    let supply = SupplyPrint::Monthly { a_month, months };
    let said = said(&InformationPrint { supply, ..information() });
    holds(&said, &["30,5 sztuki na miesiąc", "Na miesiące listopad 2026 ", "miesiąc, który minie, przepada"]);
    lacks(&said, &["6 kolejnych", "u innego"]);
}

#[test]
fn an_order_on_paper_stays_with_one_provider() {
    let said = said(&InformationPrint { origin: Origin::Paper, ..without_code(IdentifiedBy::Pesel) });
    holds(&said, &["wszystkie miesiące odbierz u jednego świadczeniodawcy"]);
    lacks(&said, &["u innego świadczeniodawcy"]);
}

#[test]
fn months_that_are_left_are_named_where_they_are_no_longer_all() {
    let left = Some(vec![day(2027, 1, 1), day(2027, 2, 1)]);
    holds(
        &said(&InformationPrint { months_left: left, ..information() }),
        &["Do odebrania zostały styczeń 2027 – luty 2027 (2 miesiące)"],
    );
    let none = Some(Vec::new());
    holds(&said(&InformationPrint { months_left: none, ..information() }), &["Do odebrania zostały –"]);
    lacks(&said(&information()), &["Do odebrania zostały"]);
}

#[test]
fn a_sheet_of_an_order_that_has_ended_opens_nothing() {
    let sheet = InformationPrint { ending: Some(cancelled()), ..information() };
    let document = load(&render(&sheet).unwrap());
    let said = text(&document);
    let ended = said.find("Dokument nie obowiązuje Zlecenie anulowano – 20 listopada 2026 r.").unwrap();
    assert!(ended < said.find("Numer zlecenia").unwrap(), "{said}");
    holds(&said, &["nie można już odebrać wyrobów"]);
    lacks(&said, &[CODE, "Kod dostępu", "Można zrealizować", "Wybierz dowolnego", "przepada", "omyłkowo"]);
    assert!(scanner::read(&document).is_empty());
}

#[test]
fn a_scanner_reads_number_and_code_from_the_page() {
    assert_eq!(scanner::read(&load(&render(&information()).unwrap())), [NUMBER, CODE]);
    let paper = InformationPrint { number: "1-05-000000017-3".into(), ..without_code(IdentifiedBy::Pesel) };
    assert_eq!(scanner::read(&load(&render(&paper).unwrap())), ["1-05-000000017-3"]);
    for code in ["0000", "0001", "9999", "1302"] {
        let sheet = InformationPrint { code: Some(code.into()), ..information() };
        assert_eq!(scanner::read(&load(&render(&sheet).unwrap())), [NUMBER, code]);
    }
}

#[test]
fn each_barcode_is_a_figure_that_says_what_it_holds() {
    let document = load(&render(&information()).unwrap());
    let mut said: Vec<String> = elements(&document)
        .into_iter()
        .filter_map(|element| element.get(b"Alt").ok())
        .map(|text| lopdf::decode_text_string(text).unwrap())
        .collect();
    said.sort();
    assert_eq!(
        said,
        [
            "Kod kreskowy Code 128: kod dostępu 0417",
            &format!("Kod kreskowy Code 128: numer zlecenia {NUMBER}")
        ]
    );
    let kinds = kinds(&document);
    for kind in ["H1", "H2", "P", "Table", "TR", "TH", "TD", "Figure", "L", "LI", "Lbl", "LBody"] {
        assert!(kinds.iter().any(|have| have == kind), "no {kind} in {kinds:?}");
    }
}

fn letters(count: usize) -> String {
    "Żółć Próbna ".chars().cycle().take(count).collect()
}

/// A patient's name of 32 and 40 letters, the longest group of the list, a hospital's full name.
fn longest() -> InformationPrint {
    InformationPrint {
        patient: letters(73),
        ordered: vec![letters(175)],
        months_left: Some((1..=12).map(|month| day(2027, month, 1)).collect()),
        issuer: IssuerPrint {
            name: letters(73),
            profession: "fizjoterapeutka".into(),
            place: letters(130),
            phone: Some("+48 42 000 00 00 wew. 000".into()),
        },
        ..information()
    }
}

#[test]
fn a_sheet_with_the_longest_names_is_one_page() {
    for sheet in [
        information(),
        longest(),
        // Lenses of two groups.
        InformationPrint {
            ordered: vec![letters(175); 2],
            supply: one_off().supply,
            months_left: None,
            ..longest()
        },
        InformationPrint {
            code: None,
            identified_by: IdentifiedBy::BirthDate,
            origin: Origin::Paper,
            ..longest()
        },
    ] {
        let document = load(&render(&sheet).unwrap());
        assert_eq!(document.get_pages().len(), 1, "{}", text(&document));
        holds(&text(&document), &["strona 1 z 1", "albo w oddziale NFZ."]);
    }
}

#[test]
fn what_no_page_holds_flows_over_behind_number_and_code() {
    let document = load(&render(&InformationPrint { ordered: vec![letters(250); 12], ..longest() }).unwrap());
    assert_eq!(document.get_pages().len(), 2);
    assert_eq!(scanner::read(&document), [NUMBER, CODE]);
    holds(&text(&document), &["strona 2 z 2", "albo w oddziale NFZ."]);
}

#[test]
fn a_number_that_no_scanner_would_read_is_refused() {
    let sheet = InformationPrint { number: "5-ŻÓŁĆ0000-00000000".into(), ..information() };
    assert!(matches!(render(&sheet), Err(PrintError::Barcode(19))));
}
