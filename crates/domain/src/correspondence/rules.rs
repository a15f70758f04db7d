//! The numbered rules of messages and attachments.

use super::attachment::Attachment;
use super::case::Case;
use super::party::{CaseParty, Reader};
use super::refusals::{
    EMPTY, NOT_FOR_ALL, OWN_MESSAGE, RECIPIENT_ABSENT, RECIPIENTS, RECIPIENTS_APART, TOO_LARGE, TOO_MANY,
    TYPE, TYPE_DIFFERS, UNKNOWN,
};
use crate::problem::{ProblemType, Sentence, Violation};
use crate::rule::{self, Rule, RuleEntry, at};

/// Who writes to whom, in which case.
pub struct Address<'a> {
    case: &'a Case,
    /// How a recipient reads what is sent.
    reading: fn(&Case, CaseParty) -> Option<Reader>,
    sender: Reader,
    recipients: &'a [CaseParty],
}

impl<'a> Address<'a> {
    pub fn of_message(case: &'a Case, sender: Reader, recipients: &'a [CaseParty]) -> Self {
        Self { case, reading: Case::taking_part, sender, recipients }
    }

    /// A file may be for those who will take part, too (MA-11).
    pub fn of_file(case: &'a Case, sender: Reader, recipients: &'a [CaseParty]) -> Self {
        Self { case, reading: Case::reading_files, sender, recipients }
    }

    fn reader(&self, party: CaseParty) -> Option<Reader> {
        (self.reading)(self.case, party)
    }

    /// Those of the recipients who take part, as they do now.
    pub fn readers(&self) -> Vec<Reader> {
        self.recipients.iter().filter_map(|party| self.reader(*party)).collect()
    }

    /// The places of the recipients for whom this holds.
    fn places(&self, is_broken: impl Fn(usize, CaseParty) -> bool) -> Vec<String> {
        let each = self.recipients.iter().enumerate();
        each.flat_map(|(index, party)| at(&format!("/recipients/{index}"), is_broken(index, *party)))
            .collect()
    }
}

pub type AddressCheck = fn(&Address<'_>) -> Vec<String>;

pub const ADDRESS_RULES: &[Rule<AddressCheck>] = &[
    Rule {
        number: "MA-01",
        legal: "design",
        says: Sentence {
            pl: "Wiadomość i załącznik mają co najmniej jednego adresata, każdego raz, i nie są do własnej strony.",
            en: "A message or attachment has at least one recipient, each once, and is not for one's own party.",
        },
        problem: RECIPIENTS,
        broken_at: names_others_once,
    },
    Rule {
        number: "MA-02",
        legal: "design",
        says: Sentence {
            pl: "Adresat uczestniczy w sprawie w jej obecnym stanie.",
            en: "A recipient takes part in the case in its present state.",
        },
        problem: RECIPIENT_ABSENT,
        broken_at: recipients_take_part,
    },
    Rule {
        number: "MA-03",
        legal: "RODO art. 5(1)(c)",
        says: Sentence {
            pl: "Strony badania, strony zaopatrzenia i urzędy nie czytają tej samej korespondencji; łączy je tylko ministerstwo.",
            en: "Parties of the examination, parties of supply and offices read no correspondence together; only the ministry is common to them.",
        },
        problem: RECIPIENTS_APART,
        broken_at: readers_are_of_one_circle,
    },
];

fn names_others_once(asked: &Address<'_>) -> Vec<String> {
    if asked.recipients.is_empty() {
        return at("/recipients", true);
    }
    asked.places(|index, party| {
        let came_before = asked.recipients.iter().take(index).any(|earlier| *earlier == party);
        party == asked.sender.party || came_before
    })
}

fn recipients_take_part(asked: &Address<'_>) -> Vec<String> {
    asked.places(|_, party| asked.reader(party).is_none())
}

fn readers_are_of_one_circle(asked: &Address<'_>) -> Vec<String> {
    asked.places(|index, party| {
        let before = asked.recipients.iter().take(index).chain([&asked.sender.party]);
        before.into_iter().any(|other| !party.may_share_with(*other))
    })
}

pub fn address_faults(address: &Address<'_>) -> Vec<Violation> {
    rule::broken(ADDRESS_RULES, |check| check(address))
}

/// What is wrong with the attachments that a message for these readers names (MA-04, MA-05).
pub fn enclosure_faults(readers: &[Reader], attachments: &[Option<Attachment>]) -> Vec<Violation> {
    let of = |(index, attachment): (usize, &Option<Attachment>)| {
        let problem = match attachment {
            None => Some(UNKNOWN),
            Some(known) => {
                let is_for_all = readers.iter().all(|reader| known.is_seen_by(*reader));
                (!is_for_all).then_some(NOT_FOR_ALL)
            }
        };
        problem.map(|problem| Violation::new(problem, format!("/attachments/{index}")))
    };
    attachments.iter().enumerate().filter_map(of).collect()
}

/// What the service keeps and no caller can break.
const KEPT: [(&str, &str, &str, Sentence); 2] = [
    (
        "MA-11",
        "attachments",
        "PF art. 4ac(6); design",
        Sentence {
            pl: "Plik do zgłoszenia dodaje się dla reprezentanta i ministerstwa, zanim zgłoszenie do nich trafi; czytają go od tej chwili.",
            en: "A file of a notification is added for representative and ministry before the notification reaches them; they read it from then on.",
        },
    ),
    (
        "MA-12",
        "messages, attachments",
        "PF art. 4(8), 4ad(5)",
        Sentence {
            pl: "Do aptek w sprawie zgody pisze się do wszystkich, które ją pobrały; co napisała apteka, nie czyta inna apteka.",
            en: "Pharmacies are written to about a consent all together, as far as they retrieved it; what a pharmacy wrote no other pharmacy reads.",
        },
    ),
];

pub fn entries() -> Vec<RuleEntry> {
    let of = |number, problem: &'static ProblemType, operation| RuleEntry {
        operation,
        number,
        legal: "design",
        says: problem.says,
        code: problem.code,
    };
    let of_address = ADDRESS_RULES.iter().map(|rule| rule.entry("messages, attachments"));
    of_address
        .chain([
            of("MA-04", UNKNOWN, "messages"),
            of("MA-05", NOT_FOR_ALL, "messages"),
            of("MA-06", OWN_MESSAGE, "read"),
            of("MA-07", EMPTY, "attachments"),
            of("MA-08", TYPE, "attachments"),
            of("MA-09", TYPE_DIFFERS, "attachments"),
            of("MA-10", TOO_LARGE, "attachments"),
            of("MA-70", TOO_MANY, "attachments"),
        ])
        .chain(KEPT.map(|(number, operation, legal, says)| RuleEntry {
            operation,
            number,
            legal,
            says,
            code: "–",
        }))
        .collect()
}
