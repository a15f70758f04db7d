//! Orders for medical devices that come to a test at any stage.

pub(crate) mod attempts;

use super::{officer, organisation, read, signed, text};
use chrono::{DateTime, NaiveDate, Utc};
use domain::calendar::warsaw_date;
use domain::demand::model::Digest;
use domain::device_group::{DeviceGroup, Profession, built_in};
use domain::device_order::content::Content;
use domain::device_order::issue::{self, NewOrder, Submission};
use domain::device_order::model::{
    ByLicence, EntitlementChoice, IssuedProduct, Method, Months, OnPaper, Provider, Receipt, Receiver,
    Signatory,
};
use domain::device_order::money::Rounding;
use domain::device_order::paper::{Channel, Reason, Scan};
use domain::device_order::quantity::Earlier;
use domain::device_order::realisation::{Issuing, Item};
use domain::device_order::take_up::{self, Asked};
use domain::device_order::verification::{self, Facts, Insurance, OtherOrder, Supplied};
use domain::device_order::{DeviceOrder, State};
use domain::ids::{DeviceOrderId, SpaceId, TakeUpId};
use domain::values::{AccessCode, DeviceCode, DeviceOrderNumber, Grosze, OrderPrefix, Text, YearMonth};
use serde_json::{Value, json};
use uuid::Uuid;

/// How long a provider holds what it took up.
pub(crate) const HOLD_DAYS: u32 = 30;
/// How long after that a confirmation may follow.
pub(crate) const CONFIRMATION_DAYS: u32 = take_up::CONFIRMATION_DAYS;

/// A complete order for twelve months of absorbent products from December 2026.
pub(crate) fn absorbents() -> Value {
    json!({
        "place": {
            "name": "Przychodnia Testowa",
            "regon": "123456785",
            "address": {
                "streetLine": "ul. Przykładowa 1", "postalCode": "00-001", "city": "Warszawa", "country": "PL",
            },
        },
        "prescriber": {
            "givenNames": "Anna",
            "familyName": "Przykładowa",
            "profession": "PHYSICIAN",
            "licenceNumber": "5425740",
            "specialties": ["rodzinny"],
        },
        "patient": {
            "givenNames": "Janina",
            "familyName": "Testowa",
            "identifier": { "kind": "PESEL", "number": "44051401458" },
        },
        "device": { "kind": "OTHER", "code": "Y.06.01" },
        "supply": {
            "kind": "MONTHLY",
            "piecesAMonth": "90",
            "from": "2026-12",
            "months": 12,
            "ordination": "PRIMARY",
            "form": "FULL",
        },
        "grounds": { "diagnosis": "N39.4", "criteria": [{ "code": "1", "name": "Nietrzymanie moczu" }] },
    })
}

/// A complete order for a wheelchair.
pub(crate) fn wheelchair() -> Value {
    let mut content = absorbents();
    content["device"] = json!({ "kind": "OTHER", "code": "S.12.01" });
    content["supply"] = json!({ "kind": "ONE_OFF", "pieces": 1 });
    content
}

/// The content with one member in another way.
pub(crate) fn with(mut content: Value, pointer: &str, value: Value) -> Value {
    let (parent, member) = pointer.rsplit_once('/').expect("a pointer");
    content.pointer_mut(parent).expect("a member")[member] = value;
    content
}

/// Every group of the catalogue on that day.
pub(crate) fn groups(day: NaiveDate) -> Vec<DeviceGroup> {
    built_in::groups()
        .iter()
        .map(|listed| listed.group.clone())
        .filter(|group| group.is_valid_on(day))
        .collect()
}

pub(crate) fn draft(content: Value, now: DateTime<Utc>) -> DeviceOrder {
    let content: Content = read(content);
    let prescriber = ByLicence { profession: Profession::Physician, licence_number: read(json!("5425740")) };
    let new = NewOrder {
        id: DeviceOrderId(Uuid::from_u128(1)),
        space: SpaceId::production(),
        entity: organisation(1),
        prescriber,
        client_id: "clinic".to_owned(),
        client_reference: None,
        content,
    };
    issue::draft(new, now)
}

pub(crate) fn submission(now: DateTime<Utc>) -> Submission {
    Submission {
        number: DeviceOrderNumber::compose(OrderPrefix::Test, [1; 16]),
        prescriber: None,
        signed: signed("Anna", "Przykładowa", now).into(),
        signed_by: Signatory::Prescriber,
        paper: None,
    }
}

/// How an order came to a branch that day, over the counter.
pub(crate) fn on_paper(now: DateTime<Utc>) -> OnPaper {
    OnPaper {
        branch: 7,
        office: organisation(70),
        entered_by: officer(1),
        entered_at: now,
        received_on: warsaw_date(now),
        channel: Channel::Counter,
        reason: Reason::SigningImpossible { description: text("Awaria czytnika podpisu.") },
        scan: scan(),
        formerly: None,
        reply: None,
        bound_to: None,
    }
}

pub(crate) fn scan() -> Scan {
    Scan { title: text("Zlecenie papierowe"), sha256: Digest("ab".repeat(32)) }
}

/// The order as if it had come on paper; a draft has not come yet.
pub(crate) fn from_paper(mut order: DeviceOrder, now: DateTime<Utc>) -> DeviceOrder {
    let issue = match &mut order.state {
        State::Registered(it) => &mut it.issue,
        State::Verifying(it) => &mut it.issue,
        State::Negative(it) => &mut it.issue,
        State::Positive(it) | State::Realised(it) | State::Expired(it) => &mut it.issue,
        State::Draft | State::Cancelled(_) => return order,
    };
    issue.paper = Some(on_paper(now));
    order
}

pub(crate) fn confirmed_right() -> Insurance {
    Insurance::Confirmed { operation: text("L1712M01200000001") }
}

/// What a look finds about an order.
pub(crate) struct Known {
    pub(crate) insurance: Insurance,
    /// Of the prescriber, as the directory has them.
    pub(crate) specialties: Option<Vec<Text<120>>>,
    pub(crate) supplied: Vec<Supplied>,
    pub(crate) others: Vec<OtherOrder>,
    pub(crate) is_incomplete: bool,
    pub(crate) earlier: Vec<Earlier>,
}

impl Default for Known {
    fn default() -> Self {
        Self {
            insurance: confirmed_right(),
            specialties: None,
            supplied: Vec::new(),
            others: Vec::new(),
            is_incomplete: false,
            earlier: Vec::new(),
        }
    }
}

pub(crate) fn facts<'a>(on: NaiveDate, groups: &'a [DeviceGroup], known: &'a Known) -> Facts<'a> {
    Facts {
        on,
        groups,
        insurance: known.insurance.clone(),
        specialties: known.specialties.as_deref(),
        supplied: &known.supplied,
        others: &known.others,
        is_incomplete: known.is_incomplete,
        earlier: &known.earlier,
        waived: &[],
        is_first: true,
    }
}

/// Submitted and on its way to be looked at.
pub(crate) fn verifying(content: Value, now: DateTime<Utc>) -> DeviceOrder {
    verifying_by(content, &groups(warsaw_date(now)), now)
}

fn verifying_by(content: Value, groups: &[DeviceGroup], now: DateTime<Utc>) -> DeviceOrder {
    let registered = issue::submit(draft(content, now), submission(now), groups, now).expect("a submission");
    issue::begin_verification(registered.document, now).expect("a beginning").document
}

/// Looked at with what is known.
pub(crate) fn looked_at(content: Value, known: &Known, now: DateTime<Utc>) -> DeviceOrder {
    looked_at_by(content, &groups(warsaw_date(now)), known, now)
}

/// The same where the list is another one.
pub(crate) fn looked_at_by(
    content: Value,
    groups: &[DeviceGroup],
    known: &Known,
    now: DateTime<Utc>,
) -> DeviceOrder {
    let order = verifying_by(content, groups, now);
    let verdict = verification::look(&order.content, &facts(warsaw_date(now), groups, known));
    let code = Some(AccessCode::numbered(1234));
    verification::conclude(order, verdict, code, now).expect("a conclusion").document
}

pub(crate) fn positive(content: Value, now: DateTime<Utc>) -> DeviceOrder {
    looked_at(content, &Known::default(), now)
}

pub(crate) fn provider(number: u128) -> Provider {
    Provider {
        id: organisation(number),
        name: text("Sklep Medyczny Przykładowy"),
        contract: text("07R-1-00001"),
        place: text("1"),
        acts_for: None,
    }
}

pub(crate) fn take_up_id(number: u128) -> TakeUpId {
    TakeUpId(Uuid::from_u128(number))
}

pub(crate) fn month(month: &str) -> YearMonth {
    YearMonth::parse(month).expect("a month")
}

pub(crate) fn months(from: &str, count: u32) -> Months {
    Months { from: month(from), count }
}

pub(crate) fn asked(number: u128, months: impl Into<Option<Months>>, now: DateTime<Utc>) -> Asked {
    Asked {
        id: take_up_id(number),
        provider: provider(number),
        has_contract: true,
        months: months.into(),
        entitlement: EntitlementChoice::Keep,
        right: None,
        pregnant: None,
        hold_days: HOLD_DAYS,
        confirmation_days: CONFIRMATION_DAYS,
        today: warsaw_date(now),
    }
}

/// Taken up and confirmed to the provider.
pub(crate) fn held(order: DeviceOrder, asked: Asked, now: DateTime<Utc>) -> DeviceOrder {
    held_by(order, asked, &groups(warsaw_date(now)), now)
}

/// The same where the list is another one.
pub(crate) fn held_by(
    order: DeviceOrder,
    asked: Asked,
    groups: &[DeviceGroup],
    now: DateTime<Utc>,
) -> DeviceOrder {
    let id = asked.id;
    let taken = take_up::take_up(order, asked, now).expect("a take-up").document;
    let known = Known::default();
    let verdict = take_up::look_again(&taken, id, &facts(warsaw_date(now), groups, &known)).expect("a look");
    take_up::conclude(taken, id, verdict, now).expect("a conclusion").document
}

pub(crate) fn product(pieces: u32, price: &str) -> IssuedProduct {
    IssuedProduct {
        product: text("123456"),
        maker: text("Wytwórca Przykładowy"),
        model: text("Model A"),
        name: text("Wyrób przykładowy"),
        serial_number: None,
        pieces,
        price: Grosze::parse(price).expect("a price"),
    }
}

/// Handed over in person on that day: so many pieces of a tier.
pub(crate) fn issuing(code: &str, tier: u32, pieces: u32, price: &str, now: DateTime<Utc>) -> Issuing {
    let today = warsaw_date(now);
    Issuing {
        issued_on: today,
        method: Method::InPerson,
        staff: text("Jan Przykładowy"),
        items: vec![Item {
            code: DeviceCode::parse(code).expect("a code"),
            tier,
            side: None,
            products: vec![product(pieces, price)],
        }],
        receipt: Some(Receipt { received_on: today, by: Receiver::Patient }),
        provider: Some(provider(1)),
        today,
        rounding: Rounding::PerLine,
    }
}
