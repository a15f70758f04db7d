//! One case at each of its stages, reached by the commands that lead there.

use super::questions::question;
use super::{
    CONSULTANT, DECIDER, PREPARER, consultant, day, digest, draft, entry, handover, in_facility, officer,
    outside, packs, refusal, resolution_draft, revocation_draft, signed, submission, takeover_by, text,
};
use chrono::{DateTime, Utc};
use domain::demand::clarification::{self, Addressee};
use domain::demand::examination::{self, Approval, AskedOpinion};
use domain::demand::issue::{self, Submission};
use domain::demand::ledger::{Realisation, RealisationKind};
use domain::demand::model::{Outcome, ResolutionDraft, Verdict};
use domain::demand::resolution::{self, Assignment};
use domain::demand::treated::TreatedPatient;
use domain::demand::{Demand, DemandDecision, clocks, revocation, supply, takeover, withdrawal};
use domain::outage::Holds;
use domain::values::Quantity;

/// A demand with the entries that were recorded on it, at an instant.
#[derive(Clone)]
pub(crate) struct Stage {
    pub(crate) demand: Demand,
    pub(crate) entries: Vec<Realisation>,
    /// The lines of its list of treated patients.
    pub(crate) treated: Vec<TreatedPatient>,
    pub(crate) now: DateTime<Utc>,
}

impl Stage {
    pub(crate) fn draft(is_in_facility: bool) -> Self {
        let content = if is_in_facility { in_facility() } else { outside() };
        Self { demand: draft(content), entries: Vec::new(), treated: Vec::new(), now: day(0) }
    }

    pub(crate) fn then(mut self, command: impl FnOnce(Demand, DateTime<Utc>) -> DemandDecision) -> Self {
        self.demand = command(self.demand, self.now).expect("a legal command").document;
        self
    }

    /// On that day, after every term that has run out by then.
    pub(crate) fn on(mut self, days: u64) -> Self {
        self.now = day(days);
        self.demand = clocks::elapse(self.demand, &Holds::none(), self.now).document;
        self
    }

    pub(crate) fn submitted(self) -> Self {
        self.then(|demand, now| issue::submit(demand, submission(Some(signed("Anna", "Testowa", now))), now))
    }

    pub(crate) fn resubmitted_unchanged(self) -> Self {
        self.then(|demand, now| issue::submit(demand, submission(None), now))
    }

    pub(crate) fn resubmitted_to(self, licence: &str) -> Self {
        let asked = Submission { consultant: Some(consultant(licence)), ..submission(None) };
        self.then(|demand, now| issue::submit(demand, asked, now))
    }

    pub(crate) fn taken_over_by(self, licence: &str) -> Self {
        self.then(|demand, now| takeover::take_over(demand, takeover_by(licence), now))
    }

    pub(crate) fn approved_by_representative(self) -> Self {
        self.then(|demand, now| {
            examination::approve(demand, Approval { signed: signed("Jan", "Przykładowy", now) }, now)
        })
    }

    pub(crate) fn refused_by_representative(self) -> Self {
        self.then(|demand, now| examination::refuse_approval(demand, refusal("Brak środków."), now))
    }

    pub(crate) fn opinion(self, verdict: Verdict) -> Self {
        self.then(|demand, now| examination::give_opinion(demand, asked_opinion(verdict, now), now))
    }

    pub(crate) fn with_consultant(is_in_facility: bool) -> Self {
        let stage = Self::draft(is_in_facility).submitted();
        if is_in_facility { stage.approved_by_representative() } else { stage }
    }

    pub(crate) fn with_minister(is_in_facility: bool) -> Self {
        Self::with_consultant(is_in_facility).opinion(Verdict::Confirmed)
    }

    pub(crate) fn assigned(self) -> Self {
        let asked = Assignment { officer: officer(PREPARER), reason: None };
        self.then(|demand, now| resolution::assign(demand, asked, now))
    }

    /// Assigned, with a question to this addressee.
    pub(crate) fn asked(self, addressee: Addressee) -> Self {
        self.assigned().then(|demand, now| clarification::ask(demand, question(addressee, now), now))
    }

    pub(crate) fn prepared(self, outcome: Outcome) -> Self {
        self.assigned().then(|demand, now| resolution::prepare(demand, resolution_draft(outcome, now), now))
    }

    pub(crate) fn resolved(self, outcome: Outcome) -> Self {
        self.prepared(outcome).then(|demand, now| resolution::resolve(demand, decision(DECIDER, now), now))
    }

    /// Approved on day 0.
    pub(crate) fn approved(is_in_facility: bool) -> Self {
        Self::with_minister(is_in_facility).resolved(Outcome::Approved)
    }

    pub(crate) fn handed_over(self) -> Self {
        self.then(|demand, now| supply::hand_over(demand, handover(now), &Holds::none(), now))
    }

    pub(crate) fn with_wholesaler(is_in_facility: bool) -> Self {
        Self::approved(is_in_facility).handed_over()
    }

    /// Handed over outside a facility with so much demanded and approved.
    pub(crate) fn with_wholesaler_of(quantity: Quantity) -> Self {
        let mut content = outside();
        content.quantity = Some(quantity);
        let stage = Self { demand: draft(content), ..Self::draft(false) };
        stage.submitted().opinion(Verdict::Confirmed).handed_over_whole(quantity)
    }

    /// With the minister, who approves what is demanded, and handed over.
    pub(crate) fn handed_over_whole(self, quantity: Quantity) -> Self {
        let stage = self.assigned();
        let approval = |now| ResolutionDraft {
            approved_quantity: Some(quantity),
            ..resolution_draft(Outcome::Approved, now)
        };
        stage
            .then(|demand, now| resolution::prepare(demand, approval(now), now))
            .then(|demand, now| resolution::resolve(demand, decision(DECIDER, now), now))
            .handed_over()
    }

    pub(crate) fn realised(mut self, kind: RealisationKind, count: i32, closes: bool) -> Self {
        let entry = Realisation { closes, ..entry(kind, count, packs("1"), self.now) };
        let decided = supply::realise(self.demand, entry, self.now).expect("a legal entry");
        self.demand = decided.document.0;
        self.entries.push(decided.document.1);
        self
    }

    pub(crate) fn revocation_prepared(self) -> Self {
        self.then(|demand, now| revocation::prepare(demand, revocation_draft(now), now))
    }

    pub(crate) fn revoked(self) -> Self {
        self.revocation_prepared().then(|demand, now| revocation::revoke(demand, revoking(DECIDER), now))
    }

    pub(crate) fn withdrawn(self) -> Self {
        self.then(|demand, now| withdrawal::withdraw(demand, text("Pacjent zmienił leczenie."), now))
    }
}

pub(crate) fn asked_opinion(verdict: Verdict, now: DateTime<Utc>) -> AskedOpinion {
    AskedOpinion {
        verdict,
        justification: (verdict == Verdict::Refused).then(|| text("Niewłaściwe wskazanie.")),
        signed: verdict.is_on_the_merits().then(|| signed("Ewa", "Testowa", now)),
    }
}

pub(crate) fn decision(decider: u128, now: DateTime<Utc>) -> resolution::Decision {
    resolution::Decision {
        decider: officer(decider),
        signed: signed("Zofia", "Przykładowa", now),
        seen: digest("c"),
        actual: digest("c"),
        decision_token: "token".to_owned(),
    }
}

pub(crate) fn revoking(decider: u128) -> revocation::Decision {
    revocation::Decision { decider: officer(decider), seen: digest("d"), actual: Some(digest("d")) }
}

/// Samples of every state, with whatever lets a command end differently.
pub(crate) fn samples() -> Vec<Stage> {
    let of_uses = [true, false].into_iter().flat_map(samples_of);
    of_uses.chain(samples_with_representative()).chain(super::lists::samples()).collect()
}

fn samples_with_representative() -> Vec<Stage> {
    let awaiting = Stage::draft(true).submitted();
    let late = awaiting.clone().refused_by_representative().on(59).resubmitted_unchanged();
    vec![awaiting.clone(), late, awaiting.clone().refused_by_representative(), awaiting.withdrawn()]
}

fn samples_of(use_: bool) -> Vec<Stage> {
    let draft = Stage::draft(use_);
    let awaiting = Stage::with_consultant(use_);
    let returned = awaiting.clone().opinion(Verdict::Refused);
    let edited = returned
        .clone()
        .then(|demand, now| issue::edit(demand.clone(), super::changed(&demand.content), now));
    let minister = Stage::with_minister(use_);
    let approved = Stage::approved(use_);
    let held = approved.clone().handed_over();
    let drawn = held.clone().realised(RealisationKind::Dispensed, 4, false);
    vec![
        draft.clone(),
        draft.withdrawn(),
        awaiting.clone(),
        returned.clone().on(59).resubmitted_to(CONSULTANT),
        awaiting.opinion(Verdict::NotMyField),
        returned.clone(),
        edited,
        returned.on(61),
        minister.clone(),
        Stage::on_paper(use_),
        minister.clone().assigned(),
        minister.clone().asked(Addressee::Physician),
        minister.clone().asked(Addressee::ProductOffice),
        minister.clone().prepared(Outcome::Approved),
        minister.clone().prepared(Outcome::Rejected),
        minister.resolved(Outcome::Rejected),
        approved.clone(),
        approved.clone().revocation_prepared(),
        approved.clone().revoked(),
        approved.clone().withdrawn(),
        approved.on(61),
        held.clone(),
        held.clone().revocation_prepared(),
        held.realised(RealisationKind::Dispensed, 10, false),
        drawn.clone(),
        drawn.clone().revoked(),
        drawn.realised(RealisationKind::Dispensed, 1, true),
    ]
}
