//! The choices of a notification as the contract lists them.

use crate::demand::choices::choices;
use domain::clarification::Office;
use domain::temporary_authorisation::clarification::Addressee;
use domain::temporary_authorisation::content;
use domain::temporary_authorisation::lifecycle::{Command, StateName};
use domain::temporary_authorisation::model;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

choices! {
    /// Where a notification stands.
    AuthorisationState of StateName {
        Draft = "DRAFT",
        AwaitingRepresentative = "AWAITING_REPRESENTATIVE",
        WithMinister = "WITH_MINISTER",
        Clarification = "CLARIFICATION",
        ResolutionPrepared = "RESOLUTION_PREPARED",
        Consented = "CONSENTED",
        Refused = "REFUSED",
        Lapsed = "LAPSED",
        Revoked = "REVOKED",
        Withdrawn = "WITHDRAWN",
    }

    /// An action on a notification, as `allowedActions` of a problem and the paths name it.
    AuthorisationAction of Command {
        Edit = "edit",
        Submission = "submission",
        RepresentativeApproval = "representative-approval",
        RepresentativeRefusal = "representative-refusal",
        PaperCorrection = "paper-correction",
        Assignment = "assignment",
        Clarification = "clarifications",
        ClarificationAnswer = "answer",
        ClarificationClosure = "closure",
        ResolutionDraft = "resolution-draft",
        ResolutionDraftReturn = "resolution-draft/return",
        Resolution = "resolution",
        PendingStepRefusal = "pending-step/refusal",
        Withdrawal = "withdrawal",
        RevocationDraft = "revocation-draft",
        Revocation = "revocation",
        Addition = "additions",
        Handover = "handover",
        HandoverReturn = "handover-return",
        Realisation = "realisations",
        RealisationReversal = "reversal",
        Elapse = "elapse",
    }

    /// Whether the minister consents.
    ConsentOutcome of model::Outcome { Consented = "CONSENTED", Refused = "REFUSED" }

    /// For whom the product is meant.
    ProductPurpose of content::Purpose { Human = "HUMAN", Veterinary = "VETERINARY" }

    /// As what the first signatory signs: as the responsible person, or as somebody whom that person authorised.
    NotifierCapacity of content::SignsAs {
        ResponsiblePerson = "RESPONSIBLE_PERSON",
        AuthorisedPerson = "AUTHORISED_PERSON",
    }
}

/// Whom the minister asks about a notification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AuthorisationAddressee {
    /// Its responsible person or its representative answers.
    Wholesaler,
    ProductOffice,
    AssessmentAgency,
    AgricultureMinistry,
    SanitaryInspectorate,
}

impl From<AuthorisationAddressee> for Addressee {
    fn from(addressee: AuthorisationAddressee) -> Self {
        match addressee {
            AuthorisationAddressee::Wholesaler => Self::Wholesaler,
            AuthorisationAddressee::ProductOffice => Self::Office(Office::Products),
            AuthorisationAddressee::AssessmentAgency => Self::Office(Office::Assessment),
            AuthorisationAddressee::AgricultureMinistry => Self::Office(Office::Agriculture),
            AuthorisationAddressee::SanitaryInspectorate => Self::Office(Office::Sanitary),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn code(value: impl Serialize) -> String {
        serde_json::to_value(value).ok().and_then(|it| it.as_str().map(str::to_owned)).unwrap_or_default()
    }

    #[test]
    fn every_choice_is_called_as_the_domain_calls_it() {
        for state in StateName::ALL {
            assert_eq!(code(AuthorisationState::from(state)), state.name());
        }
        for command in Command::ALL {
            assert_eq!(code(AuthorisationAction::from(command)), command.name());
        }
        for addressee in Addressee::ALL {
            let read = serde_json::from_value::<AuthorisationAddressee>(json!(addressee.name())).ok();
            assert_eq!(read.map(Addressee::from), Some(addressee));
        }
        for outcome in model::Outcome::ALL {
            assert_eq!(code(ConsentOutcome::from(outcome)), outcome.name());
        }
        for purpose in content::Purpose::ALL {
            assert_eq!(code(ProductPurpose::from(purpose)), purpose.name());
        }
    }
}
