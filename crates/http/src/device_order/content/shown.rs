//! The content for those who may see it; a part of which nothing is there is left out.

use super::{
    AdditionalEntitlement, AwardCriterion, DeviceOrderContent, DocumentUntil, EntitlementDocument,
    OrderGrounds, OrderPatient, OrderPrescriber, OrderedDevice, OrderedLens, OrderedSupply, PayerContract,
    PlaceOfIssue, RightProof, Shortening, Stoma,
};
use crate::demand::content::PatientIdentifier;
use crate::demand::view::content::address;
use crate::device_order::choices::{OrderedDeviceKind, OrderedSupplyKind, RightProofKind, UntilKind};
use domain::device_order::Content;
use domain::device_order::content as model;
use domain::values::{PersonName, Text};

pub(crate) fn text<const MAX: usize>(value: Option<&Text<MAX>>) -> Option<String> {
    value.map(|text| text.as_str().to_owned())
}

fn name(value: Option<&PersonName>) -> Option<String> {
    value.map(|name| name.reveal().to_owned())
}

pub(crate) fn unless_empty<T: Default + PartialEq, V>(part: &T, show: impl FnOnce(&T) -> V) -> Option<V> {
    (*part != T::default()).then(|| show(part))
}

impl DeviceOrderContent {
    pub fn of(it: &Content) -> Self {
        Self {
            place: unless_empty(&it.place, place),
            prescriber: unless_empty(&it.prescriber, prescriber),
            patient: unless_empty(&it.patient, patient),
            title: text(it.title.as_ref()),
            right: it.right.as_ref().map(right),
            additional_entitlement: it.additional_entitlement.as_ref().map(additional_entitlement),
            device: it.device.as_ref().map(device),
            supply: it.supply.as_ref().map(supply),
            grounds: unless_empty(&it.grounds, grounds),
            shortening: it.shortening.as_ref().map(|it| Shortening {
                ground: it.ground.into(),
                justification: it.justification.as_str().to_owned(),
            }),
        }
    }
}

pub(crate) fn place(it: &model::Place) -> PlaceOfIssue {
    PlaceOfIssue {
        name: text(it.name.as_ref()),
        regon: it.regon.as_ref().map(|regon| regon.as_str().to_owned()),
        address: it.address.as_ref().map(address),
        phone: text(it.phone.as_ref()),
        contract: it.contract.as_ref().map(|it| PayerContract {
            branch: it.branch,
            provider_code: it.provider_code.as_str().to_owned(),
        }),
    }
}

pub(crate) fn prescriber(it: &model::Prescriber) -> OrderPrescriber {
    OrderPrescriber {
        given_names: name(it.given_names.as_ref()),
        family_name: name(it.family_name.as_ref()),
        profession: it.profession.map(Into::into),
        licence_number: it.licence_number.as_ref().map(|it| it.as_str().to_owned()),
        specialties: it.specialties.iter().map(|it| it.as_str().to_owned()).collect(),
    }
}

pub(crate) fn patient(it: &model::Patient) -> OrderPatient {
    OrderPatient {
        given_names: name(it.given_names.as_ref()),
        family_name: name(it.family_name.as_ref()),
        identifier: it.identifier.as_ref().map(PatientIdentifier::of),
        birth_date: it.birth_date,
        sex: it.sex.map(Into::into),
        pregnant: it.pregnant,
        address: it.address.as_ref().map(address),
    }
}

pub(crate) fn right(it: &model::RightProof) -> RightProof {
    let mut shown = RightProof {
        kind: RightProofKind::Statement,
        made_on: None,
        made_by: None,
        document: None,
        country: None,
        personal_number: None,
        institution: None,
    };
    match it {
        model::RightProof::Statement { made_on, made_by } => {
            shown.made_on = Some(*made_on);
            shown.made_by = Some((*made_by).into());
        }
        model::RightProof::Document { document: its } => {
            shown.kind = RightProofKind::Document;
            shown.document = Some(document(its));
        }
        model::RightProof::EuDocument { country, personal_number, institution, document: its } => {
            shown.kind = RightProofKind::EuDocument;
            shown.document = Some(document(its));
            shown.country = Some(country.as_str().to_owned());
            shown.personal_number = Some(personal_number.as_str().to_owned());
            shown.institution = Some(institution.as_str().to_owned());
        }
    }
    shown
}

fn document(it: &model::EntitlementDocument) -> EntitlementDocument {
    EntitlementDocument {
        kind: it.kind.into(),
        number: text(it.number.as_ref()),
        issued_on: it.issued_on,
        until: it.until.map(|until| match until {
            model::Until::Indefinite => DocumentUntil { kind: UntilKind::Indefinite, last: None },
            model::Until::Day { last } => DocumentUntil { kind: UntilKind::Day, last: Some(last) },
        }),
    }
}

pub(crate) fn additional_entitlement(it: &model::AdditionalEntitlement) -> AdditionalEntitlement {
    AdditionalEntitlement {
        code: it.code.into(),
        document: document(&it.document),
        certified_by: it.certified_by.as_ref().map(|it| it.as_str().to_owned()),
    }
}

fn device(it: &model::Device) -> OrderedDevice {
    let mut shown = OrderedDevice {
        kind: OrderedDeviceKind::Lenses,
        code: None,
        payer_code: None,
        tier: None,
        sides: None,
        stoma: None,
        pupil_distance: None,
        lenses: None,
    };
    match it {
        model::Device::Lenses(ordered) => {
            shown.pupil_distance = ordered.pupil_distance.map(|it| it.to_string());
            shown.lenses = Some(ordered.lenses.iter().map(lens).collect());
        }
        model::Device::Other(device) => {
            shown.kind = OrderedDeviceKind::Other;
            shown.code = Some(device.code.as_str().to_owned());
            shown.payer_code = device.payer_code.as_ref().map(|it| it.as_str().to_owned());
            shown.tier = device.tier;
            shown.sides = device.sides.map(Into::into);
            shown.stoma = device.stoma.map(|it| Stoma { kind: it.kind.into(), count: it.count });
        }
    }
    shown
}

fn lens(it: &model::Lens) -> OrderedLens {
    OrderedLens {
        code: it.code.as_str().to_owned(),
        lens_use: it.lens_use.into(),
        eye: it.eye.into(),
        sphere: it.sphere.map(|power| power.to_string()),
        cylinder: it.cylinder.map(|power| power.to_string()),
        axis: it.axis.map(u16::from),
        prism: it.prism.map(|power| power.to_string()),
    }
}

fn supply(it: &model::OrderedSupply) -> OrderedSupply {
    let mut shown = OrderedSupply {
        kind: OrderedSupplyKind::OneOff,
        pieces_a_month: None,
        from: None,
        months: None,
        ordination: None,
        form: None,
        primary_order: None,
        pieces: None,
    };
    match it {
        model::OrderedSupply::OneOff { pieces } => shown.pieces = Some(*pieces),
        model::OrderedSupply::Monthly { pieces_a_month, from, months, ordination, form, primary_order } => {
            shown.kind = OrderedSupplyKind::Monthly;
            shown.pieces_a_month = Some(pieces_a_month.to_string());
            shown.from = Some(from.to_string());
            shown.months = Some(*months);
            shown.ordination = Some((*ordination).into());
            shown.form = Some((*form).into());
            shown.primary_order = primary_order.as_ref().map(|it| it.as_str().to_owned());
        }
    }
    shown
}

fn grounds(it: &model::Grounds) -> OrderGrounds {
    let criterion = |it: &model::Criterion| AwardCriterion {
        code: it.code.as_str().to_owned(),
        name: it.name.as_str().to_owned(),
    };
    OrderGrounds {
        diagnosis: it.diagnosis.as_ref().map(|it| it.as_str().to_owned()),
        criteria: it.criteria.iter().map(criterion).collect(),
        further: text(it.further.as_ref()),
        larger_quantity: text(it.larger_quantity.as_ref()),
    }
}
