//! Parts III and IV: what was issued of a take-up, by whom, what was paid, and who received it.

use super::content::Listed;
use super::verdict::line;
use super::{content, words};
use crate::demand::print_demand::{address, full_name, identifier};
use crate::device_order::access::Relation;
use crate::device_order::names::Names;
use crate::device_order::view::{Viewer, visible_content};
use crate::device_order::visibility::{Group, sees};
use crate::failure::Failure;
use chrono::{DateTime, NaiveDate, Utc};
use domain::calendar::warsaw_date;
use domain::device_order::DeviceOrder;
use domain::device_order::issue::ordered_months;
use domain::device_order::model::{
    IssuedItem, IssuedProduct, LimitChange, Method, Months, Provider, Realisation, Receipt, Receiver, TakeUp,
};
use domain::device_provider::Place;
use domain::ids::SpaceId;
use domain::values::Text;
use print::device_order::realisation::{IssuedItemPrint, IssuedProductPrint, RealisationPrint};
use print::device_order::{Method as MethodPrint, ProviderPrint, ReceiptPrint, Receiver as ReceiverPrint};
use store::{Tx, device_provider, directory};

/// A take-up of which goods were issued, in front of somebody who may see it.
pub(super) struct Shown<'a> {
    pub viewer: Viewer,
    pub order: &'a DeviceOrder,
    pub take_up: &'a TakeUp,
    pub realisation: &'a Realisation,
    pub now: DateTime<Utc>,
}

pub(super) fn sheet(tx: &mut Tx<'_>, shown: &Shown<'_>) -> Result<RealisationPrint, Failure> {
    let Shown { viewer, order, take_up, realisation, now } = shown;
    let visible = visible_content(viewer.relation, &order.content);
    let ordered = ordered_months(&order.content);
    let codes = take_up.lines.iter().map(|line| line.code.clone()).collect();
    let names = Names::of_codes(tx, &order.space, &codes)?;
    let listed = Listed { names: &names, day: warsaw_date(take_up.taken_at) };
    let (supplied, lost) = months_of(take_up, realisation);
    let is_partial = take_up.months.zip(ordered).is_some_and(|(taken, all)| taken.count < all.count);
    Ok(RealisationPrint {
        order_number: order.number.as_ref().map(|it| it.as_str().to_owned()).unwrap_or_default(),
        ending: None,
        provider: provider(tx, &order.space, &take_up.provider, realisation.issued_on)?,
        patient: content::patient(&visible.patient),
        taken_on: warsaw_date(take_up.taken_at),
        months: supplied.map(content::months),
        lost: lost.map(content::months),
        limits: take_up.lines.iter().map(|it| line(it, listed, None)).collect(),
        limit_changes: take_up.changes.iter().map(|it| limit_change(*it, take_up)).collect(),
        is_partial,
        issued_on: realisation.issued_on,
        method: method(realisation.method),
        staff: realisation.staff.as_str().to_owned(),
        items: realisation.items.iter().map(|it| item(it, take_up)).collect(),
        receipt: realisation.receipt.as_ref().map(|it| receipt(viewer.relation, it, realisation.method)),
        printed_at: *now,
    })
}

/// With branch and address, as far as the payer's file has the contract still on that day.
pub(crate) fn provider(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    it: &Provider,
    day: NaiveDate,
) -> Result<ProviderPrint, Failure> {
    let contracts = device_provider::contracts_of(tx, space, it.id)?;
    let contract = contracts.iter().find(|known| known.number == it.contract);
    let place = contract.and_then(|known| known.all_places().find(|place| place.code == it.place));
    let holder = match it.acts_for {
        Some(id) => directory::find_organisation(tx, space, id)?.map(|known| known.name),
        None => None,
    };
    Ok(ProviderPrint {
        name: it.name.as_str().to_owned(),
        contract: it.contract.as_str().to_owned(),
        branch: contract.map(|known| words::branch(known.branch.as_str(), day)),
        place: place_words(it, place),
        address: place.map(|place| address(&place.address)),
        acts_for: holder,
    })
}

fn place_words(it: &Provider, place: Option<&Place>) -> String {
    match place.and_then(|place| place.name.as_ref()) {
        Some(name) => format!("{}, {}", it.place.as_str(), name.as_str()),
        None => it.place.as_str().to_owned(),
    }
}

pub(crate) fn method(method: Method) -> MethodPrint {
    match method {
        Method::InPerson => MethodPrint::InPerson,
        Method::Courier => MethodPrint::Courier,
    }
}

/// The months that the goods are for, and those before them that were lost.
fn months_of(take_up: &TakeUp, realisation: &Realisation) -> (Option<Months>, Option<Months>) {
    let Some(all) = take_up.months else { return (None, None) };
    let lost = u32::try_from(realisation.lost.len()).unwrap_or_default();
    let supplied = Months { from: all.from.plus(lost), count: all.count.saturating_sub(lost) };
    (Some(supplied), (lost > 0).then_some(Months { from: all.from, count: lost }))
}

/// Why a limit is another one than when the order was verified.
fn limit_change(it: LimitChange, take_up: &TakeUp) -> String {
    match it {
        LimitChange::Age => "wiek pacjenta".to_owned(),
        LimitChange::Entitlement => "uprawnienie dodatkowe".to_owned(),
        LimitChange::Regulation => "zmiana przepisów".to_owned(),
        LimitChange::Code => "zmiana kodu wyrobu".to_owned(),
        LimitChange::Other => take_up.other_change.as_ref().map_or("inny powód", Text::as_str).to_owned(),
    }
}

fn item(it: &IssuedItem, take_up: &TakeUp) -> IssuedItemPrint {
    // Where the code has several limits it is told which one.
    let has_several = take_up.lines.iter().any(|line| line.code == it.code && line.tier != it.tier);
    IssuedItemPrint {
        tier: has_several.then_some(it.tier),
        code: it.code.as_str().to_owned(),
        side: it.side.map(content::side),
        products: it.products.iter().map(product).collect(),
        refund_grosze: it.amounts.refund.get(),
        copay_grosze: it.amounts.copay.get(),
    }
}

fn product(it: &IssuedProduct) -> IssuedProductPrint {
    IssuedProductPrint {
        identifier: it.product.as_str().to_owned(),
        name: it.name.as_str().to_owned(),
        maker: it.maker.as_str().to_owned(),
        model: it.model.as_str().to_owned(),
        serial_number: it.serial_number.as_ref().map(|serial| serial.as_str().to_owned()),
        pieces: it.pieces,
        price_grosze: it.price.get(),
    }
}

/// Who took the goods is told to those who are told so elsewhere, and left out for everybody else.
fn receipt(relation: Relation, it: &Receipt, issued: Method) -> ReceiptPrint {
    ReceiptPrint {
        received_on: it.received_on,
        method: method(issued),
        by: sees(relation, Group::Receiver).then(|| receiver(&it.by)),
    }
}

pub(crate) fn receiver(by: &Receiver) -> ReceiverPrint {
    match by {
        Receiver::Patient => ReceiverPrint::Patient,
        Receiver::Other { given_names, family_name, identifier: by } => ReceiverPrint::Other {
            name: full_name(Some(given_names), Some(family_name)),
            identifier: identifier(by),
        },
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test stops where it fails")]

    use super::*;
    use domain::values::{PatientIdentifier, PersonName, Pesel};

    #[test]
    fn who_took_the_goods_is_printed_for_those_alone_who_are_told() {
        let by = Receiver::Other {
            given_names: PersonName::parse("Święcisława").unwrap(),
            family_name: PersonName::parse("Próbna").unwrap(),
            identifier: PatientIdentifier::Pesel(Pesel::parse("44051401458").unwrap()),
        };
        let received = Receipt { received_on: NaiveDate::MIN, by };
        let told = Relation::ALL.into_iter().filter(|relation| {
            let printed = receipt(*relation, &received, Method::InPerson);
            assert_eq!(printed.by.is_some(), sees(*relation, Group::Receiver), "{}", relation.name());
            printed.by.is_some()
        });
        assert_eq!(told.count(), 3, "the patient, whoever supplied, and an officer who sees the whole");
    }
}
