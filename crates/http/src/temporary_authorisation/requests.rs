//! What the steps of a notification ask for; what demands ask for in the same way is theirs.

use super::choices::ConsentOutcome;
use super::content::{AuthorisedBatch, TemporaryAuthorisationContent, batch};
use super::examples;
use crate::demand::choices::RealisationKind;
use crate::demand::content::Quantity;
use crate::demand::parse;
use crate::parsing::Faults;
use app::demand::LedgerEntry;
use app::failure::Failure;
use app::temporary_authorisation::{CreateAuthorisation, OpenAddition, PrepareConsent};
use chrono::NaiveDate;
use domain::ids::AuthorisationId;
use domain::temporary_authorisation::content::Content;
use domain::temporary_authorisation::model::Period;
use domain::temporary_authorisation::refusals::PERIOD_REQUIRED;
use domain::values::{BatchNumber, ClientReference, CountryCode, Text};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

/// A draft: it may be incomplete, but holds no illegal value.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = examples::request)]
pub struct TemporaryAuthorisationRequest {
    /// Your own name for it, unique among your open notifications.
    #[schema(min_length = 1, max_length = 64, pattern = "^[!-~]+$", example = "WMS-2026-000017")]
    pub client_reference: Option<String>,
    #[validate(nested)]
    pub content: TemporaryAuthorisationContent,
}

impl TemporaryAuthorisationRequest {
    pub fn parse(&self) -> Result<CreateAuthorisation, Failure> {
        let mut faults = Faults::new();
        let reference =
            faults.optional("/clientReference", self.client_reference.as_deref(), ClientReference::parse);
        let content = faults.within("content", |faults| self.content.read(faults));
        let asked = content
            .zip(reference)
            .map(|(content, client_reference)| CreateAuthorisation { content, client_reference });
        faults.finish_with(asked)
    }
}

/// A draft to be judged. That of an addition names the consent to which it adds.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = examples::request)]
pub struct AuthorisationValidationRequest {
    #[schema(min_length = 1, max_length = 64, pattern = "^[!-~]+$", example = "WMS-2026-000017")]
    pub client_reference: Option<String>,
    /// Of an addition: your consent to which it adds batches, by its id.
    pub adds_to: Option<Uuid>,
    #[validate(nested)]
    pub content: TemporaryAuthorisationContent,
}

impl AuthorisationValidationRequest {
    pub fn parse(&self) -> Result<(Content, Option<AuthorisationId>), Failure> {
        let mut faults = Faults::new();
        faults.optional("/clientReference", self.client_reference.as_deref(), ClientReference::parse);
        let content = faults.within("content", |faults| self.content.read(faults));
        let adds_to = self.adds_to.map(AuthorisationId);
        faults.finish_with(content.map(|content| (content, adds_to)))
    }
}

/// New batches of the product that is consented to; everything else is taken over from the consent and can be edited. Not taken
/// over is as what the consent was notified: who signs the addition states `signsAs` anew, and a person who signed with an
/// authorisation, and that authorisation, are stated anew with it.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = examples::addition)]
pub struct AdditionRequest {
    #[schema(min_length = 1, max_length = 64, pattern = "^[!-~]+$", example = "WMS-2026-000018")]
    pub client_reference: Option<String>,
    /// The new batches together.
    #[validate(nested)]
    pub quantity: Option<Quantity>,
    #[serde(default)]
    #[validate(nested)]
    pub batches: Vec<AuthorisedBatch>,
    /// That of the consent when left out.
    #[schema(min_length = 1, max_length = 8000)]
    pub justification: Option<String>,
}

impl AdditionRequest {
    pub fn parse(&self) -> Result<OpenAddition, Failure> {
        let mut faults = Faults::new();
        let reference =
            faults.optional("/clientReference", self.client_reference.as_deref(), ClientReference::parse);
        let quantity = faults.within_optional("quantity", self.quantity.as_ref(), parse::quantity);
        let batches = faults.each("batches", &self.batches, batch);
        let justification = faults.optional("/justification", self.justification.as_deref(), Text::parse);
        let asked = (|| {
            Some(OpenAddition {
                client_reference: reference?,
                quantity: quantity?,
                batches: batches?,
                justification: justification?,
            })
        })();
        faults.finish_with(asked)
    }
}

#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "outcome": "CONSENTED", "approvedQuantity": {"amount": "300", "unit": "PACK"}, "validFrom": "2026-02-04",
    "validUntil": "2026-08-03", "conditions": "Wydaje się tylko szpitalom."
}))]
pub struct ConsentDraftRequest {
    pub outcome: ConsentOutcome,
    /// Required for a consent, in the notified unit.
    #[validate(nested)]
    pub approved_quantity: Option<Quantity>,
    /// Required for a consent, with `validUntil`; an addition has the period of the consent to which it adds.
    pub valid_from: Option<NaiveDate>,
    /// The last day of the period.
    pub valid_until: Option<NaiveDate>,
    /// On what terms the minister consents.
    #[schema(min_length = 1, max_length = 8000)]
    pub conditions: Option<String>,
    /// Required for a refusal, and where less than notified is consented to.
    #[schema(min_length = 1, max_length = 8000)]
    pub grounds: Option<String>,
}

impl ConsentDraftRequest {
    pub fn parse(&self) -> Result<PrepareConsent, Failure> {
        let mut faults = Faults::new();
        let quantity =
            faults.within_optional("approvedQuantity", self.approved_quantity.as_ref(), parse::quantity);
        let conditions = faults.optional("/conditions", self.conditions.as_deref(), Text::parse);
        let grounds = faults.optional("/grounds", self.grounds.as_deref(), Text::parse);
        let period = self.period().map_err(|missing| faults.add(missing, PERIOD_REQUIRED)).ok();
        let asked = (|| {
            Some(PrepareConsent {
                outcome: self.outcome.into(),
                approved_quantity: quantity?,
                period: period?,
                conditions: conditions?,
                grounds: grounds?,
            })
        })();
        faults.finish_with(asked)
    }

    /// Both days or none; else the member that is missing.
    fn period(&self) -> Result<Option<Period>, &'static str> {
        match (self.valid_from, self.valid_until) {
            (Some(from), Some(until)) => Ok(Some(Period { from, until })),
            (None, None) => Ok(None),
            (Some(_), None) => Err("/validUntil"),
            (None, Some(_)) => Err("/validFrom"),
        }
    }
}

#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"pharmacyId": "b70db410-5941-82d7-b49e-cc34cd8ceefd"}))]
pub struct ConsentHandoverReturnRequest {
    /// Whose hand-over the wholesaler declines; a pharmacy takes back its own.
    pub pharmacy_id: Option<Uuid>,
}

/// An entry of the ledger.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "kind": "IMPORTED", "batch": "L26A001", "expiresOn": "2029-06-30", "packs": 200,
    "packSize": {"amount": "1", "unit": "PACK"}, "sourceCountry": "DE", "doneOn": "2026-02-06"
}))]
pub struct ConsentRealisationRequest {
    pub kind: RealisationKind,
    /// A batch of the consent or of an addition to it.
    #[schema(min_length = 1, max_length = 60, example = "L26A001")]
    pub batch: String,
    pub expires_on: NaiveDate,
    /// Whole packs.
    #[schema(minimum = 1, example = 200)]
    pub packs: i32,
    /// What one pack holds, in the approved unit.
    #[validate(nested)]
    pub pack_size: Quantity,
    /// ISO 3166-1 alpha-2.
    #[schema(pattern = "^[A-Z]{2}$", example = "DE")]
    pub source_country: String,
    /// When it was brought in or dispensed (Warsaw date).
    pub done_on: NaiveDate,
}

impl ConsentRealisationRequest {
    pub fn parse(&self) -> Result<LedgerEntry, Failure> {
        let mut faults = Faults::new();
        let batch = faults.take("/batch", BatchNumber::parse(&self.batch));
        let pack_size = faults.within("packSize", |faults| parse::quantity(faults, &self.pack_size));
        let country = faults.take("/sourceCountry", CountryCode::parse(&self.source_country));
        let asked = (|| {
            Some(LedgerEntry {
                kind: self.kind.into(),
                batch: batch?,
                expires_on: self.expires_on,
                packs: self.packs,
                pack_size: pack_size?,
                // The domain multiplies; what is handed in here does not count.
                counted: pack_size?,
                source_country: country?,
                done_on: self.done_on,
                closes: false,
            })
        })();
        faults.finish_with(asked)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop where it fails")]
    use super::*;
    use serde::de::DeserializeOwned;
    use serde_json::json;
    use utoipa::PartialSchema;

    fn example<T: DeserializeOwned + PartialSchema>() -> T {
        let schema = serde_json::to_value(T::schema()).unwrap();
        serde_json::from_value(schema["example"].clone()).unwrap()
    }

    #[test]
    fn every_example_is_a_request_without_faults() {
        example::<TemporaryAuthorisationRequest>().parse().unwrap();
        example::<AdditionRequest>().parse().unwrap();
        example::<ConsentDraftRequest>().parse().unwrap();
        example::<ConsentHandoverReturnRequest>();
        example::<ConsentRealisationRequest>().parse().unwrap();
    }

    #[test]
    fn half_a_period_is_no_period() {
        for (member, missing) in [("validFrom", "/validUntil"), ("validUntil", "/validFrom")] {
            let body = json!({"outcome": "CONSENTED", member: "2026-02-04"});
            let draft: ConsentDraftRequest = serde_json::from_value(body).unwrap();
            let Err(Failure::Refused(refused)) = draft.parse() else { panic!("was read") };
            assert_eq!(refused.violations[0].pointer, missing);
        }
    }
}
