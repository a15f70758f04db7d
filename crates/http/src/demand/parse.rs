//! The content as it was sent, through the doors of the domain; every fault is found with its place.

use super::content::{
    Address, DemandContent, DemandDiagnosis, DemandEntity, DemandExtras, DemandPhysician,
    DemandRepresentative, DemandUrgency, Guardian, ListedPatient, OutcomeEmail, Patient, PatientIdentifier,
    Patients, PatientsKind, Quantity,
};
use super::disaster::DemandDisaster;
use crate::faults::{MISSING_MEMBER, UNKNOWN_MEMBER};
use crate::parsing::Faults;
use domain::demand::Content;
use domain::demand::content::{self as model, Product};
use domain::demand::model::DemandKind;
use domain::values::faults::PATIENT_IDENTIFIER_COUNTRY;
use domain::values::{
    self, CountryCode, Days, Email, Icd10, Nip, Npwz, PersonName, RpwdlNumber, Text, UnitCode,
};

/// A part that was not sent is an empty part.
fn part<I, T: Default>(
    faults: &mut Faults,
    name: &str,
    sent: Option<&I>,
    read: impl FnOnce(&mut Faults, &I) -> Option<T>,
) -> Option<T> {
    faults.within_optional(name, sent, read).map(Option::unwrap_or_default)
}

impl DemandContent {
    pub fn read(&self, kind: DemandKind, faults: &mut Faults) -> Option<Content> {
        let entity = part(faults, "entity", self.entity.as_ref(), entity);
        let physician = part(faults, "physician", self.physician.as_ref(), physician);
        let representative =
            faults.within_optional("representative", self.representative.as_ref(), representative);
        let patients = faults.within_optional("patients", self.patients.as_ref(), patients);
        let product = faults
            .within_optional("product", self.product.as_ref(), |faults, it| it.read(kind, faults))
            .map(|product| product.unwrap_or_else(|| Product::empty(kind)));
        let quantity = faults.within_optional("quantity", self.quantity.as_ref(), quantity);
        let treatment_days = match self.treatment_days {
            Some(days) => faults.take("/treatmentDays", Days::new(days)).map(Some),
            None => Some(None),
        };
        let diagnosis = faults.within_optional("diagnosis", self.diagnosis.as_ref(), diagnosis);
        let justification = faults.optional("/justification", self.justification.as_deref(), Text::parse);
        let outcome_email =
            faults.within_optional("outcomeEmail", self.outcome_email.as_ref(), outcome_email);
        // A kind has its own members and no others: PF art. 4(9) is of medicines.
        if kind == DemandKind::Food && self.disaster.is_some() {
            faults.add("/disaster", UNKNOWN_MEMBER);
        }
        let disaster = faults.within_optional("disaster", self.disaster.as_ref(), DemandDisaster::read);
        let extras = part(faults, "extras", self.extras.as_ref(), extras);
        Some(Content {
            use_: self.use_.into(),
            entity: entity?,
            physician: physician?,
            representative: representative?,
            patients: patients?,
            product: product?,
            quantity: quantity?,
            treatment_days: treatment_days?,
            diagnosis: diagnosis?,
            justification: justification?,
            outcome_email: outcome_email?,
            disaster: disaster?,
            extras: extras?,
        })
    }
}

fn entity(faults: &mut Faults, it: &DemandEntity) -> Option<model::Entity> {
    let name = faults.optional("/name", it.name.as_deref(), Text::parse);
    let unit_name = faults.optional("/unitName", it.unit_name.as_deref(), Text::parse);
    let nip = faults.optional("/nip", it.nip.as_deref(), Nip::parse);
    let rpwdl_number = faults.optional("/rpwdlNumber", it.rpwdl_number.as_deref(), RpwdlNumber::parse);
    let unit_code = faults.optional("/unitCode", it.unit_code.as_deref(), UnitCode::parse);
    let address = faults.within_optional("address", it.address.as_ref(), address);
    Some(model::Entity {
        name: name?,
        unit_name: unit_name?,
        nip: nip?,
        rpwdl_number: rpwdl_number?,
        unit_code: unit_code?,
        address: address?,
    })
}

fn physician(faults: &mut Faults, it: &DemandPhysician) -> Option<model::Physician> {
    let given_names = faults.optional("/givenNames", it.given_names.as_deref(), PersonName::parse);
    let family_name = faults.optional("/familyName", it.family_name.as_deref(), PersonName::parse);
    let npwz = faults.optional("/npwz", it.npwz.as_deref(), Npwz::parse);
    Some(model::Physician { given_names: given_names?, family_name: family_name?, npwz: npwz? })
}

fn representative(faults: &mut Faults, it: &DemandRepresentative) -> Option<model::Representative> {
    let given_names = faults.optional("/givenNames", it.given_names.as_deref(), PersonName::parse);
    let family_name = faults.optional("/familyName", it.family_name.as_deref(), PersonName::parse);
    let position = faults.optional("/position", it.position.as_deref(), Text::parse);
    let email = faults.optional("/email", it.email.as_deref(), Email::parse);
    Some(model::Representative {
        given_names: given_names?,
        family_name: family_name?,
        position: position?,
        email: email?,
    })
}

/// A kind has its own members and no others.
fn patients(faults: &mut Faults, it: &Patients) -> Option<model::Patients> {
    let named = it.kind == PatientsKind::Named;
    let list = it.kind == PatientsKind::List;
    let ad_hoc = it.kind == PatientsKind::AdHoc;
    for (member, sent, belongs, required) in [
        ("/patient", it.patient.is_some(), named, true),
        ("/patients", it.patients.is_some(), list, true),
        ("/justification", it.justification.is_some(), ad_hoc, false),
    ] {
        if sent && !belongs {
            faults.add(member, UNKNOWN_MEMBER);
        } else if belongs && required && !sent {
            faults.add(member, MISSING_MEMBER);
        }
    }
    let one = faults.within_optional("patient", it.patient.as_ref(), patient);
    let several = match &it.patients {
        Some(patients) => faults.each("patients", patients, listed).map(Some),
        None => Some(None),
    };
    let justification = faults.optional("/justification", it.justification.as_deref(), Text::parse);
    let (one, several, justification) = (one?, several?, justification?);
    match it.kind {
        PatientsKind::Named => Some(model::Patients::Named { patient: one? }),
        PatientsKind::List => Some(model::Patients::List { patients: several? }),
        PatientsKind::AdHoc => Some(model::Patients::AdHoc { justification }),
    }
}

fn listed(faults: &mut Faults, it: &ListedPatient) -> Option<model::ListedPatient> {
    let patient = faults.within("patient", |faults| patient(faults, &it.patient));
    let quantity = faults.within_optional("quantity", it.quantity.as_ref(), quantity);
    Some(model::ListedPatient { patient: patient?, quantity: quantity? })
}

/// A patient; their faults stand below the member that is being read.
pub(crate) fn patient(faults: &mut Faults, it: &Patient) -> Option<model::Patient> {
    let given_names = faults.optional("/givenNames", it.given_names.as_deref(), PersonName::parse);
    let family_name = faults.optional("/familyName", it.family_name.as_deref(), PersonName::parse);
    let identifier = faults.within_optional("identifier", it.identifier.as_ref(), identifier);
    let guardian = faults.within_optional("guardian", it.guardian.as_ref(), guardian);
    let address = faults.within_optional("address", it.address.as_ref(), address);
    Some(model::Patient {
        given_names: given_names?,
        family_name: family_name?,
        identifier: identifier?,
        guardian: guardian?,
        birth_date: it.birth_date,
        address: address?,
    })
}

fn guardian(faults: &mut Faults, it: &Guardian) -> Option<model::Guardian> {
    let identifier = faults.within("identifier", |faults| identifier(faults, &it.identifier))?;
    Some(model::Guardian { identifier })
}

/// An identifier of a person; its faults stand below the member that is being read.
pub(crate) fn identifier(faults: &mut Faults, it: &PatientIdentifier) -> Option<values::PatientIdentifier> {
    let country = faults.optional("/country", it.country.as_deref(), CountryCode::parse)?;
    let read = values::PatientIdentifier::parse(it.kind.into(), country, &it.number);
    let wants_country = read.as_ref().err().is_some_and(|problem| *problem == PATIENT_IDENTIFIER_COUNTRY);
    faults.take(if wants_country { "/country" } else { "/number" }, read)
}

/// An address; its faults stand below the member that is being read.
pub(crate) fn address(faults: &mut Faults, it: &Address) -> Option<values::Address> {
    values::Address::parse(&it.street_line, &it.postal_code, &it.city, &it.country)
        .map_err(|violations| faults.extend("", violations))
        .ok()
}

/// A quantity; its faults stand below the member that is being read.
pub(crate) fn quantity(faults: &mut Faults, it: &Quantity) -> Option<values::Quantity> {
    faults.take("/amount", values::Quantity::parse(&it.amount, it.unit.into()))
}

fn diagnosis(faults: &mut Faults, it: &DemandDiagnosis) -> Option<model::Diagnosis> {
    let icd10 = faults.take("/icd10", Icd10::parse(&it.icd10));
    let description = faults.optional("/description", it.description.as_deref(), Text::parse);
    Some(model::Diagnosis { icd10: icd10?, description: description? })
}

fn outcome_email(faults: &mut Faults, it: &OutcomeEmail) -> Option<model::OutcomeEmail> {
    let address = faults.take("/address", Email::parse(&it.address))?;
    Some(model::OutcomeEmail { address, belongs_to: it.belongs_to.into() })
}

fn extras(faults: &mut Faults, it: &DemandExtras) -> Option<model::Extras> {
    let physician_email = faults.optional("/physicianEmail", it.physician_email.as_deref(), Email::parse);
    let source_country = faults.optional("/sourceCountry", it.source_country.as_deref(), CountryCode::parse);
    let urgency = faults.within_optional("urgency", it.urgency.as_ref(), urgency);
    let pharmacy =
        faults.optional("/hospitalPharmacyEmail", it.hospital_pharmacy_email.as_deref(), Email::parse);
    Some(model::Extras {
        physician_email: physician_email?,
        source_country: source_country?,
        urgency: urgency?,
        hospital_pharmacy_email: pharmacy?,
    })
}

fn urgency(faults: &mut Faults, it: &DemandUrgency) -> Option<model::Urgency> {
    Some(model::Urgency { reason: faults.take("/reason", Text::parse(&it.reason))? })
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop where it fails")]
    use super::*;
    use crate::demand::examples;
    use serde_json::{Value, json};

    fn read(content: Value) -> (Option<Content>, Vec<(String, &'static str)>) {
        let sent: DemandContent = serde_json::from_value(content).unwrap();
        let mut faults = Faults::new();
        let content = sent.read(DemandKind::Medicine, &mut faults);
        let found = faults.into_violations().into_iter().map(|it| (it.pointer, it.problem.code));
        (content, found.collect())
    }

    #[test]
    fn what_is_read_is_shown_again_unchanged() {
        for example in [
            examples::in_facility(),
            examples::outside_facility(),
            examples::patient_list(),
            examples::disaster(),
        ] {
            let sent = example["content"].clone();
            let (content, faults) = read(sent.clone());
            assert_eq!(faults, []);
            let content = content.unwrap();
            assert_eq!(serde_json::to_value(DemandContent::of(&content)).unwrap(), sent);
        }
    }

    #[test]
    fn what_is_shown_is_the_domains_own_form() {
        let (content, _) = read(examples::outside_facility()["content"].clone());
        let content = content.unwrap();
        let shown = serde_json::to_value(DemandContent::of(&content)).unwrap();
        assert_eq!(serde_json::to_value(&content).unwrap(), shown);
    }

    #[test]
    fn every_scenario_is_read_and_shown_unchanged() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../data/scenarios");
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        for file in files.filter(|path| path.extension().is_some_and(|it| it == "json")) {
            let scenario: Value = serde_json::from_slice(&std::fs::read(&file).unwrap()).unwrap();
            let is_food = scenario["content"]["product"].get("composition").is_some();
            let kind = if is_food { DemandKind::Food } else { DemandKind::Medicine };
            let sent: DemandContent = serde_json::from_value(scenario["content"].clone()).unwrap();
            let mut faults = Faults::new();
            let content = sent.read(kind, &mut faults);
            assert!(faults.is_empty(), "{}", file.display());
            let content = content.unwrap();
            let shown = serde_json::to_value(DemandContent::of(&content)).unwrap();
            assert_eq!(shown, scenario["content"], "{}", file.display());
        }
    }

    #[test]
    fn a_draft_may_lack_everything_but_its_use() {
        let (content, faults) = read(json!({"use": "IN_FACILITY"}));
        assert_eq!(faults, []);
        let content = content.unwrap();
        let shown = serde_json::to_value(DemandContent::of(&content)).unwrap();
        assert_eq!(shown, json!({"use": "IN_FACILITY"}));
    }

    #[test]
    fn every_fault_is_named_with_its_place() {
        let (content, faults) = read(json!({
            "use": "OUTSIDE_FACILITY",
            "entity": {"nip": "1", "address": {"streetLine": "", "postalCode": "1", "city": "A", "country": "PL"}},
            "patients": {"kind": "NAMED", "patient": {
                "givenNames": "1", "identifier": {"kind": "PESEL", "number": "44051401459"},
                "guardian": {"identifier": {"kind": "FOREIGN_PASSPORT", "number": "A1"}}
            }},
            "quantity": {"amount": "0", "unit": "PACK"},
            "treatmentDays": 0,
            "diagnosis": {"icd10": "?"},
        }));
        assert!(content.is_none());
        let expected = [
            ("/entity/nip", "value.nip"),
            ("/entity/address/streetLine", "value.street_line"),
            ("/entity/address/postalCode", "value.postal_code"),
            ("/patients/patient/givenNames", "value.person_name"),
            ("/patients/patient/identifier/number", "value.pesel"),
            ("/patients/patient/guardian/identifier/country", "value.patient_identifier_country"),
            ("/quantity/amount", "value.quantity"),
            ("/treatmentDays", "value.days"),
            ("/diagnosis/icd10", "value.icd10"),
        ];
        assert_eq!(faults, expected.map(|(pointer, code)| (pointer.to_owned(), code)));
    }

    #[test]
    fn every_fault_of_a_disaster_is_named_and_a_food_has_none() {
        let mut content = examples::disaster()["content"].clone();
        content["disaster"]["threat"]["name"] = json!(" ");
        content["disaster"]["authorisation"]["number"] = json!("");
        content["disaster"]["sourceCountryAuthorisation"] = json!("x".repeat(201));
        content["disaster"]["unavailability"] = json!({"statement": "", "source": ""});
        content["disaster"]["noEquivalent"] = json!("");
        let places = |faults: Vec<(String, _)>| faults.into_iter().map(|(at, _)| at).collect::<Vec<_>>();
        let expected = [
            "/disaster/threat/name",
            "/disaster/authorisation/number",
            "/disaster/sourceCountryAuthorisation",
            "/disaster/unavailability/statement",
            "/disaster/unavailability/source",
            "/disaster/noEquivalent",
        ];
        assert_eq!(places(read(content).1), expected);

        let sent = json!({"use": "IN_FACILITY", "disaster": {}});
        assert_eq!(read(sent.clone()).1, []);
        let sent: DemandContent = serde_json::from_value(sent).unwrap();
        let mut faults = Faults::new();
        sent.read(DemandKind::Food, &mut faults);
        let found = faults.into_violations().into_iter().map(|it| (it.pointer, it.problem.code));
        assert_eq!(found.collect::<Vec<_>>(), [("/disaster".to_owned(), "request.unknown_member")]);
    }

    #[test]
    fn a_kind_of_patients_has_its_own_members_only() {
        let patients = |patients: Value| read(json!({"use": "IN_FACILITY", "patients": patients})).1;
        let fault = |pointer: &str, code| vec![(format!("/patients{pointer}"), code)];
        assert_eq!(patients(json!({"kind": "NAMED"})), fault("/patient", "request.missing_member"));
        assert_eq!(patients(json!({"kind": "LIST"})), fault("/patients", "request.missing_member"));
        assert_eq!(patients(json!({"kind": "AD_HOC"})), []);
        assert_eq!(
            patients(json!({"kind": "AD_HOC", "patient": {}})),
            fault("/patient", "request.unknown_member")
        );
        assert_eq!(
            patients(json!({"kind": "NAMED", "patient": {}, "justification": "x"})),
            fault("/justification", "request.unknown_member")
        );
    }
}
