//! The rules of an entry of paper. They look at the dates on the paper and never at the day of the entry, except that
//! nothing lies in the future.

use super::refusals::{DATES, DUPLICATE, OUTAGE_DIFFERS, OUTAGE_UNNAMED};
use super::{Channel, Reason, Scan, reply};
use crate::outage::Outage;
use crate::paper::{lasted_on, out_of_order};
use crate::problem::{Sentence, Violation};
use crate::rule::{self, Rule, RuleEntry, at, whole};
use chrono::NaiveDate;

/// What the officer says beside the content.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The date under the signature.
    pub issued_on: NaiveDate,
    /// When it reached the branch.
    pub received_on: NaiveDate,
    pub channel: Channel,
    pub reason: Reason,
    pub scan: Scan,
}

/// What is on record.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Every outage on record in the space.
    pub outages: Vec<Outage>,
    /// The same scan, or the same paper by prescriber, patient, device and date, was entered before.
    pub is_known: bool,
    /// The same scan was entered as a demand or a notification.
    pub is_other_document: bool,
    pub today: NaiveDate,
}

pub type PaperCheck = fn(&Asked, &Facts) -> Vec<String>;

const RULES: &[Rule<PaperCheck>] = &[
    Rule {
        number: "DO-90",
        legal: "refund act art. 38(4c)",
        says: Sentence {
            pl: "Wskazana awaria trwała w dniu wystawienia zlecenia papierowego.",
            en: "The outage that is named lasted on the day on which the paper order was issued.",
        },
        problem: OUTAGE_DIFFERS,
        broken_at: |asked, facts| {
            let named = asked.reason.outage();
            let covers = |outage: &Outage| Some(outage.id) == named && lasted_on(outage, asked.issued_on);
            at("/reason/outageId", named.is_some() && !facts.outages.iter().any(covers))
        },
    },
    Rule {
        number: "DO-91",
        legal: "refund act art. 38(4c); design",
        says: Sentence {
            pl: "Gdy w dniu wystawienia trwała zapisana awaria, niedostępność usług wskazuje ją.",
            en: "Where an outage is on record for the day of issue, services that were unavailable name it.",
        },
        problem: OUTAGE_UNNAMED,
        broken_at: |asked, facts| {
            let is_unnamed = matches!(asked.reason, Reason::ServicesUnavailable { .. });
            let is_on_record = facts.outages.iter().any(|outage| lasted_on(outage, asked.issued_on));
            at("/reason/kind", is_unnamed && is_on_record)
        },
    },
    Rule {
        number: "DO-92",
        legal: "eZWM v2.1.6 p. 15",
        says: Sentence {
            pl: "Wystawienie i wpływ do oddziału następują po sobie, najpóźniej dziś.",
            en: "Issue and receipt by the branch follow each other, today at the latest.",
        },
        problem: DATES,
        broken_at: |asked, facts| {
            let steps = [("/issuedOn", Some(asked.issued_on)), ("/receivedOn", Some(asked.received_on))];
            out_of_order(steps, facts.today)
        },
    },
    Rule {
        number: "DO-93",
        legal: "design",
        says: Sentence {
            pl: "Ten sam papier – ten sam skan albo ta sama osoba wystawiająca, pacjent, wyrób, miesiąc i dzień – wpisuje się raz.",
            en: "The same paper – the same scan, or the same prescriber, patient, device, month and day – is entered once.",
        },
        problem: DUPLICATE,
        broken_at: |_, facts| whole(facts.is_known),
    },
    Rule {
        number: "DO-94",
        legal: "design",
        says: Sentence {
            pl: "Skanu, z którym wpisano zapotrzebowanie albo zgłoszenie, nie wpisuje się jako zlecenia.",
            en: "The scan with which a demand or a notification was entered is not entered as an order.",
        },
        problem: DUPLICATE,
        broken_at: |_, facts| at("/scan/sha256", facts.is_other_document),
    },
];

/// Everything that stands in the way of this entry, its content aside.
pub fn faults(asked: &Asked, facts: &Facts) -> Vec<Violation> {
    rule::broken(RULES, |check| check(asked, facts))
}

/// What the look obeys; it refuses nothing.
const OWN_DATES: RuleEntry = RuleEntry {
    operation: "paper-confirmations",
    number: "DO-95",
    legal: "eZWM v2.1.6 p. 15; design",
    says: Sentence {
        pl: "Zlecenie papierowe weryfikuje się według dnia wystawienia: wykaz, wiek, ważność dokumentów, okres użytkowania. Miesiące, które minęły przed wpisem, są utracone.",
        en: "A paper order is verified as of its day of issue: list, age, validity of documents, period of use. Months that had passed before it was entered are lost.",
    },
    code: "–",
};

pub fn entries() -> Vec<RuleEntry> {
    let mut entries: Vec<RuleEntry> = RULES.iter().map(|rule| rule.entry("paper-confirmations")).collect();
    entries.push(OWN_DATES);
    entries.extend(reply::RULES.iter().map(|rule| rule.entry("reply")));
    entries
}
