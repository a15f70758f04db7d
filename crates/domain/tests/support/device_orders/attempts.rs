//! Orders in every state, and every command played on them.

use super::{
    HOLD_DAYS, Known, absorbents, asked, confirmed_right, draft, facts, from_paper, groups, held, issuing,
    looked_at, months, positive, submission, take_up_id, verifying, wheelchair, with,
};
use crate::support::{ending, instant, officer, read, text};
use chrono::{DateTime, TimeDelta, Utc};
use domain::calendar::warsaw_date;
use domain::demand::model::SignatureKind;
use domain::device_order::lifecycle::Cancellation;
use domain::device_order::model::{Acceptance, Method, Months, Receipt, Receiver};
use domain::device_order::paper::Replying;
use domain::device_order::pending::{PendingStep, SignedStep};
use domain::device_order::realisation::{self, Issuing, Withdrawal};
use domain::device_order::release::{self, ReleaseRequest, Requester};
use domain::device_order::renewal::{self, Renewal};
use domain::device_order::verification::{self, Finding, Insurance, Verdict};
use domain::device_order::{
    Command, DeviceOrder, State, StateName, cancellation, elapse, issue, paper, pending, refusals, take_up,
};
use domain::pending::Ending;
use domain::problem::Violation;
use domain::values::AccessCode;
use serde_json::json;

pub(crate) type Ended = Result<DeviceOrder, Vec<Violation>>;

/// Tuesday, 1 December 2026, nine in the morning in Warsaw.
pub(crate) fn december() -> DateTime<Utc> {
    instant("2026-12-01T08:00:00Z")
}

fn uninsured() -> Known {
    Known { insurance: Insurance::NotConfirmed, ..Known::default() }
}

/// The order of the first month by courier, whose receipt is still to come.
fn by_courier(order: DeviceOrder, months: Months) -> DeviceOrder {
    let order = held(order, asked(1, months, december()), december());
    let goods = issuing("Y.06.01", 2, 90, "2.50", december());
    let goods = Issuing { method: Method::Courier, receipt: None, ..goods };
    realise(order, goods).expect("a realisation")
}

fn realise(order: DeviceOrder, goods: Issuing) -> Ended {
    let groups = groups(goods.today);
    realisation::realise(order, take_up_id(1), goods, &groups, december()).map(|decided| decided.document)
}

fn one_month() -> DeviceOrder {
    positive(with(absorbents(), "/supply/months", json!(1)), december())
}

/// At least one order in every state, with take-ups at every stage.
pub(crate) fn samples() -> Vec<DeviceOrder> {
    let now = december();
    let groups = groups(warsaw_date(now));
    let registered = issue::submit(draft(absorbents(), now), submission(now), &groups, now);
    let whole = || positive(absorbents(), now);
    let chair = held(positive(wheelchair(), now), asked(1, None, now), now);
    let asked_for = take_up::take_up(whole(), asked(1, months("2026-12", 2), now), now);
    let cancelled = cancellation::cancel(whole(), cancelling(), now);
    vec![
        draft(absorbents(), now),
        registered.expect("a submission").document,
        verifying(absorbents(), now),
        looked_at(absorbents(), &uninsured(), now),
        whole(),
        asked_for.expect("a take-up").document,
        held(whole(), asked(1, months("2026-12", 2), now), now),
        chair.clone(),
        by_courier(whole(), months("2026-12", 1)),
        held(by_courier(whole(), months("2026-12", 1)), asked(2, months("2027-01", 1), now), now),
        realise(chair, issuing("S.12.01", 1, 1, "650.00", now)).expect("a realisation"),
        by_courier(one_month(), months("2026-12", 1)),
        elapse::elapse(whole(), now + TimeDelta::days(400)).document,
        cancelled.expect("a cancellation").document,
    ]
}

fn cancelling() -> Cancellation {
    Cancellation { reason: text("Zlecono omyłkowo."), by: None, at: december() }
}

fn positive_verdict(order: &DeviceOrder) -> Verdict {
    let day = warsaw_date(december());
    let (groups, known) = (groups(day), Known { insurance: confirmed_right(), ..Known::default() });
    verification::look(&order.content, &facts(day, &groups, &known))
}

fn negative_verdict() -> Verdict {
    Verdict::Negative {
        findings: vec![Finding::of(refusals::RIGHT_NOT_CONFIRMED, "/content/right")],
        warnings: Vec::new(),
        right: None,
    }
}

fn accept(order: DeviceOrder, days: i64) -> domain::device_order::DeviceOrderDecision {
    let lines = match positive_verdict(&order) {
        Verdict::Positive { lines, .. } => lines,
        Verdict::Negative { .. } => Vec::new(),
    };
    let at = december() + TimeDelta::days(days);
    let acceptance = Acceptance { by: officer(1), reason: text("Okazano dokument."), at };
    verification::accept(order, acceptance, lines, None, at)
}

/// Nothing but a confirmed order changes with time.
fn wait(order: &DeviceOrder, days: i64) -> Ended {
    let is_positive = order.state.name() == StateName::Positive;
    let later = elapse::elapse(order.clone(), december() + TimeDelta::days(days)).document;
    if later == *order && !is_positive { Err(refusals::wrong_state()) } else { Ok(later) }
}

fn goods_of(order: &DeviceOrder) -> Issuing {
    match order.content.items().first().map(|item| item.code.as_str().to_owned()).as_deref() {
        Some("S.12.01") => issuing("S.12.01", 1, 1, "650.00", december()),
        _ => issuing("Y.06.01", 2, 90, "2.50", december()),
    }
}

fn replying() -> Replying {
    let today = warsaw_date(december());
    Replying { sent_on: today, by: officer(1), has_scan: true, today }
}

fn taking_back() -> Withdrawal {
    Withdrawal { reason: text("Zły wyrób."), by: None, within_days: 30, hold_days: HOLD_DAYS, code: None }
}

/// Plays the command against the order, once for each way in which it can end.
pub(crate) fn play(command: Command, order: &DeviceOrder) -> Vec<Ended> {
    let (now, id) = (december(), take_up_id(1));
    let it = || order.clone();
    let groups = groups(warsaw_date(now));
    let is_monthly = issue::ordered_months(&order.content).is_some();
    let receipt = Receipt { received_on: warsaw_date(now), by: Receiver::Patient };
    let decided = match command {
        Command::Edit => vec![issue::edit(it(), read(wheelchair()), now)],
        Command::Submission => vec![issue::submit(it(), submission(now), &groups, now)],
        Command::Verification => vec![issue::begin_verification(it(), now)],
        Command::VerificationResult => vec![
            verification::conclude(it(), positive_verdict(order), None, now),
            verification::conclude(it(), positive_verdict(order), None, now + TimeDelta::days(400)),
            verification::conclude(it(), negative_verdict(), None, now),
        ],
        Command::Correction => {
            vec![issue::correct(it(), read(absorbents()), submission(now), &groups, now)]
        }
        Command::PendingStepRefusal => {
            let step =
                if it().state == State::Draft { SignedStep::Submission } else { SignedStep::Correction };
            let waiting = PendingStep { step, kind: SignatureKind::Trusted, received_at: now };
            let at_once = Ending { after: TimeDelta::zero(), ..ending() };
            vec![pending::end(DeviceOrder { pending: Some(waiting), ..it() }, &at_once, now)]
        }
        Command::Acceptance => vec![accept(it(), 0), accept(it(), 400)],
        Command::Cancellation => vec![cancellation::cancel(it(), cancelling(), now)],
        Command::Reply => vec![paper::reply(from_paper(it(), now), replying(), now)],
        Command::CodeRenewal => {
            let asked = Renewal { is_by_officer: false, reason: None };
            let coded = renewal::with_code(it(), Some(AccessCode::numbered(7)));
            vec![renewal::renew(coded, &asked, Some(AccessCode::numbered(8)), now)]
        }
        Command::TakeUp => {
            vec![take_up::take_up(it(), asked(9, is_monthly.then(|| months("2027-05", 1)), now), now)]
        }
        Command::TakeUpResult => vec![
            take_up::conclude(it(), id, positive_verdict(order), now),
            take_up::conclude(it(), id, negative_verdict(), now),
        ],
        Command::TakeUpWithdrawal => [(1, 0), (1, 400), (2, 400)]
            .into_iter()
            .map(|(id, days)| {
                let later = now + TimeDelta::days(days);
                take_up::withdraw(it(), take_up_id(id), text("Brak towaru."), None, later)
            })
            .collect(),
        Command::ReleaseRequest => {
            let asking =
                ReleaseRequest { by: Requester::Patient, reason: text("Inny sklep ma towar."), at: now };
            let taken = take_up::take_up(it(), asked(9, is_monthly.then(|| months("2027-05", 1)), now), now);
            let order = taken.map_or_else(|_| it(), |taken| taken.document);
            vec![release::request(order, None, &asking, now)]
        }
        Command::Realisation => return vec![realise(it(), goods_of(order))],
        Command::RealisationWithdrawal => vec![realisation::withdraw(it(), id, taking_back(), now)],
        Command::Receipt => {
            vec![realisation::confirm_receipt(it(), id, (receipt, None), warsaw_date(now), now)]
        }
        Command::Elapse => return vec![wait(order, 32), wait(order, 1000)],
    };
    decided.into_iter().map(|ended| ended.map(|decided| decided.document)).collect()
}
