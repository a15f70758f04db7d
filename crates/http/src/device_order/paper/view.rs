//! How an order came on paper.

use crate::demand::content::Address;
use crate::demand::view::content::address;
use crate::demand::view::{OfficerView, PaperScanView};
use crate::device_order::choices::{PaperChannelKind, PaperReasonKind};
use chrono::{DateTime, NaiveDate, Utc};
use domain::device_order::model::OnPaper;
use domain::device_order::paper::{Channel, Formerly, Reason, Reply};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// What a branch of the payer confirmed from paper, beside the order itself (DO-8).
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PaperOfDeviceOrder)]
pub struct PaperOrderView {
    /// The branch that confirmed it.
    #[schema(pattern = "^[0-9]{2}$", example = "07")]
    pub branch: String,
    pub received_on: NaiveDate,
    pub channel: PaperChannelView,
    pub reason: PaperReasonView,
    pub scan: PaperScanView,
    pub entered_by: OfficerView,
    pub entered_at: DateTime<Utc>,
    /// The channel by which number and outcome go back.
    pub answer_by: PaperChannelKind,
    /// That they went back.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub reply: Option<PaperReplyView>,
    /// What the same paper was entered as before, until that was cancelled.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub formerly: Option<FormerlyOrderView>,
}

/// How it came; where the answer goes.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PaperOrderChannel)]
pub struct PaperChannelView {
    pub kind: PaperChannelKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub return_address: Option<Address>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, example = "pacjent@example.org")]
    pub return_email: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PaperOrderReason)]
pub struct PaperReasonView {
    pub kind: PaperReasonKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub outage_id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub description: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PaperOrderReply)]
pub struct PaperReplyView {
    pub sent_on: NaiveDate,
    pub by: OfficerView,
    pub at: DateTime<Utc>,
}

#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FormerlyEnteredOrder)]
pub struct FormerlyOrderView {
    pub id: Uuid,
    #[schema(example = "/api/v1/device-orders/0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a70")]
    pub href: String,
    pub cancelled_on: NaiveDate,
}

impl PaperOrderView {
    /// Where the answer goes is told to those who are shown the patient's address.
    pub fn of(it: &OnPaper, shows_contact: bool) -> Self {
        Self {
            branch: format!("{:02}", it.branch),
            received_on: it.received_on,
            channel: PaperChannelView::of(&it.channel, shows_contact),
            reason: PaperReasonView::of(&it.reason),
            scan: PaperScanView::of(&it.scan),
            entered_by: OfficerView::of(&it.entered_by),
            entered_at: it.entered_at,
            answer_by: it.channel.name().into(),
            reply: it.reply.as_ref().map(PaperReplyView::of),
            formerly: it.formerly.map(FormerlyOrderView::of),
        }
    }
}

impl PaperChannelView {
    fn of(it: &Channel, shows_contact: bool) -> Self {
        let (return_address, return_email) = match it {
            _ if !shows_contact => (None, None),
            Channel::Post { return_address } => (Some(address(return_address)), None),
            Channel::EmailScan { return_email } => (None, Some(return_email.reveal().to_owned())),
            Channel::Counter | Channel::PatientAccountScan => (None, None),
        };
        Self { kind: it.name().into(), return_address, return_email }
    }
}

impl PaperReasonView {
    fn of(it: &Reason) -> Self {
        let (kind, description) = match it {
            Reason::Outage { .. } => (PaperReasonKind::Outage, None),
            Reason::ServicesUnavailable { description } => {
                (PaperReasonKind::ServicesUnavailable, Some(description))
            }
            Reason::SigningImpossible { description } => {
                (PaperReasonKind::SigningImpossible, Some(description))
            }
        };
        let description = description.map(|text| text.as_str().to_owned());
        Self { kind, outage_id: it.outage().map(|outage| outage.0), description }
    }
}

impl PaperReplyView {
    fn of(it: &Reply) -> Self {
        Self { sent_on: it.sent_on, by: OfficerView::of(&it.by), at: it.at }
    }
}

impl FormerlyOrderView {
    fn of(it: Formerly) -> Self {
        let href = format!("/api/v1/device-orders/{}", it.order);
        Self { id: it.order.0, href, cancelled_on: it.cancelled_on }
    }
}
