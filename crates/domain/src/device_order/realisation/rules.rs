//! What an issue of goods has to keep to.

use super::items::line_of;
use super::{Issuing, Item};
use crate::calendar::warsaw_date;
use crate::device_group::{DeviceGroup, DeviceUnit};
use crate::device_order::model::{ConfirmedLine, IssuedProduct, Method, Realisation, Receipt, TakeUp};
use crate::device_order::refusals::{
    CODE_NOT_CONFIRMED, ISSUE_DATE, ITEM_REPEATED, NO_CONTRACT, NOTHING_ISSUED, PIECES_EXCEEDED, PRICE,
    PRODUCT_NUMBER, RECEIPT_DATE, RECEIPT_PRESENT, RECEIPT_REQUIRED,
};
use crate::problem::{Sentence, Violation};
use crate::rule::{self, Rule, RuleEntry, at, whole};
use crate::values::{Grosze, YearMonth};
use chrono::NaiveDate;

/// The take-up, what is issued of it, and the groups that the issued codes belong to.
struct Look<'a> {
    take_up: &'a TakeUp,
    issuing: &'a Issuing,
    groups: &'a [DeviceGroup],
    covered: Covered,
}

/// What the goods are for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Covered {
    pub months: u32,
    /// Of a one-off order, its last day (DO-16).
    pub last_day: Option<NaiveDate>,
}

type Check = fn(&Look) -> Vec<String>;

const RULES: &[Rule<Check>] = &[
    Rule {
        number: "DO-40a",
        legal: "eZWM v2.1.6 p. 90",
        says: Sentence {
            pl: "Umowa jest ważna w dniu wydania.",
            en: "The contract is valid on the day of issue.",
        },
        problem: NO_CONTRACT,
        broken_at: |look| whole(look.issuing.provider.is_none()),
    },
    Rule {
        number: "DO-50",
        legal: "NFZ notice on monthly supplies",
        says: Sentence {
            pl: "Wydanie następuje po pobraniu, przed końcem rezerwacji i w którymś z pobranych miesięcy, a ze zlecenia jednorazowego w ciągu 12 miesięcy (DO-16); miesiące, które minęły przed wydaniem, przepadają.",
            en: "Goods are issued after the take-up, before the hold ends and within a month of it, of a one-off order within its 12 months (DO-16); months that passed before are lost.",
        },
        problem: ISSUE_DATE,
        broken_at: issue_date_fits,
    },
    Rule {
        number: "DO-45",
        legal: "eZWM v2.1.6 p. 51",
        says: Sentence {
            pl: "Realizacja obejmuje co najmniej jeden wydany produkt w każdej pozycji.",
            en: "A realisation has at least one product in each item.",
        },
        problem: NOTHING_ISSUED,
        broken_at: |look| {
            let is_empty = |item: &Item| item.products.iter().all(|product| product.pieces == 0);
            at("/items", look.issuing.items.is_empty() || look.issuing.items.iter().any(is_empty))
        },
    },
    Rule {
        number: "DO-59",
        legal: "eZWM v2.1.6 p. 92",
        says: Sentence {
            pl: "Każdy kod i strona są jedną pozycją.", en: "Each code and side is one item."
        },
        problem: ITEM_REPEATED,
        broken_at: |look| {
            let items = &look.issuing.items;
            let key = |item: &Item| (item.code.clone(), item.tier, item.side);
            let is_repeated =
                items.iter().any(|one| items.iter().filter(|two| key(two) == key(one)).count() > 1);
            at("/items", is_repeated)
        },
    },
    Rule {
        number: "DO-41",
        legal: "eZWM v2.1.6 pp. 91–92",
        says: Sentence {
            pl: "Wydany kod jest potwierdzony dla tej strony albo należy do tej samej grupy limitowej.",
            en: "The issued code is confirmed for the side, or shares its limit.",
        },
        problem: CODE_NOT_CONFIRMED,
        broken_at: |look| indices(look.issuing, |item| !is_confirmed(look, item)),
    },
    Rule {
        number: "DO-58",
        legal: "eZWM v2.1.6 p. 73; list of devices",
        says: Sentence {
            pl: "Nie wydaje się więcej sztuk, niż potwierdzono na wydawane miesiące, w każdym limicie i łącznie we wszystkich limitach kodu i strony.",
            en: "No more pieces are issued than were confirmed for the supplied months, of each tier and of all tiers of a code and side together.",
        },
        problem: PIECES_EXCEEDED,
        broken_at: pieces_are_within,
    },
    Rule {
        number: "DO-45b",
        legal: "eZWM v2.1.6 pp. 91–93",
        says: Sentence {
            pl: "Wydany produkt ma identyfikator z listy umowy: od 1 do 12 cyfr.",
            en: "An issued product has its identifier of the contract's list: 1 to 12 digits.",
        },
        problem: PRODUCT_NUMBER,
        broken_at: |look| {
            products(look.issuing, "product", |it| {
                !it.product.as_str().bytes().all(|byte| byte.is_ascii_digit())
            })
        },
    },
    Rule {
        number: "DO-45c",
        legal: "eZWM v2.1.6 p. 93",
        says: Sentence {
            pl: "Cena wydanej sztuki jest większa od zera.",
            en: "The price of an issued piece is greater than zero.",
        },
        problem: PRICE,
        broken_at: |look| products(look.issuing, "price", |it| it.price == Grosze::default()),
    },
    Rule {
        number: "DO-43",
        legal: "eZWM v2.1.6 pp. 55, 95",
        says: Sentence {
            pl: "Odbiór podaje się od razu, chyba że wyroby miesięczne wysyła kurier.",
            en: "The receipt is given at once, unless a courier brings a monthly supply.",
        },
        problem: RECEIPT_REQUIRED,
        broken_at: |look| {
            let may_follow = look.issuing.method == Method::Courier && look.take_up.months.is_some();
            at("/receipt", look.issuing.receipt.is_none() && !may_follow)
        },
    },
    Rule {
        number: "DO-44",
        legal: "eZWM v2.1.6 p. 95",
        says: Sentence {
            pl: "Odbiór nie jest wcześniejszy niż wydanie, a przy wydaniu osobistym jest tego samego dnia.",
            en: "A receipt is not before the issue, and on the same day where goods are issued in person.",
        },
        problem: RECEIPT_DATE,
        broken_at: |look| {
            let Issuing { issued_on, method, today, .. } = *look.issuing;
            let received = look.issuing.receipt.as_ref().map(|receipt| receipt.received_on);
            at(
                "/receipt/receivedOn",
                received.is_some_and(|it| !is_receipt_day(it, issued_on, method, today)),
            )
        },
    },
];

pub fn entries() -> Vec<RuleEntry> {
    let told = RULES.iter().map(|rule| rule.entry("realisation"));
    told.chain(super::products::entries()).collect()
}

pub(super) fn broken(
    take_up: &TakeUp,
    issuing: &Issuing,
    groups: &[DeviceGroup],
    covered: Covered,
) -> Vec<Violation> {
    let look = Look { take_up, issuing, groups, covered };
    rule::broken(RULES, |check| check(&look))
}

/// The same of the items alone: that day, contract and receipt do not fit is told when goods are issued.
pub(super) fn broken_by_items(
    take_up: &TakeUp,
    issuing: &Issuing,
    groups: &[DeviceGroup],
    months: u32,
) -> Vec<Violation> {
    let covered = Covered { months, last_day: None };
    let of_the_issue = [NO_CONTRACT, ISSUE_DATE, RECEIPT_REQUIRED, RECEIPT_DATE, RECEIPT_PRESENT];
    let mut found = broken(take_up, issuing, groups, covered);
    found.retain(|violation| !of_the_issue.contains(&violation.problem));
    found
}

/// A receipt that follows later.
pub(super) fn receipt_broken(
    realisation: &Realisation,
    receipt: &Receipt,
    today: NaiveDate,
) -> Vec<Violation> {
    if realisation.receipt.is_some() {
        return vec![Violation::whole(RECEIPT_PRESENT)];
    }
    receipt_day_broken(realisation, receipt, today)
}

pub(super) fn receipt_day_broken(
    realisation: &Realisation,
    receipt: &Receipt,
    today: NaiveDate,
) -> Vec<Violation> {
    let fits = is_receipt_day(receipt.received_on, realisation.issued_on, realisation.method, today);
    if fits { Vec::new() } else { vec![Violation::new(RECEIPT_DATE, "/receivedOn")] }
}

fn is_receipt_day(received: NaiveDate, issued: NaiveDate, method: Method, today: NaiveDate) -> bool {
    match method {
        Method::InPerson => received == issued,
        Method::Courier => (issued..=today).contains(&received),
    }
}

fn issue_date_fits(look: &Look) -> Vec<String> {
    let Issuing { issued_on, today, .. } = *look.issuing;
    let taken_on = warsaw_date(look.take_up.taken_at);
    let is_held = (taken_on..=look.take_up.held_until.min(today)).contains(&issued_on);
    let is_supplied = look.take_up.months.is_none_or(|months| months.hold(YearMonth::of(issued_on)));
    let is_in_time = look.covered.last_day.is_none_or(|last| issued_on <= last);
    at("/issuedOn", !is_held || !is_supplied || !is_in_time)
}

fn is_confirmed(look: &Look, item: &Item) -> bool {
    line_of(look.take_up, item, look.groups).is_some()
}

/// Tiers of one code and side count together, since the patient may mix them (DO-60), and each by itself, since it may
/// have a bound of its own. What shares a line's limit counts with it.
fn pieces_are_within(look: &Look) -> Vec<String> {
    let line = |item: &Item| line_of(look.take_up, item, look.groups);
    let issued = |counts: &dyn Fn(&ConfirmedLine) -> bool| -> i64 {
        let items = look.issuing.items.iter().filter(|item| line(item).is_some_and(counts));
        items.flat_map(|item| &item.products).map(|product| i64::from(product.pieces) * 100).sum()
    };
    indices(look.issuing, |item| {
        let Some(own) = line(item).filter(|_| counts_pieces(look, item)) else { return false };
        let is_alike = |other: &ConfirmedLine| other.code == own.code && other.side == own.side;
        let alike = look.take_up.lines.iter().filter(|other| is_alike(other));
        let most = alike.map(|other| other.pieces.times(look.covered.months)).max().unwrap_or_default();
        issued(&is_alike) > most || issued(&|other| other == own) > own.pieces.times(look.covered.months)
    })
}

fn counts_pieces(look: &Look, item: &Item) -> bool {
    let group = look.groups.iter().find(|group| group.code == item.code);
    group.is_none_or(|group| group.unit != DeviceUnit::MonthlyAmount)
}

/// The pointers to a member of the products that are broken.
fn products(issuing: &Issuing, member: &str, is_broken: impl Fn(&IssuedProduct) -> bool) -> Vec<String> {
    let items = issuing.items.iter().enumerate();
    let all = items.flat_map(|(at, item)| item.products.iter().enumerate().map(move |(of, it)| (at, of, it)));
    all.filter(|(_, _, it)| is_broken(it))
        .map(|(at, of, _)| format!("/items/{at}/products/{of}/{member}"))
        .collect()
}

fn indices(issuing: &Issuing, is_broken: impl Fn(&Item) -> bool) -> Vec<String> {
    let items = issuing.items.iter().enumerate();
    items.filter(|(_, item)| is_broken(item)).map(|(index, _)| format!("/items/{index}")).collect()
}
