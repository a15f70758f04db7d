//! The terms that run on an order: the end of a month, of a one-off order's year, of a hold, and of a look that nobody
//! concludes. Each of them only takes away what nobody has used, so no recorded outage of the system moves one.

use super::lifecycle::{Command, Confirmed, PeriodState, Periods, State};
use super::model::{DeviceOrder, TakeUp, TakeUpState};
use crate::calendar::{end_of_day_warsaw, start_of_day_warsaw};
use chrono::{DateTime, Utc};

/// A term of an order, by the name of its rows and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClockKind {
    /// A one-off order can be taken up for twelve months (DO-16).
    Validity,
    /// The next free month; it is lost at its end (DO-50).
    Month,
    /// A provider holds months that nothing was issued for yet; with the days in which the issue may be confirmed.
    Hold,
    /// The payer looks once more at what a provider takes up; a look without an end frees the months.
    Look,
}

impl ClockKind {
    pub const ALL: [ClockKind; 4] = [Self::Validity, Self::Month, Self::Hold, Self::Look];

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Validity => "VALIDITY",
            Self::Month => "MONTH",
            Self::Hold => "HOLD",
            Self::Look => "LOOK",
        }
    }

    pub fn legal(self) -> &'static str {
        match self {
            Self::Validity => "refund act art. 38; NFZ notice on orders",
            Self::Month => "refund act art. 38; NFZ notice on monthly supplies",
            Self::Hold | Self::Look => "design",
        }
    }

    /// The command with which it begins.
    pub fn starts_with(self) -> Command {
        match self {
            Self::Validity | Self::Month => Command::VerificationResult,
            Self::Hold => Command::TakeUpResult,
            Self::Look => Command::TakeUp,
        }
    }

    /// Whose move stops it.
    pub fn holder(self) -> &'static str {
        match self {
            Self::Validity | Self::Month | Self::Hold => "DEVICE_PROVIDER",
            Self::Look => "SERVICE",
        }
    }
}

/// A term that runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunningClock {
    pub kind: ClockKind,
    pub started_at: DateTime<Utc>,
    /// The first instant after it.
    pub due_at: DateTime<Utc>,
}

/// The next end of each kind, soonest first.
pub fn running(order: &DeviceOrder) -> Vec<RunningClock> {
    let State::Positive(confirmed) = &order.state else { return Vec::new() };
    let supply = match &confirmed.periods {
        Periods::OneOff { last_day, state: PeriodState::Available } => Some(RunningClock {
            kind: ClockKind::Validity,
            started_at: confirmed.issue.issued_at,
            due_at: end_of_day_warsaw(*last_day),
        }),
        Periods::OneOff { .. } => None,
        Periods::Monthly { periods } => {
            let free = periods.iter().filter(|period| period.state == PeriodState::Available);
            free.map(|period| period.month).min().map(|month| RunningClock {
                kind: ClockKind::Month,
                started_at: start_of_day_warsaw(month.first_day()),
                due_at: end_of_day_warsaw(month.last_day()),
            })
        }
    };
    let holds = clocks_of(confirmed, ClockKind::Hold, |it| match it.state {
        TakeUpState::Held => Some(end_of_day_warsaw(it.confirmed_until())),
        _ => None,
    });
    let looks = clocks_of(confirmed, ClockKind::Look, |it| match it.state {
        TakeUpState::Verifying => Some(it.given_up_at()),
        _ => None,
    });
    let mut clocks: Vec<RunningClock> = supply.into_iter().chain(holds).chain(looks).collect();
    clocks.sort_by_key(|clock| clock.due_at);
    clocks
}

/// The soonest of the take-ups that have such a term.
fn clocks_of(
    confirmed: &Confirmed,
    kind: ClockKind,
    due: impl Fn(&TakeUp) -> Option<DateTime<Utc>>,
) -> Option<RunningClock> {
    let running = confirmed.take_ups.iter().filter_map(|take_up| {
        due(take_up).map(|due_at| RunningClock { kind, started_at: take_up.taken_at, due_at })
    });
    running.min_by_key(|clock| clock.due_at)
}

/// Whether time has changed the order by then, and nobody has applied it.
pub fn is_due(order: &DeviceOrder, now: DateTime<Utc>) -> bool {
    running(order).first().is_some_and(|clock| clock.due_at <= now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::device_order::elapse;
    use crate::support::device_orders::{absorbents, asked, held, months, positive, wheelchair};
    use crate::support::instant;

    fn kinds(order: &DeviceOrder) -> Vec<ClockKind> {
        running(order).into_iter().map(|clock| clock.kind).collect()
    }

    #[test]
    fn the_soonest_end_of_each_kind_runs_and_nothing_before_a_positive_result() {
        let now = instant("2026-12-01T08:00:00Z");
        let order = positive(absorbents(), now);
        assert_eq!(kinds(&order), [ClockKind::Month]);
        assert_eq!(running(&order)[0].due_at, instant("2026-12-31T23:00:00Z"));
        let order = held(order, asked(7, months("2026-12", 2), now), now);
        assert_eq!(kinds(&order), [ClockKind::Hold, ClockKind::Month]);
        assert_eq!(running(&order)[1].due_at, instant("2027-02-28T23:00:00Z"), "the next free month");
        assert_eq!(kinds(&positive(wheelchair(), now)), [ClockKind::Validity]);
    }

    #[test]
    fn what_is_due_is_what_elapses() {
        let order = positive(wheelchair(), instant("2026-12-01T08:00:00Z"));
        for (at, due) in [("2027-12-01T22:59:59Z", false), ("2027-12-01T23:00:00Z", true)] {
            let at = instant(at);
            assert_eq!(is_due(&order, at), due);
            assert_eq!(!elapse::elapse(order.clone(), at).events.is_empty(), due);
        }
    }

    #[test]
    fn every_kind_is_read_from_its_name() {
        for kind in ClockKind::ALL {
            assert_eq!(ClockKind::parse(kind.name()), Some(kind));
        }
    }
}
