//! The demand and its resolution as a PDF, in the view of the caller.

mod disaster;
mod signatures;

pub(crate) use signatures::{electronic, signature, signed_with};

use super::access::Named;
use super::read::Reading;
use super::view::{DemandView, RevocationView, WithdrawalView};
use crate::App;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::paper::{Said, hindrance_in_polish, printed};
use chrono::{DateTime, Utc};
use domain::calendar::warsaw_date;
use domain::demand::content::{Ground, ListedPatient, Patient, Patients, Product, Use};
use domain::demand::events::ExpiryReason;
use domain::demand::model::{Attested, DemandKind, Outcome};
use domain::demand::paper::Paper;
use domain::food_demand::FoodGroup;
use domain::values::{Address, PatientIdentifierKind, Quantity, Text};
use print::EndingPrint;
use print::demand as paper;

impl App {
    /// PDF bytes.
    #[tracing::instrument(name = "print_demand", skip_all)]
    pub async fn print_demand(
        &self,
        caller: &Caller,
        demand: Named,
        trace_id: &str,
    ) -> Result<Vec<u8>, Failure> {
        let reading = Reading { caller, operation: "print_demand", trace_id };
        let view = self.kept(self.view_demand(reading, demand).await?).await?;
        let now = self.inner.clock.now(&caller.space);
        let sheet = sheet(&view, now);
        tokio::task::spawn_blocking(move || paper::render(&sheet))
            .await
            .map_err(|error| Failure::Bug(error.into()))?
            .map_err(|error| Failure::Bug(error.into()))
    }
}

fn sheet(view: &DemandView, now: DateTime<Utc>) -> paper::DemandPrint {
    let content = &view.content;
    let ruling = view.ruling.as_ref();
    paper::DemandPrint {
        kind: match view.kind {
            DemandKind::Medicine => paper::Kind::Medicine,
            DemandKind::Food => paper::Kind::Food,
        },
        usage: match content.use_ {
            Use::InFacility => paper::Usage::InFacility,
            Use::OutsideFacility => paper::Usage::OutsideFacility,
        },
        ground: match view.ground {
            Ground::TargetImport => paper::Ground::TargetImport,
            Ground::Disaster => paper::Ground::Disaster,
        },
        number: view.number.as_str().to_owned(),
        resolution_number: ruling.map(|ruling| ruling.resolution.draft.number.as_str().to_owned()),
        state: state_in_polish(view).to_owned(),
        ending: ending(view),
        issued_on: view.issued_on,
        urgency: content.extras.urgency.as_ref().map(|urgency| urgency.reason.as_str().to_owned()),
        product: Some(product(view)),
        patients: content.patients.as_ref().map(patients),
        medical: medical(view),
        disaster: content.disaster.as_ref().map(disaster::disaster),
        entity: Some(entity(view)),
        physician: physician(view),
        representative: content.representative.as_ref().map(|person| paper::RepresentativePrint {
            name: full_name(person.given_names.as_ref(), person.family_name.as_ref()),
            post: text(person.position.as_ref()),
        }),
        opinion: opinion(view),
        resolution: ruling.map(|ruling| paper::ResolutionPrint {
            outcome: match ruling.resolution.draft.outcome {
                Outcome::Approved => paper::Outcome::Approved,
                Outcome::Rejected => paper::Outcome::Rejected,
            },
            resolved_on: ruling.resolution.resolved_on,
            decider: Some(paper::RepresentativePrint {
                name: full_name(
                    Some(&ruling.resolution.decided_by.given_names),
                    Some(&ruling.resolution.decided_by.family_name),
                ),
                post: ruling.resolution.decided_by.function.as_str().to_owned(),
            }),
            grounds: ruling.resolution.draft.grounds.as_ref().map(|grounds| grounds.as_str().to_owned()),
            valid_until: ruling.valid_until,
        }),
        signatures: signatures(view),
        paper: view.paper.as_ref().map(|it| on_paper(view, it)),
        decision_token: ruling.map(|ruling| ruling.resolution.decision_token.clone()),
        statement: ruling.map(|ruling| paper::StatementPrint {
            signatory: full_name(
                Some(&ruling.resolution.decided_by.given_names),
                Some(&ruling.resolution.decided_by.family_name),
            ),
            post: ruling.resolution.decided_by.function.as_str().to_owned(),
            signed_with: signed_with(&ruling.resolution.signed),
            document_id: view.id.to_string(),
        }),
        printed_at: now,
    }
}

fn state_in_polish(view: &DemandView) -> &'static str {
    use domain::demand::lifecycle::StateName;
    match view.state {
        StateName::Draft => "Projekt",
        StateName::AwaitingRepresentative => "Oczekuje na podpis reprezentanta podmiotu",
        StateName::AwaitingConsultant => "Oczekuje na opinię konsultanta",
        StateName::Returned => "Zwrócone lekarzowi",
        StateName::WithMinister | StateName::Clarification | StateName::ResolutionPrepared => {
            "Rozpatrywane przez ministra"
        }
        StateName::Approved => "Rozpatrzone pozytywnie",
        StateName::Rejected => "Rozpatrzone negatywnie",
        StateName::WithWholesaler => "Przekazane hurtowni",
        StateName::Realised => "Zrealizowane",
        StateName::Expired => "Wygasłe",
        StateName::Withdrawn => "Wycofane przez lekarza",
        StateName::Revoked => match view.kind {
            DemandKind::Medicine => "Rozstrzygnięcie cofnięte",
            DemandKind::Food => "Zgoda cofnięta",
        },
    }
}

/// What has ended the demand; a day in Warsaw.
fn ending(view: &DemandView) -> Option<EndingPrint> {
    if let Some(revoked) = &view.revocation {
        let what = match view.kind {
            DemandKind::Medicine => "Rozstrzygnięcie cofnięto",
            DemandKind::Food => "Zgodę cofnięto",
        };
        return Some(revoked_ending(revoked, what));
    }
    if let Some(withdrawn) = &view.withdrawal {
        return Some(withdrawn_ending(withdrawn, "Zapotrzebowanie wycofał lekarz"));
    }
    let what = match view.expiry? {
        ExpiryReason::NotSubmitted => "Wygasło, bo nie trafiło w terminie do ministra",
        ExpiryReason::NotRealised => "Wygasło, bo nie przekazano go w terminie do hurtowni",
    };
    let on = warsaw_date(view.expired_at?);
    Some(EndingPrint { what: what.to_owned(), on, legal_basis: None, grounds: None })
}

/// Grounds and legal basis where the reader sees them.
pub(crate) fn revoked_ending(revoked: &RevocationView, what: &str) -> EndingPrint {
    let draft = revoked.revocation.as_ref().map(|revocation| &revocation.draft);
    EndingPrint {
        what: what.to_owned(),
        on: warsaw_date(revoked.revoked_at),
        legal_basis: draft.map(|draft| draft.legal_basis.as_str().to_owned()),
        grounds: draft.map(|draft| draft.grounds.as_str().to_owned()),
    }
}

pub(crate) fn withdrawn_ending(withdrawn: &WithdrawalView, what: &str) -> EndingPrint {
    EndingPrint {
        what: what.to_owned(),
        on: warsaw_date(withdrawn.at),
        legal_basis: None,
        grounds: withdrawn.reason.as_ref().map(|reason| reason.as_str().to_owned()),
    }
}

pub(crate) fn text<const MAX: usize>(value: Option<&Text<MAX>>) -> String {
    value.map_or_else(String::new, |text| text.as_str().to_owned())
}

pub(crate) fn full_name(
    given: Option<&domain::values::PersonName>,
    family: Option<&domain::values::PersonName>,
) -> String {
    let parts = [given, family].into_iter().flatten().map(domain::values::PersonName::reveal);
    parts.collect::<Vec<_>>().join(" ")
}

/// The unit stays an abbreviation of its label, since Polish counts decline with the number.
pub(crate) fn quantity(quantity: &Quantity) -> String {
    format!("{} ({})", quantity.amount().to_string().replace('.', ","), quantity.unit().label_pl())
}

pub(crate) fn address(address: &Address) -> String {
    format!("{}, {} {}", address.reveal_street_line(), address.reveal_postal_code(), address.reveal_city())
}

fn product(view: &DemandView) -> paper::ProductPrint {
    let approved = view.ruling.as_ref().and_then(|ruling| ruling.resolution.draft.approved_quantity);
    let product = match &view.content.product {
        Product::Medicine(it) => paper::ProductPrint {
            name: text(it.trade_name.as_ref()),
            international_name: text(it.international_name.as_ref()),
            form: text(it.form.as_ref()),
            strength: text(it.strength.as_ref()),
            marketing_authorisation_holder: text(it.marketing_authorisation_holder.as_ref()),
            atc: it.atc.as_ref().map(|code| code.as_str().to_owned()),
            ..paper::ProductPrint::default()
        },
        Product::Food(it) => paper::ProductPrint {
            name: text(it.name.as_ref()),
            group: it.group.map(food_group).unwrap_or_default().to_owned(),
            composition: text(it.composition.as_ref()),
            form: text(it.form.as_ref()),
            producer: text(it.producer.as_ref()),
            ..paper::ProductPrint::default()
        },
    };
    paper::ProductPrint {
        source_country: view.content.extras.source_country.map(|country| country.name_pl().to_owned()),
        quantity: view.content.quantity.as_ref().map_or_else(String::new, quantity),
        approved_quantity: approved.as_ref().map(quantity),
        treatment_days: view.content.treatment_days.map(domain::values::Days::get),
        ..product
    }
}

fn food_group(group: FoodGroup) -> &'static str {
    match group {
        FoodGroup::InfantFormula => "preparat do początkowego lub dalszego żywienia niemowląt",
        FoodGroup::SpecialMedicalPurposes => {
            "dietetyczny środek spożywczy specjalnego przeznaczenia medycznego"
        }
    }
}

fn patients(patients: &Patients) -> paper::PatientsPrint {
    match patients {
        Patients::Named { patient } => {
            paper::PatientsPrint { ad_hoc: None, people: vec![person(patient, None)] }
        }
        Patients::List { patients } => {
            let people =
                patients.iter().map(|ListedPatient { patient, quantity }| person(patient, quantity.as_ref()));
            paper::PatientsPrint { ad_hoc: None, people: people.collect() }
        }
        Patients::AdHoc { justification } => {
            paper::PatientsPrint { ad_hoc: Some(text(justification.as_ref())), people: Vec::new() }
        }
    }
}

pub(crate) fn identifier(identifier: &domain::values::PatientIdentifier) -> String {
    let kind = match identifier.kind() {
        PatientIdentifierKind::Pesel => "PESEL",
        PatientIdentifierKind::IdCard | PatientIdentifierKind::ForeignIdCard => "dowód osobisty",
        PatientIdentifierKind::Passport | PatientIdentifierKind::ForeignPassport => "paszport",
        PatientIdentifierKind::ForeignOther => "dokument",
    };
    match identifier.country() {
        Some(country) => format!("{kind} {} ({})", identifier.reveal(), country.as_str()),
        None => format!("{kind} {}", identifier.reveal()),
    }
}

fn person(patient: &Patient, share: Option<&Quantity>) -> paper::PatientPrint {
    paper::PatientPrint {
        name: full_name(patient.given_names.as_ref(), patient.family_name.as_ref()),
        identifier: patient.identifier.as_ref().map(identifier),
        guardian_identifier: patient.guardian.as_ref().map(|guardian| identifier(&guardian.identifier)),
        birth_date: patient.birth_date,
        address: patient.address.as_ref().map(address),
        quantity: share.map(quantity),
    }
}

fn medical(view: &DemandView) -> Option<paper::MedicalPrint> {
    let diagnosis = view.content.diagnosis.as_ref().map(|diagnosis| {
        let description = text(diagnosis.description.as_ref());
        format!("{} {description}", diagnosis.icd10.as_str()).trim_end().to_owned()
    });
    let justification = view.content.justification.as_ref().map(|said| said.as_str().to_owned());
    (diagnosis.is_some() || justification.is_some())
        .then_some(paper::MedicalPrint { diagnosis, justification })
}

fn entity(view: &DemandView) -> paper::EntityPrint {
    let entity = &view.content.entity;
    paper::EntityPrint {
        name: text(entity.name.as_ref()),
        unit: entity.unit_name.as_ref().map(|name| name.as_str().to_owned()),
        nip: entity.nip.as_ref().map(|nip| nip.as_str().to_owned()),
        rpwdl: entity.rpwdl_number.as_ref().map(|number| number.as_str().to_owned()),
        unit_code: entity.unit_code.as_ref().map(|code| code.as_str().to_owned()),
        address: entity.address.as_ref().map(address),
    }
}

fn physician(view: &DemandView) -> Option<paper::PhysicianPrint> {
    let physician = &view.content.physician;
    physician.npwz.as_ref().map(|npwz| paper::PhysicianPrint {
        name: full_name(physician.given_names.as_ref(), physician.family_name.as_ref()),
        npwz: npwz.as_str().to_owned(),
    })
}

fn opinion(view: &DemandView) -> Option<paper::OpinionPrint> {
    use domain::demand::model::ConsultantKind;
    let examination = view.examination.as_ref()?;
    let opinion = examination.opinion.as_ref()?;
    let consultant = examination.consultant.as_ref()?;
    let kind = match consultant.kind {
        ConsultantKind::National => "konsultant krajowy",
        ConsultantKind::Voivodeship => "konsultant wojewódzki",
    };
    Some(paper::OpinionPrint {
        consultant: full_name(Some(&consultant.given_names), Some(&consultant.family_name)),
        npwz: Some(consultant.npwz.as_str().to_owned()),
        qualifications: Some(consultant.qualifications.as_str().to_owned()),
        function: format!("{kind}, dziedzina: {}", consultant.field.name()),
        in_place_of: consultant.in_place_of.as_ref().map(|absent| {
            let name = full_name(Some(&absent.given_names), Some(&absent.family_name));
            format!("{name}, numer prawa wykonywania zawodu {}", absent.npwz.as_str())
        }),
        verdict: "Zasadność zapotrzebowania potwierdzona".to_owned(),
        given_on: Some(warsaw_date(opinion.given_at)),
        justification: opinion.justification.as_ref().map(|said| said.as_str().to_owned()),
    })
}

/// Everybody who signed before the minister did.
fn attested(view: &DemandView) -> Vec<(&Attested, &'static str)> {
    let Some(examination) = &view.examination else { return Vec::new() };
    let issue = examination.issue.as_ref().map(|it| (it, "lekarz wystawiający"));
    let approval = examination.representative_approval.as_ref().map(|it| (it, "reprezentant podmiotu"));
    let opinion = examination.opinion.as_ref().map(|opinion| (&opinion.signed, "konsultant"));
    [issue, approval, opinion].into_iter().flatten().collect()
}

fn signatures(view: &DemandView) -> Vec<paper::SignaturePrint> {
    let mut lines: Vec<_> = attested(view)
        .into_iter()
        .filter_map(|(attested, function)| electronic(attested, function))
        .collect();
    let resolution = view.ruling.as_ref().map(|ruling| &ruling.resolution);
    let decider = match view.kind {
        DemandKind::Medicine => "rozstrzygający",
        DemandKind::Food => "w imieniu ministra",
    };
    lines.extend(resolution.map(|resolution| signature(&resolution.signed, decider)));
    lines
}

fn on_paper(view: &DemandView, it: &Paper) -> paper::PaperPrint {
    let grounds = it.grounds.hindrance().map(hindrance_in_polish);
    let said = Said {
        grounds: grounds.unwrap_or_else(|| "podmiot dla osób pozbawionych wolności".to_owned()),
        consultant_received_on: Some(it.dates.consultant_received_on),
        sent_on: it.dates.sent_on,
        received_on: it.dates.received_on,
        signatures: attested(view),
    };
    printed(it, said)
}
