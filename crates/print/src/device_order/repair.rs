//! A repair order as its parts I to III have it.

use super::issue::{self, Method, ProviderPrint, ReceiptPrint, Settled};
use super::people::{OrderedBy, PaperPrint, PatientPrint, ordered_by, paper, patient};
use super::supply::Side;
use super::verification::ProblemPrint;
use crate::PrintError;
use crate::ending::{EndingPrint, ending, tone};
use crate::layout::{Layout, Panel};
use crate::polish::{date, moment, money, months};
use crate::section::{Rows, fact, push, section};
use crate::signature::{SignaturePrint, StatementPrint, signatures};
use chrono::{DateTime, NaiveDate, Utc};

const TITLE: &str = "Zlecenie naprawy wyrobu medycznego";

/// Everything a print of a repair order can show. It holds personal data, hence no `Debug`.
#[derive(Clone, Default)]
pub struct RepairPrint {
    pub number: String,
    /// The state in Polish.
    pub state: String,
    /// It was cancelled or has expired.
    pub ending: Option<EndingPrint>,
    pub issued_on: Option<NaiveDate>,
    pub ordered_by: Option<OrderedBy>,
    pub patient: Option<PatientPrint>,
    pub device: RepairedDevicePrint,
    /// Why it has to be repaired.
    pub justification: Option<String>,
    pub verdict: Option<RepairVerdictPrint>,
    pub repair: Option<RepairDonePrint>,
    pub paper: Option<PaperPrint>,
    pub signatures: Vec<SignaturePrint>,
    /// Who signed it, and the identifier that every page bears.
    pub statement: Option<StatementPrint>,
    pub printed_at: DateTime<Utc>,
}

/// What is to be repaired.
#[derive(Clone, Default)]
pub struct RepairedDevicePrint {
    pub code: String,
    /// The name of the group.
    pub name: String,
    pub side: Option<Side>,
    pub maker: String,
    pub model: String,
    pub trade_name: String,
    pub serial_number: Option<String>,
    pub original: Option<OriginalOrder>,
}

/// The order by which the device was supplied.
#[derive(Clone)]
pub enum OriginalOrder {
    Known {
        number: String,
        /// The payer's branch that paid.
        branch: String,
    },
    Unknown {
        reason: String,
    },
}

/// Part II.
#[derive(Clone)]
pub enum RepairVerdictPrint {
    Positive {
        verified_at: DateTime<Utc>,
        repair_code: String,
        /// Of the whole period of use.
        limit_grosze: i64,
        /// What earlier repairs have left of it.
        left_grosze: i64,
        refund_percent: u8,
        /// The last day on which it can be repaired on this order.
        valid_until: Option<NaiveDate>,
    },
    Negative {
        verified_at: DateTime<Utc>,
        problems: Vec<ProblemPrint>,
    },
}

/// Part III.
#[derive(Clone, Default)]
pub struct RepairDonePrint {
    pub provider: ProviderPrint,
    pub repair_code: String,
    pub description: String,
    /// What was left of the repair limit by then.
    pub left_grosze: Option<i64>,
    pub refund_grosze: i64,
    pub copay_grosze: i64,
    pub warranty_months: u32,
    /// By how many months the period of use is longer; none where the list has no such period.
    pub extended_by: Option<u32>,
    /// The last day of the period of use with its extension.
    pub in_use_until: Option<NaiveDate>,
    pub issued_on: NaiveDate,
    pub method: Method,
    pub staff: String,
    pub receipt: Option<ReceiptPrint>,
}

/// The print as a PDF/A-2a and PDF/UA-1 file.
pub fn render(order: &RepairPrint) -> Result<Vec<u8>, PrintError> {
    let mut layout = Layout::new()?;
    layout.title(TITLE, subtitle(order));
    if let Some(ended) = &order.ending {
        ending(&mut layout, ended);
    }
    summary(&mut layout, order);
    if let Some(by) = &order.ordered_by {
        ordered_by(&mut layout, by);
    }
    if let Some(who) = &order.patient {
        patient(&mut layout, "Część I. Pacjent", who, Rows::new());
    }
    device(&mut layout, order);
    if let Some(verdict) = &order.verdict {
        self::verdict(&mut layout, verdict);
    }
    if let Some(repair) = &order.repair {
        let name = order.patient.as_ref().map(|who| who.name.as_str());
        done(&mut layout, repair, name.unwrap_or_default())?;
    }
    if let Some(on_paper) = &order.paper {
        paper(&mut layout, on_paper);
    }
    signatures(&mut layout, &order.signatures);
    if let Some(said) = &order.statement {
        super::order::statement(&mut layout, said);
    }
    layout.finish(&super::frame(TITLE, &order.number, order.statement.as_ref(), order.printed_at))
}

fn subtitle(order: &RepairPrint) -> &'static str {
    match (&order.verdict, &order.repair) {
        (_, Some(_)) => "część I – zlecenie, część II – wynik weryfikacji, część III – naprawa i odbiór",
        (Some(_), None) => "część I – zlecenie, część II – wynik weryfikacji",
        (None, None) => "część I – zlecenie",
    }
}

fn summary(layout: &mut Layout, it: &RepairPrint) {
    let mut facts = vec![fact("Numer zlecenia naprawy", it.number.clone(), true)];
    let mut add = |label, value: Option<String>| {
        facts.extend(value.filter(|value| !value.is_empty()).map(|value| fact(label, value, false)));
    };
    add("Stan", Some(it.state.clone()));
    add("Data wystawienia", it.issued_on.map(date));
    let (is_positive, valid_until) = match &it.verdict {
        Some(RepairVerdictPrint::Positive { valid_until, .. }) => (Some(true), *valid_until),
        Some(RepairVerdictPrint::Negative { .. }) => (Some(false), None),
        None => (None, None),
    };
    let words = |positive| if positive { "Pozytywny" } else { "Negatywny" };
    add("Wynik weryfikacji", is_positive.map(|positive| words(positive).to_owned()));
    let is_open = it.ending.is_none() && it.repair.is_none();
    add("Można zrealizować do", valid_until.filter(|_| is_open).map(date));
    let extended = it.repair.as_ref().and_then(|repair| repair.in_use_until);
    add("Okres użytkowania przedłużony do", extended.filter(|_| it.ending.is_none()).map(date));
    let tone = tone(is_positive, it.ending.as_ref());
    layout.panel(Panel { summary: "Numer, stan i ważność zlecenia naprawy", tone, facts, code: None });
}

fn device(layout: &mut Layout, it: &RepairPrint) {
    let device = &it.device;
    let mut rows: Rows = Vec::new();
    push(&mut rows, "Kod wyrobu", Some(&device.code));
    push(&mut rows, "Nazwa", Some(&device.name));
    push(&mut rows, "Strona", device.side.map(|side| side.words().to_owned()).as_ref());
    push(&mut rows, "Nazwa handlowa", Some(&device.trade_name));
    push(&mut rows, "Wytwórca", Some(&device.maker));
    push(&mut rows, "Model", Some(&device.model));
    push(&mut rows, "Numer seryjny", device.serial_number.as_ref());
    match &device.original {
        Some(OriginalOrder::Known { number, branch }) => {
            push(&mut rows, "Zlecenie zaopatrzenia", Some(&format!("{number}, sfinansował: {branch}")));
        }
        Some(OriginalOrder::Unknown { reason }) => {
            push(&mut rows, "Zlecenie zaopatrzenia", Some(&format!("nieznane – {reason}")));
        }
        None => {}
    }
    section(layout, "Część I. Naprawiany wyrób", &rows);
    if let Some(justification) = &it.justification {
        layout.labelled("Uzasadnienie naprawy", justification);
    }
}

fn verdict(layout: &mut Layout, verdict: &RepairVerdictPrint) {
    let heading = "Część II. Wynik weryfikacji zlecenia naprawy";
    match verdict {
        RepairVerdictPrint::Positive {
            verified_at,
            repair_code,
            limit_grosze,
            left_grosze,
            refund_percent,
            valid_until,
        } => {
            let mut rows: Rows =
                vec![("Wynik", "Pozytywny".to_owned()), ("Data i godzina", moment(*verified_at))];
            push(&mut rows, "Kod naprawy", Some(repair_code));
            rows.push(("Limit naprawy", money(i128::from(*limit_grosze))));
            rows.push(("Pozostały limit", money(i128::from(*left_grosze))));
            rows.push(("Udział NFZ", format!("{refund_percent}\u{a0}%")));
            push(&mut rows, "Ważne do", valid_until.map(date).as_ref());
            section(layout, heading, &rows);
        }
        RepairVerdictPrint::Negative { verified_at, problems } => {
            super::verification::negative(layout, heading, *verified_at, problems);
        }
    }
}

fn done(layout: &mut Layout, repair: &RepairDonePrint, patient: &str) -> Result<(), PrintError> {
    let (refund, copay) = (i128::from(repair.refund_grosze), i128::from(repair.copay_grosze));
    if refund < 0 || copay < 0 {
        return Err(PrintError::Amounts);
    }
    let mut rows: Rows = Vec::new();
    issue::provider(&mut rows, &repair.provider);
    push(&mut rows, "Kod naprawy", Some(&repair.repair_code));
    push(&mut rows, "Opis naprawy", Some(&repair.description));
    push(
        &mut rows,
        "Limit pozostały w chwili naprawy",
        repair.left_grosze.map(|it| money(it.into())).as_ref(),
    );
    push(&mut rows, "Gwarancja na naprawę", Some(&months(repair.warranty_months)));
    let extended = repair.extended_by.map(|by| if by == 0 { "bez zmiany".to_owned() } else { months(by) });
    push(&mut rows, "Przedłużenie okresu użytkowania", extended.as_ref());
    push(&mut rows, "Okres użytkowania do", repair.in_use_until.map(date).as_ref());
    push(&mut rows, "Data wydania", Some(&date(repair.issued_on)));
    push(&mut rows, "Sposób wydania", Some(&repair.method.words().to_owned()));
    push(&mut rows, "Osoba wydająca", Some(&repair.staff));
    section(layout, "Część III. Naprawa", &rows);
    issue::settlement(
        layout,
        &[Settled { label: repair.repair_code.clone(), side: "–".to_owned(), refund, copay }],
    );
    layout.blanks(&["Data i podpis osoby wydającej"]);
    issue::receipt(layout, "Część III. Potwierdzenie odbioru", repair.receipt.as_ref(), patient);
    Ok(())
}
