//! Where a wholesaler goes on reading a feed.

use crate::edge::Edge;
use crate::paging::Scope;
use crate::problem::Problem;
use crate::query;
use app::caller::Caller;
use serde::Deserialize;

#[derive(Deserialize, utoipa::IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(crate) struct FeedQuery {
    /// `nextAfter` of the answer before; 0 or nothing for the whole feed.
    #[serde(default, deserialize_with = "query::position")]
    #[param(minimum = 0, example = 0)]
    after: Option<i64>,
    /// Changes of one answer, 50 unless asked otherwise.
    #[serde(default, deserialize_with = "query::number")]
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

impl FeedQuery {
    /// After which number, and how many.
    pub(super) fn place(
        &self,
        edge: &Edge,
        caller: &Caller,
        list: &'static str,
    ) -> Result<(i64, u16), Problem> {
        let scope = Scope { caller, list, filter: "" };
        let page = edge.cursors.page::<()>(&scope, self.limit, None)?;
        Ok((self.after.unwrap_or(0), page.wanted()))
    }
}
