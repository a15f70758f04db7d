//! Parts III and IV: who supplied under which contract, what was paid, and who received it.

use crate::layout::{Column, Layout};
use crate::polish::{date, money};
use crate::section::{Rows, push};
use chrono::NaiveDate;

/// Who supplies.
#[derive(Clone, Default)]
pub struct ProviderPrint {
    pub name: String,
    /// The number of the contract with the payer.
    pub contract: String,
    /// The payer's branch that the contract is with.
    pub branch: Option<String>,
    /// The place of issue, by code and name.
    pub place: String,
    pub address: Option<String>,
    /// The contract's holder, where a subcontractor acts under it.
    pub acts_for: Option<String>,
}

/// How goods change hands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Method {
    #[default]
    InPerson,
    Courier,
}

impl Method {
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::InPerson => "osobiście",
            Self::Courier => "przesyłka kurierska",
        }
    }
}

/// Who took the goods, and when.
#[derive(Clone)]
pub struct ReceiptPrint {
    pub received_on: NaiveDate,
    pub method: Method,
    /// Not everybody is told who it was.
    pub by: Option<Receiver>,
}

#[derive(Clone)]
pub enum Receiver {
    Patient,
    /// With the identifier and its kind, e.g. `PESEL 44051401458`.
    Other {
        name: String,
        identifier: String,
    },
}

/// What is paid of one line, and by whom.
pub(super) struct Settled {
    pub(super) label: String,
    pub(super) side: String,
    pub(super) refund: i128,
    pub(super) copay: i128,
}

impl Settled {
    fn cells(&self) -> Vec<String> {
        let Self { label, side, refund, copay } = self;
        vec![label.clone(), side.clone(), money(refund + copay), money(*refund), money(*copay)]
    }
}

pub(super) fn provider(rows: &mut Rows, provider: &ProviderPrint) {
    push(rows, "Świadczeniodawca", Some(&provider.name));
    push(rows, "Podwykonawca podmiotu", provider.acts_for.as_ref());
    push(rows, "Numer umowy z NFZ", Some(&provider.contract));
    push(rows, "Oddział NFZ", provider.branch.as_ref());
    push(rows, "Miejsce wydania", Some(&provider.place));
    push(rows, "Adres", provider.address.as_ref());
}

/// Prices, refunds and co-pays, with their sums where there are several.
pub(super) fn settlement(layout: &mut Layout, settled: &[Settled]) {
    let columns = [
        ("Rozliczenie", 2.4),
        ("Strona", 1.2),
        ("Wartość", 2.0),
        ("Refundacja NFZ", 2.0),
        ("Dopłata pacjenta", 2.0),
    ]
    .map(|(title, share)| Column { title, share });
    let mut rows: Vec<_> = settled.iter().map(Settled::cells).collect();
    if settled.len() > 1 {
        let (refund, copay) = total(settled);
        rows.push(Settled { label: "Razem".to_owned(), side: String::new(), refund, copay }.cells());
    }
    layout.table_below("Rozliczenie", &columns, &rows);
}

/// Refunds and co-pays together.
pub(super) fn total(settled: &[Settled]) -> (i128, i128) {
    settled.iter().fold((0, 0), |(refund, copay), it| (refund + it.refund, copay + it.copay))
}

/// The receipt, with blanks for what the one who receives signs by hand.
pub(super) fn receipt(layout: &mut Layout, heading: &str, receipt: Option<&ReceiptPrint>, patient: &str) {
    layout.heading(heading);
    let Some(receipt) = receipt else {
        layout.paragraph("Odbioru jeszcze nie potwierdzono w systemie.");
        layout.blanks(&["Data odbioru", "Imię i nazwisko odbierającego", "Czytelny podpis odbierającego"]);
        return;
    };
    let by = receipt.by.as_ref().map(|by| match by {
        Receiver::Patient => format!("{patient} (pacjent)"),
        Receiver::Other { name, identifier } => format!("{name}, {identifier} (inna osoba)"),
    });
    let mut rows: Rows = vec![
        ("Data odbioru", date(receipt.received_on)),
        ("Sposób odbioru", receipt.method.words().to_owned()),
    ];
    push(&mut rows, "Odebrał(a)", by.as_ref());
    layout.rows("Potwierdzenie odbioru", &rows);
    layout.blanks(&["Czytelny podpis odbierającego"]);
}
