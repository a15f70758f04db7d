//! Refusals by a demand: with its state, and what it admits of this party instead.

use crate::authorize::Relation;
use crate::failure::{Failure, Refused};
use domain::demand::lifecycle::{self, Command, StateName};
use domain::demand::model::Demand;
use domain::demand::treated;
use domain::pending::TERM_OVER;
use domain::problem::{Kind, Violation};

/// What decides which commands a demand admits of a party.
#[derive(Clone, Copy)]
pub(super) struct Admits {
    state: StateName,
    relation: Relation,
    on_paper: bool,
    ad_hoc: bool,
    /// A signature awaits validation.
    waits: bool,
}

impl Admits {
    pub(super) fn of(demand: &Demand, relation: Relation) -> Self {
        let on_paper = demand.paper.is_some();
        let (ad_hoc, waits) = (treated::is_ad_hoc(demand), demand.pending.is_some());
        Self { state: demand.state.name(), relation, on_paper, ad_hoc, waits }
    }

    /// Those of the state that are this party's; not what is for other demands than this one.
    fn commands(self) -> impl Iterator<Item = Command> {
        lifecycle::commands_in(self.state).into_iter().filter(move |command| {
            let fits = match command {
                Command::PaperCorrection => self.on_paper,
                Command::TreatedPatients
                | Command::TreatedPatientReversal
                | Command::PatientListReopening => self.ad_hoc,
                // What ends a wait is possible where something waits, and is named there.
                Command::PendingStepRefusal => false,
                _ => true,
            };
            let now = !self.waits || command.fits_a_wait();
            fits && now && self.relation.may(*command)
        })
    }
}

/// Rules that a decision found broken, with the state and what it admits of this party.
pub(super) fn refused(violations: Vec<Violation>, admits: Admits) -> Failure {
    refused_at(Refused::all(violations), admits)
}

/// The same of a decision that names a document in the way.
pub(super) fn refused_at(found: Refused, admits: Admits) -> Failure {
    let conflict = domain::decision::leading_kind(&found.violations) == Some(Kind::Conflict);
    let mut refused =
        Refused { existing: found.existing, not_before: found.not_before, ..Refused::all(found.violations) };
    if conflict {
        refused.current_state = Some(admits.state.name());
        refused.allowed_actions = admits.commands().map(Command::name).collect();
        // What is refused for want of a word is possible with it.
        if refused.violations.iter().any(|it| *it.problem == *TERM_OVER) {
            refused.allowed_actions.push(Command::PendingStepRefusal.name());
        }
    }
    Failure::Refused(refused)
}

/// The same while a signature awaits validation: a withdrawal, or the end of the wait, is all that may be left.
pub(super) fn waiting(violations: Vec<Violation>, admits: Admits) -> Failure {
    match refused(violations, admits) {
        Failure::Refused(mut refused) => {
            let left =
                lifecycle::commands_in(admits.state).into_iter().filter(|command| command.fits_a_wait());
            let theirs = left.filter(|command| admits.relation.may(*command));
            refused.allowed_actions = theirs.map(Command::name).collect();
            Failure::Refused(refused)
        }
        other => other,
    }
}
