//! The document that a row belongs to: one of two columns names it.

use domain::correspondence::CaseId;
use domain::ids::{AuthorisationId, DemandId};

/// The id in each of the two columns, of which one is empty.
pub(crate) fn columns(case: CaseId) -> (Option<String>, Option<String>) {
    match case {
        CaseId::Demand(id) => (Some(id.to_string()), None),
        CaseId::Authorisation(id) => (None, Some(id.to_string())),
    }
}

/// `None` where the columns name no document, or two.
pub(crate) fn read(columns: (Option<&str>, Option<&str>)) -> Option<CaseId> {
    match columns {
        (Some(demand), None) => DemandId::parse(demand).map(CaseId::Demand),
        (None, Some(authorisation)) => AuthorisationId::parse(authorisation).map(CaseId::Authorisation),
        _ => None,
    }
}
