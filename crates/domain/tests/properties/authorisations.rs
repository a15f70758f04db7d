//! Whatever is asked of a notification and of its additions, in whatever order and however late, some things always hold.

mod invariants;
mod waiting;

use self::invariants::{
    additions_follow_the_consent, comes_back_from_json, drawn_within_the_consent, is_in_the_table,
    nothing_is_lost, two_officers_resolved_it,
};
use crate::steps::{Outages, Step, steps};
use crate::support::notifications::{
    TO_MINISTER, after, batch, content, decision, draft_of, drafted, drawing, new_addition, notifier, period,
    proof, refusal, reversal, revoking,
};
use crate::support::notifications_on_paper::{correction, on_paper};
use crate::support::questions::{QUESTION, answered_by_addressee, closure, entered_by_officer, question};
use crate::support::{
    date, day, digest, ending, handover, officer, organisation, packs, party, read, resolution_number,
    revocation_draft, signed, text, waiting_since,
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::calendar::warsaw_date;
use domain::clarification::{self, Closure, Question};
use domain::demand::ledger::{Realisation, RealisationKind, drawn_of_batch};
use domain::demand::model::Handover;
use domain::ids::{AuthorisationId, ClarificationId, RealisationId};
use domain::problem::Violation;
use domain::temporary_authorisation::addition::{self, NewAddition};
use domain::temporary_authorisation::clarification::Addressee;
use domain::temporary_authorisation::clocks::{self, ClockKind};
use domain::temporary_authorisation::examination::{Approval, approve, refuse_approval};
use domain::temporary_authorisation::lifecycle::commands_in;
use domain::temporary_authorisation::model::{Outcome, Period, ResolutionDraft};
use domain::temporary_authorisation::resolution::{self, AskedDraft, Assignment, Decision};
use domain::temporary_authorisation::submission::{self, Submission};
use domain::temporary_authorisation::supply::{self, AskedReturn};
use domain::temporary_authorisation::{
    Authorisation, Command, Content, State, StateName, paper, pending, revocation, withdrawal,
};
use domain::values::AuthorisationNumber;
use proptest::prelude::*;
use uuid::Uuid;

/// A notification, its additions, and what happened around them.
#[derive(Clone)]
struct Story {
    base: Authorisation,
    additions: Vec<Authorisation>,
    entries: Vec<Realisation>,
    outages: Outages,
    /// Every term that ran out, by document, kind and beginning.
    fired: Vec<(AuthorisationId, ClockKind, DateTime<Utc>)>,
    now: DateTime<Utc>,
}

/// The documents after a command, or why it was refused.
type Ended = Result<Authorisation, Vec<Violation>>;

impl Story {
    fn of(base: Authorisation) -> Self {
        let (additions, entries, fired) = (Vec::new(), Vec::new(), Vec::new());
        Self { base, additions, entries, outages: Outages::default(), fired, now: day(1) }
    }

    /// A consent that pharmacies have passed on, for a period that few stories or most outlast.
    fn of_a_consent(is_long: bool) -> Self {
        let until = if is_long { date("2028-12-31") } else { period().until };
        let asked = draft_of(Outcome::Consented, day(1));
        let draft = ResolutionDraft { period: Some(Period { until, ..period() }), ..asked.draft };
        let held = after(drafted(), &TO_MINISTER);
        let prepared = resolution::prepare(held, AskedDraft { draft, ..asked }, day(1)).expect("a draft");
        Self::of(after(prepared.document, &[Command::Resolution, Command::Handover]))
    }

    /// The same, with an addition before the decider.
    fn of_an_addition(is_long: bool) -> Self {
        let mut story = Self::of_a_consent(is_long);
        let base = story.base.clone();
        story.open_addition(&base, 1).expect("an addition");
        let held = after(story.additions[0].clone(), &TO_MINISTER);
        let asked = story.asked_draft(&held, 1);
        story.additions[0] = resolution::prepare(held, asked, day(1)).expect("a draft").document;
        story
    }

    fn documents(&mut self) -> impl Iterator<Item = &mut Authorisation> {
        std::iter::once(&mut self.base).chain(&mut self.additions)
    }

    /// The notification or one of its additions.
    fn document(&self, variant: u8) -> Authorisation {
        match usize::from(variant / 4) % (self.additions.len() + 1) {
            0 => self.base.clone(),
            place => self.additions[place - 1].clone(),
        }
    }

    fn keep(&mut self, changed: Authorisation) {
        let kept = self.documents().find(|known| known.id == changed.id);
        *kept.expect("a document of the story") = changed;
    }

    /// Asks for it with arguments that are legal for most variants, and keeps what came of it.
    fn ask(&mut self, command: Command, variant: u8) -> Ended {
        let (it, now) = (self.document(variant), self.now);
        let decided = match command {
            Command::Edit => submission::edit(it, some_content(variant), now),
            Command::Submission => self.submit(it),
            Command::RepresentativeApproval => {
                let given_names = if variant.is_multiple_of(5) { "Adam" } else { "Jan" };
                approve(it, Approval { signed: signed(given_names, "Przykładowy", now) }, now)
            }
            Command::RepresentativeRefusal => refuse_approval(it, refusal("Jan"), now),
            Command::PaperCorrection => paper::correct(it.clone(), correction(&it, now), now),
            Command::Assignment => {
                let reason = variant.is_multiple_of(2).then(|| text("Urlop."));
                resolution::assign(it, Assignment { officer: officer(u128::from(variant % 3)), reason }, now)
            }
            Command::Clarification => {
                let id =
                    ClarificationId(Uuid::from_u128(u128::try_from(it.clarifications.len()).unwrap_or(0)));
                let asked_by = it.state.assigned().cloned().unwrap_or_else(|| officer(1));
                let addressee = Addressee::ALL[usize::from(variant % 5)];
                let days = 5 + u32::from(variant % 57);
                clarification::ask(it, Question { id, days, asked_by, ..question(addressee, now) }, now)
            }
            Command::ClarificationAnswer => {
                let mut asked = if variant.is_multiple_of(3) {
                    entered_by_officer(now)
                } else {
                    answered_by_addressee(now)
                };
                asked.question = it.state.question().map_or(QUESTION, |open| open.id);
                clarification::answer(it, asked, now)
            }
            Command::ClarificationClosure => {
                let question = it.state.question().map_or(QUESTION, |open| open.id);
                let by = it.state.assigned().cloned().unwrap_or_else(|| officer(1));
                clarification::close(it, Closure { question, by, ..closure() }, now)
            }
            Command::ResolutionDraft => {
                let asked = self.asked_draft(&it, variant);
                resolution::prepare(it, asked, now)
            }
            Command::ResolutionDraftReturn => {
                resolution::return_draft(it, officer(2), text("Do poprawy."), now)
            }
            Command::Resolution => return self.resolve(it, variant),
            Command::PendingStepRefusal => {
                let pending = Some(waiting_since(now - TimeDelta::days(1)));
                pending::end(Authorisation { pending, ..it }, &ending(), now)
            }
            Command::Withdrawal => withdrawal::withdraw(it, text("Zagrożenie ustało."), now),
            Command::RevocationDraft => revocation::prepare(it, revocation_draft(now), now),
            Command::Revocation => return self.revoke(it, variant),
            Command::Addition => return self.open_addition(&it, variant),
            Command::Handover => {
                let pharmacy = party(20 + u128::from(variant % 3));
                supply::hand_over(it, Handover { pharmacy, ..handover(now) }, now)
            }
            Command::HandoverReturn => supply::return_handover(
                it,
                &AskedReturn { pharmacy: organisation(20 + u128::from(variant % 3)) },
                now,
            ),
            Command::Realisation => return self.realise(it, variant),
            Command::RealisationReversal => return self.reverse(it, variant),
            Command::Elapse => return Ok(it),
        };
        Ok(decided?.document)
    }

    fn base_of(&self, it: &Authorisation) -> Option<Box<Authorisation>> {
        it.adds_to.map(|_| Box::new(self.base.clone()))
    }

    fn submit(&self, it: Authorisation) -> domain::temporary_authorisation::AuthorisationDecision {
        if it.adds_to.is_some() {
            domain::decision::admit(addition::submission_faults(&it, &self.base))?;
        }
        let signed = signed("Wiktoria", "Przykładowa", self.now);
        let files = vec![proof(&it)];
        submission::submit(it, Submission { signed, notifier: notifier(), files }, self.now)
    }

    fn asked_draft(&self, it: &Authorisation, variant: u8) -> AskedDraft {
        let outcome = if variant.is_multiple_of(7) { Outcome::Refused } else { Outcome::Consented };
        let consents = outcome == Outcome::Consented;
        let today = warsaw_date(self.now);
        let until = today + TimeDelta::days(i64::from(variant % 90));
        let notified = it.content.quantity.unwrap_or_else(|| packs("10"));
        let amount = if variant.is_multiple_of(9) { packs("11") } else { notified };
        let asked = draft_of(outcome, self.now);
        let held_by = it.state.assigned().cloned().filter(|_| !variant.is_multiple_of(11));
        let own_period = consents && it.adds_to.is_none();
        let draft = ResolutionDraft {
            number: resolution_number(variant),
            approved_quantity: consents.then_some(amount),
            period: own_period.then_some(Period { from: today, until }),
            prepared_by: held_by.unwrap_or_else(|| officer(3)),
            ..asked.draft
        };
        AskedDraft { draft, base: self.base_of(it), wholesaler_is_active: true, today }
    }

    /// The consent of an addition takes effect on the notification with it, or neither does.
    fn resolve(&mut self, it: Authorisation, variant: u8) -> Ended {
        let actual = digest(if variant.is_multiple_of(7) { "e" } else { "a" });
        let base = self.base_of(&it);
        let asked = Decision { actual, base, ..decision(u128::from(variant % 4), self.now) };
        let resolved = resolution::resolve(it, asked, self.now)?.document;
        if resolved.adds_to.is_some() && resolved.state.name() == StateName::Consented {
            self.base = addition::take_effect(self.base.clone(), &resolved, self.now)?.document;
        }
        Ok(resolved)
    }

    /// What was added ends with the consent.
    fn revoke(&mut self, it: Authorisation, variant: u8) -> Ended {
        let revoked = revocation::revoke(it, revoking(u128::from(variant % 3)), self.now)?.document;
        let State::Revoked(state) = &revoked.state else { return Ok(revoked) };
        for added in self.additions.iter_mut().filter(|added| added.state.name() == StateName::Consented) {
            *added = revocation::follow(added.clone(), state.revocation.clone())?.document;
        }
        Ok(revoked)
    }

    fn open_addition(&mut self, it: &Authorisation, variant: u8) -> Ended {
        // Two are enough for a story, so that most steps are not spent on ever new drafts.
        if self.additions.len() >= 2 {
            return Ok(it.clone());
        }
        let serial = u8::try_from(self.additions.len()).unwrap_or(u8::MAX);
        let number = if variant.is_multiple_of(6) { "A123".to_owned() } else { format!("B{serial}") };
        let new = NewAddition {
            id: AuthorisationId(Uuid::from_u128(0x7100 + u128::from(serial))),
            number: AuthorisationNumber::compose(2026, [serial.wrapping_add(10); 8]),
            batches: vec![batch(&number)],
            ..new_addition()
        };
        let opened = addition::open(it, new, self.now)?.document;
        assert_eq!(opened.adds_to, Some(self.base.id), "an addition adds to the notification alone");
        self.additions.push(opened);
        Ok(it.clone())
    }

    fn realise(&mut self, it: Authorisation, variant: u8) -> Ended {
        let kind =
            if variant.is_multiple_of(2) { RealisationKind::Imported } else { RealisationKind::Dispensed };
        let of_kind = drawing(kind, i32::from(variant % 6) - 1, self.now);
        let id = RealisationId(Uuid::from_u128(0x5000 + u128::try_from(self.entries.len()).unwrap_or(0)));
        let recorded_by = match kind {
            RealisationKind::Imported => of_kind.recorded_by,
            RealisationKind::Dispensed => organisation(20 + u128::from(variant / 6 % 3)),
        };
        let batch = if variant.is_multiple_of(5) { batch("B0").number } else { of_kind.batch.clone() };
        let entry = Realisation { id, recorded_by, batch, ..of_kind };
        let drawn = drawn_of_batch(&self.entries, entry.kind, &entry.batch);
        let (document, entry) = supply::realise(it, entry, drawn, self.now)?.document;
        self.entries.push(entry);
        Ok(document)
    }

    fn reverse(&mut self, it: Authorisation, variant: u8) -> Ended {
        let place = usize::from(variant) % self.entries.len().max(1);
        // Entries are of the notification: an addition has none to reverse.
        let Some(entry) = self.entries.get(place).filter(|_| it.adds_to.is_none()).cloned() else {
            return Ok(it);
        };
        let (document, entry) = supply::reverse(it, entry, reversal(self.now), self.now)?.document;
        self.entries[place] = entry;
        Ok(document)
    }
}

/// Ten or five packs, or a content that lacks its batches.
fn some_content(variant: u8) -> Content {
    let mut some = content();
    if variant.is_multiple_of(4) {
        some["quantity"]["amount"] = "4".into();
        some["batches"] = serde_json::json!([some["batches"][1].clone()]);
    }
    if variant.is_multiple_of(13) {
        some["batches"] = serde_json::json!([]);
    }
    read(some)
}

/// The term of every document that has run out; each end is one of the table, and no term ends twice.
fn elapse(story: &mut Story) -> Result<(), TestCaseError> {
    let (now, holds) = (story.now, story.outages.holds(story.now));
    let mut fired = Vec::new();
    for it in story.documents() {
        // Terms wait with a signature (TS-02).
        if it.pending.is_some() {
            continue;
        }
        let Some(clock) = clocks::running_under(&it.state, &holds) else { continue };
        let decided = clocks::elapse(it.clone(), &holds, now);
        let Some(end) = clock.ends_at().filter(|end| *end <= now) else {
            prop_assert_eq!(&decided.document, &*it);
            continue;
        };
        prop_assert!(end >= clock.due_at, "an outage never hastens");
        prop_assert!(clock.kind != ClockKind::ConsentPeriod || end == clock.due_at, "nor holds a consent");
        prop_assert_eq!(decided.events.len(), 1);
        prop_assert_eq!(decided.document.changed_at, end);
        let (from, to) = (it.state.name(), decided.document.state.name());
        prop_assert!(is_in_the_table(from, Command::Elapse, to), "{:?} to {:?}", from, to);
        nothing_is_lost(it, &decided.document)?;
        prop_assert_eq!(clocks::ran_out_at(&decided.document.state, &holds, now), None);
        *it = decided.document;
        fired.push((it.id, clock.kind, clock.started_at));
    }
    for term in fired {
        prop_assert!(!story.fired.contains(&term), "{:?} ended twice", term);
        story.fired.push(term);
    }
    Ok(())
}

fn play(story: &mut Story, step: &Step) -> Result<(), TestCaseError> {
    story.now += TimeDelta::days(i64::try_from(step.days).unwrap_or(0));
    elapse(story)?;
    if step.outage {
        story.outages.suffer(step.variant, story.now);
        // A release lets terms end at once, before anything is asked.
        elapse(story)?;
    }
    let before = story.document(step.variant);
    let from = before.state.name();
    let ends = |command| matches!(command, Command::Withdrawal | Command::Revocation);
    let command = step.chosen(&Command::ALL, commands_in(from), ends).unwrap_or(Command::Elapse);
    if let (Some(wait), Some(awaited)) = (step.waits, waiting::awaited(command)) {
        waiting::play(story, step.variant, wait, (command, awaited))?;
    } else if let Ok(after) = story.ask(command, step.variant) {
        if command != Command::Elapse && after != before {
            let to = after.state.name();
            prop_assert!(is_in_the_table(from, command, to), "{:?} {:?} {:?}", from, command, to);
            prop_assert_eq!(after.changed_at, story.now);
            let begun = clocks::running(&after.state).filter(|_| clocks::running(&before.state).is_none());
            let told = begun.as_ref().is_none_or(|clock| clock.kind.starts_with() == command);
            prop_assert!(told, "{:?} begins with {:?}", begun, command);
        }
        nothing_is_lost(&before, &after)?;
        story.keep(after);
    }
    it_is_whole(story)
}

fn it_is_whole(story: &Story) -> Result<(), TestCaseError> {
    for it in std::iter::once(&story.base).chain(&story.additions) {
        comes_back_from_json(it)?;
        two_officers_resolved_it(it)?;
    }
    drawn_within_the_consent(story)?;
    additions_follow_the_consent(story)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_story_of_a_notification_leaves_the_lifecycle(steps in steps()) {
        let mut story = Story::of(drafted());
        for step in &steps {
            play(&mut story, step)?;
        }
    }

    #[test]
    fn no_story_of_a_notification_on_paper_leaves_the_lifecycle(steps in steps()) {
        let mut story = Story::of(on_paper());
        for step in &steps {
            play(&mut story, step)?;
        }
    }

    #[test]
    fn no_story_of_a_consent_overdraws_or_prolongs_it(is_long: bool, steps in steps()) {
        let mut story = Story::of_a_consent(is_long);
        for step in &steps {
            play(&mut story, step)?;
        }
    }

    #[test]
    fn no_story_of_an_addition_loses_it_or_lets_it_outlive_the_consent(is_long: bool, steps in steps()) {
        let mut story = Story::of_an_addition(is_long);
        for step in &steps {
            play(&mut story, step)?;
        }
    }
}
