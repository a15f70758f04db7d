//! A realisation of an order as parts III and IV of the form have it.

use super::issue::{self, Method, ProviderPrint, ReceiptPrint, Settled};
use super::people::{PatientPrint, patient};
use super::supply::{MonthsPrint, Side, side};
use super::verification::{self, ConfirmedLinePrint};
use crate::PrintError;
use crate::ending::{EndingPrint, ending, tone};
use crate::layout::{Column, Layout, Panel};
use crate::polish::{date, money};
use crate::section::{Rows, fact, push, section};
use chrono::{DateTime, NaiveDate, Utc};

const TITLE: &str = "Realizacja zlecenia na zaopatrzenie w wyroby medyczne";

/// Everything a print of a realisation can show. It holds personal data, hence no `Debug`.
#[derive(Clone, Default)]
pub struct RealisationPrint {
    pub order_number: String,
    /// It was withdrawn.
    pub ending: Option<EndingPrint>,
    pub provider: ProviderPrint,
    pub patient: PatientPrint,
    pub taken_on: NaiveDate,
    /// The months supplied; none of a one-off order.
    pub months: Option<MonthsPrint>,
    /// Months of the take-up that had passed before the issue.
    pub lost: Option<MonthsPrint>,
    /// On which terms it was issued, frozen at the take-up.
    pub limits: Vec<ConfirmedLinePrint>,
    /// Why limits are others than when the order was verified, in words.
    pub limit_changes: Vec<String>,
    /// Whether it is only a part of the order.
    pub is_partial: bool,
    pub issued_on: NaiveDate,
    pub method: Method,
    /// Who handed the goods out.
    pub staff: String,
    pub items: Vec<IssuedItemPrint>,
    /// Not there yet where a courier is on the way.
    pub receipt: Option<ReceiptPrint>,
    pub printed_at: DateTime<Utc>,
}

/// What was issued of one code and side.
#[derive(Clone, Default)]
pub struct IssuedItemPrint {
    pub code: String,
    /// Which of the code's limits, where it has several.
    pub tier: Option<u32>,
    pub side: Option<Side>,
    pub products: Vec<IssuedProductPrint>,
    pub refund_grosze: i64,
    pub copay_grosze: i64,
}

/// A trade product.
#[derive(Clone, Default)]
pub struct IssuedProductPrint {
    /// Of the provider's list.
    pub identifier: String,
    pub name: String,
    pub maker: String,
    pub model: String,
    pub serial_number: Option<String>,
    pub pieces: u32,
    /// Of one piece.
    pub price_grosze: i64,
}

impl IssuedItemPrint {
    fn label(&self) -> String {
        self.tier.map_or_else(|| self.code.clone(), |tier| format!("{}, limit {tier}", self.code))
    }
}

impl IssuedProductPrint {
    fn value(&self) -> i128 {
        i128::from(self.price_grosze) * i128::from(self.pieces)
    }
}

/// The print as a PDF/A-2a and PDF/UA-1 file. Amounts that do not add up are refused: refund and co-pay are the price.
pub fn render(realisation: &RealisationPrint) -> Result<Vec<u8>, PrintError> {
    let settled = settled(&realisation.items)?;
    let mut layout = Layout::new()?;
    layout.title(TITLE, "część III – wydanie wyrobów, część IV – potwierdzenie odbioru");
    if let Some(ended) = &realisation.ending {
        ending(&mut layout, ended);
    }
    summary(&mut layout, realisation, &settled);
    supplied(&mut layout, realisation);
    patient(&mut layout, "Część III. Pacjent", &realisation.patient, Rows::new());
    if !realisation.limits.is_empty() {
        layout.heading("Część III. Warunki z dnia pobrania");
    }
    verification::lines(&mut layout, &realisation.limits, realisation.months.is_some());
    products(&mut layout, &realisation.items);
    issue::settlement(&mut layout, &settled);
    layout.blanks(&["Data i podpis osoby wydającej"]);
    let heading = "Część IV. Potwierdzenie odbioru";
    issue::receipt(&mut layout, heading, realisation.receipt.as_ref(), &realisation.patient.name);
    layout.finish(&super::frame(TITLE, &realisation.order_number, None, realisation.printed_at))
}

fn settled(items: &[IssuedItemPrint]) -> Result<Vec<Settled>, PrintError> {
    items
        .iter()
        .map(|item| {
            let (refund, copay) = (i128::from(item.refund_grosze), i128::from(item.copay_grosze));
            let value: i128 = item.products.iter().map(IssuedProductPrint::value).sum();
            if refund < 0 || copay < 0 || refund + copay != value {
                return Err(PrintError::Amounts);
            }
            Ok(Settled { label: item.label(), side: side(item.side), refund, copay })
        })
        .collect()
}

fn summary(layout: &mut Layout, it: &RealisationPrint, settled: &[Settled]) {
    let (refund, copay) = issue::total(settled);
    let mut facts = vec![
        fact("Numer zlecenia", it.order_number.clone(), true),
        fact("Data wydania", date(it.issued_on), false),
        fact("Realizacja", if it.is_partial { "częściowa" } else { "całości" }.to_owned(), false),
    ];
    facts.extend(it.months.map(|months| fact("Za miesiące", months.words(), false)));
    facts.push(fact("Wartość", money(refund + copay), false));
    facts.push(fact("Refundacja NFZ", money(refund), false));
    facts.push(fact("Dopłata pacjenta", money(copay), false));
    let tone = tone(None, it.ending.as_ref());
    layout.panel(Panel { summary: "Numer zlecenia, wydanie i kwoty", tone, facts, code: None });
}

fn supplied(layout: &mut Layout, it: &RealisationPrint) {
    let mut rows: Rows = Vec::new();
    issue::provider(&mut rows, &it.provider);
    push(&mut rows, "Data pobrania", Some(&date(it.taken_on)));
    push(&mut rows, "Data wydania", Some(&date(it.issued_on)));
    push(&mut rows, "Utracone miesiące", it.lost.map(MonthsPrint::words).as_ref());
    push(&mut rows, "Zmiany limitu", Some(&it.limit_changes.join(", ")));
    push(&mut rows, "Sposób wydania", Some(&it.method.words().to_owned()));
    push(&mut rows, "Osoba wydająca", Some(&it.staff));
    section(layout, "Część III. Wydanie wyrobów", &rows);
}

fn products(layout: &mut Layout, items: &[IssuedItemPrint]) {
    layout.heading("Część III. Wydane wyroby");
    let columns = [
        ("Kod i strona", 1.9),
        ("Wyrób handlowy", 4.6),
        ("Sztuk", 0.9),
        ("Cena za sztukę", 1.7),
        ("Wartość", 1.7),
    ]
    .map(|(title, share)| Column { title, share });
    let rows: Vec<_> = items
        .iter()
        .flat_map(|item| {
            let place = match item.side {
                Some(it) => format!("{}\n{}", item.label(), it.words()),
                None => item.label(),
            };
            item.products.iter().map(move |product| {
                vec![
                    place.clone(),
                    described(product),
                    product.pieces.to_string(),
                    money(i128::from(product.price_grosze)),
                    money(product.value()),
                ]
            })
        })
        .collect();
    layout.table("Wydane wyroby", &columns, &rows);
}

fn described(product: &IssuedProductPrint) -> String {
    let mut lines = vec![product.name.clone(), format!("{}, {}", product.maker, product.model)];
    lines.push(format!("Id produktu: {}", product.identifier));
    lines.extend(product.serial_number.as_ref().map(|serial| format!("Nr seryjny: {serial}")));
    lines.join("\n")
}
