//! Who orders for whom, and what entitles the patient.

use super::{Circumstances, FormCheck, missing};
use crate::calendar::age_on;
use crate::device_order::content::{AdditionalCode, Content, RightProof, Until};
use crate::device_order::refusals::{
    BIRTH_DATE, BIRTH_DATE_AND_SEX, BRANCH, CERTIFIER_REQUIRED, DOCUMENT_FUTURE, ENTITLEMENT_DOCUMENT,
    FIELD_REQUIRED, NAME_LENGTH, PREGNANCY_SEX, RIGHT_PROOF_INCOMPLETE, RIGHT_PROOF_REQUIRED,
    SHORTENING_GROUND,
};
use crate::problem::Sentence;
use crate::rule::{Rule, at};
use crate::values::{PersonName, Sex};
use chrono::NaiveDate;

pub(super) const RULES: &[Rule<FormCheck>] = &[
    Rule {
        number: "DO-1a",
        legal: "order-form regulation, part I.A; eZWM v2.1.6 p. 69",
        says: Sentence {
            pl: "Zlecenie wskazuje miejsce wystawienia oraz osobę wystawiającą z nazwiskiem, zawodem i numerem prawa wykonywania zawodu.",
            en: "An order names the place of issue, and the prescriber with names, profession and licence number.",
        },
        problem: FIELD_REQUIRED,
        broken_at: place_and_prescriber,
    },
    Rule {
        number: "DO-13a",
        legal: "eZWM v2.1.6 p. 62",
        says: Sentence {
            pl: "Zlecenie wskazuje pacjenta z imieniem, nazwiskiem i identyfikatorem.",
            en: "An order names the patient, with an identifier.",
        },
        problem: FIELD_REQUIRED,
        broken_at: patient,
    },
    Rule {
        number: "DO-13b",
        legal: "eZWM v2.1.6 pp. 62, 86",
        says: Sentence {
            pl: "Bez PESEL wymagane są data urodzenia i płeć.",
            en: "Without a PESEL, date of birth and sex are required.",
        },
        problem: BIRTH_DATE_AND_SEX,
        broken_at: birth_date_and_sex,
    },
    Rule {
        number: "DO-13c",
        legal: "eZWM v2.1.6 pp. 62, 86",
        says: Sentence {
            pl: "Bez PESEL prawo do świadczeń potwierdza dokument albo oświadczenie.",
            en: "Without a PESEL a document or statement proves the right to benefits.",
        },
        problem: RIGHT_PROOF_REQUIRED,
        broken_at: |content, _| {
            at(
                "/content/right",
                content.patient.identifier.is_some()
                    && !content.patient.has_pesel()
                    && content.right.is_none(),
            )
        },
    },
    Rule {
        number: "DO-28e",
        legal: "eZWM v2.1.6 pp. 62–64, 86",
        says: Sentence {
            pl: "Dokument potwierdzający prawo do świadczeń ma numer i ważność.",
            en: "A document that proves the right to benefits has its number and its validity.",
        },
        problem: RIGHT_PROOF_INCOMPLETE,
        broken_at: right_document,
    },
    Rule {
        number: "DO-14a",
        legal: "eZWM v2.1.6 p. 64",
        says: Sentence {
            pl: "Dodatkowe uprawnienie ma dokument z datą wystawienia i ważnością, a jeżeli dokument ma numer – z numerem.",
            en: "An additional entitlement has its document with day of issue, validity, and its number where it has one.",
        },
        problem: ENTITLEMENT_DOCUMENT,
        broken_at: entitlement_document,
    },
    Rule {
        number: "DO-14b",
        legal: "eZWM v2.1.6 p. 64",
        says: Sentence {
            pl: "Uprawnienie 47DN ma numer lekarza, który wydał zaświadczenie.",
            en: "The entitlement 47DN has the licence number of the certifying physician.",
        },
        problem: CERTIFIER_REQUIRED,
        broken_at: |content, _| {
            let is_broken = content.additional_entitlement.as_ref().is_some_and(|entitlement| {
                entitlement.certified_by.is_some() != (entitlement.code == AdditionalCode::ForLifeChild)
            });
            at("/content/additionalEntitlement/certifiedBy", is_broken)
        },
    },
    Rule {
        number: "DO-47a",
        legal: "eZWM v2.1.6 p. 68",
        says: Sentence {
            pl: "Podstawa skrócenia okresu użytkowania pasuje do wieku: jedna dla dorosłych, trzy dla dzieci.",
            en: "The ground for shortening a period of use fits the age: one is for adults, three are for children.",
        },
        problem: SHORTENING_GROUND,
        broken_at: shortening_fits_age,
    },
    Rule {
        number: "DO-1c",
        legal: "eZWM v2.1.6 pp. 59–69",
        says: Sentence {
            pl: "Oddział NFZ ma numer od 1 do 17.",
            en: "A branch of the payer has a number from 1 to 17.",
        },
        problem: BRANCH,
        broken_at: |content, _| {
            let branch = content.place.contract.as_ref().map(|contract| contract.branch);
            at("/content/place/contract/branch", branch.is_some_and(|branch| !is_branch(branch)))
        },
    },
    Rule {
        number: "DO-13d",
        legal: "design",
        says: Sentence {
            pl: "Data urodzenia nie przypada w przyszłości ani ponad 130 lat temu.",
            en: "A date of birth is neither in the future nor more than 130 years ago.",
        },
        problem: BIRTH_DATE,
        broken_at: |content, circumstances| {
            let is_plausible =
                |born: NaiveDate| born <= circumstances.today && age_on(born, circumstances.today) <= OLDEST;
            at("/content/patient/birthDate", content.patient.born().is_some_and(|born| !is_plausible(born)))
        },
    },
    Rule {
        number: "DO-13e",
        legal: "eZWM v2.1.6 pp. 59–69",
        says: Sentence {
            pl: "Imię ma najwyżej 32 znaki, a nazwisko 40.",
            en: "Given names have at most 32 characters, and a family name 40.",
        },
        problem: NAME_LENGTH,
        broken_at: |content, _| {
            let is_longer = |name: &Option<PersonName>, most| {
                name.as_ref().is_some_and(|name| name.reveal().chars().count() > most)
            };
            let (patient, prescriber) = (&content.patient, &content.prescriber);
            [
                at("/content/patient/givenNames", is_longer(&patient.given_names, 32)),
                at("/content/patient/familyName", is_longer(&patient.family_name, 40)),
                at("/content/prescriber/givenNames", is_longer(&prescriber.given_names, 32)),
                at("/content/prescriber/familyName", is_longer(&prescriber.family_name, 40)),
            ]
            .concat()
        },
    },
    Rule {
        number: "DO-57",
        legal: "eZWM v2.1.6 p. 65",
        says: Sentence { pl: "Ciążę oznacza się u kobiety.", en: "Pregnancy is marked of a woman." },
        problem: PREGNANCY_SEX,
        broken_at: |content, _| {
            let is_male = content.patient.sex() == Some(Sex::Male);
            at("/content/patient/pregnant", content.patient.pregnant && is_male)
        },
    },
    Rule {
        number: "DO-14d",
        legal: "eZWM v2.1.6 pp. 62–64",
        says: Sentence {
            pl: "Dokumentu nie wystawiono, a oświadczenia nie złożono w przyszłości.",
            en: "A document was not issued, and a statement not made, in the future.",
        },
        problem: DOCUMENT_FUTURE,
        broken_at: documents_are_not_of_the_future,
    },
];

const OLDEST: u32 = 130;

/// As the payer numbers them in its messages.
pub(crate) fn is_branch(branch: u8) -> bool {
    (1..=17).contains(&branch)
}

fn documents_are_not_of_the_future(content: &Content, circumstances: &Circumstances) -> Vec<String> {
    let stated = match &content.right {
        Some(RightProof::Statement { made_on, .. }) => Some(("/content/right/madeOn", *made_on)),
        Some(RightProof::Document { document } | RightProof::EuDocument { document, .. }) => {
            document.issued_on.map(|day| ("/content/right/document/issuedOn", day))
        }
        None => None,
    };
    let entitlement = content.additional_entitlement.as_ref().and_then(|stated| stated.document.issued_on);
    let entitlement = entitlement.map(|day| ("/content/additionalEntitlement/document/issuedOn", day));
    let days = [stated, entitlement].into_iter().flatten();
    days.flat_map(|(pointer, day)| at(pointer, day > circumstances.today)).collect()
}

fn place_and_prescriber(content: &Content, _: &Circumstances) -> Vec<String> {
    let (place, prescriber) = (&content.place, &content.prescriber);
    missing(&[
        ("/content/place/name", place.name.is_some()),
        ("/content/place/regon", place.regon.is_some()),
        ("/content/place/address", place.address.is_some()),
        ("/content/prescriber/givenNames", prescriber.given_names.is_some()),
        ("/content/prescriber/familyName", prescriber.family_name.is_some()),
        ("/content/prescriber/profession", prescriber.profession.is_some()),
        ("/content/prescriber/licenceNumber", prescriber.licence_number.is_some()),
    ])
}

fn patient(content: &Content, _: &Circumstances) -> Vec<String> {
    missing(&[
        ("/content/patient/givenNames", content.patient.given_names.is_some()),
        ("/content/patient/familyName", content.patient.family_name.is_some()),
        ("/content/patient/identifier", content.patient.identifier.is_some()),
    ])
}

fn birth_date_and_sex(content: &Content, _: &Circumstances) -> Vec<String> {
    let patient = &content.patient;
    if patient.identifier.is_none() || patient.has_pesel() {
        return Vec::new();
    }
    missing(&[
        ("/content/patient/birthDate", patient.birth_date.is_some()),
        ("/content/patient/sex", patient.sex.is_some()),
    ])
}

fn entitlement_document(content: &Content, _: &Circumstances) -> Vec<String> {
    let Some(entitlement) = &content.additional_entitlement else { return Vec::new() };
    let document = &entitlement.document;
    // A day that is no day of issue yet, or a document that ends before it begins, is no document.
    let ends_after_start = match (document.issued_on, document.until) {
        (Some(issued), Some(Until::Day { last })) => issued <= last,
        _ => true,
    };
    missing(&[
        ("/content/additionalEntitlement/document/issuedOn", document.issued_on.is_some()),
        ("/content/additionalEntitlement/document/until", document.until.is_some() && ends_after_start),
    ])
}

fn right_document(content: &Content, _: &Circumstances) -> Vec<String> {
    match &content.right {
        Some(RightProof::Document { document } | RightProof::EuDocument { document, .. }) => missing(&[
            ("/content/right/document/number", document.number.is_some()),
            ("/content/right/document/until", document.until.is_some()),
        ]),
        Some(RightProof::Statement { .. }) | None => Vec::new(),
    }
}

fn shortening_fits_age(content: &Content, circumstances: &Circumstances) -> Vec<String> {
    let Some((shortening, born)) = content.shortening.as_ref().zip(content.patient.born()) else {
        return Vec::new();
    };
    let is_adult = age_on(born, circumstances.today) >= 18;
    at("/content/shortening/ground", shortening.ground.is_for_adults() != is_adult)
}
