//! An officer enters an order from paper: it gets a number by hand, and the payer looks at it at once, as at an electronic one.

use super::PaperOrder;
use super::judge::{Issuer, issuer, look_up, reference_is_free};
use crate::answer::{Answer, Render, StoredAnswer, Write};
use crate::authorize::{Action, authorize_role};
use crate::caller::Caller;
use crate::device_order::access::Relation;
use crate::device_order::announce::{self, Saved};
use crate::device_order::verify::{ATTEMPTS, Waiting, groups_on, times};
use crate::device_order::view::{self, DeviceOrderView, Viewer};
use crate::device_order::write::taken;
use crate::failure::Failure;
use crate::faults::BUSY;
use crate::idempotent::{self, Done, Earlier};
use crate::signature::DocumentToSign;
use crate::{App, Parts, register};
use chrono::{DateTime, Utc};
use domain::decision::Decided;
use domain::device_order::issue::{self, NewOrder};
use domain::device_order::paper::refusals::BRANCH_UNKNOWN;
use domain::device_order::paper::{self, Entry, Numbered};
use domain::device_order::{DeviceOrder, DeviceOrderEvent, payload};
use domain::ids::{DeviceOrderId, PatientId};
use domain::values::{BranchCode, DeviceOrderNumber};
use store::Tx;
use store::device_order::paper::{EnteredVersion, KnownBy, is_entered_twice, keep_version, remember};
use store::device_order::{OrderKey, WaitingVerification};

pub(super) const OPERATION: &str = "confirm_paper_order";

/// What became of an entry in its transaction; the order is still to be looked at.
enum Entered {
    Now(DeviceOrderId, StoredAnswer),
    Before(Earlier),
}

/// An order that is not inserted yet.
struct Begun {
    decided: Decided<DeviceOrder, DeviceOrderEvent>,
    known: KnownBy,
    version: EnteredVersion,
}

impl App {
    #[tracing::instrument(name = "confirm_paper_order", skip_all)]
    pub async fn confirm_paper_order(
        &self,
        caller: &Caller,
        order: PaperOrder,
        write: Write,
        render: Render<DeviceOrderView>,
    ) -> Result<Answer, Failure> {
        authorize_role(caller, Action::ConfirmPaperOrder).map_err(Failure::Denied)?;
        let turn = self.turn(caller, &write).await?;
        let done = self.enter_paper_order(caller, &order, &write, render).await;
        drop(turn);
        self.answered(caller, &write.trace_id, done?).await
    }

    /// The same for whoever may and has their turn already: two transactions, with the payer's look between them (ADR 38).
    pub(super) async fn enter_paper_order(
        &self,
        caller: &Caller,
        order: &PaperOrder,
        write: &Write,
        render: Render<DeviceOrderView>,
    ) -> Result<Done, Failure> {
        for _ in 1..ATTEMPTS {
            match self.begin_paper_order(caller, order, write, render).await {
                // Who asks again finds the paper that another one entered, or draws another number.
                Err(failure) if is_overtaken(&failure) => {}
                entered => return Ok(self.paper_looked_at(caller, write, render, entered?).await),
            }
        }
        let entered = self.begin_paper_order(caller, order, write, render).await?;
        Ok(self.paper_looked_at(caller, write, render, entered).await)
    }

    async fn begin_paper_order(
        &self,
        caller: &Caller,
        order: &PaperOrder,
        write: &Write,
        render: Render<DeviceOrderView>,
    ) -> Result<Entered, Failure> {
        let (parts, asking, write, order) =
            (self.inner.clone(), caller.clone(), write.clone(), order.clone());
        let job = move |tx: &mut Tx<'_>| {
            if let Some(earlier) = idempotent::claim(tx, &parts, &asking, &write, OPERATION)? {
                return Ok(Entered::Before(earlier));
            }
            let now = parts.clock.now(&asking.space);
            let begun = begin(tx, &parts, &asking, &order, now)?;
            let id = begun.decided.document.id;
            Ok::<_, Failure>(Entered::Now(id, insert(tx, &parts, (&asking, &write), begun, render)?))
        };
        self.inner.store.transaction(job).await
    }

    async fn paper_looked_at(
        &self,
        caller: &Caller,
        write: &Write,
        render: Render<DeviceOrderView>,
        entered: Entered,
    ) -> Done {
        match entered {
            Entered::Before(earlier) => Done::Before(earlier),
            Entered::Now(id, answer) => {
                let begun = WaitingVerification { id, revision: 1, tries: 0 };
                let waiting = Waiting { caller: caller.clone(), write: write.clone(), render };
                Done::Now(self.verified(begun, waiting, answer).await)
            }
        }
    }
}

/// Another one entered the same paper, or drew the same number, in this instant.
fn is_overtaken(failure: &Failure) -> bool {
    match failure {
        Failure::Unavailable { problem, .. } => *problem == BUSY,
        _ => false,
    }
}

/// Every rule of the entry, with the bytes kept as they were typed, and the beginning of the look.
fn begin(
    tx: &mut Tx<'_>,
    parts: &Parts,
    caller: &Caller,
    order: &PaperOrder,
    now: DateTime<Utc>,
) -> Result<Begun, Failure> {
    let by = register::officer(tx, caller)?;
    let office = register::organisation(tx, caller)?;
    let code = office.payer_branch.as_deref().and_then(|code| BranchCode::parse(code).ok());
    let branch = code.and_then(|code| code.as_str().parse().ok()).ok_or(Failure::Denied(BRANCH_UNKNOWN))?;
    reference_is_free(tx, caller, order)?;
    let found = look_up(tx, parts, caller, order, now)?;
    let PaperOrder { content, asked, .. } = order;
    let groups = groups_on(tx, &caller.space, content, asked.issued_on)?;
    let Some(Issuer { prescriber, entity }) = issuer(tx, caller, content, office.id)? else {
        return Err(found.refused(paper::all_faults(content, asked, &found.facts, &groups)));
    };
    let new = NewOrder {
        id: DeviceOrderId(parts.entropy.id(now)),
        space: caller.space.clone(),
        entity,
        prescriber,
        client_id: caller.client_id.clone(),
        client_reference: order.client_reference.clone(),
        content: content.clone(),
    };
    let draft = issue::draft(new, now);
    let document = DocumentToSign::of(&payload::submission(&draft))?;
    let entry = Entry {
        asked: asked.clone(),
        facts: found.facts.clone(),
        numbered: Numbered { number: number(parts, branch), branch, office: office.id, by },
        payload_sha256: document.digest(),
        formerly: found.formerly,
    };
    let decided = paper::enter(draft, entry, &groups, now).map_err(|broken| found.refused(broken))?;
    let version = EnteredVersion {
        content_version: decided.document.content_version,
        entered_at: now,
        payload: document.payload,
    };
    Ok(Begun { decided, known: found.known, version })
}

/// A new number of the branch, in the payer's shape of orders that were signed by hand.
fn number(parts: &Parts, branch: u8) -> DeviceOrderNumber {
    let (first, second) = (parts.entropy.random(), parts.entropy.random());
    let mut random = [0; 10];
    random[..8].copy_from_slice(&first);
    random[8..].copy_from_slice(&second[..2]);
    DeviceOrderNumber::compose_by_hand(branch, random)
}

fn insert(
    tx: &mut Tx<'_>,
    parts: &Parts,
    (caller, write): (&Caller, &Write),
    begun: Begun,
    render: Render<DeviceOrderView>,
) -> Result<StoredAnswer, Failure> {
    let Decided { document: order, events } = begun.decided;
    let key = OrderKey::new(&parts.ring, &order.id.to_string())?;
    let new_patient = PatientId(parts.entropy.id(order.created_at));
    let times = times(parts, order.created_at);
    let inserted = store::device_order::insert(tx, &parts.ring, &order, &key, new_patient, times);
    let patient = inserted.map_err(taken)?;
    remember(tx, &order.space, order.id, &begun.known).map_err(|error| {
        if is_entered_twice(&error) {
            Failure::Unavailable { problem: BUSY, retry_after: 1 }
        } else {
            error.into()
        }
    })?;
    keep_version(tx, key.data_key(), order.id, &begun.version)?;
    let viewer = Viewer::of(caller, Relation::NfzOfficer);
    let answer = render(&view::build(viewer, &order, order.created_at));
    let saved = Saved { order: &order, patient, concerned: &[patient], events: &events };
    announce::by_a_caller(tx, parts, (caller, write, OPERATION), &saved, &answer)?;
    Ok(answer)
}
