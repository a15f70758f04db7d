//! Contracted providers of medical devices.

use super::view::{DeviceProviderView, provider_example};
use crate::answer;
use crate::asked::Inquired;
use crate::edge::Edge;
use crate::headers::IfNoneMatchHeader;
use crate::paging::Scope;
use crate::parsing::Faults;
use crate::problem::Problem;
use crate::query;
use actix_web::{HttpRequest, HttpResponse, get, web};
use app::App;
use app::device_provider::ProviderSearch;
use app::failure::Failure;
use chrono::NaiveDate;
use domain::device_provider::Coverage;
use domain::ids::OrganisationId;
use domain::values::{BranchCode, Text};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

const PATH: &str = "/api/v1/providers";

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProvidersQuery {
    /// The day; today in Warsaw unless given.
    #[param(nullable = false, example = "2026-11-26")]
    on: Option<NaiveDate>,
    /// A letter, a part or a code of device groups: contracts that cover it, or something of it.
    #[param(nullable = false, max_length = 16, example = "Y.06.01")]
    code: Option<String>,
    /// The branch whose contract it is.
    #[param(nullable = false, pattern = "^(0[1-9]|1[0-6])$", example = "07")]
    branch: Option<String>,
    /// The town of a place, whatever its case and accents.
    #[param(nullable = false, min_length = 1, max_length = 80, example = "Próbowo")]
    city: Option<String>,
    /// `nextCursor` of the page before.
    #[param(nullable = false)]
    cursor: Option<String>,
    /// Entries of a page, 50 unless asked otherwise.
    #[serde(default, deserialize_with = "query::number")]
    #[param(nullable = false, minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

/// A page of providers.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceProviders, example = json!({"on": "2026-11-26", "items": [provider_example()]}))]
pub(crate) struct ProvidersView {
    /// The day that was asked for.
    on: NaiveDate,
    items: Vec<DeviceProviderView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    next_cursor: Option<String>,
}

impl ProvidersQuery {
    /// Everything that narrows the list, as its cursors are bound to it.
    fn narrowing(&self) -> String {
        query::filter(&(&self.on, &self.code, &self.branch, &self.city))
    }

    fn search(&self, after: Option<OrganisationId>, limit: u16) -> Result<ProviderSearch, Failure> {
        let mut faults = Faults::new();
        let code = faults.optional("?code", self.code.as_deref(), Coverage::parse);
        let branch = faults.optional("?branch", self.branch.as_deref(), BranchCode::parse);
        let city = faults.optional("?city", self.city.as_deref(), Text::<80>::parse);
        let whole = (|| {
            let city = city?.map(Into::into);
            Some(ProviderSearch { on: self.on, code: code?, branch: branch?, city, after, limit })
        })();
        faults.finish_with(whole)
    }
}

/// List contracted providers
///
/// Who supplies medical devices on a day, where, and under whose contract with the payer. What is asked for must hold of
/// one contract and one place; every contract in force of a provider that is found is shown.
#[utoipa::path(tag = "directory", params(ProvidersQuery, IfNoneMatchHeader),
    responses((status = 200, description = "A page of providers", body = ProvidersView,
               headers(("ETag" = String, description = "Weak; of this page"),
                       ("Link" = String, description = "`rel=\"next\"` where more follows"))),
              (status = 422, description = "No code, branch or town", body = crate::ProblemView,
               content_type = "application/problem+json")))]
#[get("/api/v1/providers")]
pub(crate) async fn list_providers(
    request: HttpRequest,
    edge: web::Data<Edge>,
    app: web::Data<App>,
    asked: Inquired<ProvidersQuery>,
) -> Result<HttpResponse, Problem> {
    let (query, caller) = (&asked.query, &asked.caller);
    let filter = query.narrowing();
    let scope = Scope { caller, list: PATH, filter: &filter };
    let page = edge.cursors.page::<OrganisationId>(&scope, query.limit, query.cursor.as_deref())?;
    let wanted = page.wanted();
    let (on, found) = app.list_providers(caller, query.search(page.after, wanted)?).await?;
    let next_cursor = edge.cursors.after(&scope, &found, |last| last.id)?;
    let items = found.items.into_iter().map(DeviceProviderView::of).collect();
    let view = ProvidersView { on, items, next_cursor: next_cursor.clone() };
    answer::page(&request, &view, next_cursor.as_deref())
}
