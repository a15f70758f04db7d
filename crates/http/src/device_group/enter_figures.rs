//! An officer of the payer enters figures that are not known here.

use super::choices::UsageKind;
use super::entered::EnteredView;
use super::tiers::{AgesView, DeviceLimit, DeviceUsage};
use super::{DeviceGroupPath, group_code};
use crate::answer::{self, written};
use crate::asked::Asked;
use crate::parsing::{Faults, Parsed};
use crate::problem::Problem;
use actix_web::http::StatusCode;
use actix_web::{HttpResponse, post, web};
use app::App;
use app::answer::StoredAnswer;
use app::device_group::{EnterFigures, StoredFigures};
use app::failure::Failure;
use chrono::NaiveDate;
use domain::device_group::entry::NewFigures;
use domain::device_group::refusals::PERIODS;
use domain::device_group::{BandPlace, Limit, UsagePeriod};
use domain::values::{DeviceCode, Grosze, Percent, Text};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

/// Figures of one band of one tier, with their source; what is left out stays as it is.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = DeviceFiguresRequest, example = json!({"tier": 1, "ages": {"from": 18}, "holdsFrom": "2026-12-01",
    "copayPercent": 10, "usage": {"kind": "MONTHS", "months": 60}, "source": "Dz.U. 2025 poz. 1038, załącznik"}))]
pub(crate) struct DeviceFiguresRequest {
    /// `number` of the tier.
    #[schema(minimum = 1)]
    tier: u32,
    /// `ages` of the band; left out where the band has none.
    #[schema(nullable = false)]
    ages: Option<AgesView>,
    /// `pregnant` of the band; left out where the band has none.
    #[schema(nullable = false)]
    pregnant: Option<bool>,
    /// The first day on which they hold; today or later where something known is changed.
    holds_from: NaiveDate,
    #[schema(nullable = false)]
    limit: Option<DeviceLimit>,
    /// The patient's share.
    #[schema(nullable = false, maximum = 100)]
    copay_percent: Option<u8>,
    #[schema(nullable = false)]
    usage: Option<DeviceUsage>,
    /// Of the whole tier, in PLN.
    #[schema(nullable = false, pattern = r"^[0-9]{1,9}(\.[0-9]{2})?$")]
    repair_limit: Option<String>,
    /// Where the figures come from: the act, its unit, the publication.
    #[schema(min_length = 1, max_length = 500)]
    source: String,
    /// Needed where something known is changed.
    #[schema(nullable = false, min_length = 1, max_length = 500)]
    reason: Option<String>,
}

impl DeviceFiguresRequest {
    fn parse(&self, code: DeviceCode) -> Result<EnterFigures, Failure> {
        let mut faults = Faults::new();
        let figures = self.figures(&mut faults);
        let source = faults.take("/source", Text::parse(&self.source));
        let reason = faults.optional("/reason", self.reason.as_deref(), Text::parse);
        let ages = self.ages.unwrap_or_default().range();
        let place = BandPlace { tier: self.tier, ages, pregnant: self.pregnant };
        let whole = (|| {
            let (figures, source, reason) = (figures?, source?, reason?);
            Some(EnterFigures { code, place, holds_from: self.holds_from, figures, source, reason })
        })();
        faults.finish_with(whole)
    }

    fn figures(&self, faults: &mut Faults) -> Option<NewFigures> {
        let limit = faults.within_optional("limit", self.limit.as_ref(), |faults, limit| {
            let amount = faults.take("/amount", Grosze::parse(&limit.amount))?;
            Some(Limit { amount, basis: limit.basis.into() })
        });
        let copay = match self.copay_percent {
            Some(percent) => faults.take("/copayPercent", Percent::new(percent)).map(Some),
            None => Some(None),
        };
        let usage = match self.usage {
            Some(usage) => faults.take("/usage/months", period(usage)).map(Some),
            None => Some(None),
        };
        let repair_limit = faults.optional("/repairLimit", self.repair_limit.as_deref(), Grosze::parse);
        Some(NewFigures { limit: limit?, copay: copay?, usage: usage?, repair_limit: repair_limit? })
    }
}

/// Months belong to `MONTHS`, and at least one does.
fn period(usage: DeviceUsage) -> Parsed<UsagePeriod> {
    match (usage.kind, usage.months) {
        (UsageKind::Months, Some(months)) if months > 0 => Ok(UsagePeriod::Months(months)),
        (UsageKind::Once, None) => Ok(UsagePeriod::Once),
        (UsageKind::AsNeeded, None) => Ok(UsagePeriod::AsNeeded),
        (UsageKind::Months | UsageKind::Once | UsageKind::AsNeeded, _) => Err(PERIODS),
    }
}

/// Enter figures of a device group
///
/// By an officer of the payer, with a source, where limit, share or period of use are not known here. A known figure
/// changes only with a reason and from today on; the former one stays in the versions before. `notKnownHere` of the
/// group says what is missing.
#[utoipa::path(tag = "directory", params(DeviceGroupPath), request_body = DeviceFiguresRequest,
    responses((status = 201, description = "Entered", body = EnteredView,
               headers(("Location" = String, description = "The group as it is from that day on")))))]
#[post("/api/v1/device-groups/{code}/figures")]
pub(crate) async fn enter_device_figures(
    app: web::Data<App>,
    code: web::Path<String>,
    asked: Asked<DeviceFiguresRequest>,
) -> Result<HttpResponse, Problem> {
    let figures = asked.body.parse(group_code(&code)?)?;
    answer::send(app.enter_device_figures(&asked.caller, figures, asked.write, entered).await?)
}

fn entered(stored: &StoredFigures) -> StoredAnswer {
    let it = &stored.entered;
    let location = format!("/api/v1/device-groups/{}?on={}", it.code, it.holds_from);
    written(StatusCode::CREATED, None, Some(&location), &EnteredView::of(it))
}
