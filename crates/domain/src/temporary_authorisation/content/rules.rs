//! What a notification must, may and must not hold when it is submitted (PF art. 4ac(5)–(6)).
//!
//! The field matrix is data: one row a field. Rules that look at several members follow it.

use super::super::refusals::{
    AGRICULTURE_REQUEST_REQUIRED, AGRICULTURE_REQUEST_SUPERFLUOUS, ATTACHMENT_FUTURE, BATCH_EXPIRED,
    BATCH_REPEATED, BATCH_REQUIRED, BATCH_UNIT, BATCHES_QUANTITY, FIELD_REQUIRED,
    SIGNER_AUTHORISATION_REQUIRED, SIGNER_AUTHORISATION_SUPERFLUOUS,
};
use super::{Content, Purpose, SignsAs};
use crate::problem::{Sentence, Violation};
use crate::rule::{self, Rule, RuleEntry, at};
use chrono::NaiveDate;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// One row of the field matrix: a member that has to be there.
pub struct Field {
    pub number: &'static str,
    pub legal: &'static str,
    pub pointer: &'static str,
    pub label: Sentence,
    pub present: fn(&Content) -> bool,
}

macro_rules! matrix {
    ($($number:literal $legal:literal $pointer:literal $pl:literal / $en:literal: $present:expr;)+) => {
        &[$(Field {
            number: $number, legal: $legal, pointer: $pointer, label: Sentence { pl: $pl, en: $en }, present: $present,
        }),+]
    };
}

#[rustfmt::skip]
pub const MATRIX: &[Field] = matrix! {
    "TA-F01" "PF art. 4ac(5)-(6)" "/wholesaler/name" "nazwa hurtowni" / "name of the wholesaler": |c| c.wholesaler.name.is_some();
    "TA-F02" "PF art. 4ac(5)-(6)" "/wholesaler/nip" "NIP hurtowni" / "NIP of the wholesaler": |c| c.wholesaler.nip.is_some();
    "TA-F03" "PF art. 4ac(5)-(6)" "/wholesaler/identifier" "unikalny identyfikator hurtowni" / "unique wholesale identifier": |c| c.wholesaler.identifier.is_some();
    "TA-F04" "PF art. 4ac(5)-(6)" "/wholesaler/address" "adres hurtowni" / "address of the wholesaler": |c| c.wholesaler.address.is_some();
    "TA-F05" "PF art. 4ac(5)-(6)" "/wholesaler/email" "adres e-mail do powiadomienia o rozstrzygnięciu" / "e-mail for the outcome": |c| c.wholesaler.email.is_some();
    "TA-F06" "PF art. 4ac(5)-(6)" "/responsiblePerson/givenNames" "imię osoby odpowiedzialnej lub przez nią upoważnionej" / "given names of the responsible person or of whom they authorised": |c| c.responsible_person.given_names.is_some();
    "TA-F07" "PF art. 4ac(5)-(6)" "/responsiblePerson/familyName" "nazwisko osoby odpowiedzialnej lub przez nią upoważnionej" / "family name of the responsible person or of whom they authorised": |c| c.responsible_person.family_name.is_some();
    "TA-F08" "PF art. 4ac(5)-(6)" "/responsiblePerson/position" "stanowisko osoby odpowiedzialnej lub przez nią upoważnionej" / "position of the responsible person or of whom they authorised": |c| c.responsible_person.position.is_some();
    "TA-F09" "PF art. 4ac(5)-(6)" "/representative/givenNames" "imię reprezentanta" / "representative's given names": |c| c.representative.given_names.is_some();
    "TA-F10" "PF art. 4ac(5)-(6)" "/representative/familyName" "nazwisko reprezentanta" / "representative's family name": |c| c.representative.family_name.is_some();
    "TA-F11" "PF art. 4ac(5)-(6)" "/representative/position" "stanowisko reprezentanta" / "representative's position": |c| c.representative.position.is_some();
    "TA-F12" "PF art. 4ac(5)-(6)" "/product/tradeName" "nazwa handlowa" / "trade name": |c| c.product.trade_name.is_some();
    "TA-F13" "PF art. 4ac(5)-(6)" "/product/internationalName" "nazwa międzynarodowa" / "international name": |c| c.product.international_name.is_some();
    "TA-F14" "PF art. 4ac(5)-(6)" "/product/form" "postać" / "form": |c| c.product.form.is_some();
    "TA-F15" "PF art. 4ac(5)-(6)" "/product/strength" "moc lub dawka" / "strength or dose": |c| c.product.strength.is_some();
    "TA-F16" "PF art. 4ac(5)-(6)" "/product/marketingAuthorisationHolder" "podmiot odpowiedzialny" / "marketing authorisation holder": |c| c.product.marketing_authorisation_holder.is_some();
    "TA-F17" "PF art. 4ac(5)-(6)" "/quantity" "ilość i jednostka" / "quantity and unit": |c| c.quantity.is_some();
    "TA-F18" "PF art. 4ac(5)-(6)" "/justification" "uzasadnienie" / "justification": |c| c.justification.is_some();
    "TA-F19" "PF art. 4(8)" "/threat" "klęska żywiołowa lub inne zagrożenie" / "natural disaster or other threat": |c| c.threat.is_some();
    "TA-F20" "PF art. 4ac(5)-(6)" "/attachments/powerOfRepresentation" "dokument potwierdzający uprawnienie do reprezentacji" / "proof of the power to represent": |c| c.attachments.power_of_representation.is_some();
};

/// Looks at the content on the day on which it is judged (Warsaw); the pointers at which it is broken.
pub type ContentCheck = fn(&Content, NaiveDate) -> Vec<String>;

/// Rules over several members, checked beside the matrix.
pub const RULES: &[Rule<ContentCheck>] = &[
    Rule {
        number: "TA-01",
        legal: "PF art. 4ac(5)-(6)",
        says: Sentence {
            pl: "Zgłoszenie obejmuje co najmniej jedną serię.",
            en: "A notification names at least one batch.",
        },
        problem: BATCH_REQUIRED,
        broken_at: names_a_batch,
    },
    Rule {
        number: "TA-02",
        legal: "PF art. 4(8a), art. 66",
        says: Sentence { pl: "Termin ważności żadnej serii nie upłynął.", en: "No batch has expired." },
        problem: BATCH_EXPIRED,
        broken_at: no_batch_has_expired,
    },
    Rule {
        number: "TA-03",
        legal: "design",
        says: Sentence { pl: "Seria występuje raz.", en: "A batch stands once." },
        problem: BATCH_REPEATED,
        broken_at: batches_differ,
    },
    Rule {
        number: "TA-04",
        legal: "design",
        says: Sentence {
            pl: "Ilość serii podaje się w jednostce ilości zgłoszonej.",
            en: "A batch counts in the unit of the notified quantity.",
        },
        problem: BATCH_UNIT,
        broken_at: batches_count_in_the_unit,
    },
    Rule {
        number: "TA-05",
        legal: "design",
        says: Sentence {
            pl: "Ilości serii sumują się do ilości zgłoszonej.",
            en: "The quantities of the batches add up to the notified quantity.",
        },
        problem: BATCHES_QUANTITY,
        broken_at: batches_add_up,
    },
    Rule {
        number: "TA-06",
        legal: "PF art. 4(8)",
        says: Sentence {
            pl: "Produkt weterynaryjny dopuszcza się na wniosek ministra właściwego do spraw rolnictwa.",
            en: "A veterinary product is authorised on request of the minister of agriculture.",
        },
        problem: AGRICULTURE_REQUEST_REQUIRED,
        broken_at: veterinary_product_is_requested,
    },
    Rule {
        number: "TA-07",
        legal: "PF art. 4(8)",
        says: Sentence {
            pl: "Wniosek ministra rolnictwa dotyczy tylko produktu weterynaryjnego.",
            en: "The agriculture minister's request is for a veterinary product only.",
        },
        problem: AGRICULTURE_REQUEST_SUPERFLUOUS,
        broken_at: other_product_is_not,
    },
    Rule {
        number: "TA-08",
        legal: "design",
        says: Sentence {
            pl: "Załączony dokument nie ma daty przyszłej.",
            en: "An attached document is not dated in the future.",
        },
        problem: ATTACHMENT_FUTURE,
        broken_at: attachments_exist,
    },
    Rule {
        number: "TA-89",
        legal: "PF art. 4ac(1), 4ac(5)-(6)",
        says: Sentence {
            pl: "Kto podpisuje jako osoba upoważniona, wskazuje upoważnienie od osoby odpowiedzialnej.",
            en: "Whoever signs as an authorised person names the authorisation by the responsible person.",
        },
        problem: SIGNER_AUTHORISATION_REQUIRED,
        broken_at: authorised_person_is_authorised,
    },
    Rule {
        number: "TA-90",
        legal: "PF art. 4ac(1)",
        says: Sentence {
            pl: "Osoba odpowiedzialna podpisuje bez upoważnienia.",
            en: "The responsible person signs without an authorisation.",
        },
        problem: SIGNER_AUTHORISATION_SUPERFLUOUS,
        broken_at: responsible_person_is_not,
    },
];

fn names_a_batch(content: &Content, _: NaiveDate) -> Vec<String> {
    at("/batches", content.batches.is_empty())
}

/// The places of the batches that are `broken`.
fn each_batch(content: &Content, broken: impl Fn(usize) -> bool, member: &str) -> Vec<String> {
    let places = 0..content.batches.len();
    places.filter(|index| broken(*index)).map(|index| format!("/batches/{index}/{member}")).collect()
}

fn no_batch_has_expired(content: &Content, today: NaiveDate) -> Vec<String> {
    let expired = |index: usize| content.batches.get(index).is_some_and(|batch| batch.expires_on < today);
    each_batch(content, expired, "expiresOn")
}

fn batches_differ(content: &Content, _: NaiveDate) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let repeated: BTreeSet<usize> = content
        .batches
        .iter()
        .enumerate()
        .filter(|(_, batch)| !seen.insert(&batch.number))
        .map(|(index, _)| index)
        .collect();
    each_batch(content, |index| repeated.contains(&index), "number")
}

fn batches_count_in_the_unit(content: &Content, _: NaiveDate) -> Vec<String> {
    let Some(notified) = &content.quantity else { return Vec::new() };
    let differs = |index: usize| {
        content.batches.get(index).is_some_and(|batch| batch.quantity.unit() != notified.unit())
    };
    each_batch(content, differs, "quantity/unit")
}

/// Batches of another unit are another rule's.
fn batches_add_up(content: &Content, today: NaiveDate) -> Vec<String> {
    let Some(notified) = &content.quantity else { return Vec::new() };
    if content.batches.is_empty() || !batches_count_in_the_unit(content, today).is_empty() {
        return Vec::new();
    }
    let sum: Decimal = content.batches.iter().map(|batch| batch.quantity.amount()).sum();
    at("/batches", sum != notified.amount())
}

const REQUEST: &str = "/attachments/agricultureMinisterRequest";

fn veterinary_product_is_requested(content: &Content, _: NaiveDate) -> Vec<String> {
    let is_veterinary = content.purpose == Purpose::Veterinary;
    at(REQUEST, is_veterinary && content.attachments.agriculture_minister_request.is_none())
}

fn other_product_is_not(content: &Content, _: NaiveDate) -> Vec<String> {
    let is_human = content.purpose == Purpose::Human;
    at(REQUEST, is_human && content.attachments.agriculture_minister_request.is_some())
}

const AUTHORISATION: &str = "/attachments/responsiblePersonAuthorisation";

fn authorised_person_is_authorised(content: &Content, _: NaiveDate) -> Vec<String> {
    let is_authorised = content.signs_as() == SignsAs::AuthorisedPerson;
    at(AUTHORISATION, is_authorised && content.attachments.responsible_person_authorisation.is_none())
}

fn responsible_person_is_not(content: &Content, _: NaiveDate) -> Vec<String> {
    let is_responsible = content.signs_as() == SignsAs::ResponsiblePerson;
    at(AUTHORISATION, is_responsible && content.attachments.responsible_person_authorisation.is_some())
}

fn attachments_exist(content: &Content, today: NaiveDate) -> Vec<String> {
    let attached = &content.attachments;
    let is_ahead = |document: &Option<super::AttachedDocument>| {
        document.as_ref().is_some_and(|document| document.dated > today)
    };
    [
        at("/attachments/powerOfRepresentation/dated", is_ahead(&attached.power_of_representation)),
        at(&format!("{REQUEST}/dated"), is_ahead(&attached.agriculture_minister_request)),
        at(&format!("{AUTHORISATION}/dated"), is_ahead(&attached.responsible_person_authorisation)),
    ]
    .concat()
}

/// Everything that stands in the way of submitting this content today.
pub fn check(content: &Content, today: NaiveDate) -> Vec<Violation> {
    let missing = MATRIX.iter().filter(|field| !(field.present)(content));
    let mut violations: Vec<Violation> =
        missing.map(|field| Violation::new(FIELD_REQUIRED, field.pointer)).collect();
    violations.extend(rule::broken(RULES, |check| check(content, today)));
    violations
}

impl Field {
    /// The row as the rule book prints it.
    pub fn entry(&self) -> RuleEntry {
        RuleEntry {
            operation: "submission",
            number: self.number,
            legal: self.legal,
            says: self.label,
            code: FIELD_REQUIRED.code,
        }
    }
}
