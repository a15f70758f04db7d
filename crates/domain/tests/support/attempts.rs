//! Every command with sensible arguments, in each of the ways that it can end.

use super::lists::{course, reopening, report_of, taken_back_line};
use super::papers::correction;
use super::questions::{answered_by_addressee, closure, entered_by_officer, question};
use super::stages::{Stage, asked_opinion, decision, revoking};
use super::{
    DECIDER, PREPARER, THIRD, changed, ending, entry, handover, officer, on_paper, packs, refusal,
    resolution_draft, revocation_draft, signed, submission, taken_back, takeover_by, text, waiting_since,
};
use chrono::TimeDelta;
use domain::calendar::warsaw_date;
use domain::demand::clarification::{self, Addressee};
use domain::demand::clocks::{ClockKind, RunningClock};
use domain::demand::examination::{Approval, approve, give_opinion, refuse_approval};
use domain::demand::ledger::{Realisation, RealisationKind, Reversal};
use domain::demand::model::{Outcome, Verdict};
use domain::demand::resolution::Assignment;
use domain::demand::treated::{self, Report};
use domain::demand::{
    Command, Demand, DemandDecision, clocks, issue, paper, pending, refusals, resolution, revocation, supply,
    takeover, withdrawal,
};
use domain::outage::Holds;
use domain::problem::Violation;

pub(crate) type Ended = Result<Demand, Vec<Violation>>;

/// Plays the command against the stage, once for each way in which it can end.
pub(crate) fn play(command: Command, stage: &Stage) -> Vec<Ended> {
    let now = stage.now;
    let demand = || stage.demand.clone();
    let ended = match command {
        Command::Edit => vec![issue::edit(demand(), changed(&stage.demand.content), now)],
        Command::Submission => vec![
            issue::submit(demand(), submission(Some(signed("Anna", "Testowa", now))), now),
            issue::submit(demand(), submission(None), now),
        ],
        Command::RepresentativeApproval => {
            vec![approve(demand(), Approval { signed: signed("Jan", "Przykładowy", now) }, now)]
        }
        Command::RepresentativeRefusal => vec![refuse_approval(demand(), refusal("Brak środków."), now)],
        Command::Opinion => {
            let answer = |verdict| give_opinion(demand(), asked_opinion(verdict, now), now);
            Verdict::ALL.into_iter().map(answer).collect()
        }
        Command::Assignment => {
            let asked = Assignment { officer: officer(PREPARER), reason: None };
            vec![resolution::assign(demand(), asked, now)]
        }
        Command::PaperCorrection => {
            vec![paper::correct(demand(), correction(changed(&stage.demand.content), now), now)]
        }
        Command::Clarification => {
            vec![clarification::ask(demand(), question(Addressee::Consultant, now), now)]
        }
        Command::ClarificationAnswer => vec![
            clarification::answer(demand(), answered_by_addressee(now), now),
            clarification::answer(demand(), entered_by_officer(now), now),
        ],
        Command::ClarificationClosure => vec![clarification::close(demand(), closure(), now)],
        Command::ResolutionDraft => [Outcome::Approved, Outcome::Rejected]
            .into_iter()
            .map(|outcome| resolution::prepare(demand(), resolution_draft(outcome, now), now))
            .collect(),
        Command::ResolutionDraftReturn => {
            vec![resolution::return_draft(demand(), officer(DECIDER), text("Do poprawy."), now)]
        }
        Command::Resolution => vec![resolution::resolve(demand(), decision(DECIDER, now), now)],
        Command::PendingStepRefusal => vec![end_of_wait(stage)],
        Command::Withdrawal => vec![withdrawal::withdraw(demand(), text("Zmiana leczenia."), now)],
        Command::Takeover => vec![takeover::take_over(demand(), takeover_by(THIRD), now)],
        Command::RevocationDraft => vec![revocation::prepare(demand(), revocation_draft(now), now)],
        Command::Revocation => vec![revocation::revoke(demand(), revoking(DECIDER), now)],
        Command::Handover => vec![supply::hand_over(demand(), handover(now), &Holds::none(), now)],
        Command::HandoverReturn => vec![taken_back(demand(), now)],
        Command::PaperReceipt => {
            let resolved_on = stage.demand.state.resolution().map(|resolution| resolution.resolved_on);
            let passed_on = resolved_on.unwrap_or_else(|| warsaw_date(now));
            vec![supply::receive_on_paper(demand(), on_paper(passed_on, now), &Holds::none(), now)]
        }
        Command::Realisation => return realisations(stage),
        Command::RealisationReversal => return reversals(stage),
        Command::TreatedPatients => return reports(stage),
        Command::TreatedPatientReversal => return takings_back(stage),
        Command::PatientListReopening => vec![treated::reopen(demand(), reopening(now), now)],
        Command::Elapse => return vec![first_term(stage)],
    };
    ended.into_iter().map(|decision| decision.map(|decided| decided.document)).collect()
}

/// With a signature that has awaited validation since the day before.
pub(crate) fn end_of_wait(stage: &Stage) -> DemandDecision {
    let waiting = waiting_since(stage.now - TimeDelta::days(1));
    let demand = Demand { pending: Some(waiting), ..stage.demand.clone() };
    pending::end(demand, &ending(), &Holds::none(), stage.now)
}

fn realisations(stage: &Stage) -> Vec<Ended> {
    [
        (RealisationKind::Imported, 1, false),
        (RealisationKind::Dispensed, 6, false),
        (RealisationKind::Dispensed, 1, true),
    ]
    .into_iter()
    .map(|(kind, count, closes)| {
        let entry = Realisation { closes, ..entry(kind, count, packs("1"), stage.now) };
        let decided = supply::realise(stage.demand.clone(), entry, stage.now)?;
        Ok(decided.document.0)
    })
    .collect()
}

fn reversals(stage: &Stage) -> Vec<Ended> {
    let some = entry(RealisationKind::Dispensed, 1, packs("1"), stage.now);
    let entries = if stage.entries.is_empty() { vec![some] } else { stage.entries.clone() };
    let reverse = |entry| {
        let decided = supply::reverse(stage.demand.clone(), entry, reversal(stage), stage.now)?;
        Ok(decided.document.0)
    };
    entries.into_iter().map(reverse).collect()
}

fn reversal(stage: &Stage) -> Reversal {
    Reversal { reason: text("Pomyłka."), reversed_by: super::organisation(10), reversed_at: stage.now }
}

fn reports(stage: &Stage) -> Vec<Ended> {
    let asked = Report { before: stage.treated.clone(), ..report_of(&[], stage.now) };
    let ended = treated::report(stage.demand.clone(), &Report { closes: true, ..asked }, stage.now);
    vec![ended.map(|decided| decided.document)]
}

fn takings_back(stage: &Stage) -> Vec<Ended> {
    let some = course(1, "44051401458", "1", stage.now);
    let lines = if stage.treated.is_empty() { vec![some] } else { stage.treated.clone() };
    let take_back = |line| {
        let decided = treated::take_back(stage.demand.clone(), line, taken_back_line(stage.now), stage.now)?;
        Ok(decided.document.0)
    };
    lines.into_iter().map(take_back).collect()
}

/// The end of the soonest term that leads anywhere; where none runs, the lifecycle knows no elapsing. That of a list
/// only reminds.
fn first_term(stage: &Stage) -> Ended {
    let leads = |clock: &RunningClock| clock.kind != ClockKind::PatientList;
    let due = clocks::running(&stage.demand).into_iter().find(leads).map(|clock| clock.due_at);
    let due = due.ok_or_else(|| vec![Violation::whole(refusals::WRONG_STATE)])?;
    Ok(clocks::elapse(stage.demand.clone(), &Holds::none(), due).document)
}
