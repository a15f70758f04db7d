//! The payer's regional branches.

use super::place::PublicAddressView;
use crate::answer;
use crate::asked::Inquired;
use crate::headers::IfNoneMatchHeader;
use crate::problem::Problem;
use actix_web::{HttpRequest, HttpResponse, get, web};
use app::App;
use app::device_provider::ListedBranch;
use chrono::NaiveDate;
use domain::device_provider::ServicePoint;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct NfzBranchesQuery {
    /// The day; today in Warsaw unless given.
    #[param(nullable = false, example = "2026-11-26")]
    on: Option<NaiveDate>,
}

/// All branches of a day. `00` says elsewhere that a branch is not known, and is none.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NfzBranches, example = json!({"on": "2026-11-26", "items": [{"code": "03",
    "name": "Lubelski Oddział Wojewódzki Narodowego Funduszu Zdrowia", "seat": "Lublin",
    "notKnownHere": ["servicePoints"]}]}))]
pub(crate) struct NfzBranchesView {
    /// The day that was asked for.
    on: NaiveDate,
    items: Vec<NfzBranchView>,
}

/// A regional branch of the payer.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = NfzBranch)]
pub(crate) struct NfzBranchView {
    #[schema(pattern = "^(0[1-9]|1[0-6])$", example = "03")]
    code: &'static str,
    name: &'static str,
    /// The town of its seat.
    #[schema(example = "Lublin")]
    seat: &'static str,
    /// The first day on which it is as shown; absent where no source tells it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    valid_from: Option<NaiveDate>,
    /// The last day; absent while none is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    valid_to: Option<NaiveDate>,
    /// Where it serves people; absent where that is not known here, which is not none.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    service_points: Option<Vec<ServicePointView>>,
    /// Members that are left out because they are not known here.
    not_known_here: Vec<UnknownOfBranch>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = UnknownOfNfzBranch)]
pub(crate) enum UnknownOfBranch {
    #[serde(rename = "servicePoints")]
    ServicePoints,
}

/// A service point of a branch.
#[derive(Serialize, ToSchema)]
#[schema(as = NfzServicePoint)]
pub(crate) struct ServicePointView {
    name: String,
    address: PublicAddressView,
}

impl NfzBranchView {
    fn of(listed: ListedBranch) -> Self {
        let ListedBranch { branch, points } = listed;
        let is_unknown = points.is_none();
        let point = |it: ServicePoint| {
            let address = PublicAddressView::of(&it.address);
            ServicePointView { name: it.name.into(), address }
        };
        Self {
            code: branch.code.as_str(),
            name: &branch.name,
            seat: &branch.seat,
            valid_from: branch.valid_from,
            valid_to: branch.valid_to,
            service_points: points.map(|all| all.into_iter().map(point).collect()),
            not_known_here: is_unknown.then_some(UnknownOfBranch::ServicePoints).into_iter().collect(),
        }
    }
}

/// List the payer's branches
///
/// The sixteen regional branches of NFZ with name, seat and service points. Points of a branch that no file of the payer
/// tells are left out and named in `notKnownHere`.
#[utoipa::path(tag = "directory", params(NfzBranchesQuery, IfNoneMatchHeader),
    responses((status = 200, description = "All branches of the day", body = NfzBranchesView,
               headers(("ETag" = String, description = "Weak; of this list")))))]
#[get("/api/v1/nfz-branches")]
pub(crate) async fn list_nfz_branches(
    request: HttpRequest,
    app: web::Data<App>,
    asked: Inquired<NfzBranchesQuery>,
) -> Result<HttpResponse, Problem> {
    let (on, found) = app.list_nfz_branches(&asked.caller, asked.query.on).await?;
    let items = found.into_iter().map(NfzBranchView::of).collect();
    answer::look(&request, &NfzBranchesView { on, items })
}
