//! How many demands wait for whom, those of colleagues who are away included.

use super::substituted_by;
use crate::demand::consultant_post;
use crate::schema::demands;
use crate::{StoreError, Tx, on_backend};
use chrono::NaiveDate;
use diesel::prelude::*;
use domain::demand::lifecycle::StateName;
use domain::demand::model::Consultant;
use domain::ids::{PersonId, SpaceId};
use std::collections::BTreeMap;

/// How many demands wait for the opinion of each of these consultants: their own, and those of the posts for which they
/// answer on that day, unless they hold the demand themselves. Who has none is left out.
pub fn waiting_for(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    consultants: &[Consultant],
    today: NaiveDate,
) -> Result<BTreeMap<PersonId, i64>, StoreError> {
    let numbers: BTreeMap<&str, PersonId> =
        consultants.iter().map(|one| (one.npwz.as_str(), one.person)).collect();
    let mut waiting = BTreeMap::new();
    for (npwz, many) in waiting_in_own_name(tx, space, numbers.keys().copied().collect())? {
        if let Some(person) = numbers.get(npwz.as_str()) {
            *waiting.entry(*person).or_default() += many;
        }
    }
    let people: Vec<PersonId> = numbers.values().copied().collect();
    let mut posts: BTreeMap<String, PersonId> = BTreeMap::new();
    for it in substituted_by(tx, space, &people, today)? {
        posts.insert(consultant_post(&it.npwz, it.field), it.by);
    }
    if posts.is_empty() {
        return Ok(waiting);
    }
    for (post, physician, many) in waiting_in_posts(tx, space, posts.keys().collect())? {
        let Some(substitute) = post.and_then(|post| posts.get(&post)) else { continue };
        if numbers.get(physician.as_str()) != Some(substitute) {
            *waiting.entry(*substitute).or_default() += many;
        }
    }
    Ok(waiting)
}

fn waiting_in_own_name(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    numbers: Vec<&str>,
) -> Result<Vec<(String, i64)>, StoreError> {
    Ok(on_backend!(tx, |conn| demands::table
        .filter(demands::space.eq(space.as_str()))
        .filter(demands::state.eq(StateName::AwaitingConsultant.name()))
        .filter(demands::consultant_npwz.eq_any(numbers))
        .group_by(demands::consultant_npwz)
        .select((demands::consultant_npwz.assume_not_null(), diesel::dsl::count_star()))
        .load(conn))?)
}

/// By post and by the physician who holds the demand.
fn waiting_in_posts(
    tx: &mut Tx<'_>,
    space: &SpaceId,
    posts: Vec<&String>,
) -> Result<Vec<(Option<String>, String, i64)>, StoreError> {
    Ok(on_backend!(tx, |conn| demands::table
        .filter(demands::space.eq(space.as_str()))
        .filter(demands::state.eq(StateName::AwaitingConsultant.name()))
        .filter(demands::consultant_post.eq_any(posts))
        .group_by((demands::consultant_post, demands::physician_npwz))
        .select((demands::consultant_post, demands::physician_npwz, diesel::dsl::count_star()))
        .load(conn))?)
}
