//! What the steps of pharmacies and wholesalers ask for.

use crate::demand::choices::RealisationKind;
use crate::demand::content::Quantity;
use crate::demand::parse;
use crate::parsing::Faults;
use app::demand::{HandOverDemand, LedgerEntry};
use app::failure::Failure;
use chrono::NaiveDate;
use domain::ids::OrganisationId;
use domain::values::{BatchNumber, CountryCode};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;
use validator::Validate;

#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"wholesalerId": "0197c5a2-7d31-7c4e-9a66-3f1d5b0e8a43"}))]
pub struct HandoverRequest {
    /// A wholesaler of `GET /api/v1/wholesalers`.
    pub wholesaler_id: Uuid,
    /// Who receives the product; the pharmacy that hands over when left out.
    pub pharmacy_id: Option<Uuid>,
}

impl HandoverRequest {
    pub fn parse(&self) -> HandOverDemand {
        HandOverDemand {
            wholesaler: OrganisationId(self.wholesaler_id),
            pharmacy: self.pharmacy_id.map(OrganisationId),
        }
    }
}

#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({
    "kind": "IMPORTED", "batch": "DF4410", "expiresOn": "2029-06-30", "packs": 4,
    "packSize": {"amount": "1", "unit": "PACK"}, "sourceCountry": "DE", "doneOn": "2026-12-04"
}))]
pub struct RealisationRequest {
    pub kind: RealisationKind,
    #[schema(min_length = 1, max_length = 60, example = "DF4410")]
    pub batch: String,
    /// The last day on which the batch may be used.
    pub expires_on: NaiveDate,
    /// Whole packs.
    #[schema(minimum = 1, example = 4)]
    pub packs: i32,
    /// What one pack holds, in the approved unit.
    pub pack_size: Quantity,
    /// ISO 3166-1 alpha-2.
    #[schema(pattern = "^[A-Z]{2}$", example = "DE")]
    pub source_country: String,
    /// When it was brought in or dispensed (Warsaw date).
    pub done_on: NaiveDate,
    /// The pharmacy declares that nothing more will be dispensed.
    #[serde(default, rename = "final")]
    pub closes: bool,
}

impl RealisationRequest {
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
                closes: self.closes,
            })
        })();
        faults.finish_with(asked)
    }
}
