//! The content as it was sent, through the doors of the domain; every fault is found with its place.

use super::{
    AdditionalEntitlement, AwardCriterion, DeviceOrderContent, DocumentUntil, EntitlementDocument,
    OrderGrounds, OrderPatient, OrderPrescriber, OrderedDevice, OrderedLens, OrderedSupply, PayerContract,
    PlaceOfIssue, RightProof, Shortening, Stoma,
};
use crate::demand::parse;
use crate::device_order::choices::{OrderedDeviceKind, OrderedSupplyKind, RightProofKind, UntilKind};
use crate::faults::{MISSING_MEMBER, UNKNOWN_MEMBER};
use crate::parsing::Faults;
use domain::device_order::Content;
use domain::device_order::content as model;
use domain::values::faults::{NFZ_BRANCH, PIECES};
use domain::values::{
    CountryCode, DeviceCode, DeviceOrderNumber, Icd10, LicenceNumber, PayerCode, PersonName, Pieces, Regon,
    Text, YearMonth,
};

/// The most pieces of a one-off order that the payer's records can carry.
const MOST_PIECES: u32 = 9999;
const BRANCHES: std::ops::RangeInclusive<u8> = 1..=17;

impl DeviceOrderContent {
    /// The content, or every illegal value in it.
    pub fn read(&self, faults: &mut Faults) -> Option<Content> {
        let place = faults.within_optional("place", self.place.as_ref(), place);
        let prescriber = faults.within_optional("prescriber", self.prescriber.as_ref(), prescriber);
        let patient = faults.within_optional("patient", self.patient.as_ref(), patient);
        let title = faults.optional("/title", self.title.as_deref(), Text::parse);
        let right = faults.within_optional("right", self.right.as_ref(), right);
        let additional = self.additional_entitlement.as_ref();
        let additional = faults.within_optional("additionalEntitlement", additional, additional_entitlement);
        let device = faults.within_optional("device", self.device.as_ref(), device);
        let supply = faults.within_optional("supply", self.supply.as_ref(), supply);
        let grounds = faults.within_optional("grounds", self.grounds.as_ref(), grounds);
        let shortening = faults.within_optional("shortening", self.shortening.as_ref(), shortening);
        Some(Content {
            place: place?.unwrap_or_default(),
            prescriber: prescriber?.unwrap_or_default(),
            patient: patient?.unwrap_or_default(),
            title: title?,
            right: right?,
            additional_entitlement: additional?,
            device: device?,
            supply: supply?,
            grounds: grounds?.unwrap_or_default(),
            shortening: shortening?,
        })
    }
}

/// A kind has its own members and no others: what is missing of them, and what does not belong.
pub(crate) fn members(faults: &mut Faults, sent: &[(&str, bool, Belongs)]) -> bool {
    let mut is_whole = true;
    for (pointer, is_sent, belongs) in sent {
        let problem = match (is_sent, belongs) {
            (true, Belongs::Not) => UNKNOWN_MEMBER,
            (false, Belongs::Must) => MISSING_MEMBER,
            _ => continue,
        };
        faults.add(pointer, problem);
        is_whole = false;
    }
    is_whole
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Belongs {
    Must,
    May,
    Not,
}

impl Belongs {
    pub(crate) fn must(is_so: bool) -> Self {
        if is_so { Self::Must } else { Self::Not }
    }

    pub(crate) fn may(is_so: bool) -> Self {
        if is_so { Self::May } else { Self::Not }
    }
}

pub(crate) fn place(faults: &mut Faults, it: &PlaceOfIssue) -> Option<model::Place> {
    let name = faults.optional("/name", it.name.as_deref(), Text::parse);
    let regon = faults.optional("/regon", it.regon.as_deref(), Regon::parse);
    let address = faults.within_optional("address", it.address.as_ref(), parse::address);
    let phone = faults.optional("/phone", it.phone.as_deref(), Text::parse);
    let contract = faults.within_optional("contract", it.contract.as_ref(), contract);
    Some(model::Place { name: name?, regon: regon?, address: address?, phone: phone?, contract: contract? })
}

fn contract(faults: &mut Faults, it: &PayerContract) -> Option<model::PayerContract> {
    let branch = faults.take("/branch", Some(it.branch).filter(|it| BRANCHES.contains(it)).ok_or(NFZ_BRANCH));
    let provider_code = faults.take("/providerCode", Text::parse(&it.provider_code));
    Some(model::PayerContract { branch: branch?, provider_code: provider_code? })
}

pub(crate) fn prescriber(faults: &mut Faults, it: &OrderPrescriber) -> Option<model::Prescriber> {
    let given_names = faults.optional("/givenNames", it.given_names.as_deref(), PersonName::parse);
    let family_name = faults.optional("/familyName", it.family_name.as_deref(), PersonName::parse);
    let licence = faults.optional("/licenceNumber", it.licence_number.as_deref(), LicenceNumber::parse);
    let specialties =
        faults.each("specialties", &it.specialties, |faults, text| faults.take("", Text::parse(text)));
    Some(model::Prescriber {
        given_names: given_names?,
        family_name: family_name?,
        profession: it.profession.map(Into::into),
        licence_number: licence?,
        specialties: specialties?,
    })
}

pub(crate) fn patient(faults: &mut Faults, it: &OrderPatient) -> Option<model::Patient> {
    let given_names = faults.optional("/givenNames", it.given_names.as_deref(), PersonName::parse);
    let family_name = faults.optional("/familyName", it.family_name.as_deref(), PersonName::parse);
    let identifier = faults.within_optional("identifier", it.identifier.as_ref(), parse::identifier);
    let address = faults.within_optional("address", it.address.as_ref(), parse::address);
    Some(model::Patient {
        given_names: given_names?,
        family_name: family_name?,
        identifier: identifier?,
        birth_date: it.birth_date,
        sex: it.sex.map(Into::into),
        pregnant: it.pregnant,
        address: address?,
    })
}

pub(crate) fn right(faults: &mut Faults, it: &RightProof) -> Option<model::RightProof> {
    let is = |kind| it.kind == kind;
    let (statement, of_union) = (is(RightProofKind::Statement), is(RightProofKind::EuDocument));
    let is_whole = members(
        faults,
        &[
            ("/madeOn", it.made_on.is_some(), Belongs::must(statement)),
            ("/madeBy", it.made_by.is_some(), Belongs::must(statement)),
            ("/document", it.document.is_some(), Belongs::must(!statement)),
            ("/country", it.country.is_some(), Belongs::must(of_union)),
            ("/personalNumber", it.personal_number.is_some(), Belongs::must(of_union)),
            ("/institution", it.institution.is_some(), Belongs::must(of_union)),
        ],
    );
    let document = faults.within_optional("document", it.document.as_ref(), document);
    let country = faults.optional("/country", it.country.as_deref(), CountryCode::parse);
    let personal_number = faults.optional("/personalNumber", it.personal_number.as_deref(), Text::parse);
    let institution = faults.optional("/institution", it.institution.as_deref(), Text::parse);
    let (document, country) = (document?, country?);
    let (personal_number, institution) = (personal_number?, institution?);
    if !is_whole {
        return None;
    }
    match it.kind {
        RightProofKind::Statement => {
            Some(model::RightProof::Statement { made_on: it.made_on?, made_by: it.made_by?.into() })
        }
        RightProofKind::Document => Some(model::RightProof::Document { document: document? }),
        RightProofKind::EuDocument => Some(model::RightProof::EuDocument {
            country: country?,
            personal_number: personal_number?,
            institution: institution?,
            document: document?,
        }),
    }
}

fn document(faults: &mut Faults, it: &EntitlementDocument) -> Option<model::EntitlementDocument> {
    let number = faults.optional("/number", it.number.as_deref(), Text::parse);
    let until = faults.within_optional("until", it.until.as_ref(), until);
    Some(model::EntitlementDocument {
        kind: it.kind.into(),
        number: number?,
        issued_on: it.issued_on,
        until: until?,
    })
}

fn until(faults: &mut Faults, it: &DocumentUntil) -> Option<model::Until> {
    let of_day = it.kind == UntilKind::Day;
    if !members(faults, &[("/last", it.last.is_some(), Belongs::must(of_day))]) {
        return None;
    }
    Some(it.last.map_or(model::Until::Indefinite, |last| model::Until::Day { last }))
}

pub(crate) fn additional_entitlement(
    faults: &mut Faults,
    it: &AdditionalEntitlement,
) -> Option<model::AdditionalEntitlement> {
    let document = faults.within("document", |faults| document(faults, &it.document));
    let certified_by = faults.optional("/certifiedBy", it.certified_by.as_deref(), LicenceNumber::parse);
    Some(model::AdditionalEntitlement {
        code: it.code.into(),
        document: document?,
        certified_by: certified_by?,
    })
}

fn device(faults: &mut Faults, it: &OrderedDevice) -> Option<model::Device> {
    let of_lenses = it.kind == OrderedDeviceKind::Lenses;
    let is_whole = members(
        faults,
        &[
            ("/code", it.code.is_some(), Belongs::must(!of_lenses)),
            ("/payerCode", it.payer_code.is_some(), Belongs::may(!of_lenses)),
            ("/tier", it.tier.is_some(), Belongs::may(!of_lenses)),
            ("/sides", it.sides.is_some(), Belongs::may(!of_lenses)),
            ("/stoma", it.stoma.is_some(), Belongs::may(!of_lenses)),
            ("/pupilDistance", it.pupil_distance.is_some(), Belongs::may(of_lenses)),
            ("/lenses", it.lenses.is_some(), Belongs::must(of_lenses)),
        ],
    );
    let code = faults.optional("/code", it.code.as_deref(), DeviceCode::parse);
    let payer_code = faults.optional("/payerCode", it.payer_code.as_deref(), PayerCode::parse);
    let pupil_distance =
        faults.optional("/pupilDistance", it.pupil_distance.as_deref(), model::PupilDistance::parse);
    let lenses = faults.each("lenses", it.lenses.as_deref().unwrap_or_default(), lens);
    let (code, payer_code, pupil_distance, lenses) = (code?, payer_code?, pupil_distance?, lenses?);
    if !is_whole {
        return None;
    }
    match it.kind {
        OrderedDeviceKind::Lenses => Some(model::Device::Lenses(model::Lenses { pupil_distance, lenses })),
        OrderedDeviceKind::Other => Some(model::Device::Other(model::OtherDevice {
            code: code?,
            payer_code,
            tier: it.tier,
            sides: it.sides.map(Into::into),
            stoma: it.stoma.as_ref().map(stoma),
        })),
    }
}

fn stoma(it: &Stoma) -> model::Stoma {
    model::Stoma { kind: it.kind.into(), count: it.count }
}

fn lens(faults: &mut Faults, it: &OrderedLens) -> Option<model::Lens> {
    let code = faults.take("/code", DeviceCode::parse(&it.code));
    let sphere = faults.optional("/sphere", it.sphere.as_deref(), model::Dioptres::parse);
    let cylinder = faults.optional("/cylinder", it.cylinder.as_deref(), model::Dioptres::parse);
    let axis = match it.axis {
        Some(degrees) => faults.take("/axis", model::Axis::new(degrees)).map(Some),
        None => Some(None),
    };
    let prism = faults.optional("/prism", it.prism.as_deref(), model::Dioptres::parse);
    Some(model::Lens {
        code: code?,
        lens_use: it.lens_use.into(),
        eye: it.eye.into(),
        sphere: sphere?,
        cylinder: cylinder?,
        axis: axis?,
        prism: prism?,
    })
}

fn supply(faults: &mut Faults, it: &OrderedSupply) -> Option<model::OrderedSupply> {
    let monthly = it.kind == OrderedSupplyKind::Monthly;
    let is_whole = members(
        faults,
        &[
            ("/piecesAMonth", it.pieces_a_month.is_some(), Belongs::must(monthly)),
            ("/from", it.from.is_some(), Belongs::must(monthly)),
            ("/months", it.months.is_some(), Belongs::must(monthly)),
            ("/ordination", it.ordination.is_some(), Belongs::must(monthly)),
            ("/form", it.form.is_some(), Belongs::must(monthly)),
            ("/primaryOrder", it.primary_order.is_some(), Belongs::may(monthly)),
            ("/pieces", it.pieces.is_some(), Belongs::must(!monthly)),
        ],
    );
    let pieces_a_month = faults.optional("/piecesAMonth", it.pieces_a_month.as_deref(), Pieces::parse);
    let from = faults.optional("/from", it.from.as_deref(), YearMonth::parse);
    let primary_order =
        faults.optional("/primaryOrder", it.primary_order.as_deref(), DeviceOrderNumber::parse);
    let is_whole_number = it.pieces.is_none_or(|pieces| (1..=MOST_PIECES).contains(&pieces));
    let pieces = faults.take("/pieces", is_whole_number.then_some(it.pieces).ok_or(PIECES));
    let (pieces_a_month, from, primary_order, pieces) = (pieces_a_month?, from?, primary_order?, pieces?);
    if !is_whole {
        return None;
    }
    match it.kind {
        OrderedSupplyKind::OneOff => Some(model::OrderedSupply::OneOff { pieces: pieces? }),
        OrderedSupplyKind::Monthly => Some(model::OrderedSupply::Monthly {
            pieces_a_month: pieces_a_month?,
            from: from?,
            months: it.months?,
            ordination: it.ordination?.into(),
            form: it.form?.into(),
            primary_order,
        }),
    }
}

fn grounds(faults: &mut Faults, it: &OrderGrounds) -> Option<model::Grounds> {
    let diagnosis = faults.optional("/diagnosis", it.diagnosis.as_deref(), Icd10::parse);
    let criteria = faults.each("criteria", &it.criteria, criterion);
    let further = faults.optional("/further", it.further.as_deref(), Text::parse);
    let larger_quantity = faults.optional("/largerQuantity", it.larger_quantity.as_deref(), Text::parse);
    Some(model::Grounds {
        diagnosis: diagnosis?,
        criteria: criteria?,
        further: further?,
        larger_quantity: larger_quantity?,
    })
}

fn criterion(faults: &mut Faults, it: &AwardCriterion) -> Option<model::Criterion> {
    let code = faults.take("/code", Text::parse(&it.code));
    let name = faults.take("/name", Text::parse(&it.name));
    Some(model::Criterion { code: code?, name: name? })
}

fn shortening(faults: &mut Faults, it: &Shortening) -> Option<model::Shortening> {
    let justification = faults.take("/justification", Text::parse(&it.justification))?;
    Some(model::Shortening { ground: it.ground.into(), justification })
}
