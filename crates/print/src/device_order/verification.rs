//! Part II: what the payer confirmed, or what stands in the way.

use super::supply::{Quantity, Side, side};
use crate::layout::{Column, Layout};
use crate::polish::{date, moment, money};
use crate::section::{Rows, push, section};
use crate::signature::{RepresentativePrint, in_office};
use chrono::{DateTime, NaiveDate, Utc};

/// The outcome of a verification.
#[derive(Clone)]
pub enum VerdictPrint {
    Positive {
        verified_at: DateTime<Utc>,
        right: RightResult,
        lines: Vec<ConfirmedLinePrint>,
        /// Whether the pieces of the lines are those of one month.
        is_monthly: bool,
        /// Why limits are others than when the order was issued, in words.
        limit_changes: Vec<String>,
        /// What prescriber, patient or provider should know, in words.
        notes: Vec<String>,
        /// The officer who accepted what had been found negative.
        accepted: Option<AcceptancePrint>,
    },
    Negative {
        verified_at: DateTime<Utc>,
        problems: Vec<ProblemPrint>,
    },
}

impl VerdictPrint {
    pub(super) fn is_positive(&self) -> bool {
        matches!(self, Self::Positive { .. })
    }
}

/// How the right to benefits is known.
#[derive(Clone)]
pub enum RightResult {
    /// The payer's service confirmed it, under that number.
    Confirmed { operation: String },
    /// What the patient brought stands in.
    Proved,
    /// Nothing shows it; an officer of the payer has accepted the order all the same.
    Accepted,
}

/// What is confirmed of one code and side.
#[derive(Clone)]
pub struct ConfirmedLinePrint {
    pub code: String,
    pub side: Option<Side>,
    pub quantity: Quantity,
    pub limit_grosze: i64,
    pub limit_kind: LimitKind,
    pub refund_percent: u8,
    pub valid_until: Option<NaiveDate>,
}

/// What a confirmed limit is for, with the payer's numbers of the kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitKind {
    /// 1: for the confirmed quantity, of a monthly order that of one month.
    ForQuantity,
    /// 2: for each piece.
    PerPiece,
}

#[derive(Clone)]
pub struct AcceptancePrint {
    pub by: RepresentativePrint,
    pub reason: String,
    pub at: DateTime<Utc>,
}

/// What stands in the way of a positive result.
#[derive(Clone, Default)]
pub struct ProblemPrint {
    pub code: String,
    /// What is wrong, in words.
    pub said: String,
    /// Which part of the order, in words.
    pub place: Option<String>,
    pub remedy: Option<String>,
}

pub(super) fn verdict(layout: &mut Layout, heading: &str, verdict: &VerdictPrint) {
    match verdict {
        VerdictPrint::Positive { verified_at, right, lines, is_monthly, limit_changes, notes, accepted } => {
            let result =
                if accepted.is_some() { "Pozytywny – zaakceptowany przez NFZ" } else { "Pozytywny" };
            let mut rows: Rows = vec![("Wynik", result.to_owned()), ("Data i godzina", moment(*verified_at))];
            push(&mut rows, "Prawo do świadczeń", Some(&right_words(right)));
            push(&mut rows, "Zmiany limitu", Some(&limit_changes.join("\n")));
            push(&mut rows, "Uwagi", Some(&notes.join("\n")));
            if let Some(accepted) = accepted {
                let by = format!("{}, {}", moment(accepted.at), in_office(&accepted.by));
                push(&mut rows, "Zaakceptowano", Some(&by));
                push(&mut rows, "Powód", Some(&accepted.reason));
            }
            section(layout, heading, &rows);
            self::lines(layout, lines, *is_monthly);
        }
        VerdictPrint::Negative { verified_at, problems } => {
            negative(layout, heading, *verified_at, problems);
        }
    }
}

pub(super) fn negative(
    layout: &mut Layout,
    heading: &str,
    verified_at: DateTime<Utc>,
    problems: &[ProblemPrint],
) {
    let rows: Rows = vec![
        ("Wynik", "Negatywny – zlecenia nie można zrealizować".to_owned()),
        ("Data i godzina", moment(verified_at)),
    ];
    section(layout, heading, &rows);
    self::problems(layout, problems);
}

fn right_words(right: &RightResult) -> String {
    match right {
        RightResult::Confirmed { operation } => {
            format!("potwierdzone elektronicznie, nr operacji {operation}")
        }
        RightResult::Proved => "na podstawie oświadczenia lub dokumentu pacjenta".to_owned(),
        RightResult::Accepted => "niepotwierdzone; zlecenie przyjął oddział NFZ".to_owned(),
    }
}

pub(super) fn lines(layout: &mut Layout, lines: &[ConfirmedLinePrint], is_monthly: bool) {
    if lines.is_empty() {
        return;
    }
    let quantity = if is_monthly { "Ilość na miesiąc" } else { "Ilość" };
    let columns = [
        ("Kod wyrobu", 1.7),
        ("Strona", 0.95),
        (quantity, 1.6),
        ("Limit", 2.35),
        ("Refundacja", 1.5),
        ("Ważne do", 2.9),
    ]
    .map(|(title, share)| Column { title, share });
    let rows: Vec<_> = lines
        .iter()
        .map(|line| {
            vec![
                line.code.clone(),
                side(line.side),
                line.quantity.words(),
                limit_words(line, is_monthly),
                format!("{}\u{a0}%", line.refund_percent),
                line.valid_until.map_or_else(|| "–".to_owned(), date),
            ]
        })
        .collect();
    layout.table_below("Potwierdzone wyroby", &columns, &rows);
}

fn limit_words(line: &ConfirmedLinePrint, is_monthly: bool) -> String {
    let each = match (line.limit_kind, is_monthly) {
        (LimitKind::PerPiece, _) => "za sztukę",
        (LimitKind::ForQuantity, true) => "na miesiąc",
        (LimitKind::ForQuantity, false) => "za całość",
    };
    format!("{} {each}", money(i128::from(line.limit_grosze)))
}

fn problems(layout: &mut Layout, problems: &[ProblemPrint]) {
    let columns = [("Nr", 0.5), ("Problem", 4.2), ("Miejsce", 1.8), ("Co zrobić", 3.2)]
        .map(|(title, share)| Column { title, share });
    let dash = |said: &Option<String>| said.clone().unwrap_or_else(|| "–".to_owned());
    let rows: Vec<_> = problems
        .iter()
        .enumerate()
        .map(|(index, problem)| {
            let said = format!("{}\n({})", problem.said, problem.code);
            vec![(index + 1).to_string(), said, dash(&problem.place), dash(&problem.remedy)]
        })
        .collect();
    layout.table_below("Problemy", &columns, &rows);
}
