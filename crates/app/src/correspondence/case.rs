//! The document in which somebody writes or reads: each kind in the frame of its own.

use super::correspondent::Correspondent;
use crate::App;
use crate::Parts;
use crate::answer::{Answer, Render, Write};
use crate::authorize::Action;
use crate::caller::Caller;
use crate::demand::{Addition, ChildWork, Named, Reading, only_patient};
use crate::failure::Failure;
use crate::recorded::{AccessRecord, Read};
use crate::temporary_authorisation::{self, AuthorisationChild};
use chrono::{DateTime, Utc};
use domain::correspondence::{Case, CaseId};
use domain::demand::model::DemandKind;
use domain::demand::{self, Demand};
use domain::ids::AuthorisationId;
use domain::temporary_authorisation as notified;
use store::Tx;
use store::outbox::NewEvent;
use store::sealing::DataKey;

/// Which document, as the address of a request names it.
#[derive(Clone, Copy, Debug)]
pub enum CaseTarget {
    Demand(Named),
    Authorisation(AuthorisationId),
}

impl CaseTarget {
    /// The document itself, under whichever address it was named.
    pub fn id(self) -> CaseId {
        match self {
            Self::Demand(demand) => CaseId::Demand(demand.id),
            Self::Authorisation(id) => CaseId::Authorisation(id),
        }
    }

    /// What somebody does who writes here.
    pub(super) fn writing(self) -> Action {
        match self {
            Self::Demand(_) => Action::Correspond,
            Self::Authorisation(_) => Action::CorrespondOnAuthorisation,
        }
    }
}

/// The names under which the audit knows an operation.
#[derive(Clone, Copy)]
pub(super) struct Operation {
    pub on_demand: &'static str,
    pub on_authorisation: &'static str,
}

impl Operation {
    fn on(self, case: CaseTarget) -> &'static str {
        match case {
            CaseTarget::Demand(_) => self.on_demand,
            CaseTarget::Authorisation(_) => self.on_authorisation,
        }
    }
}

/// Who asks, for which case, and the request it belongs to.
#[derive(Clone, Copy)]
pub(super) struct Asking<'a> {
    pub caller: &'a Caller,
    pub case: CaseTarget,
    pub operation: Operation,
    pub trace_id: &'a str,
}

impl Asking<'_> {
    fn reading(&self) -> Reading<'_> {
        let operation = self.operation.on(self.case);
        Reading { caller: self.caller, operation, trace_id: self.trace_id }
    }
}

/// The case in front of somebody who may know of it.
pub(super) struct Sight<'s> {
    pub case: Case,
    /// As which party; `None` for whoever sees too little of it to read any of this.
    pub own: Option<Correspondent>,
    pub key: &'s DataKey,
}

/// The document itself.
#[derive(Clone, Copy)]
pub(super) enum Document<'s> {
    Demand(&'s Demand),
    Authorisation(&'s notified::Authorisation),
}

impl Document<'_> {
    /// Under whose address a demand is found.
    pub(super) fn demand_kind(self) -> Option<DemandKind> {
        match self {
            Self::Demand(demand) => Some(demand.content.kind()),
            Self::Authorisation(_) => None,
        }
    }
}

/// What a decision works with.
pub(super) struct CaseWork<'w, 'c> {
    pub tx: &'w mut Tx<'c>,
    pub parts: &'w Parts,
    pub caller: &'w Caller,
    pub now: DateTime<Utc>,
    pub document: Document<'w>,
    pub sight: Sight<'w>,
}

/// What a decision brings back, inserted already.
pub(super) struct Added<T> {
    pub child: T,
    pub events: Vec<NewEvent>,
}

/// What belongs to a case.
pub(super) trait OfCase {
    fn case(&self) -> CaseId;
}

fn sight_of_demand<'s>(
    caller: &Caller,
    seen: &'s crate::demand::Seen,
    relation: crate::authorize::Relation,
) -> Sight<'s> {
    Sight {
        case: demand::parties::case(&seen.loaded.demand, only_patient(seen)),
        own: Correspondent::in_demand(caller, relation, &seen.facts),
        key: &seen.loaded.key,
    }
}

fn sight_of_authorisation<'s>(caller: &Caller, seen: &'s temporary_authorisation::Seen) -> Sight<'s> {
    Sight {
        case: notified::parties::case(&seen.loaded.authorisation),
        own: Correspondent::in_authorisation(caller, seen.relation),
        key: &seen.loaded.key,
    }
}

impl App {
    /// Looks at the case; what is read of a patient's leaves with its record, of a notification there is none.
    pub(super) async fn look_at_case<T: Send + 'static>(
        &self,
        asking: Asking<'_>,
        look: impl Fn(&mut Tx<'_>, &Sight<'_>) -> Result<T, Failure> + Send + Sync + 'static,
    ) -> Result<Read<T>, Failure> {
        let caller = asking.caller.clone();
        match asking.case {
            CaseTarget::Demand(named) => {
                self.read_demand(asking.reading(), named, move |sight| {
                    look(sight.tx, &sight_of_demand(&caller, sight.seen, sight.relation))
                })
                .await
            }
            CaseTarget::Authorisation(id) => {
                let read = self.read_authorisation(asking.caller, id, move |tx, seen| {
                    look(tx, &sight_of_authorisation(&caller, seen))
                });
                match read.await {
                    Ok(told) => Ok(Read { told, record: AccessRecord::of(Vec::new()) }),
                    Err(failure) => {
                        self.record_refused_in_case(asking, &failure).await?;
                        Err(failure)
                    }
                }
            }
        }
    }

    /// Adds what `decide` inserts; the document's revision stays as it is.
    pub(super) async fn add_to_case<T: OfCase + 'static>(
        &self,
        asking: Asking<'_>,
        write: Write,
        render: Render<T>,
        decide: impl Fn(&mut CaseWork<'_, '_>) -> Result<Added<T>, Failure> + Send + Sync + 'static,
    ) -> Result<Answer, Failure> {
        crate::authorize::authorize_role(asking.caller, asking.case.writing()).map_err(Failure::Denied)?;
        let turn = self.turn(asking.caller, &write).await?;
        let done = self.insert_into_case(asking, write, render, decide).await;
        drop(turn);
        done
    }

    /// The same for whoever has their turn already.
    pub(super) async fn insert_into_case<T: OfCase + 'static>(
        &self,
        asking: Asking<'_>,
        write: Write,
        render: Render<T>,
        decide: impl Fn(&mut CaseWork<'_, '_>) -> Result<Added<T>, Failure> + Send + Sync + 'static,
    ) -> Result<Answer, Failure> {
        let operation = asking.operation.on(asking.case);
        match asking.case {
            CaseTarget::Demand(demand) => {
                let addition = Addition { operation, demand, write, render };
                self.insert_child(asking.caller, addition, move |work| {
                    let ChildWork { tx, parts, caller, now, seen, relation } = work;
                    let mut work = CaseWork {
                        tx,
                        parts,
                        caller,
                        now: *now,
                        document: Document::Demand(&seen.loaded.demand),
                        sight: sight_of_demand(caller, seen, *relation),
                    };
                    decide(&mut work).map(|added| (added.child, added.events))
                })
                .await
            }
            CaseTarget::Authorisation(id) => {
                let action = asking.case.writing();
                let id_of = |child: &T| child.case().to_string();
                let child = AuthorisationChild { action, operation, id, id_of, write, render };
                self.insert_authorisation_child(asking.caller, child, move |work, seen| {
                    let mut work = CaseWork {
                        tx: &mut *work.tx,
                        parts: work.parts,
                        caller: work.caller,
                        now: work.now,
                        document: Document::Authorisation(&seen.loaded.authorisation),
                        sight: sight_of_authorisation(work.caller, seen),
                    };
                    decide(&mut work).map(|added| (added.child, added.events))
                })
                .await
            }
        }
    }

    /// A refused attempt on a case that is there is on record.
    pub(super) async fn record_refused_in_case(
        &self,
        asking: Asking<'_>,
        failure: &Failure,
    ) -> Result<(), Failure> {
        let Asking { caller, trace_id, .. } = asking;
        match asking.case {
            CaseTarget::Demand(demand) => {
                self.record_refused_attempt(asking.reading(), demand.id, failure).await
            }
            CaseTarget::Authorisation(id) => {
                let operation = asking.operation.on(asking.case);
                let about = crate::entry::About { operation, document_kind: notified::KIND };
                self.record_refused(caller, about, id.to_string(), failure, trace_id).await
            }
        }
    }
}
