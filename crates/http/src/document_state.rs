//! Where a document stands, whichever kind it is.

use app::public::Standing;
use domain::demand::lifecycle::StateName;
use domain::{
    device_order as orders, device_repair_order as repairs, temporary_authorisation as notifications,
};
use serde::Serialize;
use utoipa::ToSchema;

/// Where a document of any kind stands.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum DocumentState {
    Draft,
    AwaitingRepresentative,
    AwaitingConsultant,
    Returned,
    WithMinister,
    Clarification,
    ResolutionPrepared,
    Approved,
    Rejected,
    WithWholesaler,
    Realised,
    Expired,
    Withdrawn,
    Revoked,
    Consented,
    Refused,
    Lapsed,
    Registered,
    Verifying,
    Negative,
    Positive,
    Held,
    Cancelled,
}

impl DocumentState {
    pub(crate) fn of(standing: Standing) -> Self {
        match standing {
            Standing::Demand(state) => Self::from(state),
            Standing::Authorisation(state) => Self::from(state),
        }
    }
}

impl From<StateName> for DocumentState {
    fn from(state: StateName) -> Self {
        match state {
            StateName::Draft => Self::Draft,
            StateName::AwaitingRepresentative => Self::AwaitingRepresentative,
            StateName::AwaitingConsultant => Self::AwaitingConsultant,
            StateName::Returned => Self::Returned,
            StateName::WithMinister => Self::WithMinister,
            StateName::Clarification => Self::Clarification,
            StateName::ResolutionPrepared => Self::ResolutionPrepared,
            StateName::Approved => Self::Approved,
            StateName::Rejected => Self::Rejected,
            StateName::WithWholesaler => Self::WithWholesaler,
            StateName::Realised => Self::Realised,
            StateName::Expired => Self::Expired,
            StateName::Withdrawn => Self::Withdrawn,
            StateName::Revoked => Self::Revoked,
        }
    }
}

impl From<orders::StateName> for DocumentState {
    fn from(state: orders::StateName) -> Self {
        match state {
            orders::StateName::Draft => Self::Draft,
            orders::StateName::Registered => Self::Registered,
            orders::StateName::Verifying => Self::Verifying,
            orders::StateName::Negative => Self::Negative,
            orders::StateName::Positive => Self::Positive,
            orders::StateName::Realised => Self::Realised,
            orders::StateName::Expired => Self::Expired,
            orders::StateName::Cancelled => Self::Cancelled,
        }
    }
}

impl From<repairs::StateName> for DocumentState {
    fn from(state: repairs::StateName) -> Self {
        match state {
            repairs::StateName::Draft => Self::Draft,
            repairs::StateName::Verifying => Self::Verifying,
            repairs::StateName::Negative => Self::Negative,
            repairs::StateName::Positive => Self::Positive,
            repairs::StateName::Held => Self::Held,
            repairs::StateName::Realised => Self::Realised,
            repairs::StateName::Expired => Self::Expired,
            repairs::StateName::Cancelled => Self::Cancelled,
        }
    }
}

impl From<notifications::StateName> for DocumentState {
    fn from(state: notifications::StateName) -> Self {
        match state {
            notifications::StateName::Draft => Self::Draft,
            notifications::StateName::AwaitingRepresentative => Self::AwaitingRepresentative,
            notifications::StateName::WithMinister => Self::WithMinister,
            notifications::StateName::Clarification => Self::Clarification,
            notifications::StateName::ResolutionPrepared => Self::ResolutionPrepared,
            notifications::StateName::Consented => Self::Consented,
            notifications::StateName::Refused => Self::Refused,
            notifications::StateName::Lapsed => Self::Lapsed,
            notifications::StateName::Revoked => Self::Revoked,
            notifications::StateName::Withdrawn => Self::Withdrawn,
        }
    }
}
