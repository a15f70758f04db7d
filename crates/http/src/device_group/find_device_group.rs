//! One group on a day.

use super::view::DeviceGroupView;
use super::{DeviceGroupPath, group_code};
use crate::answer;
use crate::asked::Inquired;
use crate::headers::IfNoneMatchHeader;
use crate::problem::Problem;
use actix_web::{HttpRequest, HttpResponse, get, web};
use app::App;
use chrono::NaiveDate;
use serde::Deserialize;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct OnQuery {
    /// The day; today in Warsaw unless given.
    #[param(nullable = false, example = "2026-11-26")]
    on: Option<NaiveDate>,
}

/// Find a device group
///
/// As it is on a day, with what officers entered.
#[utoipa::path(tag = "directory", params(DeviceGroupPath, OnQuery, IfNoneMatchHeader),
    responses((status = 200, description = "The group", body = DeviceGroupView,
               headers(("ETag" = String, description = "Weak; of this group on this day")))))]
#[get("/api/v1/device-groups/{code}")]
pub(crate) async fn find_device_group(
    request: HttpRequest,
    app: web::Data<App>,
    code: web::Path<String>,
    asked: Inquired<OnQuery>,
) -> Result<HttpResponse, Problem> {
    let found = app.find_device_group(&asked.caller, &group_code(&code)?, asked.query.on).await?;
    answer::look(&request, &DeviceGroupView::of(&found))
}
