//! The groups of a day.

use super::choices::DeviceSupply;
use super::view::{DeviceGroupView, group_example};
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
use app::device_group::GroupSearch;
use app::failure::Failure;
use chrono::NaiveDate;
use domain::medicinal_product::search;
use domain::problem::ProblemType;
use domain::values::{DeviceCode, faults::DEVICE_CODE};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

const PATH: &str = "/api/v1/device-groups";

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct DeviceGroupsQuery {
    /// The day; today in Warsaw unless given.
    #[param(nullable = false, example = "2026-11-26")]
    on: Option<NaiveDate>,
    /// One code.
    #[param(nullable = false, max_length = 16, example = "Y.06.01")]
    code: Option<String>,
    /// The first letter of the code.
    #[param(nullable = false, pattern = "^[A-ZŁ]$", example = "S")]
    letter: Option<String>,
    /// How it is supplied: month by month, or once.
    #[param(nullable = false)]
    supply: Option<DeviceSupply>,
    /// Beginnings of words of the name, whatever their case and accents.
    #[param(nullable = false, min_length = 3, max_length = 200, example = "wózek aktywny")]
    q: Option<String>,
    /// `nextCursor` of the page before.
    #[param(nullable = false)]
    cursor: Option<String>,
    /// Entries of a page, 50 unless asked otherwise.
    #[serde(default, deserialize_with = "query::number")]
    #[param(nullable = false, minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

/// A page of the catalogue.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceGroups, example = json!({"on": "2026-11-26", "edition": "built-in 2026-11", "items": [group_example()]}))]
pub(crate) struct DeviceGroupsView {
    /// The day that was asked for.
    on: NaiveDate,
    /// The name of the catalogue's edition; absent while none has been imported.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    edition: Option<String>,
    items: Vec<DeviceGroupView>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    next_cursor: Option<String>,
}

impl DeviceGroupsQuery {
    /// Everything that narrows the list, as its cursors are bound to it.
    fn narrowing(&self) -> String {
        query::filter(&(&self.on, &self.code, &self.letter, &self.supply, &self.q))
    }

    fn search(&self, after: Option<DeviceCode>, limit: u16) -> Result<GroupSearch, Failure> {
        let mut faults = Faults::new();
        let code = faults.optional("?code", self.code.as_deref(), DeviceCode::parse);
        let letter = faults.optional("?letter", self.letter.as_deref(), letter);
        let words = faults.optional("?q", self.q.as_deref(), search::name);
        let whole = (|| {
            let (code, letter, words) = (code?, letter?, words?.unwrap_or_default());
            let supply = self.supply.map(Into::into);
            Some(GroupSearch { on: self.on, code, letter, supply, words, after, limit })
        })();
        faults.finish_with(whole)
    }
}

fn letter(text: &str) -> Result<char, &'static ProblemType> {
    let mut signs = text.chars();
    let first = signs.next().filter(|sign| sign.is_ascii_uppercase() || *sign == 'Ł');
    first.filter(|_| signs.next().is_none()).ok_or(DEVICE_CODE)
}

/// List device groups
///
/// As they are on a day, in the order of their codes: what the payer bears, how often, and who may order it. What is not
/// known is named in `notKnownHere`; it is never zero.
#[utoipa::path(tag = "directory", params(DeviceGroupsQuery, IfNoneMatchHeader),
    responses((status = 200, description = "A page of groups", body = DeviceGroupsView,
               headers(("ETag" = String, description = "Weak; of this page"),
                       ("Link" = String, description = "`rel=\"next\"` where more follows"))),
              (status = 422, description = "No code, no letter, or something too short to search for",
               body = crate::ProblemView, content_type = "application/problem+json")))]
#[get("/api/v1/device-groups")]
pub(crate) async fn list_device_groups(
    request: HttpRequest,
    edge: web::Data<Edge>,
    app: web::Data<App>,
    asked: Inquired<DeviceGroupsQuery>,
) -> Result<HttpResponse, Problem> {
    let (query, caller) = (&asked.query, &asked.caller);
    let filter = query.narrowing();
    let scope = Scope { caller, list: PATH, filter: &filter };
    let page = edge.cursors.page::<DeviceCode>(&scope, query.limit, query.cursor.as_deref())?;
    let wanted = page.wanted();
    let found = app.list_device_groups(caller, query.search(page.after, wanted)?).await?;
    let next_cursor = edge.cursors.after(&scope, &found.page, |last| last.group.code.clone())?;
    let view = DeviceGroupsView {
        on: found.on,
        edition: found.served.map(|served| served.name),
        items: found.page.items.iter().map(DeviceGroupView::of).collect(),
        next_cursor: next_cursor.clone(),
    };
    answer::page(&request, &view, next_cursor.as_deref())
}
