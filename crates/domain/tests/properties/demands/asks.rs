//! What is asked of a demand in a story, with arguments that are legal for most variants.

use crate::support::attempts::end_of_wait;
use crate::support::lists::{course, reopening, report_of, taken_back_line};
use crate::support::papers::correction;
use crate::support::questions::{QUESTION, answered_by_addressee, closure, question};
use crate::support::stages::{Stage, decision, revoking};
use crate::support::{
    CONSULTANT, PHYSICIAN, THIRD, changed, consultant, digest, entry, handover, millilitres, officer,
    on_paper, organisation, packs, refusal, resolution_draft, resolution_number, revocation_draft, signed,
    submission, taken_back, takeover_by, text,
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::calendar::warsaw_date;
use domain::demand::clarification::{self, Addressee, Closure, Question};
use domain::demand::examination::{Approval, AskedOpinion, approve, give_opinion, refuse_approval};
use domain::demand::issue::Submission;
use domain::demand::ledger::{Realisation, RealisationKind, Reversal};
use domain::demand::model::{Outcome, ResolutionDraft, Verdict};
use domain::demand::resolution::Assignment;
use domain::demand::supply::LedgerDecision;
use domain::demand::treated::{self, Report, TreatedPatient};
use domain::demand::{Command, Demand, issue, paper, resolution, revocation, supply, takeover, withdrawal};
use domain::ids::ClarificationId;
use domain::outage::Holds;
use domain::problem::Violation;
use uuid::Uuid;

pub(super) type Ended = Result<Demand, Vec<Violation>>;

/// Asks for it with arguments that are legal for most variants.
pub(super) fn ask(command: Command, variant: u8, stage: &mut Stage, holds: &Holds) -> Ended {
    let now = stage.now;
    let demand = stage.demand.clone();
    let decided = match command {
        Command::Edit if variant.is_multiple_of(3) => issue::edit(demand.clone(), demand.content, now),
        Command::Edit => issue::edit(demand.clone(), changed(&demand.content), now),
        Command::Submission => issue::submit(demand.clone(), asked_submission(&demand, variant, now), now),
        Command::RepresentativeApproval => {
            let given_names = if variant.is_multiple_of(5) { "Adam" } else { "Jan" };
            approve(demand, Approval { signed: signed(given_names, "Przykładowy", now) }, now)
        }
        Command::RepresentativeRefusal => refuse_approval(demand, refusal("Brak środków."), now),
        Command::Opinion => give_opinion(demand, asked_opinion(variant, now), now),
        Command::Assignment => {
            let reason = variant.is_multiple_of(2).then(|| text("Urlop."));
            resolution::assign(demand, Assignment { officer: officer(u128::from(variant % 3)), reason }, now)
        }
        Command::PaperCorrection => {
            paper::correct(demand.clone(), correction(changed(&demand.content), now), now)
        }
        Command::Clarification => {
            let addressee = Addressee::ALL[usize::from(variant % 6)];
            let id =
                ClarificationId(Uuid::from_u128(u128::try_from(demand.clarifications.len()).unwrap_or(0)));
            let asked = Question { id, days: 7 + u32::from(variant % 54), ..question(addressee, now) };
            clarification::ask(demand, asked, now)
        }
        Command::ClarificationAnswer => {
            let mut asked = answered_by_addressee(now);
            if let Some(open) = demand.state.question() {
                asked.question = open.id;
            }
            clarification::answer(demand, asked, now)
        }
        Command::ClarificationClosure => {
            let question = demand.state.question().map_or(QUESTION, |open| open.id);
            let by = demand.state.assigned().cloned().unwrap_or_else(|| officer(1));
            clarification::close(demand, Closure { question, by, ..closure() }, now)
        }
        Command::ResolutionDraft => {
            let asked = asked_draft(&demand, variant, now);
            resolution::prepare(demand, asked, now)
        }
        Command::ResolutionDraftReturn => {
            resolution::return_draft(demand, officer(1), text("Do poprawy."), now)
        }
        Command::Resolution => {
            let actual = digest(if variant.is_multiple_of(7) { "e" } else { "c" });
            let asked = resolution::Decision { actual, ..decision(u128::from(variant % 4), now) };
            resolution::resolve(demand, asked, now)
        }
        Command::PendingStepRefusal => end_of_wait(stage),
        Command::Withdrawal => withdrawal::withdraw(demand, text("Zmiana leczenia."), now),
        Command::Takeover => {
            let licence = [THIRD, PHYSICIAN, CONSULTANT][usize::from(variant % 3)];
            takeover::take_over(demand, takeover_by(licence), now)
        }
        Command::RevocationDraft => revocation::prepare(demand, revocation_draft(now), now),
        Command::Revocation => revocation::revoke(demand, revoking(u128::from(variant % 3)), now),
        Command::Handover => supply::hand_over(demand, handover(now), holds, now),
        Command::HandoverReturn => taken_back(demand, now),
        Command::PaperReceipt => {
            let passed_on = warsaw_date(now) - TimeDelta::days(i64::from(variant % 80));
            supply::receive_on_paper(demand, on_paper(passed_on, now), holds, now)
        }
        Command::Realisation => return ledger_step(stage, |stage| realise(stage, variant)),
        Command::RealisationReversal => return ledger_step(stage, |stage| reverse(stage, variant)),
        Command::TreatedPatients => return report(stage, variant),
        Command::TreatedPatientReversal => return take_back(stage, variant),
        Command::PatientListReopening => treated::reopen(demand, reopening(now), now),
        Command::Elapse => return Ok(demand),
    };
    decided.map(|decided| decided.document)
}

fn asked_submission(demand: &Demand, variant: u8, now: DateTime<Utc>) -> Submission {
    let needs_signature = !issue::is_unchanged_since_issue(demand);
    let signs = needs_signature != variant.is_multiple_of(6);
    let licence = [CONSULTANT, THIRD, CONSULTANT, PHYSICIAN][usize::from(variant % 4)];
    let mut by_holder = submission(None).physician;
    by_holder.npwz = demand.physician.clone();
    Submission {
        consultant: Some(consultant(licence)),
        physician: by_holder,
        ..submission(signs.then(|| signed("Anna", "Testowa", now)))
    }
}

fn asked_opinion(variant: u8, now: DateTime<Utc>) -> AskedOpinion {
    let verdict = if variant < 160 { Verdict::Confirmed } else { Verdict::ALL[usize::from(variant % 4)] };
    AskedOpinion {
        verdict,
        justification: variant.is_multiple_of(2).then(|| text("Uzasadnienie.")),
        signed: (!variant.is_multiple_of(5)).then(|| signed("Ewa", "Testowa", now)),
    }
}

fn asked_draft(demand: &Demand, variant: u8, now: DateTime<Utc>) -> ResolutionDraft {
    let outcome = if variant.is_multiple_of(5) { Outcome::Rejected } else { Outcome::Approved };
    let amount =
        [millilitres("10"), millilitres("7.5"), millilitres("11"), packs("10")][usize::from(variant % 4)];
    let held_by = demand.state.assigned().cloned().filter(|_| !variant.is_multiple_of(9));
    ResolutionDraft {
        approved_quantity: (outcome == Outcome::Approved).then_some(amount),
        grounds: Some(text("Uzasadnienie.")),
        prepared_by: held_by.unwrap_or_else(|| officer(3)),
        number: resolution_number(variant),
        ..resolution_draft(outcome, now)
    }
}

fn ledger_step(stage: &mut Stage, step: impl FnOnce(&Stage) -> LedgerDecision) -> Ended {
    let (demand, entry) = step(stage)?.document;
    stage.entries.retain(|known| known.id != entry.id);
    stage.entries.push(entry);
    Ok(demand)
}

fn realise(stage: &Stage, variant: u8) -> LedgerDecision {
    let kind = if variant.is_multiple_of(2) { RealisationKind::Imported } else { RealisationKind::Dispensed };
    let size = [millilitres("1"), millilitres("3"), millilitres("0.5"), millilitres("4"), packs("1")]
        [usize::from(variant / 2 % 5)];
    let count = i32::from(variant % 6) - 1;
    let id = Uuid::from_u128(0x5000 + u128::try_from(stage.entries.len()).unwrap_or(0));
    let entry = Realisation {
        id: domain::ids::RealisationId(id),
        closes: variant.is_multiple_of(11),
        ..entry(kind, count, size, stage.now)
    };
    supply::realise(stage.demand.clone(), entry, stage.now)
}

fn reverse(stage: &Stage, variant: u8) -> LedgerDecision {
    let some = entry(RealisationKind::Imported, 1, packs("1"), stage.now);
    let known = stage.entries.get(usize::from(variant) % stage.entries.len().max(1)).cloned();
    let reversal =
        Reversal { reason: text("Pomyłka."), reversed_by: organisation(10), reversed_at: stage.now };
    let entry = known.unwrap_or(Realisation { reversal: Some(reversal.clone()), ..some });
    supply::reverse(stage.demand.clone(), entry, reversal, stage.now)
}

/// Several courses of few patients, some of them too long, too much, or told already.
fn report(stage: &mut Stage, variant: u8) -> Ended {
    let now = stage.now;
    let today = warsaw_date(now);
    let line = |offset: u8| {
        let id = 0x7000 + u128::try_from(stage.treated.len()).unwrap_or(0) + u128::from(offset);
        let pesel = ["44051401458", "02261773497"][usize::from((variant / 2 + offset) % 2)];
        let from = today - TimeDelta::days(i64::from(variant % 9));
        let quantity = millilitres(["0.5", "2", "11"][usize::from(variant % 3)]);
        TreatedPatient { quantity, treated_from: from, ..course(id, pesel, "1", now) }
    };
    let asked = Report {
        lines: (0..variant % 3).map(line).collect(),
        treatment_ended_on: variant.is_multiple_of(4).then(|| today - TimeDelta::days(i64::from(variant))),
        closes: variant.is_multiple_of(7),
        before: stage.treated.clone(),
        ..report_of(&[], now)
    };
    let demand = treated::report(stage.demand.clone(), &asked, now)?.document;
    stage.treated.extend(asked.lines);
    Ok(demand)
}

fn take_back(stage: &mut Stage, variant: u8) -> Ended {
    let place = usize::from(variant) % stage.treated.len().max(1);
    let unknown = TreatedPatient {
        taken_back: Some(taken_back_line(stage.now)),
        ..course(1, "44051401458", "1", stage.now)
    };
    let line = stage.treated.get(place).cloned().unwrap_or(unknown);
    let taken_back = taken_back_line(stage.now);
    let (demand, line) = treated::take_back(stage.demand.clone(), line, taken_back, stage.now)?.document;
    stage.treated[place] = line;
    Ok(demand)
}
