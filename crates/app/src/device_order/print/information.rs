//! What a patient takes along: number, code, and what to do; nothing of their health (DO-17, DO-62).

use super::content::{self, Listed};
use super::words;
use crate::demand::print_demand::{full_name, text};
use crate::device_order::list_patient_orders::valid_until;
use crate::device_order::names::Names;
use crate::failure::Failure;
use chrono::{DateTime, NaiveDate, Utc};
use domain::calendar::warsaw_date;
use domain::device_order::content::Content;
use domain::device_order::lifecycle::{PeriodState, Periods};
use domain::device_order::renewal::open_code;
use domain::device_order::{DeviceOrder, State};
use print::EndingPrint;
use print::device_order::information::{IdentifiedBy, InformationPrint, IssuerPrint, Origin};

/// Of an order that was confirmed.
pub(super) fn sheet(
    order: &DeviceOrder,
    names: &Names,
    now: DateTime<Utc>,
) -> Result<InformationPrint, Failure> {
    let content = &order.content;
    let whole = order.state.confirmed().zip(content.supply.as_ref()).zip(order.number.as_ref());
    let ((confirmed, supply), number) = whole.ok_or_else(|| Failure::Bug("an order of nothing".into()))?;
    let issued_on = confirmed.issue.issued_on;
    let listed = Listed { names, day: issued_on };
    let patient = &content.patient;
    Ok(InformationPrint {
        number: number.as_str().to_owned(),
        code: open_code(order).map(|code| code.reveal().to_owned()),
        identified_by: if patient.has_pesel() { IdentifiedBy::Pesel } else { IdentifiedBy::BirthDate },
        ending: ending(order),
        issued_on,
        patient: full_name(patient.given_names.as_ref(), patient.family_name.as_ref()),
        ordered: ordered(content, listed),
        supply: content::supply(supply, content::unit(content, listed)),
        months_left: months_left(&confirmed.periods),
        valid_until: valid_until(&confirmed.periods),
        issuer: issuer(content),
        origin: if confirmed.issue.paper.is_some() { Origin::Paper } else { Origin::Electronic },
        printed_at: now,
    })
}

/// Nothing can be had of it any more.
fn ending(order: &DeviceOrder) -> Option<EndingPrint> {
    let (what, at) = match &order.state {
        State::Cancelled(cancelled) => ("Zlecenie anulowano", cancelled.cancellation.at),
        State::Realised(_) => ("Zlecenie zrealizowano", order.changed_at),
        State::Expired(_) => ("Zlecenie wygasło", order.changed_at),
        State::Positive(_)
        | State::Draft
        | State::Registered(_)
        | State::Verifying(_)
        | State::Negative(_) => return None,
    };
    Some(EndingPrint { what: what.to_owned(), on: warsaw_date(at), legal_basis: None, grounds: None })
}

fn ordered(content: &Content, listed: Listed<'_>) -> Vec<String> {
    let mut codes: Vec<_> = content.items().into_iter().map(|item| item.code).collect();
    codes.dedup();
    let said = |code: &domain::values::DeviceCode| match listed.names.name(code, listed.day) {
        Some(name) => format!("{name} ({})", code.as_str()),
        None => code.as_str().to_owned(),
    };
    codes.iter().map(said).collect()
}

/// The free months, where these are no longer all.
fn months_left(periods: &Periods) -> Option<Vec<NaiveDate>> {
    let Periods::Monthly { periods } = periods else { return None };
    let free = periods.iter().filter(|it| it.state == PeriodState::Available);
    let months: Vec<NaiveDate> = free.map(|it| it.month.first_day()).collect();
    (months.len() < periods.len()).then_some(months)
}

fn issuer(content: &Content) -> IssuerPrint {
    let (by, place) = (&content.prescriber, &content.place);
    IssuerPrint {
        name: full_name(by.given_names.as_ref(), by.family_name.as_ref()),
        profession: by.profession.map(words::profession).unwrap_or_default().to_owned(),
        place: text(place.name.as_ref()),
        phone: place.phone.as_ref().map(|phone| phone.as_str().to_owned()),
    }
}
