//! What became of orders: goods that were issued, and a repair.

use super::{NUMBER, day, moment, monthly, ordered_by, patient};
use print::device_order::realisation::{IssuedItemPrint, IssuedProductPrint, RealisationPrint};
use print::device_order::repair::{
    OriginalOrder, RepairDonePrint, RepairPrint, RepairVerdictPrint, RepairedDevicePrint,
};
use print::device_order::{
    ConfirmedLinePrint, LimitKind, Method, MonthsPrint, ProviderPrint, Quantity, ReceiptPrint, Receiver,
    Side, Unit,
};

pub(crate) fn provider() -> ProviderPrint {
    ProviderPrint {
        name: "Sklep Medyczny Próba sp. z o.o.".into(),
        contract: "05/00/00000/26/ZPO".into(),
        branch: Some("Łódzki OW NFZ".into()),
        place: "0001 – Punkt przy ul. Wzorcowej".into(),
        address: Some("ul. Wzorcowa 5, 90-002 Łódź".into()),
        acts_for: Some("Hurt Medyczny Przykład S.A.".into()),
    }
}

fn product(name: &str, serial: Option<&str>, pieces: u32, price: i64) -> IssuedProductPrint {
    IssuedProductPrint {
        identifier: "000000123456".into(),
        name: name.into(),
        maker: "Beispiel Hygiene GmbH".into(),
        model: "Super 7, rozmiar M".into(),
        serial_number: serial.map(Into::into),
        pieces,
        price_grosze: price,
    }
}

/// The worked examples of half-up per line: 90 pieces at 2.50, 80 % of a limit of 1.70; and two aids for one ear each.
pub(crate) fn realisation() -> RealisationPrint {
    RealisationPrint {
        order_number: NUMBER.into(),
        ending: None,
        provider: provider(),
        patient: patient(),
        taken_on: day(2026, 10, 30),
        months: Some(MonthsPrint { first: day(2026, 11, 1), last: day(2027, 1, 1) }),
        lost: Some(MonthsPrint { first: day(2026, 10, 1), last: day(2026, 10, 1) }),
        limits: vec![ConfirmedLinePrint {
            code: "Y.06.01".into(),
            side: None,
            quantity: Quantity { hundredths: 9_000, unit: Unit::Piece },
            limit_grosze: 170,
            limit_kind: LimitKind::PerPiece,
            refund_percent: 80,
            valid_until: None,
        }],
        limit_changes: vec!["wiek pacjenta".into()],
        is_partial: true,
        issued_on: day(2026, 11, 18),
        method: Method::InPerson,
        staff: "Bożena Wzorcowa".into(),
        items: vec![
            IssuedItemPrint {
                code: "Y.06.01".into(),
                tier: Some(2),
                side: None,
                products: vec![
                    product("Pieluchomajtki Próba Noc", None, 90, 250),
                    product("Pieluchomajtki Próba Dzień", None, 180, 200),
                ],
                refund_grosze: 36_720,
                copay_grosze: 21_780,
            },
            IssuedItemPrint {
                code: "P.01.01".into(),
                tier: None,
                side: Some(Side::Left),
                products: vec![product("Aparat słuchowy Próba", Some("SN-0001/26"), 1, 349_900)],
                refund_grosze: 105_000,
                copay_grosze: 244_900,
            },
        ],
        receipt: Some(ReceiptPrint {
            received_on: day(2026, 11, 18),
            method: Method::InPerson,
            by: Some(Receiver::Other {
                name: "Józef Testowy".into(),
                identifier: "dowód osobisty ABC123456".into(),
            }),
        }),
        printed_at: moment(18, 9),
    }
}

pub(crate) fn repair() -> RepairPrint {
    RepairPrint {
        number: "T5-PC00014M-00000003".into(),
        state: "Zrealizowane".into(),
        ending: None,
        issued_on: Some(day(2026, 11, 16)),
        ordered_by: Some(ordered_by()),
        patient: Some(patient()),
        device: RepairedDevicePrint {
            code: "S.04.01".into(),
            name: "Wózek inwalidzki ręczny".into(),
            side: Some(Side::Right),
            maker: "Wytwórnia Wózków Przykład".into(),
            model: "Łabędź 3".into(),
            trade_name: "Wózek Łabędź".into(),
            serial_number: Some("WŁ-3/000017".into()),
            original: Some(OriginalOrder::Known {
                number: "T5-PC00002T-00000001".into(),
                branch: "Mazowiecki OW NFZ".into(),
            }),
        },
        justification: Some("Pęknięta oś prawego koła.".into()),
        verdict: Some(RepairVerdictPrint::Positive {
            verified_at: moment(16, 8),
            repair_code: "S.04.01.N".into(),
            limit_grosze: 54_000,
            left_grosze: 50_000,
            refund_percent: 90,
            valid_until: Some(day(2027, 11, 16)),
        }),
        repair: Some(RepairDonePrint {
            provider: provider(),
            repair_code: "S.04.01.N".into(),
            description: "Wymiana osi i łożysk prawego koła".into(),
            left_grosze: Some(45_000),
            refund_grosze: 40_000,
            copay_grosze: 1_250,
            warranty_months: 12,
            extended_by: Some(27),
            in_use_until: Some(day(2030, 6, 30)),
            issued_on: day(2026, 11, 24),
            method: Method::Courier,
            staff: "Bożena Wzorcowa".into(),
            receipt: None,
        }),
        paper: None,
        signatures: monthly().signatures,
        statement: monthly().statement,
        printed_at: moment(24, 9),
    }
}
