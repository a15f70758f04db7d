//! What the print of a repair order says of each of its parts.

use super::{holds, lacks, of_repair, order_sample};
use order_sample::supplied::repair;
use print::device_order::ProblemPrint;
use print::device_order::repair::{OriginalOrder, RepairPrint, RepairVerdictPrint, RepairedDevicePrint};

#[test]
fn a_repair_shows_its_three_parts() {
    let said = of_repair(&repair());
    holds(
        &said,
        &[
            "T5-PC00014M-00000003",
            "część I – zlecenie, część II – wynik weryfikacji, część III – naprawa i odbiór",
            "S.04.01",
            "Wózek inwalidzki ręczny",
            "prawa",
            "Wytwórnia Wózków Przykład",
            "Łabędź 3",
            "WŁ-3/000017",
            "T5-PC00002T-00000001, sfinansował: Mazowiecki OW NFZ",
            "Pęknięta oś prawego koła.",
            "S.04.01.N",
            "Limit naprawy 540,00 zł",
            "Pozostały limit 500,00 zł",
            "Limit pozostały w chwili naprawy 450,00 zł",
            "Przedłużenie okresu użytkowania 27 miesięcy",
            "Gwarancja na naprawę 12 miesięcy",
            "Okres użytkowania przedłużony do 30 czerwca 2030 r.",
            "S.04.01.N – 412,50 zł 400,00 zł 12,50 zł",
            "Wymiana osi i łożysk prawego koła",
            "przesyłka kurierska",
            "Odbioru jeszcze nie potwierdzono w systemie.",
        ],
    );
    lacks(&said, &["Razem", "Negatywny"]);
}

#[test]
fn a_repair_that_is_refused_says_why_and_shows_no_part_three() {
    let device = RepairedDevicePrint {
        original: Some(OriginalOrder::Unknown { reason: "dokumenty zaginęły podczas powodzi".into() }),
        ..repair().device
    };
    let verdict = RepairVerdictPrint::Negative {
        verified_at: order_sample::moment(16, 8),
        problems: vec![ProblemPrint {
            code: "device_repair.limit_used_up".into(),
            said: "Limit naprawy wyczerpano.".into(),
            ..ProblemPrint::default()
        }],
    };
    let said = of_repair(&RepairPrint { device, verdict: Some(verdict), repair: None, ..repair() });
    holds(
        &said,
        &[
            "nieznane – dokumenty zaginęły podczas powodzi",
            "Negatywny – zlecenia nie można zrealizować",
            "Limit naprawy wyczerpano. (device_repair.limit_used_up)",
        ],
    );
    lacks(&said, &["Część III", "Gwarancja", "Pozytywny"]);
}
