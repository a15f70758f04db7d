//! What an officer types from the paper of an order.

use super::examples;
use crate::demand::content::Address;
use crate::demand::parse;
use crate::demand::requests::PaperScanRequest;
use crate::device_order::choices::{PaperChannelKind, PaperReasonKind};
use crate::device_order::content::DeviceOrderContent;
use crate::faults::{MISSING_MEMBER, UNKNOWN_MEMBER};
use crate::parsing::Faults;
use app::device_order::PaperOrder;
use app::failure::Failure;
use chrono::NaiveDate;
use domain::device_order::paper::{Asked, Channel, Reason};
use domain::ids::OutageId;
use domain::values::{ClientReference, Email, Text};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

/// An order on paper with everything that it bears, how it came and why it was not electronic.
#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = PaperOrderRequest, example = examples::on_paper)]
pub(super) struct PaperOrderRequest {
    #[validate(nested)]
    pub content: DeviceOrderContent,
    /// Your own name for the order, without patient data.
    #[schema(min_length = 1, max_length = 64, pattern = "^[!-~]+$", example = "OW07-2026-000123")]
    pub client_reference: Option<String>,
    /// The date under the prescriber's signature: the order is judged by it.
    pub issued_on: NaiveDate,
    /// When it reached the branch.
    pub received_on: NaiveDate,
    #[validate(nested)]
    pub channel: PaperChannelRequest,
    #[validate(nested)]
    pub reason: PaperReasonRequest,
    pub scan: PaperScanRequest,
}

/// How it came; each kind has its own members and no others. Its number goes back the same way.
#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = PaperOrderChannelRequest)]
pub(super) struct PaperChannelRequest {
    pub kind: PaperChannelKind,
    /// Of `POST`: where the answer goes.
    pub return_address: Option<Address>,
    /// Of `EMAIL_SCAN`: where the answer goes.
    #[schema(max_length = 254, example = "pacjent@example.org")]
    pub return_email: Option<String>,
}

/// Why the order was not issued electronically; each kind has its own members and no others.
#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = PaperOrderReasonRequest)]
pub(super) struct PaperReasonRequest {
    pub kind: PaperReasonKind,
    /// Of `OUTAGE`: an outage of `GET /api/v1/outages` that lasted on the day of issue.
    pub outage_id: Option<Uuid>,
    /// Of `SERVICES_UNAVAILABLE` and `SIGNING_IMPOSSIBLE`: what happened; no patient data in it.
    #[schema(min_length = 1, max_length = 1000)]
    pub description: Option<String>,
}

impl PaperOrderRequest {
    pub(super) fn parse(&self) -> Result<PaperOrder, Failure> {
        let mut faults = Faults::new();
        let order = self.read(&mut faults);
        faults.finish_with(order)
    }

    /// The entry, or every illegal value in it.
    pub(super) fn read(&self, faults: &mut Faults) -> Option<PaperOrder> {
        let content = faults.within("content", |faults| self.content.read(faults));
        let client_reference =
            faults.optional("/clientReference", self.client_reference.as_deref(), ClientReference::parse);
        let channel = faults.within("channel", |faults| self.channel.read(faults));
        let reason = faults.within("reason", |faults| self.reason.read(faults));
        let scan = faults.within("scan", |faults| self.scan.read(faults));
        Some(PaperOrder {
            content: content?,
            client_reference: client_reference?,
            asked: Asked {
                issued_on: self.issued_on,
                received_on: self.received_on,
                channel: channel?,
                reason: reason?,
                scan: scan?,
            },
        })
    }
}

/// Members that belong to a kind have to be there, and others must not.
fn check(faults: &mut Faults, members: &[(&str, bool, bool)]) {
    for (member, sent, belongs) in members {
        match (sent, belongs) {
            (true, false) => faults.add(member, UNKNOWN_MEMBER),
            (false, true) => faults.add(member, MISSING_MEMBER),
            (true, true) | (false, false) => {}
        }
    }
}

impl PaperChannelRequest {
    fn read(&self, faults: &mut Faults) -> Option<Channel> {
        let (post, email) = (self.kind == PaperChannelKind::Post, self.kind == PaperChannelKind::EmailScan);
        let members = [
            ("/returnAddress", self.return_address.is_some(), post),
            ("/returnEmail", self.return_email.is_some(), email),
        ];
        check(faults, &members);
        let address =
            faults.within_optional("returnAddress", self.return_address.as_ref(), parse::address)?;
        let return_email = faults.optional("/returnEmail", self.return_email.as_deref(), Email::parse)?;
        Some(match self.kind {
            PaperChannelKind::Counter => Channel::Counter,
            PaperChannelKind::Post => Channel::Post { return_address: address? },
            PaperChannelKind::EmailScan => Channel::EmailScan { return_email: return_email? },
            PaperChannelKind::PatientAccountScan => Channel::PatientAccountScan,
        })
    }
}

impl PaperReasonRequest {
    fn read(&self, faults: &mut Faults) -> Option<Reason> {
        let outage = self.kind == PaperReasonKind::Outage;
        let members = [
            ("/outageId", self.outage_id.is_some(), outage),
            ("/description", self.description.is_some(), !outage),
        ];
        check(faults, &members);
        let description = faults.optional("/description", self.description.as_deref(), Text::parse)?;
        Some(match self.kind {
            PaperReasonKind::Outage => Reason::Outage { outage: OutageId(self.outage_id?) },
            PaperReasonKind::ServicesUnavailable => Reason::ServicesUnavailable { description: description? },
            PaperReasonKind::SigningImpossible => Reason::SigningImpossible { description: description? },
        })
    }
}

/// When the number went back; today where it is left out.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = PaperReplyRequest, example = json!({"sentOn": "2026-12-01"}))]
pub(super) struct ReplyRequest {
    pub sent_on: Option<NaiveDate>,
}

/// Up to 50 papers, each judged and committed alone.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = PaperOrderBatchRequest, example = examples::batch)]
pub(super) struct BatchRequest {
    #[validate(length(min = 1, max = 50), nested)]
    #[schema(min_items = 1, max_items = 50)]
    pub entries: Vec<PaperOrderRequest>,
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop where it fails")]
    use super::*;
    use serde_json::{Value, json};

    fn faults_of(member: &str, value: Value) -> Vec<(String, &'static str)> {
        let mut body = examples::on_paper();
        body[member] = value;
        let sent: PaperOrderRequest = serde_json::from_value(body).unwrap();
        match sent.parse() {
            Err(Failure::Refused(refused)) => {
                refused.violations.into_iter().map(|it| (it.pointer, it.problem.code)).collect()
            }
            _ => Vec::new(),
        }
    }

    #[test]
    fn every_example_is_a_request_without_faults() {
        serde_json::from_value::<PaperOrderRequest>(examples::on_paper()).unwrap().parse().unwrap();
        let batch: BatchRequest = serde_json::from_value(examples::batch()).unwrap();
        assert!(batch.entries.iter().all(|entry| entry.parse().is_ok()));
    }

    #[test]
    fn a_channel_has_the_members_of_its_kind_only() {
        let fault = |member: &str, code| (format!("/channel/{member}"), code);
        let post = json!({"kind": "POST", "returnEmail": "pacjent@example.org"});
        assert_eq!(
            faults_of("channel", post),
            [
                fault("returnAddress", "request.missing_member"),
                fault("returnEmail", "request.unknown_member")
            ]
        );
        let email = json!({"kind": "EMAIL_SCAN", "returnEmail": "nie adres"});
        assert_eq!(faults_of("channel", email), [fault("returnEmail", "value.email")]);
        assert_eq!(faults_of("channel", json!({"kind": "PATIENT_ACCOUNT_SCAN"})), []);
    }

    #[test]
    fn a_reason_has_the_members_of_its_kind_only() {
        let fault = |member: &str, code| (format!("/reason/{member}"), code);
        let outage = json!({"kind": "OUTAGE", "description": "Awaria."});
        assert_eq!(
            faults_of("reason", outage),
            [fault("outageId", "request.missing_member"), fault("description", "request.unknown_member")]
        );
        let silent = json!({"kind": "SERVICES_UNAVAILABLE"});
        assert_eq!(faults_of("reason", silent), [fault("description", "request.missing_member")]);
    }
}
