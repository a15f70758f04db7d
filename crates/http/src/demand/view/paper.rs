//! How a demand came on paper.

use super::OfficerView;
use crate::demand::requests::PaperGroundsKind;
use chrono::{DateTime, NaiveDate, Utc};
use domain::demand::paper::{Correction, Grounds, Hindrance, Paper, Scan};
use domain::paper::formerly::{EnteredAs, Formerly};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

/// What an officer entered from paper, beside the demand itself.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PaperOfDemand)]
pub struct DemandPaperView {
    pub grounds: PaperGroundsView,
    pub issued_on: NaiveDate,
    /// When it reached the representative, where the paper says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub representative_received_on: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub representative_signed_on: Option<NaiveDate>,
    pub consultant_received_on: NaiveDate,
    pub opinion_given_on: NaiveDate,
    pub sent_on: NaiveDate,
    pub received_on: NaiveDate,
    pub scan: PaperScanView,
    pub entered_by: OfficerView,
    pub entered_at: DateTime<Utc>,
    /// What was put right since, oldest first.
    pub corrections: Vec<PaperCorrectionView>,
    /// What the same paper was entered as before, until that was withdrawn; officers of the ministry see it (PE-40).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub formerly: Option<FormerlyView>,
}

/// A document that the same paper was entered as, and that was withdrawn.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = FormerlyEntered)]
pub struct FormerlyView {
    pub id: Uuid,
    #[schema(example = "/api/v1/medicine-demands/0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a42")]
    pub href: String,
    pub withdrawn_on: NaiveDate,
}

/// Why it came on paper.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PaperGrounds)]
pub struct PaperGroundsView {
    pub kind: PaperGroundsKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub outage_id: Option<Uuid>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub from: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub until: Option<NaiveDate>,
}

/// The attachment that shows the paper.
#[derive(Serialize, ToSchema)]
#[schema(as = PaperScan)]
pub struct PaperScanView {
    pub title: String,
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub sha256: String,
}

/// An error of typing that was put right.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PaperCorrection)]
pub struct PaperCorrectionView {
    pub reason: String,
    pub by: OfficerView,
    pub at: DateTime<Utc>,
    /// The version of the content that it made.
    pub content_version: i32,
}

impl DemandPaperView {
    pub fn of(it: &Paper) -> Self {
        Self {
            grounds: PaperGroundsView::of(&it.grounds),
            issued_on: it.dates.issued_on,
            representative_received_on: it.dates.representative_received_on,
            representative_signed_on: it.dates.representative_signed_on,
            consultant_received_on: it.dates.consultant_received_on,
            opinion_given_on: it.dates.opinion_given_on,
            sent_on: it.dates.sent_on,
            received_on: it.dates.received_on,
            scan: PaperScanView::of(&it.scan),
            entered_by: OfficerView::of(&it.entered_by),
            entered_at: it.entered_at,
            corrections: it.corrections.iter().map(PaperCorrectionView::of).collect(),
            formerly: it.formerly.map(FormerlyView::of),
        }
    }
}

impl FormerlyView {
    pub(crate) fn of(it: Formerly) -> Self {
        let id = match it.document {
            EnteredAs::Demand { id, .. } => id.0,
            EnteredAs::Authorisation { id } => id.0,
        };
        Self { id, href: app::entered_at(it.document).href, withdrawn_on: it.withdrawn_on }
    }
}

impl PaperScanView {
    pub(crate) fn of(it: &Scan) -> Self {
        Self { title: it.title.as_str().to_owned(), sha256: it.sha256.0.clone() }
    }
}

impl PaperGroundsView {
    fn of(it: &Grounds) -> Self {
        it.hindrance().map_or_else(|| Self::bare(PaperGroundsKind::PrisonEntity), Self::of_hindrance)
    }

    fn bare(kind: PaperGroundsKind) -> Self {
        Self { kind, outage_id: None, description: None, from: None, until: None }
    }

    pub(crate) fn of_hindrance(it: &Hindrance) -> Self {
        match it {
            Hindrance::Outage { outage } => {
                Self { outage_id: Some(outage.0), ..Self::bare(PaperGroundsKind::Outage) }
            }
            Hindrance::ForceMajeure { description, from, until } => Self {
                description: Some(description.as_str().to_owned()),
                from: Some(*from),
                until: Some(*until),
                ..Self::bare(PaperGroundsKind::ForceMajeure)
            },
        }
    }
}

impl PaperCorrectionView {
    pub(crate) fn of(it: &Correction) -> Self {
        Self {
            reason: it.reason.as_str().to_owned(),
            by: OfficerView::of(&it.by),
            at: it.at,
            content_version: it.content_version,
        }
    }
}
