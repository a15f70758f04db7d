//! How an order came on paper, as whoever may see it reads it.

use super::words;
use crate::demand::print_demand::{address, full_name};
use chrono::NaiveDate;
use domain::device_order::model::OnPaper;
use domain::device_order::paper::{Channel, Reason};
use print::RepresentativePrint;
use print::device_order::PaperPrint;

/// With the address of the answer only where the reader sees the patient's own.
pub(super) fn paper(it: &OnPaper, issued_on: NaiveDate, shows_contact: bool) -> PaperPrint {
    PaperPrint {
        grounds: reason(&it.reason),
        issued_on,
        came_by: channel(&it.channel).to_owned(),
        received_on: it.received_on,
        answer_to: answer_to(&it.channel).filter(|_| shows_contact),
        answered_on: it.reply.as_ref().map(|reply| reply.sent_on),
        branch: words::branch(&format!("{:02}", it.branch), issued_on),
        entered_by: RepresentativePrint {
            name: full_name(Some(&it.entered_by.given_names), Some(&it.entered_by.family_name)),
            post: it.entered_by.function.as_str().to_owned(),
        },
        entered_at: it.entered_at,
        scan_title: Some(it.scan.title.as_str().to_owned()),
        scan_sha256: Some(it.scan.sha256.0.clone()),
        formerly_until: it.formerly.map(|former| former.cancelled_on),
    }
}

fn reason(it: &Reason) -> String {
    match it {
        Reason::Outage { .. } => "awaria systemu".to_owned(),
        Reason::ServicesUnavailable { description } => {
            format!("niedostępność usług: {}", description.as_str())
        }
        Reason::SigningImpossible { description } => {
            format!("nie można było złożyć podpisu: {}", description.as_str())
        }
    }
}

fn channel(it: &Channel) -> &'static str {
    match it {
        Channel::Counter => "osobiście w oddziale",
        Channel::Post { .. } => "pocztą",
        Channel::EmailScan { .. } => "skan przesłany pocztą elektroniczną",
        Channel::PatientAccountScan => "skan z konta pacjenta",
    }
}

fn answer_to(it: &Channel) -> Option<String> {
    match it {
        Channel::Post { return_address } => Some(address(return_address)),
        Channel::EmailScan { return_email } => Some(return_email.reveal().to_owned()),
        Channel::Counter | Channel::PatientAccountScan => None,
    }
}
