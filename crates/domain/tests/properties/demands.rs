//! Whatever is asked of a demand, in whatever order and however late, some things always hold.

mod asks;
mod invariants;
mod waiting;

use self::asks::ask;
use self::invariants::{
    clocks_are_in_order, is_in_the_table, ledger_is_the_sum_of_its_entries, list_is_the_sum_of_its_lines,
    nothing_goes_back, parts_come_back_from_json, two_officers_resolved_it,
};
use crate::steps::{Outages, Step, steps};
use crate::support::stages::Stage;
use crate::support::{day, draft, in_facility, millilitres, of_food, outside};
use chrono::{DateTime, TimeDelta, Utc};
use domain::demand::clocks::{self, ClockKind};
use domain::demand::lifecycle::{StateName, commands_in};
use domain::demand::{Command, Demand};
use domain::outage::Holds;
use proptest::prelude::*;

/// A case with what happened around it.
struct Story {
    stage: Stage,
    outages: Outages,
    /// Every term that ran out, by kind and beginning; that of a list also by how many ends had been taken back before it.
    fired: Vec<(ClockKind, DateTime<Utc>, usize)>,
    /// How often a stated end of treatment was taken back: the same day, stated anew, is another end.
    ends_taken_back: usize,
}

impl Story {
    fn of(stage: Stage) -> Self {
        Self { stage, outages: Outages::default(), fired: Vec::new(), ends_taken_back: 0 }
    }

    fn holds(&self) -> Holds {
        self.outages.holds(self.stage.now)
    }
}

fn chosen(step: &Step, state: StateName) -> Command {
    let ends = |command| matches!(command, Command::Withdrawal | Command::Revocation);
    step.chosen(&Command::ALL, commands_in(state), ends).unwrap_or(Command::Elapse)
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
        let is_of_list = clock.kind == ClockKind::PatientList;
        if is_of_list {
            prop_assert_eq!(demand.state.name(), from, "it only reminds");
        } else {
            prop_assert!(is_in_the_table(from, Command::Elapse, demand.state.name()));
        }
        let term = (clock.kind, clock.started_at, if is_of_list { story.ends_taken_back } else { 0 });
        prop_assert!(!story.fired.contains(&term), "{:?} ended twice", term);
        story.fired.push(term);
    }
    Ok(demand)
}

/// Whether the end of treatment that was stated before is none any more.
fn takes_the_end_back(before: &Demand, after: &Demand) -> bool {
    let states_an_end =
        |demand: &Demand| demand.treated.as_ref().is_some_and(|list| list.treatment_end.is_some());
    states_an_end(before) && !states_an_end(after)
}

fn play(story: &mut Story, step: &Step) -> Result<(), TestCaseError> {
    story.stage.now += TimeDelta::days(i64::try_from(step.days).unwrap_or(0));
    let (before, now, holds) = (story.stage.demand.clone(), story.stage.now, story.holds());
    let elapsed = clocks::elapse(before.clone(), &holds, now).document;
    prop_assert_eq!(&elapse_one_by_one(story, &holds)?, &elapsed);
    prop_assert!(elapsed.changed_at <= now);
    nothing_goes_back(&before, &elapsed)?;
    clocks_are_in_order(&elapsed, &holds, now, Command::Elapse)?;
    story.stage.demand = elapsed.clone();
    if step.outage {
        story.outages.suffer(step.variant, now);
    }
    let holds = story.holds();
    // A release lets terms end at once, before anything is asked.
    let elapsed = elapse_one_by_one(story, &holds)?;
    story.stage.demand = elapsed.clone();
    let command = chosen(step, elapsed.state.name());
    if let (Some(wait), Some(awaited)) = (step.waits, waiting::awaited(command)) {
        return waiting::play(story, step, wait, awaited);
    }
    if let Ok(demand) = ask(command, step.variant, &mut story.stage, &holds) {
        if command != Command::Elapse {
            let (from, to) = (elapsed.state.name(), demand.state.name());
            prop_assert!(is_in_the_table(from, command, to), "{:?} {:?} {:?}", from, command, to);
            prop_assert_eq!(demand.changed_at, now);
        }
        terms_begin_as_the_table_says(&elapsed, command, &demand)?;
        nothing_goes_back(&elapsed, &demand)?;
        clocks_are_in_order(&demand, &holds, now, command)?;
        story.ends_taken_back += usize::from(takes_the_end_back(&elapsed, &demand));
        story.stage.demand = demand;
    }
    it_is_whole(&story.stage)
}

/// A term that did not run before the command is one that begins with it.
fn terms_begin_as_the_table_says(
    before: &Demand,
    command: Command,
    after: &Demand,
) -> Result<(), TestCaseError> {
    let known: Vec<_> =
        clocks::running(before).into_iter().map(|clock| (clock.kind, clock.started_at)).collect();
    for clock in clocks::running(after) {
        let is_new = !known.contains(&(clock.kind, clock.started_at));
        let told = !is_new || clock.kind.starts_with().contains(&command);
        prop_assert!(told, "{:?} begins with {:?}", clock.kind, command);
    }
    Ok(())
}

fn it_is_whole(stage: &Stage) -> Result<(), TestCaseError> {
    parts_come_back_from_json(&stage.demand)?;
    two_officers_resolved_it(&stage.demand)?;
    list_is_the_sum_of_its_lines(stage)?;
    ledger_is_the_sum_of_its_entries(stage)
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
            prop_assert!(story.fired.iter().all(|(kind, ..)| *kind != ClockKind::SubmissionToMinister));
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
