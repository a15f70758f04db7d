//! The content of an order for its prints: what the view leaves out is not there.

use super::words;
use crate::demand::print_demand::{address, full_name, identifier, text};
use crate::device_order::names::Names;
use chrono::NaiveDate;
use domain::device_group::LensUse;
use domain::device_order::content::{
    AdditionalEntitlement, Content, Device, EntitlementDocument, Eye, Form, Lens, Lenses, OrderedSupply,
    OtherDevice, Patient, PayerContract, RightProof, Sides, Until,
};
use domain::device_order::content::{Ordination, Place, Prescriber};
use domain::device_order::model::{Months, Side};
use domain::values::YearMonth;
use print::device_order::order as paper;
use print::device_order::{
    MonthsPrint, Ordination as OrdinationPrint, PatientPrint, PlacePrint, PrescriberPrint, Quantity,
    Side as SidePrint, SupplyPrint, Unit,
};

/// What the list says of the devices as of a day.
#[derive(Clone, Copy)]
pub(super) struct Listed<'a> {
    pub names: &'a Names,
    pub day: NaiveDate,
}

pub(crate) fn place(it: &Place, day: NaiveDate) -> PlacePrint {
    let contract = |it: &PayerContract| {
        let branch = words::branch(&format!("{:02}", it.branch), day);
        format!("{branch}, kod świadczeniodawcy {}", it.provider_code.as_str())
    };
    PlacePrint {
        name: text(it.name.as_ref()),
        regon: it.regon.as_ref().map(|regon| regon.as_str().to_owned()),
        address: it.address.as_ref().map(address),
        phone: it.phone.as_ref().map(|phone| phone.as_str().to_owned()),
        contract: it.contract.as_ref().map(contract),
    }
}

pub(crate) fn prescriber(it: &Prescriber) -> PrescriberPrint {
    PrescriberPrint {
        name: full_name(it.given_names.as_ref(), it.family_name.as_ref()),
        profession: it.profession.map(words::profession).unwrap_or_default().to_owned(),
        licence_number: it
            .licence_number
            .as_ref()
            .map(|licence| licence.as_str().to_owned())
            .unwrap_or_default(),
        specialties: it.specialties.iter().map(|it| it.as_str().to_owned()).collect(),
    }
}

pub(crate) fn patient(it: &Patient) -> PatientPrint {
    // The PESEL says both by itself.
    let is_stated = !it.has_pesel();
    PatientPrint {
        name: full_name(it.given_names.as_ref(), it.family_name.as_ref()),
        identifier: it.identifier.as_ref().map(identifier),
        birth_date: it.birth_date.filter(|_| is_stated),
        sex: it.sex.filter(|_| is_stated).map(|sex| words::sex(sex).to_owned()),
        is_pregnant: it.pregnant,
        address: it.address.as_ref().map(address),
    }
}

pub(super) fn right(it: &RightProof) -> paper::RightPrint {
    match it {
        RightProof::Statement { made_on, made_by } => {
            paper::RightPrint::Statement { made_on: *made_on, made_by: words::made_by(*made_by).to_owned() }
        }
        RightProof::Document { document: it } => paper::RightPrint::Document(document(it)),
        RightProof::EuDocument { country, personal_number, institution, document: it } => {
            paper::RightPrint::EuDocument {
                country: country.name_pl().to_owned(),
                personal_number: personal_number.as_str().to_owned(),
                institution: institution.as_str().to_owned(),
                document: document(it),
            }
        }
    }
}

fn document(it: &EntitlementDocument) -> paper::DocumentPrint {
    paper::DocumentPrint {
        kind: words::document(it.kind).to_owned(),
        number: it.number.as_ref().map(|number| number.as_str().to_owned()),
        issued_on: it.issued_on,
        until: it.until.map(|until| match until {
            Until::Indefinite => paper::Until::Indefinite,
            Until::Day { last } => paper::Until::Day(last),
        }),
    }
}

pub(super) fn entitlement(it: &AdditionalEntitlement) -> paper::EntitlementPrint {
    paper::EntitlementPrint {
        code: it.code.name().to_owned(),
        document: document(&it.document),
        certified_by: it.certified_by.as_ref().map(|licence| licence.as_str().to_owned()),
    }
}

pub(super) fn device(it: &Device, listed: Listed<'_>) -> paper::DevicePrint {
    match it {
        Device::Lenses(it) => lenses(it, listed),
        Device::Other(it) => paper::DevicePrint::Other(other(it, listed)),
    }
}

fn lenses(it: &Lenses, listed: Listed<'_>) -> paper::DevicePrint {
    let mut names: Vec<&str> =
        it.lenses.iter().filter_map(|lens| listed.names.name(&lens.code, listed.day)).collect();
    names.dedup();
    paper::DevicePrint::Lenses {
        name: names.join("; "),
        pupil_distance: it.pupil_distance.map(|distance| distance.to_string()),
        lenses: it.lenses.iter().map(lens).collect(),
    }
}

fn lens(it: &Lens) -> paper::LensPrint {
    paper::LensPrint {
        code: it.code.as_str().to_owned(),
        is_near: it.lens_use == LensUse::Near,
        eye: match it.eye {
            Eye::Left => SidePrint::Left,
            Eye::Right => SidePrint::Right,
        },
        sphere: it.sphere.map(|power| power.to_string()),
        cylinder: it.cylinder.map(|power| power.to_string()),
        axis: it.axis.map(|axis| u16::from(axis).to_string()),
        prism: it.prism.map(|power| power.to_string()),
    }
}

fn other(it: &OtherDevice, listed: Listed<'_>) -> paper::OtherDevicePrint {
    paper::OtherDevicePrint {
        code: it.code.as_str().to_owned(),
        payer_code: it.payer_code.as_ref().map(|code| code.as_str().to_owned()),
        name: listed.names.name(&it.code, listed.day).unwrap_or_default().to_owned(),
        sides: it
            .sides
            .map(|sides| Sides::each(Some(sides)))
            .into_iter()
            .flatten()
            .filter_map(|side| side.map(self::side))
            .collect(),
        stoma: it
            .stoma
            .map(|stoma| paper::StomaPrint { kind: words::stoma(stoma.kind).to_owned(), count: stoma.count }),
    }
}

pub(crate) fn side(side: Side) -> SidePrint {
    match side {
        Side::Left => SidePrint::Left,
        Side::Right => SidePrint::Right,
    }
}

/// In what the ordered devices are counted.
pub(super) fn unit(content: &Content, listed: Listed<'_>) -> Unit {
    let first = content.items().into_iter().next();
    first.map_or(Unit::Piece, |item| words::unit(listed.names.unit(&item.code, listed.day)))
}

pub(super) fn supply(it: &OrderedSupply, unit: Unit) -> SupplyPrint {
    match it {
        OrderedSupply::Monthly { pieces_a_month, from, months: count, .. } => SupplyPrint::Monthly {
            a_month: Quantity { hundredths: pieces_a_month.to_hundredths(), unit },
            months: months(Months { from: *from, count: *count }),
        },
        OrderedSupply::OneOff { pieces } => {
            SupplyPrint::OneOff { quantity: Quantity { hundredths: i64::from(*pieces) * 100, unit } }
        }
    }
}

pub(super) fn months(it: Months) -> MonthsPrint {
    let first_day = |month: YearMonth| month.first_day();
    MonthsPrint { first: first_day(it.from), last: first_day(it.last()) }
}

pub(super) fn ordination(it: &OrderedSupply) -> Option<OrdinationPrint> {
    match it {
        OrderedSupply::Monthly { ordination: Ordination::Primary, .. } => Some(OrdinationPrint::Primary),
        OrderedSupply::Monthly { ordination: Ordination::Continuation, form: Form::Full, .. } => {
            Some(OrdinationPrint::Continuation)
        }
        OrderedSupply::Monthly { ordination: Ordination::Continuation, form: Form::Short, .. } => {
            Some(OrdinationPrint::ShortContinuation)
        }
        OrderedSupply::OneOff { .. } => None,
    }
}

pub(super) fn primary_order(it: &OrderedSupply) -> Option<String> {
    match it {
        OrderedSupply::Monthly { primary_order, .. } => {
            primary_order.as_ref().map(|number| number.as_str().to_owned())
        }
        OrderedSupply::OneOff { .. } => None,
    }
}

pub(super) fn grounds(it: &Content) -> paper::GroundsPrint {
    let said = &it.grounds;
    paper::GroundsPrint {
        diagnosis: said.diagnosis.as_ref().map(|code| code.as_str().to_owned()),
        criteria: said
            .criteria
            .iter()
            .map(|it| paper::CriterionPrint {
                code: it.code.as_str().to_owned(),
                name: it.name.as_str().to_owned(),
            })
            .collect(),
        further: said.further.as_ref().map(|text| text.as_str().to_owned()),
        larger_quantity: said.larger_quantity.as_ref().map(|text| text.as_str().to_owned()),
        shortening: it.shortening.as_ref().map(|it| paper::ShorteningPrint {
            ground: words::shortening(it.ground).to_owned(),
            justification: it.justification.as_str().to_owned(),
        }),
    }
}
