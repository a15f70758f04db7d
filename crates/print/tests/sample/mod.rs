//! A complete demand on fictitious people, for the tests and the example.

use chrono::{NaiveDate, TimeZone, Utc};
use print::demand::{
    DemandPrint, EntityPrint, Ground, HandwrittenPrint, Kind, MedicalPrint, OpinionPrint, Outcome,
    PaperPrint, PatientPrint, PatientsPrint, PhysicianPrint, ProductPrint, RepresentativePrint,
    ResolutionPrint, SignaturePrint, StatementPrint, Usage,
};

const JUSTIFICATION: &str = "Pacjentka z cystynurią i nawrotową kamicą cystynową obu nerek przebyła siedem zabiegów \
urologicznych. Pomimo podaży płynów powyżej 3 l na dobę i alkalizacji moczu cytrynianem potasu (pH moczu 7,2–7,5) \
wydalanie cystyny wynosi 780 mg na dobę, a w kontrolnej tomografii widoczne są nowe złogi w kielichach dolnych. Po \
penicylaminie wystąpił białkomocz 2,1 g na dobę, który ustąpił po jej odstawieniu, dlatego powrót do tego leku jest \
przeciwwskazany. Tiopronina tworzy z cysteiną rozpuszczalny kompleks i jest zalecana przez Europejskie Towarzystwo \
Urologiczne w drugiej linii leczenia. W kraju nie jest dostępny żaden produkt leczniczy zawierający tę substancję czynną.";

/// As long as the longest token the service issues.
pub(crate) fn token() -> String {
    let alphabet = b"eyJhbGciOiJFUzI1NiIsImtpZCI6IlNPSUQtMjAyNi0xIiwidHlwIjoiZGVjaXNpb24rand0In0";
    let mut token: String = alphabet.iter().cycle().take(880).map(|byte| char::from(*byte)).collect();
    token.insert(77, '.');
    token.insert(790, '.');
    token
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

fn signature(who: &str, function: &str, kind: &str, day: u32, hour: u32) -> SignaturePrint {
    let signed_at = Utc.with_ymd_and_hms(2026, 10, day, hour, 17, 0).single().unwrap_or_default();
    SignaturePrint { who: who.into(), function: function.into(), kind: kind.into(), signed_at }
}

/// Entered from paper, with one correction.
#[allow(dead_code, reason = "the example shows a demand that never was on paper")]
pub(crate) fn paper() -> PaperPrint {
    PaperPrint {
        grounds: "awaria systemu".into(),
        signatures: vec![HandwrittenPrint {
            who: "Łucja Próbna-Żółć".into(),
            function: "lekarz wystawiający".into(),
            signed_on: day(2026, 7, 1),
        }],
        consultant_received_on: Some(day(2026, 7, 3)),
        sent_on: day(2026, 7, 10),
        received_on: day(2026, 7, 13),
        entered_by: RepresentativePrint { name: "Zofia Przykładowa".into(), post: "specjalista".into() },
        entered_at: Utc.with_ymd_and_hms(2026, 10, 6, 8, 30, 0).single().unwrap_or_default(),
        corrections: vec!["07.10.2026, 9:00 – literówka w nazwie".into()],
        scan_title: "Zapotrzebowanie na papierze".into(),
        scan_sha256: "ab12".repeat(16),
    }
}

/// Approved, with every group that any role may see.
pub(crate) fn full() -> DemandPrint {
    DemandPrint {
        kind: Kind::Medicine,
        usage: Usage::OutsideFacility,
        ground: Ground::TargetImport,
        number: "ZD/2026/004217".into(),
        resolution_number: Some("R/2026/003981".into()),
        state: "Rozpatrzone pozytywnie".into(),
        ending: None,
        issued_on: Some(day(2026, 10, 5)),
        urgency: Some("Zapas leku u pacjentki wystarczy do 20 października 2026 r.".into()),
        product: Some(product()),
        patients: Some(PatientsPrint { ad_hoc: None, people: vec![patient()] }),
        medical: Some(MedicalPrint {
            diagnosis: Some("E72.0 Zaburzenia transportu aminokwasów (cystynuria)".into()),
            justification: Some(JUSTIFICATION.into()),
        }),
        disaster: None,
        entity: Some(entity()),
        physician: Some(PhysicianPrint { name: "Łucja Próbna-Żółć".into(), npwz: "5425740".into() }),
        representative: Some(RepresentativePrint {
            name: "Grzegorz Przykładowy".into(),
            post: "zastępca dyrektora do spraw lecznictwa".into(),
        }),
        opinion: Some(opinion()),
        resolution: Some(ResolutionPrint {
            outcome: Outcome::Approved,
            resolved_on: day(2026, 10, 12),
            decider: Some(RepresentativePrint {
                name: "Bożena Wzorcowa".into(),
                post: "zastępca dyrektora departamentu, z upoważnienia Ministra Zdrowia".into(),
            }),
            grounds: Some(
                "Spełnione są przesłanki art. 4 ust. 1 i 2 ustawy – Prawo farmaceutyczne; nie zachodzą wyłączenia \
                 z ust. 3 i 4. Zatwierdzono ilość na 180 dni leczenia."
                    .into(),
            ),
            valid_until: Some(day(2026, 12, 11)),
        }),
        paper: None,
        signatures: vec![
            signature("Łucja Próbna-Żółć", "lekarz wystawiający", "podpis kwalifikowany", 5, 9),
            signature("Grzegorz Przykładowy", "osoba upoważniona do reprezentacji", "podpis zaufany", 6, 7),
            signature("Jacek Testowy", "konsultant krajowy", "podpis osobisty", 8, 14),
            signature("Bożena Wzorcowa", "z upoważnienia Ministra Zdrowia", "podpis kwalifikowany", 12, 11),
        ],
        decision_token: Some(token()),
        statement: Some(StatementPrint {
            signatory: "Bożena Wzorcowa".into(),
            post: "zastępca dyrektora departamentu".into(),
            signed_with: "kwalifikowanym podpisem elektronicznym".into(),
            document_id: "0199d1f2-7c44-7e0b-9a51-3f6f0c2ab8d1".into(),
        }),
        printed_at: Utc.with_ymd_and_hms(2026, 10, 13, 6, 30, 0).single().unwrap_or_default(),
    }
}

fn product() -> ProductPrint {
    ProductPrint {
        name: "Thiola".into(),
        international_name: "Tiopronin".into(),
        form: "tabletki drażowane".into(),
        strength: "100 mg".into(),
        marketing_authorisation_holder: "Mission Pharmacal Company".into(),
        source_country: Some("Stany Zjednoczone".into()),
        atc: Some("G04BX16".into()),
        quantity: "18 opakowań".into(),
        approved_quantity: Some("15 opakowań".into()),
        treatment_days: Some(180),
        ..ProductPrint::default()
    }
}

fn patient() -> PatientPrint {
    PatientPrint {
        name: "Żaneta Testowa".into(),
        identifier: Some("PESEL 85051512346".into()),
        address: Some("ul. Zażółcona 7 m. 3, 00-950 Warszawa, Polska".into()),
        ..PatientPrint::default()
    }
}

fn entity() -> EntityPrint {
    EntityPrint {
        name: "Szpital Przykładowy im. Próby w Łodzi, samodzielny publiczny zakład opieki zdrowotnej".into(),
        unit: Some("Poradnia Nefrologiczna".into()),
        nip: Some("1234563218".into()),
        rpwdl: Some("000000001688".into()),
        unit_code: Some("000000001688-021".into()),
        address: Some("ul. Gęślej Jaźni 12, 90-001 Łódź".into()),
    }
}

fn opinion() -> OpinionPrint {
    OpinionPrint {
        consultant: "Jacek Testowy".into(),
        npwz: Some("5223344".into()),
        qualifications: Some("prof. dr hab. n. med., specjalista nefrologii".into()),
        function: "konsultant krajowy w dziedzinie nefrologii".into(),
        in_place_of: None,
        verdict: "Zasadność zapotrzebowania potwierdzona".into(),
        given_on: Some(day(2026, 10, 8)),
        justification: Some(
            "Leczenie zgodne z aktualnymi zaleceniami; brak odpowiednika w obrocie krajowym.".into(),
        ),
    }
}
