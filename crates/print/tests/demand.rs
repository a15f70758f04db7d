//! The print of a demand, read back: text, pages, structure, code.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

mod reading;
mod sample;

use lopdf::Document;
use print::demand::{
    DemandPrint, DisasterPrint, Ground, Kind, MedicalPrint, PatientsPrint, ProductPrint, render,
};
use print::layout::QrMatrix;
use print::{EndingPrint, PrintError};
use reading::{catalog, kinds, metadata, text};

fn load(demand: &DemandPrint) -> Document {
    reading::load(&render(demand).unwrap())
}

#[test]
fn every_given_value_stands_in_the_print() {
    let text = text(&load(&sample::full()));
    let values = [
        "ZD/2026/004217",
        "R/2026/003981",
        "Rozpatrzone pozytywnie",
        "5 października 2026 r.",
        "Thiola",
        "Tiopronin",
        "tabletki drażowane",
        "100 mg",
        "Mission Pharmacal Company",
        "Stany Zjednoczone",
        "G04BX16",
        "18 opakowań",
        "15 opakowań",
        "180 dni",
        "Żaneta Testowa",
        "PESEL 85051512346",
        "ul. Zażółcona 7 m. 3, 00-950 Warszawa",
        "E72.0",
        "zawierający tę substancję czynną",
        "Szpital Przykładowy im. Próby",
        "Poradnia Nefrologiczna",
        "1234563218",
        "000000001688-021",
        "Łucja Próbna-Żółć",
        "5425740",
        "Grzegorz Przykładowy",
        "zastępca dyrektora do spraw lecznictwa",
        "Jacek Testowy",
        "konsultant krajowy w dziedzinie nefrologii",
        "Zasadność zapotrzebowania potwierdzona",
        "12 października 2026 r.",
        "11 grudnia 2026 r.",
        "Bożena Wzorcowa",
        "podpis osobisty",
        "08.10.2026, 16:17",
        "kwalifikowanym podpisem elektronicznym",
        "strona 1 z 2",
        "0199d1f2-7c44-7e0b-9a51-3f6f0c2ab8d1",
        "do stosowania poza podmiotem",
        "Zapas leku u pacjentki",
    ];
    for value in values {
        assert!(text.contains(value), "`{value}` is missing from: {text}");
    }
}

#[test]
fn what_came_on_paper_says_so_and_who_entered_it() {
    let demand = DemandPrint { paper: Some(sample::paper()), signatures: Vec::new(), ..sample::full() };
    let text = text(&load(&demand));
    for value in [
        "art. 4ad ust. 8",
        "awaria systemu",
        "1 lipca 2026 r.",
        "3 lipca 2026 r.",
        "10 lipca 2026 r.",
        "13 lipca 2026 r.",
        "06.10.2026, 10:30, Zofia Przykładowa",
        "literówka w nazwie",
        "Zapotrzebowanie na papierze",
        "ab12ab12",
        "Data podpisu",
    ] {
        assert!(text.contains(value), "`{value}` is missing from: {text}");
    }
    assert!(!text.contains("Podpisy elektroniczne"), "{text}");
}

#[test]
fn an_import_because_of_a_disaster_names_its_law_and_its_guards() {
    let disaster = DisasterPrint {
        threat: "klęska żywiołowa: powódź".into(),
        authorisation: "unijne, nr EU/1/26/0000/001".into(),
        source_country_authorisation: "PEI.H.00000.01.1".into(),
        unavailability: "Żadna hurtownia go nie ma.".into(),
        unavailability_source: "pisma trzech hurtowni".into(),
        no_equivalent: "Odpowiedniki wycofano.".into(),
    };
    let demand = DemandPrint { ground: Ground::Disaster, disaster: Some(disaster.clone()), ..sample::full() };
    let said = text(&load(&demand));
    let DisasterPrint {
        threat,
        authorisation,
        source_country_authorisation,
        unavailability,
        unavailability_source,
        no_equivalent,
    } = disaster;
    for value in [
        threat,
        authorisation,
        source_country_authorisation,
        unavailability,
        unavailability_source,
        no_equivalent,
        "art. 4 ust. 9 ustawy".to_owned(),
    ] {
        assert!(said.contains(&value), "`{value}` is missing from: {said}");
    }
    assert!(!said.contains("art. 4 ust. 1 ustawy"), "{said}");

    let shown_to_others = text(&load(&DemandPrint { ground: Ground::Disaster, ..sample::full() }));
    assert!(shown_to_others.contains("art. 4 ust. 9 ustawy") && !shown_to_others.contains("Przesłanki"));
    let ordinary = text(&load(&sample::full()));
    assert!(ordinary.contains("art. 4 ust. 1 ustawy") && !ordinary.contains("ust. 9"), "{ordinary}");
    let food = text(&load(&DemandPrint { kind: Kind::Food, ..sample::full() }));
    assert!(food.contains("art. 29a ust. 1") && !food.contains("art. 4 ust. 1 ustawy"), "{food}");
}

#[test]
fn polish_letters_survive_the_journey() {
    let pangram = "zażółć gęślą jaźń ZAŻÓŁĆ GĘŚLĄ JAŹŃ";
    let demand = DemandPrint { state: pangram.into(), ..sample::full() };
    assert!(text(&load(&demand)).contains(pangram));
}

#[test]
fn a_group_that_is_not_given_leaves_no_trace() {
    let demand = DemandPrint {
        patients: None,
        medical: None,
        opinion: None,
        physician: None,
        representative: None,
        signatures: Vec::new(),
        decision_token: None,
        ..sample::full()
    };
    let text = text(&load(&demand));
    for absent in
        ["Pacjent", "Rozpoznanie", "Uzasadnienie opinii", "Konsultant", "Lekarz", "Testowa", "Podpisy"]
    {
        assert!(!text.contains(absent), "`{absent}` in: {text}");
    }
    assert!(text.contains("Thiola"));
}

#[test]
fn a_long_justification_flows_over_numbered_pages_with_the_number_on_each() {
    let sentence =
        "Leczenie dotychczasowe nie przyniosło poprawy, a w kraju nie ma dostępnego odpowiednika. ";
    let medical = MedicalPrint { diagnosis: None, justification: Some(sentence.repeat(90)) };
    let document = load(&DemandPrint { medical: Some(medical), ..sample::full() });
    let pages = document.get_pages().len();
    assert!(pages >= 4, "{pages} pages");
    for page in 1..=u32::try_from(pages).unwrap() {
        let text = document.extract_text(&[page]).unwrap();
        assert!(text.contains(&format!("strona {page} z {pages}")), "page {page}: {text}");
        assert!(text.contains("Zapotrzebowanie nr ZD/2026/004217"), "page {page}: {text}");
    }
    assert_eq!(text(&document).matches("odpowiednika.").count(), 90);
}

#[test]
fn a_food_is_named_by_its_own_members_and_given_consent() {
    let mut demand = sample::full();
    demand.kind = Kind::Food;
    demand.product = Some(ProductPrint {
        name: "Przykładowa mieszanka".into(),
        group: "dietetyczny środek spożywczy".into(),
        composition: "L-aminokwasy, witaminy".into(),
        producer: "Beispiel Nutrition GmbH".into(),
        ..ProductPrint::default()
    });
    let text = text(&load(&demand));
    let shown =
        ["środka spożywczego", "Skład", "L-aminokwasy", "Producent", "Beispiel", "Zgoda", "Udzielona"];
    for part in shown {
        assert!(text.contains(part), "`{part}` is missing from {text}");
    }
    for part in ["produktu leczniczego", "Moc lub dawka", "Podmiot odpowiedzialny", "Pozytywne"] {
        assert!(!text.contains(part), "`{part}` stands in {text}");
    }
}

#[test]
fn a_consent_for_a_food_borrows_no_words_of_an_administrative_decision() {
    let borrowed =
        ["Rozstrzygnięcie", "Rozstrzygający", "Uzasadnienie rozstrzygnięcia", "dokumentu elektronicznego"];
    let mut demand = sample::full();
    let of_medicine = text(&load(&demand));
    demand.kind = Kind::Food;
    demand.signatures.clear();
    let of_food = text(&load(&demand));
    for word in borrowed {
        assert!(of_medicine.contains(word), "`{word}` is missing from {of_medicine}");
        assert!(!of_food.contains(word), "`{word}` stands in {of_food}");
    }
    for own in
        ["Zgoda ministra", "W imieniu ministra", "Powody", "Podpis w systemie", "Identyfikator w systemie"]
    {
        assert!(of_food.contains(own), "`{own}` is missing from {of_food}");
    }
}

#[test]
fn what_has_ended_says_so_before_anything_else() {
    let ending = EndingPrint {
        what: "Rozstrzygnięcie cofnięto".into(),
        on: chrono::NaiveDate::from_ymd_opt(2026, 11, 2).unwrap(),
        legal_basis: Some("art. 4 ust. 4".into()),
        grounds: Some("Produkt dopuszczono do obrotu.".into()),
    };
    let valid = text(&load(&sample::full()));
    assert!(
        valid.contains("Przekazać do hurtowni najpóźniej") && !valid.contains("nie obowiązuje"),
        "{valid}"
    );
    let ended = text(&load(&DemandPrint { ending: Some(ending), ..sample::full() }));
    let said = ended.find("Dokument nie obowiązuje").unwrap();
    assert!(said < ended.find("Numer zapotrzebowania").unwrap(), "{ended}");
    for part in
        ["Rozstrzygnięcie cofnięto – 2 listopada 2026 r.", "art. 4 ust. 4", "Produkt dopuszczono do obrotu."]
    {
        assert!(ended.contains(part), "`{part}` is missing from {ended}");
    }
    assert!(!ended.contains("Przekazać do hurtowni"), "{ended}");
}

#[test]
fn the_document_is_tagged_titled_and_polish() {
    let document = load(&sample::full());
    let catalog = catalog(&document);
    assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"pl");
    let mark = document.dereference(catalog.get(b"MarkInfo").unwrap()).unwrap().1.as_dict().unwrap();
    assert!(mark.get(b"Marked").unwrap().as_bool().unwrap());
    assert!(catalog.has(b"StructTreeRoot") && catalog.has(b"Outlines"));
    let view = document.dereference(catalog.get(b"ViewerPreferences").unwrap()).unwrap().1.as_dict().unwrap();
    assert!(view.get(b"DisplayDocTitle").unwrap().as_bool().unwrap());
    let xmp = metadata(&document);
    for part in ["pdfaid:part", "pdfuaid:part", "ZD/2026/004217", "życia lub zdrowia"] {
        assert!(xmp.contains(part), "`{part}` is missing from {xmp}");
    }
}

#[test]
fn headings_tables_and_the_code_are_in_the_structure() {
    let document = load(&sample::full());
    let kinds = kinds(&document);
    for kind in ["H1", "H2", "P", "Table", "TR", "TH", "TD", "Figure"] {
        assert!(kinds.iter().any(|have| have == kind), "no {kind} in {kinds:?}");
    }
    assert_eq!(kinds.iter().filter(|kind| *kind == "H1").count(), 1);
}

#[test]
fn a_list_of_patients_repeats_its_head_on_every_page() {
    let mut demand = sample::full();
    let person = demand.patients.take().unwrap().people.remove(0);
    demand.patients = Some(PatientsPrint { ad_hoc: None, people: vec![person; 70] });
    let document = load(&demand);
    let heads = text(&document).matches("Lp.").count();
    assert!(heads >= 3, "{heads} heads");
    assert_eq!(text(&document).matches("PESEL 85051512346").count(), 70);
}

#[test]
fn a_foreign_name_without_glyphs_still_prints() {
    let mut demand = sample::full();
    demand.patients.as_mut().unwrap().people[0].name = "Nguyễn Test 漢字 \u{e000}\u{feff}".into();
    assert!(text(&load(&demand)).contains("Nguyễn Test"));
}

#[test]
fn an_empty_demand_prints_and_a_token_too_long_is_refused() {
    assert!(render(&DemandPrint::default()).is_ok());
    let demand = DemandPrint { decision_token: Some("x".repeat(901)), ..DemandPrint::default() };
    assert!(matches!(render(&demand), Err(PrintError::TokenTooLong(901))));
}

#[test]
fn the_same_demand_gives_the_same_bytes() {
    assert_eq!(render(&sample::full()).unwrap(), render(&sample::full()).unwrap());
}

#[test]
fn the_code_decodes_back_to_the_token() {
    let token = sample::token();
    assert!((875..=900).contains(&token.len()));
    let matrix = QrMatrix::encode(&token).unwrap();
    let (scale, quiet) = (4, 4);
    let side = (matrix.width() + 2 * quiet) * scale;
    let module = |at: usize| (at / scale).checked_sub(quiet);
    let mut image =
        rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| match (module(x), module(y)) {
            (Some(column), Some(row)) if row < matrix.width() && matrix.is_dark(column, row) => 0,
            _ => 255,
        });
    let grids = image.detect_grids();
    let (meta, content) = grids.first().unwrap().decode().unwrap();
    assert_eq!(content, token);
    assert_eq!(meta.ecc_level, 0, "level M is 00 in the format bits");
}
