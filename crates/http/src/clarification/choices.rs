//! Whom a question goes to and where it stands, as answers tell it.

use domain::clarification::{End, Office};
use domain::demand::clarification as demands;
use domain::temporary_authorisation::clarification as notifications;
use serde::Serialize;
use utoipa::ToSchema;

/// Whom the minister asks about any document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ClarificationAddressee {
    Physician,
    Consultant,
    Wholesaler,
    ProductOffice,
    AssessmentAgency,
    AgricultureMinistry,
    SanitaryInspectorate,
}

impl From<Office> for ClarificationAddressee {
    fn from(office: Office) -> Self {
        match office {
            Office::Products => Self::ProductOffice,
            Office::Assessment => Self::AssessmentAgency,
            Office::Agriculture => Self::AgricultureMinistry,
            Office::Sanitary => Self::SanitaryInspectorate,
        }
    }
}

impl From<demands::Addressee> for ClarificationAddressee {
    fn from(addressee: demands::Addressee) -> Self {
        match addressee {
            demands::Addressee::Physician => Self::Physician,
            demands::Addressee::Consultant => Self::Consultant,
            demands::Addressee::ProductOffice => Self::ProductOffice,
            demands::Addressee::AssessmentAgency => Self::AssessmentAgency,
            demands::Addressee::AgricultureMinistry => Self::AgricultureMinistry,
            demands::Addressee::SanitaryInspectorate => Self::SanitaryInspectorate,
        }
    }
}

impl From<notifications::Addressee> for ClarificationAddressee {
    fn from(addressee: notifications::Addressee) -> Self {
        match addressee {
            notifications::Addressee::Wholesaler => Self::Wholesaler,
            notifications::Addressee::Office(office) => office.into(),
        }
    }
}

/// Where a question of the minister stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ClarificationState {
    Open,
    Answered,
    /// Its term ran out.
    Unanswered,
    Closed,
    /// The document was withdrawn meanwhile.
    Withdrawn,
}

impl ClarificationState {
    pub fn of(end: Option<&End>) -> Self {
        match end {
            None => Self::Open,
            Some(End::Answered(_)) => Self::Answered,
            Some(End::Unanswered) => Self::Unanswered,
            Some(End::Closed { .. }) => Self::Closed,
            Some(End::Withdrawn) => Self::Withdrawn,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_addressee_is_called_as_the_domain_calls_it() {
        let code = |addressee: ClarificationAddressee| {
            let written = serde_json::to_value(addressee).ok();
            written.and_then(|it| it.as_str().map(str::to_owned)).unwrap_or_default()
        };
        for addressee in demands::Addressee::ALL {
            assert_eq!(code(addressee.into()), addressee.name());
        }
        for addressee in notifications::Addressee::ALL {
            assert_eq!(code(addressee.into()), addressee.name());
        }
    }
}
