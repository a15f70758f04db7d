//! An officer of the payer enters figures that are not known here.

use super::choices::UsageKind;
use super::entered::EnteredView;
use super::tiers::{AgesView, DeviceLimit, DeviceUsage, LargestView};
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
use domain::device_group::{BandPlace, Largest, Limit, UsagePeriod};
use domain::values::{DeviceCode, Grosze, Percent, Pieces, Text};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

/// Figures of one band of one tier, and what its tier and group lack, with their source; what is left out stays as it is.
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
    /// Of the whole tier.
    #[schema(nullable = false)]
    largest: Option<LargestView>,
    /// Of the whole group: what all tiers come to together.
    #[schema(nullable = false)]
    group_largest: Option<LargestView>,
    /// Of the whole group: whether left and right are told apart.
    #[schema(nullable = false)]
    sided: Option<bool>,
    /// Of the whole group: whether the period of use may be cut short on a statutory ground.
    #[schema(nullable = false)]
    shortenable: Option<bool>,
    /// Of the whole group: whether a larger quantity multiplies the limit of a month.
    #[schema(nullable = false)]
    multiplied: Option<bool>,
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
        let largest = faults.within_optional("largest", self.largest.as_ref(), most);
        let group_largest = faults.within_optional("groupLargest", self.group_largest.as_ref(), most);
        Some(NewFigures {
            limit: limit?,
            copay: copay?,
            usage: usage?,
            repair_limit: repair_limit?,
            largest: largest?,
            group_largest: group_largest?,
            sided: self.sided,
            shortenable: self.shortenable,
            multiplied: self.multiplied,
        })
    }
}

fn most(faults: &mut Faults, largest: &LargestView) -> Option<Largest> {
    let pieces = faults.take("/pieces", Pieces::parse(&largest.pieces))?;
    Some(Largest { pieces, months: largest.months })
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
/// By an officer of the payer, with a source, where a figure or a mark of tier or group is not known here. A known one
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
