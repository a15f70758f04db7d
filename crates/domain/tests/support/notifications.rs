//! A wholesaler's notification in every state, and every command on it in each of the ways in which it can end.

use super::notifications_on_paper::{correction, on_paper};
use super::questions::{answered_by_addressee, closure, entered_by_officer, question};
use super::{
    DECIDER, PREPARER, date, day, digest, ending, entry, handover, named, officer, organisation, packs, read,
    resolution_number, revocation_draft, signed, text, waiting_since,
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::calendar::warsaw_date;
use domain::clarification;
use domain::correspondence::{Attachment, CaseId, CaseParty, MediaType, Reader};
use domain::demand::ledger::{Realisation, RealisationKind, Reversal};
use domain::ids::{AttachmentId, AuthorisationId, SpaceId};
use domain::outage::Holds;
use domain::problem::Violation;
use domain::temporary_authorisation::addition::{self, NewAddition};
use domain::temporary_authorisation::clarification::Addressee;
use domain::temporary_authorisation::content::{Batch, Content};
use domain::temporary_authorisation::examination::{Approval, ApprovalRefusal, approve, refuse_approval};
use domain::temporary_authorisation::model::{Outcome, Period, ResolutionDraft};
use domain::temporary_authorisation::resolution::{self, AskedDraft, Assignment, Decision};
use domain::temporary_authorisation::submission::{self, NewAuthorisation, Notifier, Submission};
use domain::temporary_authorisation::supply::{self, AskedReturn};
use domain::temporary_authorisation::{
    Authorisation, AuthorisationDecision, Command, clocks, paper, pending, revocation, withdrawal,
};
use domain::values::{AuthorisationNumber, BatchNumber, Nip};
use serde_json::{Value, json};
use uuid::Uuid;

pub(crate) const NIP: &str = "5260250995";

/// A complete content as JSON: ten packs in two batches.
pub(crate) fn content() -> Value {
    let batch = |number: &str, amount: &str| json!({ "number": number, "expiresOn": "2029-06-30", "quantity": { "amount": amount, "unit": "PACK" } });
    json!({
        "purpose": "HUMAN",
        "wholesaler": {
            "name": "Hurtownia Przykładowa", "nip": NIP, "identifier": "1000123",
            "address": { "streetLine": "ul. Zmyślona 1", "postalCode": "00-001", "city": "Warszawa", "country": "PL" },
            "email": "hurtownia@example.pl"
        },
        "responsiblePerson": {
            "givenNames": "Wiktoria", "familyName": "Przykładowa", "position": "osoba odpowiedzialna"
        },
        "representative": { "givenNames": "Jan", "familyName": "Przykładowy", "position": "prezes" },
        "product": {
            "tradeName": "Exemplar", "internationalName": "exemplarum", "form": "kapsułki", "strength": "500 mg",
            "marketingAuthorisationHolder": "Exemplar GmbH"
        },
        "quantity": { "amount": "10", "unit": "PACK" },
        "batches": [batch("A123", "6"), batch("A124", "4")],
        "threat": { "kind": "THREAT_TO_PEOPLE", "name": "Skażenie" },
        "justification": "Zapas nie wystarczy.",
        "attachments": {
            "powerOfRepresentation": { "title": "Odpis z rejestru", "dated": "2026-01-12", "sha256": "a".repeat(64) }
        }
    })
}

pub(crate) fn notification(id: u128, content: Content) -> Authorisation {
    let new = NewAuthorisation {
        id: AuthorisationId(Uuid::from_u128(id)),
        number: AuthorisationNumber::compose(2026, [1; 8]),
        space: SpaceId::production(),
        wholesaler: organisation(10),
        client_id: "hurtownia-przykladowa".to_owned(),
        client_reference: None,
        content,
    };
    submission::draft(new, day(0))
}

pub(crate) fn drafted() -> Authorisation {
    notification(0x7000, read(content()))
}

pub(crate) fn notifier() -> Notifier {
    Notifier { person: named("Wiktoria", "Przykładowa"), nip: Nip::parse(NIP).ok() }
}

pub(crate) fn submit(it: Authorisation, now: DateTime<Utc>) -> AuthorisationDecision {
    let signed = signed("Wiktoria", "Przykładowa", now);
    let files = vec![proof(&it)];
    submission::submit(it, Submission { signed, notifier: notifier(), files }, now)
}

/// The file that the content names, for those who sign and examine.
pub(crate) fn proof(it: &Authorisation) -> Attachment {
    let whole = |party| Reader { party, only: None };
    Attachment {
        id: AttachmentId(Uuid::from_u128(0x7800)),
        case: CaseId::Authorisation(it.id),
        added_at: day(0),
        sender: whole(CaseParty::ResponsiblePerson),
        organisation: Some(it.wholesaler),
        recipients: vec![whole(CaseParty::Representative), whole(CaseParty::Ministry)],
        title: text("Odpis z rejestru"),
        media_type: MediaType::Pdf,
        size: 70_000,
        sha256: [0xaa; 32],
    }
}

pub(crate) fn refusal(given_names: &str) -> ApprovalRefusal {
    ApprovalRefusal { by: named(given_names, "Przykładowy"), reason: text("Brakuje serii.") }
}

/// From the first day to the end of February.
pub(crate) fn period() -> Period {
    Period { from: date("2026-12-01"), until: date("2027-02-28") }
}

pub(crate) fn draft_of(outcome: Outcome, now: DateTime<Utc>) -> AskedDraft {
    let consents = outcome == Outcome::Consented;
    let draft = ResolutionDraft {
        number: resolution_number(1),
        outcome,
        approved_quantity: consents.then(|| packs("10")),
        period: consents.then(period),
        conditions: consents.then(|| text("Tylko szpitale.")),
        grounds: (!consents).then(|| text("Produkt jest dostępny.")),
        prepared_by: officer(PREPARER),
        prepared_at: now,
    };
    AskedDraft { draft, base: None, wholesaler_is_active: true, today: warsaw_date(now) }
}

pub(crate) fn decision(decider: u128, now: DateTime<Utc>) -> Decision {
    Decision {
        decider: officer(decider),
        signed: signed("Zofia", "Przykładowa", now),
        seen: digest("a"),
        actual: digest("a"),
        decision_token: "token".to_owned(),
        base: None,
        wholesaler_is_active: true,
        today: warsaw_date(now),
    }
}

pub(crate) fn revoking(decider: u128) -> revocation::Decision {
    revocation::Decision { decider: officer(decider), seen: digest("a"), actual: Some(digest("a")) }
}

/// An addition of one batch of five packs.
pub(crate) fn new_addition() -> NewAddition {
    NewAddition {
        id: AuthorisationId(Uuid::from_u128(0x7001)),
        number: AuthorisationNumber::compose(2026, [2; 8]),
        client_id: "hurtownia-przykladowa".to_owned(),
        client_reference: None,
        quantity: Some(packs("5")),
        batches: vec![batch("B200")],
        justification: None,
    }
}

pub(crate) fn batch(number: &str) -> Batch {
    Batch {
        number: BatchNumber::parse(number).expect("a batch number"),
        expires_on: date("2029-06-30"),
        quantity: packs("5"),
    }
}

/// An entry of the first batch, by the pharmacy or the wholesaler of the samples.
pub(crate) fn drawing(kind: RealisationKind, count: i32, now: DateTime<Utc>) -> Realisation {
    let recorded_by = match kind {
        RealisationKind::Imported => organisation(10),
        RealisationKind::Dispensed => organisation(20),
    };
    Realisation { recorded_by, expires_on: date("2029-06-30"), ..entry(kind, count, packs("1"), now) }
}

pub(crate) fn reversal(now: DateTime<Utc>) -> Reversal {
    Reversal { reason: text("Pomyłka."), reversed_by: organisation(10), reversed_at: now }
}

/// The notification after these steps, each of which has to succeed.
pub(crate) fn after(it: Authorisation, commands: &[Command]) -> Authorisation {
    let now = day(1);
    commands.iter().fold(it, |it, command| {
        let first = play(*command, &it, now).into_iter().next().expect("a way to end");
        first.expect("a step that succeeds")
    })
}

pub(crate) const TO_MINISTER: [Command; 3] =
    [Command::Submission, Command::RepresentativeApproval, Command::Assignment];

/// Assigned, with a question to this addressee on the day after the first.
pub(crate) fn asked(addressee: Addressee) -> Authorisation {
    let held = after(drafted(), &TO_MINISTER);
    clarification::ask(held, question(addressee, day(1)), day(1)).expect("a question").document
}

pub(crate) fn prepared() -> Authorisation {
    after(after(drafted(), &TO_MINISTER), &[Command::ResolutionDraft])
}

pub(crate) fn consented() -> Authorisation {
    after(prepared(), &[Command::Resolution])
}

pub(crate) fn handed_over() -> Authorisation {
    after(consented(), &[Command::Handover])
}

/// A notification in every state, with each way in which it can have come about that matters to a command.
pub(crate) fn samples() -> Vec<Authorisation> {
    let refused_draft = after(drafted(), &TO_MINISTER);
    let refused_draft = resolution::prepare(refused_draft, draft_of(Outcome::Refused, day(1)), day(1));
    let refused_draft = refused_draft.expect("a draft that refuses").document;
    let in_force = after(handed_over(), &[Command::RevocationDraft]);
    vec![
        drafted(),
        after(drafted(), &[Command::Submission]),
        on_paper(),
        asked(Addressee::Wholesaler),
        prepared(),
        refused_draft.clone(),
        in_force.clone(),
        after(refused_draft, &[Command::Resolution]),
        clocks::elapse(in_force.clone(), &Holds::none(), day(200)).document,
        after(in_force, &[Command::Revocation]),
        after(drafted(), &[Command::Withdrawal]),
    ]
}

pub(crate) type Ended = Result<Authorisation, Vec<Violation>>;

/// Plays the command, once for each way in which it can end.
pub(crate) fn play(command: Command, it: &Authorisation, now: DateTime<Utc>) -> Vec<Ended> {
    let this = || it.clone();
    let passed_on = || domain::demand::model::Handover { passed_on_by: organisation(20), ..handover(now) };
    let ended = match command {
        Command::Edit => vec![submission::edit(this(), read(content()), now)],
        Command::Submission => vec![submit(this(), now)],
        Command::RepresentativeApproval => {
            vec![approve(this(), Approval { signed: signed("Jan", "Przykładowy", now) }, now)]
        }
        Command::RepresentativeRefusal => vec![refuse_approval(this(), refusal("Jan"), now)],
        Command::PaperCorrection => vec![paper::correct(this(), correction(it, now), now)],
        Command::Assignment => {
            let asked = Assignment { officer: officer(PREPARER), reason: None };
            vec![resolution::assign(this(), asked, now)]
        }
        Command::Clarification => {
            vec![clarification::ask(this(), question(Addressee::Wholesaler, now), now)]
        }
        Command::ClarificationAnswer => vec![
            clarification::answer(this(), answered_by_addressee(now), now),
            clarification::answer(this(), entered_by_officer(now), now),
        ],
        Command::ClarificationClosure => vec![clarification::close(this(), closure(), now)],
        Command::ResolutionDraft => Outcome::ALL
            .into_iter()
            .map(|outcome| resolution::prepare(this(), draft_of(outcome, now), now))
            .collect(),
        Command::ResolutionDraftReturn => {
            vec![resolution::return_draft(this(), officer(DECIDER), text("Do poprawy."), now)]
        }
        Command::Resolution => vec![resolution::resolve(this(), decision(DECIDER, now), now)],
        Command::PendingStepRefusal => {
            let waiting = Some(waiting_since(now - TimeDelta::days(1)));
            vec![pending::end(Authorisation { pending: waiting, ..this() }, &ending(), now)]
        }
        Command::Withdrawal => vec![withdrawal::withdraw(this(), text("Zagrożenie ustało."), now)],
        Command::RevocationDraft => vec![revocation::prepare(this(), revocation_draft(now), now)],
        Command::Revocation => vec![revocation::revoke(this(), revoking(DECIDER), now)],
        Command::Addition => return vec![addition::open(it, new_addition(), now).map(|_| this())],
        Command::Handover => {
            let mut once = this();
            if let domain::temporary_authorisation::State::Consented(consented) = &mut once.state {
                consented.passed_on.clear();
            }
            vec![supply::hand_over(once, passed_on(), now)]
        }
        Command::HandoverReturn => {
            vec![supply::return_handover(this(), &AskedReturn { pharmacy: organisation(20) }, now)]
        }
        Command::Realisation => {
            let entry = drawing(RealisationKind::Imported, 1, now);
            let drawn = supply::realise(this(), entry, rust_decimal::Decimal::ZERO, now);
            return vec![drawn.map(|decided| decided.document.0)];
        }
        Command::RealisationReversal => {
            let entry = drawing(RealisationKind::Imported, 1, now);
            let reversed = supply::reverse(this(), entry, reversal(now), now);
            return vec![reversed.map(|decided| decided.document.0)];
        }
        Command::Elapse => {
            let long_after = day(1) + TimeDelta::days(200);
            let decided = clocks::elapse(this(), &Holds::none(), long_after);
            if decided.events.is_empty() {
                let wrong = domain::temporary_authorisation::refusals::WRONG_STATE;
                return vec![Err(vec![Violation::whole(wrong)])];
            }
            vec![Ok(decided)]
        }
    };
    ended.into_iter().map(|end| end.map(|decided| decided.document)).collect()
}
