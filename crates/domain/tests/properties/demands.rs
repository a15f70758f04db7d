//! Whatever is asked of a demand, in whatever order and however late, some things always hold.

use crate::steps::{Outages, Step, steps};
use crate::support::attempts::end_of_wait;
use crate::support::lists::{course, reopening, report_of, taken_back_line};
use crate::support::papers::correction;
use crate::support::questions::{QUESTION, answered_by_addressee, closure, question};
use crate::support::stages::{Stage, decision, revoking};
use crate::support::{
    CONSULTANT, PHYSICIAN, THIRD, changed, consultant, day, digest, draft, entry, handover, in_facility,
    millilitres, of_food, officer, on_paper, organisation, outside, packs, refusal, resolution_draft,
    resolution_number, revocation_draft, signed, submission, taken_back, takeover_by, text,
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::calendar::warsaw_date;
use domain::demand::clarification::{self, Addressee, Closure, Question};
use domain::demand::clocks::ClockKind;
use domain::demand::examination::{Approval, AskedOpinion, approve, give_opinion, refuse_approval};
use domain::demand::issue::Submission;
use domain::demand::ledger::{Ledger, Realisation, RealisationKind, Reversal};
use domain::demand::lifecycle::{TRANSITIONS, commands_in};
use domain::demand::model::{Outcome, ResolutionDraft, Verdict};
use domain::demand::resolution::Assignment;
use domain::demand::supply::LedgerDecision;
use domain::demand::treated::{self, Report, TreatedPatient};
use domain::demand::{
    Command, Content, Demand, State, StateName, clocks, issue, paper, resolution, revocation, supply,
    takeover, withdrawal,
};
use domain::ids::ClarificationId;
use domain::outage::Holds;
use domain::problem::Violation;
use domain::values::Quantity;
use proptest::prelude::*;
use rust_decimal::Decimal;
use uuid::Uuid;

/// A case with what happened around it.
struct Story {
    stage: Stage,
    outages: Outages,
    /// Every term that ran out, by kind and beginning.
    fired: Vec<(ClockKind, DateTime<Utc>)>,
}

impl Story {
    fn of(stage: Stage) -> Self {
        Self { stage, outages: Outages::default(), fired: Vec::new() }
    }

    fn holds(&self) -> Holds {
        self.outages.holds(self.stage.now)
    }
}

fn chosen(step: &Step, state: StateName) -> Command {
    let ends = |command| matches!(command, Command::Withdrawal | Command::Revocation);
    step.chosen(&Command::ALL, commands_in(state), ends).unwrap_or(Command::Elapse)
}

type Ended = Result<Demand, Vec<Violation>>;

/// Asks for it with arguments that are legal for most variants.
fn ask(command: Command, variant: u8, stage: &mut Stage, holds: &Holds) -> Ended {
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

/// What stands in the lines stands in the list, and no more was given than there was.
fn list_is_the_sum_of_its_lines(stage: &Stage) -> Result<(), TestCaseError> {
    let standing: Vec<&TreatedPatient> = stage.treated.iter().filter(|line| line.stands()).collect();
    let list = stage.demand.treated.clone().unwrap_or_default();
    prop_assert_eq!(usize::try_from(list.lines).ok(), Some(standing.len()), "a line was lost");
    prop_assert_eq!(list.given, standing.iter().map(|line| line.quantity.amount()).sum::<Decimal>());
    if let Some(approved) = approved_quantity(&stage.demand) {
        let dispensed = stage.entries.iter().map(|entry| entry.counted.amount()).sum::<Decimal>();
        prop_assert!(list.given <= approved.amount().max(dispensed), "{} of {}", list.given, approved);
    }
    Ok(())
}

fn is_in_the_table(from: StateName, command: Command, to: StateName) -> bool {
    TRANSITIONS.iter().any(|row| row.from == from && row.command == command && row.to.contains(&to))
}

/// Every term that has run out, one after the other; each step is one of the table, and no term ends twice.
fn elapse_one_by_one(story: &mut Story, holds: &Holds) -> Result<Demand, TestCaseError> {
    let (mut demand, now) = (story.stage.demand.clone(), story.stage.now);
    while let Some(clock) = clocks::first_run_out(&demand, holds, now) {
        let (from, end) = (demand.state.name(), clock.ends_at().expect("it has ended"));
        prop_assert!(end >= clock.due_at, "an outage never hastens");
        let changed_at = demand.changed_at;
        let decided = clocks::elapse(demand, holds, end);
        prop_assert_eq!(decided.events.len(), 1);
        demand = decided.document;
        prop_assert_eq!(demand.changed_at, end.max(changed_at));
        if clock.kind == ClockKind::PatientList {
            prop_assert_eq!(demand.state.name(), from, "it only reminds");
            continue;
        }
        prop_assert!(is_in_the_table(from, Command::Elapse, demand.state.name()));
        let term = (clock.kind, clock.started_at);
        prop_assert!(!story.fired.contains(&term), "{:?} ended twice", term);
        story.fired.push(term);
    }
    Ok(demand)
}

fn clocks_are_in_order(demand: &Demand, holds: &Holds, now: DateTime<Utc>) -> Result<(), TestCaseError> {
    let running = clocks::running_under(demand, holds);
    let ends: Vec<_> = running.iter().map(clocks::RunningClock::ends_at).collect();
    prop_assert!(ends.iter().flatten().is_sorted());
    // The end of treatment may be stated late.
    let others = running.iter().filter(|clock| clock.kind != ClockKind::PatientList);
    let is_over = |clock: &clocks::RunningClock| clock.ends_at().is_some_and(|end| end <= now);
    prop_assert!(!others.into_iter().any(is_over), "a term that has run out still runs");
    Ok(())
}

/// Numbers are given once: the demand's with the draft, the resolution's with the first draft of it.
fn no_number_is_lost(before: &Demand, after: &Demand) -> Result<(), TestCaseError> {
    prop_assert_eq!((before.id, &before.number, &before.space), (after.id, &after.number, &after.space));
    if let (Some(before), Some(after)) = (before.state.resolution_draft(), after.state.resolution_draft()) {
        prop_assert_eq!(&before.number, &after.number);
    }
    if let (Some(draft), Some(resolution)) = (before.state.resolution_draft(), after.state.resolution()) {
        prop_assert_eq!(&draft.number, &resolution.draft.number);
    }
    Ok(())
}

fn parts_come_back_from_json(demand: &Demand) -> Result<(), TestCaseError> {
    let state = serde_json::to_string(&demand.state).expect("a state is serialisable");
    prop_assert_eq!(&serde_json::from_str::<State>(&state).expect("a state comes back"), &demand.state);
    let content = serde_json::to_value(&demand.content).expect("a content is serialisable");
    let read = Content::read(demand.content.kind(), content).expect("a content comes back");
    prop_assert_eq!(&read, &demand.content);
    Ok(())
}

/// What stands in the entries stands in the ledger, and nothing goes beyond the last whole pack.
fn ledger_is_the_sum_of_its_entries(stage: &Stage) -> Result<(), TestCaseError> {
    let standing: Vec<&Realisation> = stage.entries.iter().filter(|entry| entry.reversal.is_none()).collect();
    let ledger = stage.demand.state.ledger().cloned().unwrap_or_default();
    prop_assert_eq!(usize::try_from(ledger.entries).ok(), Some(standing.len()), "an entry was lost");
    prop_assert_eq!(ledger.closed, standing.iter().any(|entry| entry.closes));
    for kind in [RealisationKind::Imported, RealisationKind::Dispensed] {
        let of_kind: Vec<&&Realisation> = standing.iter().filter(|entry| entry.kind == kind).collect();
        let sum: Decimal = of_kind.iter().map(|entry| entry.counted.amount()).sum();
        prop_assert_eq!(ledger.sum(kind), sum);
        for entry in &of_kind {
            let counted = entry.pack_size.amount() * Decimal::from(entry.packs);
            prop_assert_eq!(entry.counted.amount(), counted, "an entry counts its packs");
        }
        if let (Some(approved), Some(largest)) =
            (approved_quantity(&stage.demand), of_kind.iter().map(|entry| entry.pack_size.amount()).max())
        {
            prop_assert!(sum < approved.amount() + largest, "{} of {}", sum, approved);
        }
    }
    Ok(())
}

fn approved_quantity(demand: &Demand) -> Option<Quantity> {
    demand.state.resolution().and_then(|resolution| resolution.draft.approved_quantity)
}

fn two_officers_resolved_it(demand: &Demand) -> Result<(), TestCaseError> {
    if let Some(resolution) = demand.state.resolution() {
        prop_assert_ne!(resolution.decided_by.person, resolution.draft.prepared_by.person);
    }
    Ok(())
}

fn nothing_goes_back(before: &Demand, after: &Demand) -> Result<(), TestCaseError> {
    no_number_is_lost(before, after)?;
    let grown = after.content_version - before.content_version;
    prop_assert!((0..=1).contains(&grown));
    prop_assert!(after.changed_at >= before.changed_at);
    if before.first_issued_on.is_some() {
        prop_assert_eq!(before.first_issued_on, after.first_issued_on);
    }
    if before.state.resolution().is_some() {
        prop_assert_eq!(before.state.resolution(), after.state.resolution());
    }
    if before.state.ledger().is_some_and(|ledger: &Ledger| !ledger.is_untouched()) {
        prop_assert!(after.state.ledger().is_some(), "what was drawn is lost");
    }
    Ok(())
}

fn play(story: &mut Story, step: &Step) -> Result<(), TestCaseError> {
    story.stage.now += TimeDelta::days(i64::try_from(step.days).unwrap_or(0));
    let (before, now, holds) = (story.stage.demand.clone(), story.stage.now, story.holds());
    let elapsed = clocks::elapse(before.clone(), &holds, now).document;
    prop_assert_eq!(&elapse_one_by_one(story, &holds)?, &elapsed);
    prop_assert!(elapsed.changed_at <= now);
    nothing_goes_back(&before, &elapsed)?;
    clocks_are_in_order(&elapsed, &holds, now)?;
    story.stage.demand = elapsed.clone();
    if step.outage {
        story.outages.suffer(step.variant, now);
    }
    let holds = story.holds();
    // A release lets terms end at once, before anything is asked.
    let elapsed = elapse_one_by_one(story, &holds)?;
    story.stage.demand = elapsed.clone();
    let command = chosen(step, elapsed.state.name());
    if let Ok(demand) = ask(command, step.variant, &mut story.stage, &holds) {
        if command != Command::Elapse {
            let (from, to) = (elapsed.state.name(), demand.state.name());
            prop_assert!(is_in_the_table(from, command, to), "{:?} {:?} {:?}", from, command, to);
            prop_assert_eq!(demand.changed_at, now);
        }
        nothing_goes_back(&elapsed, &demand)?;
        clocks_are_in_order(&demand, &holds, now)?;
        story.stage.demand = demand;
    }
    parts_come_back_from_json(&story.stage.demand)?;
    two_officers_resolved_it(&story.stage.demand)?;
    list_is_the_sum_of_its_lines(&story.stage)?;
    ledger_is_the_sum_of_its_entries(&story.stage)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_story_leaves_the_lifecycle(is_in_facility: bool, is_food: bool, steps in steps()) {
        let mut content = if is_in_facility { in_facility() } else { outside() };
        if is_food {
            content = of_food(content);
        }
        content.quantity = Some(millilitres("10"));
        let mut story = Story::of(Stage { demand: draft(content), entries: Vec::new(), treated: Vec::new(), now: day(0) });
        for step in &steps {
            play(&mut story, step)?;
        }
    }

    #[test]
    fn no_story_of_paper_ends_for_being_late_at_the_minister(is_in_facility: bool, steps in steps()) {
        let mut story = Story::of(Stage::on_paper(is_in_facility));
        for step in &steps {
            play(&mut story, step)?;
            prop_assert!(story.fired.iter().all(|(kind, _)| *kind != ClockKind::SubmissionToMinister));
        }
    }

    #[test]
    fn no_story_of_supply_loses_what_was_drawn(steps in steps()) {
        let mut story = Story::of(Stage::with_wholesaler_of(millilitres("10")));
        for step in &steps {
            play(&mut story, step)?;
        }
    }

    #[test]
    fn no_story_of_an_ad_hoc_need_loses_whom_it_treated(steps in steps()) {
        let mut story = Story::of(Stage::ad_hoc_with_wholesaler_of(millilitres("10")));
        for step in &steps {
            play(&mut story, step)?;
        }
    }

    #[test]
    fn no_story_after_an_approval_forgets_the_first_timely_handover(steps in steps()) {
        let mut story = Story::of(Stage::approved(true));
        let mut first = None;
        for step in &steps {
            play(&mut story, step)?;
            let now_first = story.stage.demand.state.approved().and_then(|approved| approved.first_passed_on);
            prop_assert!(first.is_none() || now_first.is_some() && now_first <= first);
            first = now_first;
        }
    }
}
