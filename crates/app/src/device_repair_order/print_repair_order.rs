//! A repair order as a PDF, in the view of the caller, on record: parts I and II, and part III once it is repaired.

use super::read::Sight;
use super::view::{self, RepairOrderView, RepairView, Viewer};
use super::visibility::{Group, sees};
use super::write::refused;
use crate::App;
use crate::caller::Caller;
use crate::demand::print_demand::{electronic, full_name, signed_with, text};
use crate::device_order::Names;
use crate::device_order::OrderReading;
use crate::device_order::print::{content, rendered, supplied, verdict as looked, words};
use crate::failure::Failure;
use chrono::{DateTime, NaiveDate, Utc};
use domain::calendar::warsaw_date;
use domain::demand::model::Attested;
use domain::device_order::model::Signatory;
use domain::device_repair_order::content::{Original, RepairedDevice};
use domain::device_repair_order::model::Issue;
use domain::device_repair_order::{RepairOrder, StateName, printing};
use domain::ids::RepairOrderId;
use domain::values::Grosze;
use print::device_order::repair::{
    OriginalOrder, RepairDonePrint, RepairPrint, RepairVerdictPrint, RepairedDevicePrint, render,
};
use print::device_order::{OrderedBy, ReceiptPrint};
use print::{EndingPrint, StatementPrint};

impl App {
    /// PDF bytes.
    #[tracing::instrument(name = "print_device_repair_order", skip_all)]
    pub async fn print_repair_order(
        &self,
        caller: &Caller,
        id: RepairOrderId,
        trace_id: &str,
    ) -> Result<Vec<u8>, Failure> {
        let organisation = caller.org_id();
        let reading = OrderReading { caller, operation: "print_device_repair_order", trace_id };
        let read = self.read_repair_order(reading, id, move |mut sight| {
            let (order, relation) = (&sight.seen.loaded.order, sight.seen.relation);
            printing::admit_print(order).map_err(|found| refused(found, order.state.name(), relation))?;
            sheet(&mut sight, Viewer { relation, organisation })
        });
        let sheet = self.kept(read.await?).await?;
        rendered(move || render(&sheet)).await
    }
}

fn sheet(sight: &mut Sight<'_, '_>, viewer: Viewer) -> Result<RepairPrint, Failure> {
    let (order, now) = (&sight.seen.loaded.order, sight.now);
    let view = view::build(viewer, order);
    let shows = |group| sees(viewer.relation, group);
    let day = order.state.issue().map_or_else(|| warsaw_date(now), |issue| issue.issued_on);
    let seen = &view.content;
    let device = seen.device.as_ref();
    let codes = device.iter().map(|device| device.code.clone()).collect();
    let names = Names::of_codes(sight.tx, &order.space, &codes)?;
    let name = device.and_then(|device| names.name(&device.code, day)).unwrap_or_default().to_owned();
    let repair = match &view.repair {
        Some(it) => Some(done(sight, order, it, device)?),
        None => None,
    };
    Ok(RepairPrint {
        number: view.number.as_ref().map(|number| number.as_str().to_owned()).unwrap_or_default(),
        state: state(view.state).to_owned(),
        ending: ending(&view),
        issued_on: view.issue.as_ref().map(|issue| issue.issued_on),
        ordered_by: shows(Group::Prescriber).then(|| ordered_by(&view, day)),
        patient: shows(Group::Patient).then(|| content::patient(&seen.patient)),
        device: RepairedDevicePrint { name, ..repaired_device(device, seen.original.as_ref(), day) },
        justification: seen.justification.as_ref().map(|said| said.as_str().to_owned()),
        verdict: verdict(&view, device),
        repair,
        paper: None,
        signatures: view
            .issue
            .as_ref()
            .and_then(|it| electronic(&it.signed, function(it)))
            .into_iter()
            .collect(),
        statement: view.issue.as_ref().and_then(|issue| statement(&view, issue)),
        printed_at: now,
    })
}

fn ordered_by(view: &RepairOrderView, day: NaiveDate) -> OrderedBy {
    OrderedBy {
        place: content::place(&view.content.place, day),
        prescriber: content::prescriber(&view.content.prescriber),
        authorised_signatory: match view.issue.as_ref().map(|issue| &issue.signed_by) {
            Some(Signatory::Authorised { given_names, family_name }) => {
                Some(full_name(Some(given_names), Some(family_name)))
            }
            Some(Signatory::Prescriber) | None => None,
        },
    }
}

fn repaired_device(
    device: Option<&RepairedDevice>,
    original: Option<&Original>,
    day: NaiveDate,
) -> RepairedDevicePrint {
    RepairedDevicePrint {
        code: device.map(|it| it.code.as_str().to_owned()).unwrap_or_default(),
        name: String::new(),
        side: device.and_then(|it| it.side).map(content::side),
        maker: text(device.and_then(|it| it.maker.as_ref())),
        model: text(device.and_then(|it| it.model.as_ref())),
        trade_name: text(device.and_then(|it| it.name.as_ref())),
        serial_number: device.and_then(|it| it.serial_number.as_ref()).map(|it| it.as_str().to_owned()),
        original: original.map(|it| match it {
            Original::Known { number, branch } => OriginalOrder::Known {
                number: number.as_str().to_owned(),
                branch: words::branch(&format!("{branch:02}"), day),
            },
            Original::Unknown { reason } => OriginalOrder::Unknown { reason: reason.as_str().to_owned() },
        }),
    }
}

/// The payer's dictionary has the repair of a device under its code with an `N`.
fn repair_code(device: Option<&RepairedDevice>) -> String {
    device.map(|it| format!("{}.N", it.code.as_str())).unwrap_or_default()
}

fn verdict(view: &RepairOrderView, device: Option<&RepairedDevice>) -> Option<RepairVerdictPrint> {
    let found = view.verification.as_ref()?;
    let verified_at = found.verified_at;
    Some(match found.terms {
        Some(terms) => RepairVerdictPrint::Positive {
            verified_at,
            repair_code: repair_code(device),
            limit_grosze: terms.limit.get(),
            left_grosze: terms.left.limit.get(),
            refund_percent: terms.left.refund.get(),
            valid_until: view.last_day,
        },
        None => RepairVerdictPrint::Negative {
            verified_at,
            problems: found.findings.iter().map(looked::problem).collect(),
        },
    })
}

fn done(
    sight: &mut Sight<'_, '_>,
    order: &RepairOrder,
    it: &RepairView,
    device: Option<&RepairedDevice>,
) -> Result<RepairDonePrint, Failure> {
    let repair = &it.repair;
    let provider = supplied::provider(sight.tx, &order.space, &repair.hold.provider, repair.issued_on)?;
    Ok(RepairDonePrint {
        provider,
        repair_code: repair_code(device),
        description: repair.description.as_str().to_owned(),
        refund_grosze: repair.amounts.refund.get(),
        copay_grosze: repair.amounts.copay.get(),
        warranty_months: repair.guarantee_months,
        extended_by: repair.extension.map(|it| it.months),
        in_use_until: repair.extension.and_then(|it| it.extended_to?.pred_opt()),
        left_grosze: repair.left.map(Grosze::get),
        issued_on: repair.issued_on,
        method: supplied::method(repair.method),
        staff: repair.staff.as_str().to_owned(),
        receipt: Some(ReceiptPrint {
            received_on: repair.receipt.received_on,
            method: supplied::method(repair.method),
            by: it.received_by.as_ref().map(supplied::receiver),
        }),
    })
}

/// What has ended the order; a day in Warsaw.
fn ending(view: &RepairOrderView) -> Option<EndingPrint> {
    let ended = |what: &str, at: DateTime<Utc>, grounds| EndingPrint {
        what: what.to_owned(),
        on: warsaw_date(at),
        legal_basis: None,
        grounds,
    };
    if let Some(cancelled) = &view.cancellation {
        let grounds = Some(cancelled.reason.as_str().to_owned());
        return Some(ended("Zlecenie naprawy anulowano", cancelled.at, grounds));
    }
    (view.state == StateName::Expired).then(|| {
        ended("Zlecenie naprawy wygasło, bo w terminie niczego nie naprawiono", view.changed_at, None)
    })
}

fn state(state: StateName) -> &'static str {
    match state {
        StateName::Draft => "Szkic",
        StateName::Verifying => "W weryfikacji",
        StateName::Negative => "Zweryfikowane negatywnie",
        StateName::Positive => "Zweryfikowane pozytywnie",
        StateName::Held => "Pobrane do naprawy",
        StateName::Realised => "Zrealizowane",
        StateName::Expired => "Wygasłe",
        StateName::Cancelled => "Anulowane",
    }
}

fn function(issue: &Issue) -> &'static str {
    match issue.signed_by {
        Signatory::Prescriber => "osoba wystawiająca",
        Signatory::Authorised { .. } => "osoba upoważniona do podpisu",
    }
}

fn statement(view: &RepairOrderView, issue: &Issue) -> Option<StatementPrint> {
    match &issue.signed {
        Attested::Electronic(signed) => Some(StatementPrint {
            signatory: full_name(Some(&signed.given_names), Some(&signed.family_name)),
            post: function(issue).to_owned(),
            signed_with: signed_with(signed),
            document_id: view.id.to_string(),
        }),
        Attested::OnPaper(_) => None,
    }
}
