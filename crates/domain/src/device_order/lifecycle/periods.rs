//! The months of an order, or the one supply of a one-off order, and what became of each.

use crate::device_order::model::Months;
use crate::ids::TakeUpId;
use crate::values::YearMonth;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What can still be had of an order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum Periods {
    /// In order of the months.
    Monthly { periods: Vec<Period> },
    /// Until the last day of twelve months from issue (DO-16).
    OneOff { last_day: NaiveDate, state: PeriodState },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Period {
    pub month: YearMonth,
    pub state: PeriodState,
}

/// What has become of a month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "SCREAMING_SNAKE_CASE", rename_all_fields = "camelCase")]
pub enum PeriodState {
    Available,
    /// A take-up has it while it is verified.
    Verifying {
        take_up: TakeUpId,
    },
    Reserved {
        take_up: TakeUpId,
    },
    /// Goods were issued, and what was issued is being judged.
    Confirming {
        take_up: TakeUpId,
    },
    Realised {
        take_up: TakeUpId,
    },
    /// Elapsed without goods (DO-50).
    Lost,
    Cancelled,
}

impl PeriodState {
    pub fn name(self) -> &'static str {
        match self {
            Self::Available => "AVAILABLE",
            Self::Verifying { .. } => "VERIFYING",
            Self::Reserved { .. } => "RESERVED",
            Self::Confirming { .. } => "CONFIRMING",
            Self::Realised { .. } => "REALISED",
            Self::Lost => "LOST",
            Self::Cancelled => "CANCELLED",
        }
    }

    /// The payer's letter; it has none for a month that has elapsed.
    pub fn nfz_letter(self) -> Option<char> {
        match self {
            Self::Available => Some('B'),
            Self::Verifying { .. } => Some('W'),
            Self::Reserved { .. } | Self::Confirming { .. } => Some('R'),
            Self::Realised { .. } => Some('Z'),
            Self::Cancelled => Some('A'),
            Self::Lost => None,
        }
    }

    /// The take-up that has it.
    pub fn take_up(self) -> Option<TakeUpId> {
        match self {
            Self::Verifying { take_up }
            | Self::Reserved { take_up }
            | Self::Confirming { take_up }
            | Self::Realised { take_up } => Some(take_up),
            Self::Available | Self::Lost | Self::Cancelled => None,
        }
    }

    /// Whether nothing more is to come of it but a withdrawal of what was realised.
    pub fn is_over(self) -> bool {
        match self {
            Self::Realised { .. } | Self::Lost | Self::Cancelled => true,
            Self::Available | Self::Verifying { .. } | Self::Reserved { .. } | Self::Confirming { .. } => {
                false
            }
        }
    }

    pub fn is_realised(self) -> bool {
        matches!(self, Self::Realised { .. })
    }
}

impl Periods {
    pub fn monthly(months: Months) -> Self {
        let periods = months.each().map(|month| Period { month, state: PeriodState::Available }).collect();
        Self::Monthly { periods }
    }

    pub fn states(&self) -> impl Iterator<Item = PeriodState> {
        let (months, one_off) = match self {
            Self::Monthly { periods } => (periods.as_slice(), None),
            Self::OneOff { state, .. } => (&[][..], Some(*state)),
        };
        months.iter().map(|period| period.state).chain(one_off)
    }

    /// The states of what a take-up of those months would have; `None` where one of them is no month of the order,
    /// or where months are named of a one-off order, or none of a monthly one.
    pub fn asked(&self, months: Option<Months>) -> Option<Vec<PeriodState>> {
        match (self, months) {
            (Self::OneOff { state, .. }, None) => Some(vec![*state]),
            (Self::Monthly { periods }, Some(months)) => months
                .each()
                .map(|month| periods.iter().find(|period| period.month == month).map(|period| period.state))
                .collect(),
            (Self::OneOff { .. }, Some(_)) | (Self::Monthly { .. }, None) => None,
        }
    }

    /// Of a one-off order, the last day on which its goods are issued (DO-16).
    pub fn last_day(&self) -> Option<NaiveDate> {
        match self {
            Self::OneOff { last_day, .. } => Some(*last_day),
            Self::Monthly { .. } => None,
        }
    }

    /// The same with another state wherever `change` has one.
    #[must_use]
    pub fn map(self, change: impl Fn(Option<YearMonth>, PeriodState) -> Option<PeriodState>) -> Self {
        match self {
            Self::OneOff { last_day, state } => {
                Self::OneOff { last_day, state: change(None, state).unwrap_or(state) }
            }
            Self::Monthly { periods } => Self::Monthly {
                periods: periods
                    .into_iter()
                    .map(|period| Period {
                        state: change(Some(period.month), period.state).unwrap_or(period.state),
                        ..period
                    })
                    .collect(),
            },
        }
    }

    /// The same with those of a take-up in another state.
    #[must_use]
    pub fn move_take_up(self, id: TakeUpId, to: PeriodState) -> Self {
        self.map(|_, state| (state.take_up() == Some(id)).then_some(to))
    }

    pub fn is_all_free(&self) -> bool {
        self.states().all(|state| state == PeriodState::Available)
    }

    /// The last month in which goods were issued.
    pub fn last_realised(&self) -> Option<YearMonth> {
        match self {
            Self::Monthly { periods } => {
                periods.iter().filter(|period| period.state.is_realised()).map(|period| period.month).max()
            }
            Self::OneOff { .. } => None,
        }
    }
}
