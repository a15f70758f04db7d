//! The prints of device orders, read back: what they say, what they do not, and how they are built.
#![expect(clippy::unwrap_used, reason = "a test may fail loudly")]

mod order_sample;
mod reading;
mod repair_prints;

use order_sample::supplied::{realisation, repair};
use order_sample::{CODE, DIAGNOSIS, NUMBER, cancelled, day, lenses, monthly, negative};
use print::PrintError;
use print::device_order::order::OrderPrint;
use print::device_order::realisation::{IssuedProductPrint, RealisationPrint};
use print::device_order::repair::{RepairDonePrint, RepairPrint};
use print::device_order::{
    AcceptancePrint, ReceiptPrint, Receiver, VerdictPrint, information, order, realisation as issue,
    repair as mending,
};
use reading::{catalog, kinds, load, metadata, text};

fn of_order(it: &OrderPrint) -> String {
    text(&load(&order::render(it).unwrap()))
}

fn of_realisation(it: &RealisationPrint) -> String {
    text(&load(&issue::render(it).unwrap()))
}

fn of_repair(it: &RepairPrint) -> String {
    text(&load(&mending::render(it).unwrap()))
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

#[test]
fn an_order_shows_part_one_whole() {
    let said = of_order(&monthly());
    holds(
        &said,
        &[
            NUMBER,
            "Zweryfikowane pozytywnie",
            "16 listopada 2026 r.",
            "31 października 2027 r.",
            "Wersja 2",
            "Przychodnia Przykładowa w Łodzi",
            "123456785",
            "ul. Gęślej Jaźni 12, 90-001 Łódź",
            "42 000 00 00",
            "Łódzki OW NFZ (05)",
            "Łucja Próbna-Żółć",
            "pielęgniarka",
            "1234567P",
            "pielęgniarstwo zachowawcze",
            "Osoba upoważniona do podpisu Święcisława Wzorcowa",
            "Żaneta Testowa",
            "PESEL 85051512346",
            "oświadczenie z 16 listopada 2026 r., złożył pacjent",
            "47ZN – orzeczenie o znacznym stopniu niepełnosprawności, nr WZON.1234.2024, z 1 marca 2024 r., bezterminowo",
            "Y.06.01",
            "Y.06.01.00",
            "Pieluchomajtki lub ich zamienniki",
            "90 sztuk na miesiąc",
            "listopad 2026 – październik 2027 (12 miesięcy)",
            "comiesięczne, kontynuacja, wzór pełny",
            "T5-PC00012W-00000007",
            DIAGNOSIS,
            "Y0601 – Nietrzymanie moczu w następstwie chorób układu nerwowego",
            "karmiona przez gastrostomię",
            "Uzasadnienie większej ilości Nawracające odleżyny",
        ],
    );
}

#[test]
fn an_order_shows_what_the_payer_confirmed() {
    let said = of_order(&monthly());
    holds(
        &said,
        &[
            "Część II. Wynik weryfikacji zlecenia",
            "Pozytywny",
            "16.11.2026, 09:12",
            "potwierdzone elektronicznie, nr operacji L2647M05200000017",
            "Ilość na miesiąc",
            "1,70 zł za sztukę",
            "80 %",
            "listopad 2026 zrealizowany Sklep Medyczny Próba, Łódź",
            "podpis zaufany",
            "podpisano podpisem zaufanym",
            "0199d1f2-7c44-7e0b-9a51-3f6f0c2ab8d1",
        ],
    );
    lacks(&said, &["Negatywny", "na papierze", "Kodeks", "nie obowiązuje"]);
}

#[test]
fn a_negative_order_names_each_problem_and_its_remedy() {
    let said = of_order(&negative());
    holds(
        &said,
        &[
            "Negatywny – zlecenia nie można zrealizować",
            "Pacjent ma już zlecenie na ten wyrób w tych miesiącach. (device_order.duplicate)",
            "okres zaopatrzenia",
            "Zmień miesiące albo anuluj poprzednie zlecenie.",
            "NFZ nie potwierdza prawa do świadczeń. (device_order.right_not_confirmed) – –",
            "lewa i prawa",
            "ileostomia, liczba przetok: 2",
            "karta EKUZ, nr 80276000000000000000, ważne do 31 stycznia 2028 r.",
            "ubezpieczony w: Niemcy, numer osobisty DE000111222, instytucja: Testkasse Berlin",
            "wzrost dziecka",
            "Możliwości dopasowania wyczerpano.",
            "Zlecenie złożone na papierze",
            "13 listopada 2026 r., pocztą",
            "ul. Zmyślona 3, 00-912 Wzorcowice",
            "Odpowiedź wysłano",
            "Poprzedni wpis anulowano",
            "Zofia Przykładowa, specjalista",
            "bez podpisu elektronicznego",
        ],
    );
    lacks(&said, &["Pozytywny", "Podpisy elektroniczne", "potwierdzone elektronicznie", "Można zrealizować"]);
}

#[test]
fn lenses_stand_far_before_near_with_their_signs() {
    let said = of_order(&lenses());
    holds(
        &said,
        &[
            "63,5 mm",
            "4 soczewki",
            "jednorazowe",
            "do dali, oko prawe O.01.02 -1,25 – – 1,25",
            "do dali, oko lewe O.01.02 -0,50 -0,75 90° –",
            "do bliży, oko prawe O.01.01 +2,50 -0,75 90° –",
            "do bliży, oko lewe O.01.01 +2,25 -0,75 90° –",
            "na podstawie oświadczenia lub dokumentu pacjenta",
            "47DN – zaświadczenie zaświadczył lekarz, nr prawa wykonywania zawodu 5425740",
            "W – wiek pacjenta",
            "System eWUŚ nie odpowiedział.",
        ],
    );
    let at = |part: &str| said.find(part).unwrap();
    assert!(at("do dali, oko prawe") < at("do dali, oko lewe"));
    assert!(at("do dali, oko lewe") < at("do bliży, oko prawe"));
    lacks(&said, &["na miesiąc"]);
}

#[test]
fn an_officers_acceptance_is_told_with_its_reason() {
    let VerdictPrint::Positive { verified_at, right, lines, is_monthly, .. } = order_sample::positive()
    else {
        unreachable!("the sample is positive")
    };
    let accepted = AcceptancePrint {
        by: print::RepresentativePrint { name: "Zofia Przykładowa".into(), post: "specjalista".into() },
        reason: "Dokument okazano w oddziale.".into(),
        at: order_sample::moment(17, 8),
    };
    let verdict = VerdictPrint::Positive {
        verified_at,
        right,
        lines,
        is_monthly,
        limit_changes: Vec::new(),
        notes: Vec::new(),
        accepted: Some(accepted),
    };
    let said = of_order(&OrderPrint { verdict: Some(verdict), ..monthly() });
    holds(
        &said,
        &[
            "zaakceptowany przez NFZ",
            "17.11.2026, 09:12, Zofia Przykładowa, specjalista",
            "Dokument okazano w oddziale.",
        ],
    );
}

#[test]
fn what_a_reader_may_not_see_leaves_no_trace() {
    let said = of_order(&OrderPrint { grounds: None, ordered_by: None, patient: None, ..monthly() });
    lacks(
        &said,
        &[
            "N39.4",
            "Wskazania",
            "Kryterium",
            "Uzasadnienie",
            "Część I. Pacjent",
            "Testowa",
            "PESEL",
            "Próbna-Żółć",
        ],
    );
    holds(&said, &["Y.06.01", "90 sztuk na miesiąc"]);
}

#[test]
fn what_has_ended_says_so_before_anything_else() {
    let prints = [
        (of_order(&OrderPrint { ending: Some(cancelled()), ..monthly() }), "Numer zlecenia"),
        (of_realisation(&RealisationPrint { ending: Some(cancelled()), ..realisation() }), "Numer zlecenia"),
        (of_repair(&RepairPrint { ending: Some(cancelled()), ..repair() }), "Numer zlecenia naprawy"),
    ];
    for (said, number) in prints {
        let ended = said.find("Dokument nie obowiązuje Zlecenie anulowano – 20 listopada 2026 r.").unwrap();
        assert!(ended < said.find(number).unwrap(), "{said}");
        holds(&said, &["Wystawiono omyłkowo dla innego pacjenta."]);
        lacks(&said, &["Można zrealizować do", "przedłużony do"]);
    }
    for valid in [of_order(&monthly()), of_realisation(&realisation()), of_repair(&repair())] {
        lacks(&valid, &["nie obowiązuje"]);
    }
}

#[test]
fn a_realisation_shows_goods_money_and_receipt() {
    let said = of_realisation(&realisation());
    holds(
        &said,
        &[
            NUMBER,
            "częściowa",
            "listopad 2026 – styczeń 2027 (3 miesiące)",
            "18 listopada 2026 r.",
            "Data pobrania 30 października 2026 r.",
            "Utracone miesiące październik 2026",
            "Zmiany limitu wiek pacjenta",
            "Część III. Warunki z dnia pobrania",
            "1,70 zł za sztukę 80 %",
            "Sklep Medyczny Próba sp. z o.o.",
            "Podwykonawca podmiotu Hurt Medyczny Przykład S.A.",
            "05/00/00000/26/ZPO",
            "0001 – Punkt przy ul. Wzorcowej",
            "Pieluchomajtki Próba Noc Beispiel Hygiene GmbH, Super 7, rozmiar M Id produktu: 000000123456",
            "Nr seryjny: SN-0001/26",
            "P.01.01 lewa",
            "90 2,50 zł 225,00 zł",
            "180 2,00 zł 360,00 zł",
            "Y.06.01, limit 2 – 585,00 zł 367,20 zł 217,80 zł",
            "P.01.01 lewa 3 499,00 zł 1 050,00 zł 2 449,00 zł",
            "Razem 4 084,00 zł 1 417,20 zł 2 666,80 zł",
            "Część IV. Potwierdzenie odbioru",
            "Józef Testowy, dowód osobisty ABC123456 (inna osoba)",
            "Czytelny podpis odbierającego",
        ],
    );
    lacks(&said, &["N39", "Rozpoznanie", "Kryterium", "jeszcze nie potwierdzono"]);
}

#[test]
fn goods_on_their_way_leave_the_receipt_blank() {
    let said = of_realisation(&RealisationPrint { receipt: None, is_partial: false, ..realisation() });
    holds(
        &said,
        &["Odbioru jeszcze nie potwierdzono w systemie.", "Imię i nazwisko odbierającego", "całości"],
    );
    lacks(&said, &["Sposób odbioru", "częściowa"]);
    let receipt = ReceiptPrint {
        received_on: day(2026, 11, 18),
        method: print::device_order::Method::InPerson,
        by: Some(Receiver::Patient),
    };
    let received = of_realisation(&RealisationPrint { receipt: Some(receipt.clone()), ..realisation() });
    holds(&received, &["Żaneta Testowa (pacjent)"]);
    let untold = ReceiptPrint { by: None, ..receipt };
    let untold = of_realisation(&RealisationPrint { receipt: Some(untold), ..realisation() });
    holds(&untold, &["Sposób odbioru"]);
    lacks(&untold, &["(pacjent)", "Odebrał(a)"]);
}

#[test]
fn amounts_that_do_not_add_up_are_not_printed() {
    let wrong = |change: fn(&mut RealisationPrint)| {
        let mut it = realisation();
        change(&mut it);
        issue::render(&it)
    };
    for outcome in [
        wrong(|it| it.items[0].refund_grosze += 1),
        wrong(|it| {
            it.items[1].products.push(IssuedProductPrint {
                pieces: 1,
                price_grosze: 1,
                ..Default::default()
            });
        }),
        wrong(|it| {
            it.items[0].refund_grosze = -100;
            it.items[0].copay_grosze = 58_600;
        }),
    ] {
        assert!(matches!(outcome, Err(PrintError::Amounts)));
    }
    let repair = RepairPrint {
        repair: Some(RepairDonePrint { refund_grosze: -1, ..RepairDonePrint::default() }),
        ..repair()
    };
    assert!(matches!(mending::render(&repair), Err(PrintError::Amounts)));
}

#[test]
fn each_print_is_tagged_titled_and_polish() {
    let prints = [
        information::render(&order_sample::information()),
        order::render(&monthly()),
        issue::render(&realisation()),
        mending::render(&repair()),
    ];
    for bytes in prints {
        let document = load(&bytes.unwrap());
        let catalog = catalog(&document);
        assert_eq!(catalog.get(b"Lang").unwrap().as_str().unwrap(), b"pl");
        let mark = document.dereference(catalog.get(b"MarkInfo").unwrap()).unwrap().1.as_dict().unwrap();
        assert!(mark.get(b"Marked").unwrap().as_bool().unwrap());
        let kinds = kinds(&document);
        assert_eq!(kinds.iter().filter(|kind| *kind == "H1").count(), 1, "{kinds:?}");
        let xmp = metadata(&document);
        holds(&xmp, &["pdfaid:part", "pdfuaid:part"]);
        lacks(&xmp, &["Testowa", CODE, "85051512346"]);
    }
}

#[test]
fn every_page_of_an_order_bears_its_number() {
    let document = load(&order::render(&monthly()).unwrap());
    let pages = document.get_pages().len();
    assert!(pages >= 2, "{pages} pages");
    for page in 1..=u32::try_from(pages).unwrap() {
        let text = document.extract_text(&[page]).unwrap();
        assert!(text.contains(&format!("strona {page} z {pages}")), "page {page}: {text}");
        assert!(text.contains(&format!("Zlecenie nr {NUMBER}")), "page {page}: {text}");
    }
}

#[test]
fn empty_orders_print_and_equal_ones_give_equal_bytes() {
    assert!(order::render(&OrderPrint::default()).is_ok());
    assert!(issue::render(&RealisationPrint::default()).is_ok());
    assert!(mending::render(&RepairPrint::default()).is_ok());
    assert_eq!(order::render(&lenses()).unwrap(), order::render(&lenses()).unwrap());
}
