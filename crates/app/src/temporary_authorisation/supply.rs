//! What pharmacies and the wholesaler do with a consent: retrieve, pass on, draw down (PF art. 4(8), 4ad(5)–(6)).

use super::change::{AuthorisationTarget, Change};
use super::view::AuthorisationView;
use crate::answer::{Answer, Render, Write};
use crate::authorize::{Action, authorize_role};
use crate::caller::{Caller, Role};
use crate::demand::{LedgerEntry, actor_of};
use crate::failure::Failure;
use crate::faults::{ENTITY_UNKNOWN, NOT_YOUR_ENTRY, RETRIEVAL_NONE};
use crate::recorded::AccessRecord;
use crate::supply::nothing;
use crate::{App, Parts, register};
use domain::calendar::warsaw_date;
use domain::decision::Decided;
use domain::demand::ledger::{Reversal, drawn_of_batch};
use domain::demand::model::Handover;
use domain::demand::refusals::PHARMACY_UNKNOWN;
use domain::ids::{AuthorisationId, OrganisationId, RealisationId};
use domain::outage::Holds;
use domain::problem::Violation;
use domain::temporary_authorisation::refusals::WHOLESALER_INACTIVE;
use domain::temporary_authorisation::supply::{self, AskedReturn};
use domain::temporary_authorisation::{Command, KIND, State, clocks};
use domain::values::{AuthorisationNumber, ResolutionNumber, Text};
use store::audit::{Entry, Outcome};
use store::ledger::{self, Account};
use store::{Tx, temporary_authorisation};

/// Both numbers of a consent; nothing else opens it.
#[derive(Clone, Debug)]
pub struct AuthorisationNumbers {
    pub authorisation: AuthorisationNumber,
    pub resolution: ResolutionNumber,
}

/// What two numbers met: a notification that one of them names, and whether the other agrees.
struct Met {
    id: Option<AuthorisationId>,
    is_agreed: bool,
}

impl Met {
    /// A look-up by numbers is on record, found or not; a wrong second number under what the first one named.
    fn entry(&self, parts: &Parts, caller: &Caller, trace_id: &str) -> Entry {
        let at = parts.clock.now(&caller.space);
        Entry {
            id: parts.entropy.id(at),
            at,
            space: caller.space.clone(),
            actor: actor_of(caller),
            on_behalf_of: None,
            purpose: None,
            action: "retrieve_consent".to_owned(),
            document_kind: self.id.map(|_| KIND.to_owned()),
            document_id: self.id.map(|id| id.to_string()),
            patient_id: None,
            outcome: if self.is_agreed {
                Outcome::Allowed
            } else {
                Outcome::Refused(RETRIEVAL_NONE.code.to_owned())
            },
            trace_id: Some(trace_id.to_owned()),
        }
    }
}

/// Finds the consent in force that both numbers name, and notes a pharmacy's grant.
fn open(
    tx: &mut Tx<'_>,
    parts: &Parts,
    caller: &Caller,
    organisation: OrganisationId,
    numbers: &AuthorisationNumbers,
) -> Result<Met, Failure> {
    let (ring, space) = (&parts.ring, &caller.space);
    let by_number = temporary_authorisation::find_by_number(tx, ring, Some(space), &numbers.authorisation)?;
    let Some(loaded) = by_number else {
        let other = temporary_authorisation::find_by_resolution_number(tx, ring, &numbers.resolution)?;
        let own = other.map(|it| it.authorisation).filter(|it| it.space == *space);
        return Ok(Met { id: own.map(|it| it.id), is_agreed: false });
    };
    let now = parts.clock.now(space);
    let present = clocks::elapse(loaded.authorisation, &Holds::none(), now).document;
    let is_consent = matches!(present.state, State::Consented(_)) && present.adds_to.is_none();
    let ruling = present.state.resolution().map(|resolution| &resolution.draft.number);
    let is_admitted = caller.role == Role::Pharmacy || present.wholesaler == organisation;
    let is_agreed = is_consent && ruling == Some(&numbers.resolution) && is_admitted;
    if is_agreed && caller.role == Role::Pharmacy {
        temporary_authorisation::grant(tx, present.id, organisation, now)?;
    }
    Ok(Met { id: Some(present.id), is_agreed })
}

impl App {
    /// The consent in the caller's view. The grant lets a pharmacy read it and pass it on from then on; the wholesaler
    /// that notified has it without numbers.
    #[tracing::instrument(name = "retrieve_consent", skip_all)]
    pub async fn retrieve_consent(
        &self,
        caller: &Caller,
        numbers: AuthorisationNumbers,
        trace_id: &str,
    ) -> Result<AuthorisationView, Failure> {
        authorize_role(caller, Action::RetrieveDemand).map_err(Failure::Denied)?;
        let organisation = caller.org_id().ok_or(Failure::Denied(ENTITY_UNKNOWN))?;
        let (parts, asking, trace) = (self.inner.clone(), caller.clone(), trace_id.to_owned());
        // The grant and its entry are one transaction.
        let met = self
            .inner
            .store
            .transaction(move |tx| {
                let met = open(tx, &parts, &asking, organisation, &numbers)?;
                if met.is_agreed {
                    store::audit::append(tx, &met.entry(&parts, &asking, &trace))?;
                }
                Ok::<_, Failure>(met)
            })
            .await?;
        let Some(id) = met.id.filter(|_| met.is_agreed) else {
            let entry = met.entry(&self.inner, caller, trace_id);
            self.keep(AccessRecord::of(vec![entry])).await?;
            return Err(nothing());
        };
        self.find_authorisation(caller, id).await
    }

    /// A pharmacy passes the consent on to the wholesaler that notified; the product will be its own.
    #[tracing::instrument(name = "hand_over_consent", skip_all)]
    pub async fn hand_over_consent(
        &self,
        caller: &Caller,
        target: AuthorisationTarget,
        write: Write,
        render: Render<AuthorisationView>,
    ) -> Result<Answer, Failure> {
        let change = Change::of(Command::Handover, "hand_over_consent");
        self.change_authorisation(caller, change, target, write, render, |work, found, _| {
            let own = work.caller.org_id().ok_or(Failure::Denied(ENTITY_UNKNOWN))?;
            let wholesaler = register::party(work.tx, work.caller, found.wholesaler, &["WHOLESALER"])?;
            let pharmacy = register::party(work.tx, work.caller, own, &["PHARMACY", "HOSPITAL_PHARMACY"])?;
            let Some(wholesaler) = wholesaler else {
                return Err(vec![Violation::whole(WHOLESALER_INACTIVE)].into());
            };
            let pharmacy = pharmacy.ok_or_else(|| vec![Violation::whole(PHARMACY_UNKNOWN)])?;
            let handover = Handover {
                wholesaler,
                pharmacy,
                passed_on_by: own,
                passed_on: warsaw_date(work.now),
                recorded_at: work.now,
                on_paper: false,
            };
            Ok(supply::hand_over(found, handover, work.now)?)
        })
        .await
    }

    /// The pharmacy recalls what it passed on, or the wholesaler declines what the named pharmacy did.
    #[tracing::instrument(name = "return_consent_handover", skip_all)]
    pub async fn return_consent_handover(
        &self,
        caller: &Caller,
        target: AuthorisationTarget,
        pharmacy: Option<OrganisationId>,
        write: Write,
        render: Render<AuthorisationView>,
    ) -> Result<Answer, Failure> {
        let change = Change::of(Command::HandoverReturn, "return_consent_handover");
        self.change_authorisation(caller, change, target, write, render, move |work, found, _| {
            let own = work.caller.org_id().ok_or(Failure::Denied(ENTITY_UNKNOWN))?;
            // A pharmacy takes back its own alone, whomever it names.
            let of = if work.caller.role == Role::Pharmacy { Some(own) } else { pharmacy };
            let Some(pharmacy) = of else {
                return Err(vec![Violation::new(PHARMACY_UNKNOWN, "/pharmacyId")].into());
            };
            Ok(supply::return_handover(found, &AskedReturn { pharmacy }, work.now)?)
        })
        .await
    }

    /// The wholesaler records an import, a pharmacy a dispensing.
    #[tracing::instrument(name = "draw_consent", skip_all)]
    pub async fn draw_consent(
        &self,
        caller: &Caller,
        target: AuthorisationTarget,
        asked: LedgerEntry,
        write: Write,
        render: Render<AuthorisationView>,
    ) -> Result<Answer, Failure> {
        let change = Change::of(Command::Realisation, "draw_consent");
        self.change_authorisation(caller, change, target, write, render, move |work, found, _| {
            let entry = asked.entry(work.caller, work.parts, work.now)?;
            let account = Account::Consent(found.id);
            let drawn = drawn_of_batch(&ledger::list(work.tx, account)?, entry.kind, &entry.batch);
            let decided = supply::realise(found, entry, drawn, work.now)?;
            let (document, entry) = decided.document;
            ledger::insert(work.tx, &document.space, account, &entry)?;
            Ok(Decided { document, events: decided.events })
        })
        .await
    }

    /// Whoever recorded an entry reverses it, with a reason.
    #[tracing::instrument(name = "reverse_consent_entry", skip_all)]
    pub async fn reverse_consent_entry(
        &self,
        caller: &Caller,
        target: AuthorisationTarget,
        entry: RealisationId,
        reason: Text<1000>,
        write: Write,
        render: Render<AuthorisationView>,
    ) -> Result<Answer, Failure> {
        let change = Change::of(Command::RealisationReversal, "reverse_consent_entry");
        self.change_authorisation(caller, change, target, write, render, move |work, found, _| {
            let reversed_by = work.caller.org_id().ok_or(Failure::Denied(ENTITY_UNKNOWN))?;
            let account = Account::Consent(found.id);
            let entry = ledger::find(work.tx, account, entry)?.ok_or(Failure::NotFound)?;
            if entry.recorded_by != reversed_by {
                return Err(Failure::Denied(NOT_YOUR_ENTRY));
            }
            let reversal = Reversal { reason: reason.clone(), reversed_by, reversed_at: work.now };
            let decided = supply::reverse(found, entry, reversal, work.now)?;
            let (document, entry) = decided.document;
            if !ledger::reverse(work.tx, &entry)? {
                return Err(Failure::Stale);
            }
            Ok(Decided { document, events: decided.events })
        })
        .await
    }
}
