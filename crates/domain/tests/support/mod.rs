//! Fictitious people, contents and demands for the tests of this crate, within it and beside it.
#![allow(dead_code, reason = "no test uses all of them")]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a sample that cannot be made is a fault of the test"
)]

pub(crate) mod attempts;
pub(crate) mod device_orders;
pub(crate) mod lists;
pub(crate) mod notifications;
pub(crate) mod notifications_on_paper;
pub(crate) mod papers;
pub(crate) mod questions;
pub(crate) mod stages;

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use domain::calendar::warsaw_date;
use domain::demand::Content;
use domain::demand::content::Product;
use domain::demand::examination::ApprovalRefusal;
use domain::demand::issue::{self, EntityOnRecord, NewDemand, PhysicianOnRecord, Submission};
use domain::demand::ledger::{Realisation, RealisationKind};
use domain::demand::model::{
    Consultant, ConsultantKind, Digest, Handover, HandoverReturn, Named, Officer, Outcome, Party,
    ResolutionDraft, RevocationDraft, SignatureKind, SignatureLevel, Signed,
};
use domain::demand::takeover::Takeover;
use domain::demand::{Demand, DemandDecision, supply};
use domain::ids::{DemandId, OrganisationId, OutageId, PersonId, RealisationId, SpaceId};
use domain::outage::model::NewOutage;
use domain::outage::{self, Grace, Holds, Outage};
use domain::pending::{AwaitedStep, Ending, PendingStep};
use domain::problem::Violation;
use domain::rule::Rule;
use domain::values::{
    BatchNumber, CountryCode, DemandNumber, FieldOfMedicine, Nip, Npwz, PersonName, Quantity, QuantityUnit,
    ResolutionNumber, RpwdlNumber, Text,
};
use domain::{food_demand, medicine_demand};
use serde_json::{Value, json};
use uuid::Uuid;

pub(crate) const PHYSICIAN: &str = "5425740";
pub(crate) const CONSULTANT: &str = "5223344";
pub(crate) const THIRD: &str = "2234567";
pub(crate) const FOURTH: &str = "3900396";

/// A step whose trusted signature was received then.
pub(crate) fn waiting_since(received_at: DateTime<Utc>) -> PendingStep {
    PendingStep { step: AwaitedStep::Submission, kind: SignatureKind::Trusted, received_at }
}

/// An officer ends a wait that has lasted a day, whatever term ended in it.
pub(crate) fn ending() -> Ending {
    let reason = text("Usługa sprawdzania nie działa od wczoraj.");
    Ending { reason, after: TimeDelta::days(1), code: "signature.validation_ended", lets_expire: true }
}

/// Noon in Warsaw (in winter) that many days after 1 December 2026.
pub(crate) fn day(days: u64) -> DateTime<Utc> {
    let start: DateTime<Utc> = "2026-12-01T11:00:00Z".parse().expect("an instant");
    start.checked_add_days(Days::new(days)).expect("a day")
}

pub(crate) fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

pub(crate) fn text<const MAX: usize>(text: &str) -> Text<MAX> {
    Text::parse(text).expect("a text")
}

pub(crate) fn name(text: &str) -> PersonName {
    PersonName::parse(text).expect("a name")
}

pub(crate) fn npwz(text: &str) -> Npwz {
    Npwz::parse(text).expect("a licence number")
}

pub(crate) fn packs(amount: &str) -> Quantity {
    Quantity::parse(amount, QuantityUnit::Pack).expect("a quantity")
}

pub(crate) fn millilitres(amount: &str) -> Quantity {
    Quantity::parse(amount, QuantityUnit::Millilitre).expect("a quantity")
}

pub(crate) fn read<T: serde::de::DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).expect("a legal value")
}

/// A medicine demand's content.
pub(crate) fn medicine(content: Value) -> Content {
    read::<medicine_demand::Content>(content).of_product(Product::Medicine)
}

/// The same content with a food as its product.
pub(crate) fn of_food(content: Content) -> Content {
    let food: food_demand::Product = read(json!({
        "name": "Exemplar Baby", "group": "INFANT_FORMULA", "composition": "hydrolizat białek mleka, laktoza",
        "form": "proszek", "producer": "Exemplar Nutrition GmbH"
    }));
    content.of_product(|_| Product::Food(food))
}

fn address() -> Value {
    json!({ "streetLine": "ul. Zmyślona 1", "postalCode": "00-001", "city": "Warszawa", "country": "PL" })
}

fn common(use_: &str) -> Value {
    json!({
        "use": use_,
        "entity": {
            "name": "Szpital Przykładowy", "unitName": "Oddział Przykładowy", "nip": "5260250995",
            "rpwdlNumber": "000000001688", "unitCode": "000000001688-012", "address": address()
        },
        "physician": { "givenNames": "Anna", "familyName": "Testowa", "npwz": PHYSICIAN },
        "product": {
            "tradeName": "Exemplar", "internationalName": "exemplarum", "form": "tabletki", "strength": "10 mg",
            "marketingAuthorisationHolder": "Exemplar GmbH"
        },
        "quantity": { "amount": "10", "unit": "PACK" },
        "treatmentDays": 90,
        "diagnosis": { "icd10": "E75.2" },
        "justification": "Brak odpowiednika dostępnego w obrocie.",
        "extras": { "physicianEmail": "lekarz@example.pl", "sourceCountry": "DE" }
    })
}

/// A complete content for use in the facility, of a named patient.
pub(crate) fn in_facility() -> Content {
    let mut content = common("IN_FACILITY");
    content["representative"] = json!({
        "givenNames": "Jan", "familyName": "Przykładowy", "position": "dyrektor", "email": "dyrektor@example.pl"
    });
    content["patients"] = json!({ "kind": "NAMED", "patient": {
        "givenNames": "Maria", "familyName": "Zmyślona", "identifier": { "kind": "PESEL", "number": "44051401458" }
    } });
    content["outcomeEmail"] = json!({ "address": "szpital@example.pl", "belongsTo": "ENTITY" });
    content["extras"]["hospitalPharmacyEmail"] = json!("apteka@example.pl");
    medicine(content)
}

/// A complete content for use outside a facility.
pub(crate) fn outside() -> Content {
    let mut content = common("OUTSIDE_FACILITY");
    content["patients"] = json!({ "kind": "NAMED", "patient": {
        "givenNames": "Maria", "familyName": "Zmyślona", "identifier": { "kind": "PESEL", "number": "44051401458" },
        "address": address()
    } });
    content["outcomeEmail"] = json!({ "address": "pacjent@example.pl", "belongsTo": "PATIENT" });
    medicine(content)
}

/// A complete content for a list of two patients in the facility.
pub(crate) fn listed() -> Content {
    let mut content = in_facility();
    content.patients = Some(read(json!({ "kind": "LIST", "patients": [
        { "patient": { "givenNames": "Maria", "familyName": "Zmyślona",
            "identifier": { "kind": "PESEL", "number": "44051401458" } },
          "quantity": { "amount": "4", "unit": "PACK" } },
        { "patient": { "givenNames": "Piotr", "familyName": "Zmyślony",
            "identifier": { "kind": "PESEL", "number": "02261773497" } },
          "quantity": { "amount": "6", "unit": "PACK" } }
    ] })));
    content
}

/// The content with something else in it.
pub(crate) fn changed(content: &Content) -> Content {
    let so_far = content.justification.as_ref().map_or("", |text| text.as_str()).to_owned();
    let justification = Some(text(&format!("{so_far} Uzupełniono.")));
    Content { justification, ..content.clone() }
}

pub(crate) fn organisation(number: u128) -> OrganisationId {
    OrganisationId(Uuid::from_u128(0x0000_1000 + number))
}

/// A draft made on day 0.
pub(crate) fn draft(content: Content) -> Demand {
    let new = NewDemand {
        id: DemandId(Uuid::from_u128(1)),
        number: DemandNumber::compose(content.kind().series(), 2026, [1; 8]),
        space: SpaceId::production(),
        entity: organisation(1),
        physician: npwz(PHYSICIAN),
        client_id: "gabinet-przykladowy".to_owned(),
        client_reference: None,
        based_on: None,
        content,
    };
    issue::draft(new, day(0))
}

pub(crate) fn signed(given_names: &str, family_name: &str, now: DateTime<Utc>) -> Signed {
    Signed {
        given_names: name(given_names),
        family_name: name(family_name),
        kind: SignatureKind::Qualified,
        received_at: now,
        payload_sha256: Digest("a".repeat(64)),
        level: SignatureLevel::BasicChecked,
        certificate_sha256: Digest("b".repeat(64)),
    }
}

pub(crate) fn consultant(licence: &str) -> Consultant {
    Consultant {
        person: PersonId(Uuid::from_u128(0x2000)),
        npwz: npwz(licence),
        given_names: name("Ewa"),
        family_name: name("Testowa"),
        qualifications: text("dr hab. n. med."),
        kind: ConsultantKind::National,
        field: FieldOfMedicine::all().next().expect("a field"),
        in_place_of: None,
    }
}

pub(crate) fn submission(signature: Option<Signed>) -> Submission {
    Submission {
        consultant: Some(consultant(CONSULTANT)),
        is_consultant_away: false,
        signed: signature,
        physician: PhysicianOnRecord { npwz: npwz(PHYSICIAN), name: named("Anna", "Testowa") },
        entity: EntityOnRecord {
            rpwdl_number: RpwdlNumber::parse("000000001688").ok(),
            nip: Nip::parse("5260250995").ok(),
        },
    }
}

pub(crate) fn named(given_names: &str, family_name: &str) -> Named {
    Named { given_names: name(given_names), family_name: name(family_name) }
}

/// The representative of the samples refuses to sign.
pub(crate) fn refusal(reason: &str) -> ApprovalRefusal {
    ApprovalRefusal { by: named("Jan", "Przykładowy"), reason: text(reason) }
}

pub(crate) fn officer(number: u128) -> Officer {
    Officer {
        person: PersonId(Uuid::from_u128(0x3000 + number)),
        given_names: name("Zofia"),
        family_name: name("Przykładowa"),
        function: text("specjalista"),
    }
}

pub(crate) const PREPARER: u128 = 1;
pub(crate) const DECIDER: u128 = 2;

pub(crate) fn resolution_draft(outcome: Outcome, now: DateTime<Utc>) -> ResolutionDraft {
    let is_approval = outcome == Outcome::Approved;
    ResolutionDraft {
        number: resolution_number(1),
        outcome,
        approved_quantity: is_approval.then(|| packs("10")),
        grounds: (!is_approval).then(|| text("Istnieje dostępny odpowiednik.")),
        prepared_by: officer(PREPARER),
        prepared_at: now,
    }
}

pub(crate) fn resolution_number(seed: u8) -> ResolutionNumber {
    ResolutionNumber::compose(2026, [seed; 8])
}

pub(crate) fn revocation_draft(now: DateTime<Utc>) -> RevocationDraft {
    RevocationDraft {
        grounds: text("Produkt dopuszczono do obrotu."),
        legal_basis: text("art. 4 ust. 3 pkt 2 PF"),
        prepared_by: officer(PREPARER),
        prepared_at: now,
    }
}

type CheckOf<D, A> = fn(&D, &A) -> Vec<String>;

/// The pointers at which the rule of that number is broken.
pub(crate) fn broken<D, A>(
    rules: &[Rule<CheckOf<D, A>>],
    number: &str,
    document: &D,
    asked: &A,
) -> Vec<String> {
    let rule = rules.iter().find(|rule| rule.number == number).expect("a rule of that number");
    (rule.broken_at)(document, asked)
}

/// The codes of the problems for which it is refused.
pub(crate) fn codes<T>(outcome: Result<T, Vec<Violation>>) -> Vec<&'static str> {
    outcome.err().unwrap_or_default().into_iter().map(|violation| violation.problem.code).collect()
}

pub(crate) fn digest(letter: &str) -> Digest {
    Digest(letter.repeat(64))
}

pub(crate) fn party(number: u128) -> Party {
    Party { id: organisation(number), name: text("Firma Przykładowa") }
}

/// Passed on in the system today.
pub(crate) fn handover(now: DateTime<Utc>) -> Handover {
    Handover {
        wholesaler: party(10),
        pharmacy: party(20),
        passed_on_by: organisation(21),
        passed_on: warsaw_date(now),
        recorded_at: now,
        on_paper: false,
    }
}

/// Passed on on paper on that day, recorded now.
pub(crate) fn on_paper(passed_on: NaiveDate, now: DateTime<Utc>) -> Handover {
    Handover { passed_on, on_paper: true, ..handover(now) }
}

/// So many packs, each of that size, brought in or dispensed today.
pub(crate) fn entry(
    kind: RealisationKind,
    count: i32,
    pack_size: Quantity,
    now: DateTime<Utc>,
) -> Realisation {
    let today = warsaw_date(now);
    Realisation {
        id: RealisationId(Uuid::from_u128(0x4000)),
        kind,
        recorded_by: organisation(10),
        recorded_at: now,
        batch: BatchNumber::parse("A123").expect("a batch number"),
        expires_on: today + TimeDelta::days(365),
        packs: count,
        pack_size,
        counted: pack_size,
        source_country: CountryCode::parse("DE").expect("a country"),
        done_on: today,
        rounded_up: false,
        closes: false,
        reversal: None,
    }
}

/// The physician of that licence number takes the demand over, under the name that all samples bear.
pub(crate) fn takeover_by(licence: &str) -> Takeover {
    Takeover {
        physician: PhysicianOnRecord { npwz: npwz(licence), name: named("Anna", "Testowa") },
        reason: text("Urlop."),
    }
}

/// What an outage between these instants holds, as it is known long after it.
pub(crate) fn outage_of(from: &str, until: &str, grace: Grace) -> Holds {
    let outage = recorded(instant(from), Some(instant(until)), &[], grace);
    Holds::of(&[outage], day(1000))
}

/// An outage as an officer records it when it begins.
pub(crate) fn recorded(
    from: DateTime<Utc>,
    until: Option<DateTime<Utc>>,
    known: &[Outage],
    grace: Grace,
) -> Outage {
    let serial = u128::try_from(known.len()).unwrap_or(0);
    let new = NewOutage {
        id: OutageId(Uuid::from_u128(0x6000 + serial)),
        space: SpaceId::production(),
        from,
        until,
        reason: text("Awaria zasilania."),
    };
    outage::model::record(new, known, grace, from).expect("a legal outage")
}

pub(crate) fn instant(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

/// The hand-over taken back, by whoever received it.
pub(crate) fn taken_back(demand: Demand, now: DateTime<Utc>) -> DemandDecision {
    let by = demand.state.handover().map_or_else(|| OrganisationId(Uuid::nil()), |held| held.wholesaler.id);
    let reason = text("Hurtownia nie sprowadza tego produktu.");
    supply::return_handover(demand, HandoverReturn { by, reason, at: now }, now)
}
