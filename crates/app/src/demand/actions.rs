//! What this caller may do with a demand now, what not, why, and who can change that.

use super::access::Named;
use super::paper::has_scan;
use super::read::Reading;
use crate::App;
use crate::authorize::{Action, Relation};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::outage;
use crate::pending_step::may_be_ended;
use crate::visibility::sees_question;
use domain::demand::lifecycle::{self, Command, StateName, TRANSITIONS};
use domain::demand::model::Demand;
use domain::demand::paper::refusals::SCAN_MISSING;
use domain::demand::pending;
use domain::demand::refusals::{
    ALREADY_DRAWN, ALREADY_USED, NOT_AD_HOC, NOT_ASSIGNED, NOTHING_SUPPLIED, PATIENT_LIST_CLOSED,
    PATIENT_LIST_OPEN, REVOCATION_DRAFT_MISSING, SAME_OFFICER, STEP_PENDING, WRONG_STATE,
};
use domain::demand::{revocation, treated};
use domain::ids::PersonId;
use domain::pending::TOO_EARLY;
use domain::problem::ProblemType;
use store::demand::Loaded;

/// One action: allowed, or blocked by a rule that somebody can lift.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionLine {
    pub command: Command,
    pub blocked_by: Option<&'static ProblemType>,
    /// The roles whose move would unblock it; while the answer of a validation service is awaited nobody's, until an
    /// officer may end the wait.
    pub unblocked_by: Vec<&'static str>,
    /// Where a term leads that ends with the action, which therefore asks to be confirmed (TS-14).
    pub lets_expire: Option<StateName>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actions {
    pub state: StateName,
    pub revision: i64,
    pub lines: Vec<ActionLine>,
}

impl App {
    #[tracing::instrument(name = "demand_actions", skip_all)]
    pub async fn demand_actions(
        &self,
        caller: &Caller,
        demand: Named,
        trace_id: &str,
    ) -> Result<Actions, Failure> {
        let reading = Reading { caller, operation: "demand_actions", trace_id };
        let parts = self.inner.clone();
        self.look_at_demand(reading, demand, move |sight| {
            let Loaded { demand, key, .. } = &sight.seen.loaded;
            let has_scan = has_scan(sight.tx, key, demand)?;
            let may_end = may_be_ended(&parts, demand.pending.as_ref(), sight.now);
            let kept_from = if may_end {
                let holds = outage::holds(sight.tx, &parts, &demand.space, sight.now)?;
                pending::kept_from(demand, &holds, sight.now)
            } else {
                None
            };
            let person = sight.seen.facts.person;
            let eyes = Eyes { relation: sight.relation, person, has_scan, may_end, kept_from };
            let lines = Command::ALL
                .into_iter()
                .filter(|command| sight.relation.may(*command))
                .filter(|command| demand.paper.is_some() || *command != Command::PaperCorrection)
                .filter(|command| demand.pending.is_some() || *command != Command::PendingStepRefusal)
                .map(|command| line(command, eyes, demand))
                .collect();
            Ok(Actions { state: demand.state.name(), revision: demand.revision, lines })
        })
        .await
    }
}

/// Who looks, and what is known beside the demand.
#[derive(Clone, Copy)]
struct Eyes {
    relation: Relation,
    person: Option<PersonId>,
    /// The scan of its paper is there.
    has_scan: bool,
    /// A signature has awaited validation so long that an officer may end the wait.
    may_end: bool,
    /// Where a term leads that ended meanwhile, once the wait is ended.
    kept_from: Option<StateName>,
}

fn line(command: Command, eyes: Eyes, demand: &Demand) -> ActionLine {
    let blocked_by = blocked(command, eyes, demand);
    let unblocked_by = match blocked_by {
        None => Vec::new(),
        Some(problem) if *problem == *WRONG_STATE => who_moves(demand.state.name()),
        Some(problem) if *problem == *STEP_PENDING && eyes.may_end => officers(),
        Some(problem) if [STEP_PENDING, TOO_EARLY].contains(&problem) => Vec::new(),
        Some(problem) if *problem == *NOT_AD_HOC => Vec::new(),
        Some(problem) if [PATIENT_LIST_CLOSED, PATIENT_LIST_OPEN, ALREADY_USED].contains(&problem) => {
            vec!["PHYSICIAN"]
        }
        Some(problem) if *problem == *NOTHING_SUPPLIED => Vec::new(),
        Some(problem) if *problem == *ALREADY_DRAWN => vec!["PHARMACY", "WHOLESALER"],
        Some(problem) if *problem == *SAME_OFFICER => vec!["MINISTRY_DECIDER"],
        Some(_) => vec!["MINISTRY_PREPARER"],
    };
    let lets_expire = eyes.kept_from.filter(|_| command == Command::PendingStepRefusal);
    ActionLine { command, blocked_by, unblocked_by, lets_expire }
}

fn blocked(command: Command, eyes: Eyes, demand: &Demand) -> Option<&'static ProblemType> {
    let Eyes { relation, person, has_scan, may_end, .. } = eyes;
    if !lifecycle::admits(demand.state.name(), command) {
        return Some(WRONG_STATE);
    }
    if pending::admit(demand, command).is_err() {
        return Some(STEP_PENDING);
    }
    match command {
        Command::Withdrawal | Command::HandoverReturn if demand.is_drawn() => Some(ALREADY_DRAWN),
        Command::PendingStepRefusal => (!may_end).then_some(TOO_EARLY),
        Command::Withdrawal | Command::HandoverReturn if demand.is_used() => Some(ALREADY_USED),
        Command::TreatedPatients => treated::closed_to(demand),
        Command::PatientListReopening => treated::closed_to_reopening(demand),
        Command::TreatedPatientReversal if !treated::is_ad_hoc(demand) => Some(NOT_AD_HOC),
        Command::ResolutionDraft
        | Command::PaperCorrection
        | Command::Clarification
        | Command::ClarificationClosure
            if relation != Relation::AssignedPreparer =>
        {
            Some(NOT_ASSIGNED)
        }
        Command::ResolutionDraft if demand.paper.is_some() && !has_scan => Some(SCAN_MISSING),
        // Somebody else is asked.
        Command::ClarificationAnswer if !may_answer(relation, demand) => Some(WRONG_STATE),
        Command::Resolution => demand
            .state
            .resolution_draft()
            .filter(|draft| person.is_some_and(|own| own == draft.prepared_by.person))
            .map(|_| SAME_OFFICER),
        Command::Revocation => match revocation::draft_of(demand) {
            None => Some(REVOCATION_DRAFT_MISSING),
            Some(draft) => person.filter(|own| *own == draft.prepared_by.person).map(|_| SAME_OFFICER),
        },
        _ => None,
    }
}

/// Whether the open question is this party's to answer, or to enter the answer of.
fn may_answer(relation: Relation, demand: &Demand) -> bool {
    demand.state.question().is_some_and(|question| sees_question(relation, question.addressee))
}

/// Who may end a wait.
fn officers() -> Vec<&'static str> {
    Action::Demand(Command::PendingStepRefusal).roles().iter().map(|role| role.name()).collect()
}

/// Whose move leads out of this state.
fn who_moves(state: StateName) -> Vec<&'static str> {
    let mut roles: Vec<&'static str> = TRANSITIONS
        .iter()
        .filter(|row| row.from == state && row.to.iter().any(|to| *to != state))
        .filter(|row| !matches!(row.command, Command::Withdrawal | Command::Elapse))
        .flat_map(|row| Action::Demand(row.command).roles())
        .map(|role| role.name())
        .collect();
    roles.sort_unstable();
    roles.dedup();
    roles
}
