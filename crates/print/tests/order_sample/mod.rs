//! Complete orders on fictitious people, for the tests and the example.
#![allow(dead_code, reason = "the example and the tests each need a part of them")]

pub(crate) mod supplied;

use chrono::{DateTime, NaiveDate, TimeZone, Utc};
use print::device_order::information::{IdentifiedBy, InformationPrint, IssuerPrint, Origin};
use print::device_order::order::{
    CriterionPrint, DevicePrint, DocumentPrint, EntitlementPrint, GroundsPrint, LensPrint, MonthPrint,
    OrderPrint, OtherDevicePrint, RightPrint, ShorteningPrint, StomaPrint, Until,
};
use print::device_order::{
    ConfirmedLinePrint, LimitKind, MonthsPrint, OrderedBy, Ordination, PaperPrint, PatientPrint, PlacePrint,
    PrescriberPrint, ProblemPrint, Quantity, RightResult, Side, SupplyPrint, Unit, VerdictPrint,
};
use print::{EndingPrint, RepresentativePrint, SignaturePrint, StatementPrint};

pub(crate) const NUMBER: &str = "T5-PC00013R-00000052";
pub(crate) const CODE: &str = "0417";
pub(crate) const DIAGNOSIS: &str = "N39.4 Inne określone nietrzymanie moczu";

pub(crate) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default()
}

pub(crate) fn moment(day: u32, hour: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, day, hour, 12, 0).single().unwrap_or_default()
}

pub(crate) fn cancelled() -> EndingPrint {
    EndingPrint {
        what: "Zlecenie anulowano".into(),
        on: day(2026, 11, 20),
        legal_basis: None,
        grounds: Some("Wystawiono omyłkowo dla innego pacjenta.".into()),
    }
}

fn months() -> MonthsPrint {
    MonthsPrint { first: day(2026, 11, 1), last: day(2027, 10, 1) }
}

fn pieces(number: i64) -> Quantity {
    Quantity { hundredths: number * 100, unit: Unit::Piece }
}

pub(crate) fn information() -> InformationPrint {
    InformationPrint {
        number: NUMBER.into(),
        code: Some(CODE.into()),
        identified_by: IdentifiedBy::Pesel,
        ending: None,
        issued_on: day(2026, 11, 16),
        patient: "Żaneta Testowa".into(),
        ordered: vec!["Pieluchomajtki lub ich zamienniki (Y.06.01)".into()],
        supply: SupplyPrint::Monthly { a_month: pieces(90), months: months() },
        months_left: None,
        valid_until: day(2027, 10, 31),
        issuer: IssuerPrint {
            name: "Łucja Próbna-Żółć".into(),
            profession: "pielęgniarka".into(),
            place: "Przychodnia Przykładowa w Łodzi".into(),
            phone: Some("42 000 00 00".into()),
        },
        origin: Origin::Electronic,
        printed_at: moment(16, 9),
    }
}

pub(crate) fn ordered_by() -> OrderedBy {
    OrderedBy {
        place: PlacePrint {
            name: "Przychodnia Przykładowa w Łodzi".into(),
            regon: Some("123456785".into()),
            address: Some("ul. Gęślej Jaźni 12, 90-001 Łódź".into()),
            phone: Some("42 000 00 00".into()),
            contract: Some("Łódzki OW NFZ (05), kod świadczeniodawcy 05-00-00000".into()),
        },
        prescriber: PrescriberPrint {
            name: "Łucja Próbna-Żółć".into(),
            profession: "pielęgniarka".into(),
            licence_number: "1234567P".into(),
            specialties: vec!["pielęgniarstwo zachowawcze".into()],
        },
        authorised_signatory: Some("Święcisława Wzorcowa".into()),
    }
}

pub(crate) fn patient() -> PatientPrint {
    PatientPrint {
        name: "Żaneta Testowa".into(),
        identifier: Some("PESEL 85051512346".into()),
        birth_date: None,
        sex: None,
        is_pregnant: false,
        address: Some("ul. Zażółcona 7 m. 3, 00-950 Warszawa".into()),
    }
}

fn line(code: &str, side: Option<Side>) -> ConfirmedLinePrint {
    ConfirmedLinePrint {
        code: code.into(),
        side,
        quantity: pieces(90),
        limit_grosze: 170,
        limit_kind: LimitKind::PerPiece,
        refund_percent: 80,
        valid_until: Some(day(2027, 10, 31)),
    }
}

pub(crate) fn positive() -> VerdictPrint {
    VerdictPrint::Positive {
        verified_at: moment(16, 8),
        right: RightResult::Confirmed { operation: "L2647M05200000017".into() },
        lines: vec![line("Y.06.01", None)],
        is_monthly: true,
        limit_changes: Vec::new(),
        notes: Vec::new(),
        accepted: None,
    }
}

/// Monthly, with every part of the form.
pub(crate) fn monthly() -> OrderPrint {
    OrderPrint {
        number: NUMBER.into(),
        version: 2,
        state: "Zweryfikowane pozytywnie".into(),
        ending: None,
        issued_on: Some(day(2026, 11, 16)),
        valid_until: Some(day(2027, 10, 31)),
        ordered_by: Some(ordered_by()),
        patient: Some(patient()),
        right: Some(RightPrint::Statement {
            made_on: day(2026, 11, 16), made_by: "złożył pacjent".into()
        }),
        additional_entitlement: Some(EntitlementPrint {
            code: "47ZN".into(),
            document: DocumentPrint {
                kind: "orzeczenie o znacznym stopniu niepełnosprawności".into(),
                number: Some("WZON.1234.2024".into()),
                issued_on: Some(day(2024, 3, 1)),
                until: Some(Until::Indefinite),
            },
            certified_by: None,
        }),
        device: Some(DevicePrint::Other(OtherDevicePrint {
            code: "Y.06.01".into(),
            payer_code: Some("Y.06.01.00".into()),
            name: "Pieluchomajtki lub ich zamienniki".into(),
            ..OtherDevicePrint::default()
        })),
        supply: Some(SupplyPrint::Monthly { a_month: pieces(90), months: months() }),
        ordination: Some(Ordination::Continuation),
        primary_order: Some("T5-PC00012W-00000007".into()),
        grounds: Some(grounds()),
        verdict: Some(positive()),
        months: vec![
            month(11, "zrealizowany", Some("Sklep Medyczny Próba, Łódź")),
            month(12, "zajęty", Some("Apteka Wzorcowa, Warszawa; do 31 grudnia 2026 r.")),
        ],
        paper: None,
        signatures: vec![SignaturePrint {
            who: "Święcisława Wzorcowa".into(),
            function: "osoba upoważniona".into(),
            kind: "podpis zaufany".into(),
            signed_at: moment(16, 7),
        }],
        statement: Some(StatementPrint {
            signatory: "Święcisława Wzorcowa".into(),
            post: "asystentka medyczna".into(),
            signed_with: "podpisem zaufanym".into(),
            document_id: "0199d1f2-7c44-7e0b-9a51-3f6f0c2ab8d1".into(),
        }),
        printed_at: moment(16, 9),
    }
}

fn month(month: u32, state: &str, note: Option<&str>) -> MonthPrint {
    MonthPrint { month: day(2026, month, 1), state: state.into(), note: note.map(Into::into) }
}

pub(crate) fn grounds() -> GroundsPrint {
    GroundsPrint {
        diagnosis: Some(DIAGNOSIS.into()),
        criteria: vec![CriterionPrint {
            code: "Y0601".into(),
            name: "Nietrzymanie moczu w następstwie chorób układu nerwowego".into(),
        }],
        further: Some("Chora leżąca, karmiona przez gastrostomię.".into()),
        larger_quantity: Some("Nawracające odleżyny wymagają częstszej zmiany.".into()),
        shortening: None,
    }
}

/// Four lenses, with what an optical prescription has.
pub(crate) fn lenses() -> OrderPrint {
    let lens = |code: &str, is_near, eye, sphere: &str| LensPrint {
        code: code.into(),
        is_near,
        eye,
        sphere: Some(sphere.into()),
        cylinder: Some("-0.75".into()),
        axis: Some("90".into()),
        prism: None,
    };
    OrderPrint {
        device: Some(DevicePrint::Lenses {
            name: "Soczewki okularowe korekcyjne".into(),
            pupil_distance: Some("63.5".into()),
            lenses: vec![
                lens("O.01.01", true, Side::Left, "2.25"),
                lens("O.01.01", true, Side::Right, "2.50"),
                lens("O.01.02", false, Side::Left, "-0.50"),
                LensPrint {
                    prism: Some("1.25".into()),
                    cylinder: None,
                    axis: None,
                    ..lens("O.01.02", false, Side::Right, "-1.25")
                },
            ],
        }),
        supply: Some(SupplyPrint::OneOff { quantity: Quantity { hundredths: 400, unit: Unit::Lens } }),
        ordination: None,
        primary_order: None,
        additional_entitlement: Some(EntitlementPrint {
            code: "47DN".into(),
            document: DocumentPrint { kind: "zaświadczenie".into(), ..DocumentPrint::default() },
            certified_by: Some("5425740".into()),
        }),
        months: Vec::new(),
        verdict: Some(VerdictPrint::Positive {
            verified_at: moment(16, 8),
            right: RightResult::Proved,
            lines: vec![line("O.01.01", Some(Side::Left)), line("O.01.02", Some(Side::Right))],
            is_monthly: false,
            limit_changes: vec!["W – wiek pacjenta".into()],
            notes: vec!["System eWUŚ nie odpowiedział.".into()],
            accepted: None,
        }),
        ..monthly()
    }
}

/// Refused, for a stoma and both sides, on paper.
pub(crate) fn negative() -> OrderPrint {
    OrderPrint {
        state: "Zweryfikowane negatywnie".into(),
        device: Some(DevicePrint::Other(OtherDevicePrint {
            code: "W.01.01.I".into(),
            payer_code: None,
            name: "Sprzęt stomijny".into(),
            sides: vec![Side::Left, Side::Right],
            stoma: Some(StomaPrint { kind: "ileostomia".into(), count: 2 }),
        })),
        right: Some(RightPrint::EuDocument {
            country: "Niemcy".into(),
            personal_number: "DE000111222".into(),
            institution: "Testkasse Berlin".into(),
            document: DocumentPrint {
                kind: "karta EKUZ".into(),
                number: Some("80276000000000000000".into()),
                issued_on: None,
                until: Some(Until::Day(day(2028, 1, 31))),
            },
        }),
        grounds: Some(GroundsPrint {
            shortening: Some(ShorteningPrint {
                ground: "wzrost dziecka".into(),
                justification: "Możliwości dopasowania wyczerpano.".into(),
            }),
            ..grounds()
        }),
        verdict: Some(VerdictPrint::Negative {
            verified_at: moment(16, 8),
            problems: vec![
                ProblemPrint {
                    code: "device_order.duplicate".into(),
                    said: "Pacjent ma już zlecenie na ten wyrób w tych miesiącach.".into(),
                    place: Some("okres zaopatrzenia".into()),
                    remedy: Some("Zmień miesiące albo anuluj poprzednie zlecenie.".into()),
                },
                ProblemPrint {
                    code: "device_order.right_not_confirmed".into(),
                    said: "NFZ nie potwierdza prawa do świadczeń.".into(),
                    place: None,
                    remedy: None,
                },
            ],
        }),
        months: Vec::new(),
        signatures: Vec::new(),
        statement: None,
        paper: Some(PaperPrint {
            grounds: "awaria systemu".into(),
            issued_on: day(2026, 11, 10),
            came_by: "pocztą".into(),
            received_on: day(2026, 11, 13),
            answer_to: Some("ul. Zmyślona 3, 00-912 Wzorcowice".into()),
            answered_on: Some(day(2026, 11, 17)),
            branch: "Łódzki OW NFZ".into(),
            entered_by: RepresentativePrint { name: "Zofia Przykładowa".into(), post: "specjalista".into() },
            entered_at: moment(16, 6),
            scan_title: Some("Zlecenie na papierze".into()),
            scan_sha256: Some("ab12".repeat(16)),
            formerly_until: Some(day(2026, 11, 16)),
        }),
        ..monthly()
    }
}
