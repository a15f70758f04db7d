//! Parts I and II: the order and what the payer found, as the caller sees them.

use super::content::{self, Listed};
use super::{on_paper, verdict, words};
use crate::demand::print_demand::{electronic, full_name, signed_with};
use crate::device_order::list_patient_orders::valid_until;
use crate::device_order::names::Names;
use crate::device_order::view::{self, DeviceOrderView, Viewer};
use crate::device_order::visibility::{Group, sees};
use chrono::{DateTime, Utc};
use domain::calendar::warsaw_date;
use domain::demand::model::Attested;
use domain::device_order::model::{Issue, Signatory};
use domain::device_order::{DeviceOrder, StateName};
use print::device_order::OrderedBy;
use print::device_order::order::OrderPrint;
use print::{EndingPrint, SignaturePrint, StatementPrint};

pub(super) fn sheet(viewer: Viewer, order: &DeviceOrder, names: &Names, now: DateTime<Utc>) -> OrderPrint {
    let view = view::build(viewer, order, now);
    let shows = |group| sees(viewer.relation, group);
    let day = order.state.issue().map_or_else(|| warsaw_date(now), |issue| issue.issued_on);
    let listed = Listed { names, day };
    let content = &view.content;
    let supply = content.supply.as_ref();
    OrderPrint {
        number: view.number.as_ref().map(|number| number.as_str().to_owned()).unwrap_or_default(),
        version: u32::try_from(view.content_version).unwrap_or(1),
        state: words::state(view.state).to_owned(),
        ending: ending(&view),
        issued_on: view.issue.as_ref().map(|issue| issue.issued_on),
        valid_until: view.periods.as_ref().map(valid_until),
        ordered_by: shows(Group::Prescriber).then(|| ordered_by(&view, listed)),
        patient: shows(Group::Patient).then(|| content::patient(&content.patient)),
        right: content.right.as_ref().map(content::right),
        additional_entitlement: content.additional_entitlement.as_ref().map(content::entitlement),
        device: content.device.as_ref().map(|device| content::device(device, listed)),
        supply: supply.map(|it| content::supply(it, content::unit(content, listed))),
        ordination: supply.and_then(content::ordination),
        primary_order: supply.and_then(content::primary_order),
        grounds: shows(Group::Grounds).then(|| content::grounds(content)),
        verdict: view.verification.as_ref().map(|found| verdict::verdict(&view, found, listed)),
        months: verdict::months(viewer, &view, order),
        paper: view.issue.as_ref().and_then(|issue| {
            let paper = issue.paper.as_ref()?;
            Some(on_paper::paper(paper, issue.issued_on, shows(Group::Contact)))
        }),
        signatures: view.issue.as_ref().and_then(signature).into_iter().collect(),
        statement: view.issue.as_ref().and_then(|issue| statement(&view, issue)),
        printed_at: now,
    }
}

/// What has ended the order; a day in Warsaw. One that was realised has done what it is for.
fn ending(view: &DeviceOrderView) -> Option<EndingPrint> {
    if let Some(cancelled) = &view.cancellation {
        return Some(EndingPrint {
            what: "Zlecenie anulowano".to_owned(),
            on: warsaw_date(cancelled.at),
            legal_basis: None,
            grounds: Some(cancelled.reason.as_str().to_owned()),
        });
    }
    (view.state == StateName::Expired).then(|| EndingPrint {
        what: "Zlecenie wygasło, bo w terminie niczego z niego nie wydano".to_owned(),
        on: warsaw_date(view.changed_at),
        legal_basis: None,
        grounds: None,
    })
}

fn ordered_by(view: &DeviceOrderView, listed: Listed<'_>) -> OrderedBy {
    let by = view.issue.as_ref().map(|issue| &issue.signed_by);
    OrderedBy {
        place: content::place(&view.content.place, listed.day),
        prescriber: content::prescriber(&view.content.prescriber),
        authorised_signatory: match by {
            Some(Signatory::Authorised { given_names, family_name }) => {
                Some(full_name(Some(given_names), Some(family_name)))
            }
            Some(Signatory::Prescriber) | None => None,
        },
    }
}

fn function(issue: &Issue) -> &'static str {
    match issue.signed_by {
        Signatory::Prescriber => "osoba wystawiająca",
        Signatory::Authorised { .. } => "osoba upoważniona do podpisu",
    }
}

fn signature(issue: &Issue) -> Option<SignaturePrint> {
    electronic(&issue.signed, function(issue))
}

fn statement(view: &DeviceOrderView, issue: &Issue) -> Option<StatementPrint> {
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
