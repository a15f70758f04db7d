//! Part II for a print, and what became of each month.

use super::content::{Listed, side};
use super::words;
use crate::demand::print_demand::full_name;
use crate::device_order::list_patient_orders::valid_until;
use crate::device_order::view::{DeviceOrderView, VerificationView, Viewer};
use chrono::NaiveDate;
use domain::demand::model::Officer;
use domain::device_group;
use domain::device_order::lifecycle::{PeriodState, Periods};
use domain::device_order::model::{Acceptance, ConfirmedLine, Right};
use domain::device_order::money;
use domain::device_order::verification::Finding;
use domain::device_order::{DeviceOrder, refusals, take_up};
use domain::problem::ProblemType;
use print::RepresentativePrint;
use print::device_order::order::MonthPrint;
use print::device_order::{
    AcceptancePrint, ConfirmedLinePrint, LimitKind, ProblemPrint, Quantity, RightResult, VerdictPrint,
};

pub(super) fn verdict(view: &DeviceOrderView, found: &VerificationView, listed: Listed<'_>) -> VerdictPrint {
    if !found.is_positive {
        let problems = found.findings.iter().map(problem).collect();
        return VerdictPrint::Negative { verified_at: found.verified_at, problems };
    }
    VerdictPrint::Positive {
        verified_at: found.verified_at,
        right: match &found.right {
            Some(Right::Confirmed { operation }) => {
                RightResult::Confirmed { operation: operation.as_str().to_owned() }
            }
            Some(Right::Proved) | None => RightResult::Proved,
            Some(Right::Accepted) => RightResult::Accepted,
        },
        lines: found
            .lines
            .iter()
            .map(|it| line(it, listed, view.periods.as_ref().map(valid_until)))
            .collect(),
        is_monthly: matches!(view.periods, Some(Periods::Monthly { .. })),
        limit_changes: Vec::new(),
        notes: found.warnings.iter().map(said).collect(),
        accepted: view.acceptance.as_ref().map(acceptance),
    }
}

pub(super) fn line(
    it: &ConfirmedLine,
    listed: Listed<'_>,
    valid_until: Option<NaiveDate>,
) -> ConfirmedLinePrint {
    let unit = words::unit(listed.names.unit(&it.code, listed.day));
    ConfirmedLinePrint {
        code: it.code.as_str().to_owned(),
        side: it.side.map(side),
        quantity: Quantity { hundredths: it.pieces.to_hundredths(), unit },
        limit_grosze: it.terms.limit.get(),
        limit_kind: match it.terms.kind {
            money::LimitKind::ForQuantity => LimitKind::ForQuantity,
            money::LimitKind::PerPiece => LimitKind::PerPiece,
        },
        refund_percent: it.terms.refund.get(),
        valid_until,
    }
}

fn acceptance(it: &Acceptance) -> AcceptancePrint {
    AcceptancePrint { by: officer(&it.by), reason: it.reason.as_str().to_owned(), at: it.at }
}

fn officer(it: &Officer) -> RepresentativePrint {
    RepresentativePrint {
        name: full_name(Some(&it.given_names), Some(&it.family_name)),
        post: it.function.as_str().to_owned(),
    }
}

fn problem_of(finding: &Finding) -> Option<&'static ProblemType> {
    let lists = refusals::LISTS.into_iter().chain([device_group::refusals::PROBLEMS]);
    lists.flatten().copied().find(|problem| problem.code == finding.code)
}

/// In words; what only a later version of the program knows by its code.
fn said(finding: &Finding) -> String {
    problem_of(finding).map_or_else(|| finding.code.clone(), |problem| problem.says.pl.to_owned())
}

pub(crate) fn problem(finding: &Finding) -> ProblemPrint {
    ProblemPrint {
        code: finding.code.clone(),
        said: said(finding),
        place: words::place(&finding.pointer).map(str::to_owned),
        remedy: problem_of(finding).map(|problem| problem.fix.pl.to_owned()),
    }
}

/// How each month stands, where they differ; a provider is told who holds one, and not who has issued goods of it.
pub(super) fn months(viewer: Viewer, view: &DeviceOrderView, order: &DeviceOrder) -> Vec<MonthPrint> {
    let Some(Periods::Monthly { periods }) = &view.periods else { return Vec::new() };
    if periods.iter().all(|period| period.state == PeriodState::Available) {
        return Vec::new();
    }
    let month = |it: &domain::device_order::lifecycle::Period| MonthPrint {
        month: it.month.first_day(),
        state: words::period(it.state).to_owned(),
        note: note(viewer, view, order, it.state),
    };
    periods.iter().map(month).collect()
}

fn note(viewer: Viewer, view: &DeviceOrderView, order: &DeviceOrder, state: PeriodState) -> Option<String> {
    if state == PeriodState::Cancelled {
        return view.tail.as_ref().map(|tail| tail.cancellation.reason.as_str().to_owned());
    }
    let id = state.take_up()?;
    if let Some(held) = view.holds.get(&id) {
        return Some(format!("{}, do {}", held.name.as_str(), held.held_until.format("%d.%m.%Y")));
    }
    let taken = take_up::find(order, id).filter(|it| viewer.sees_take_up(it));
    Some(taken.map_or("inny świadczeniodawca", |it| it.provider.name.as_str()).to_owned())
}
