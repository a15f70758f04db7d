//! What is asked of a repair at the counter.

use crate::device_order::ReceiptRequest;
use crate::device_order::choices::IssueMethod;
use crate::device_repair_order::examples;
use crate::parsing::Faults;
use app::device_repair_order::RealiseRepairOrder;
use app::failure::Failure;
use chrono::NaiveDate;
use domain::values::{Grosze, Text};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

/// Prices of a repair, gross, in PLN.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = RepairOrderQuoteRequest, example = json!({"prices": ["150.00", "620.00"]}))]
pub(crate) struct RepairQuoteRequest {
    #[schema(min_items = 1, max_items = 10)]
    #[validate(length(min = 1, max = 10))]
    prices: Vec<String>,
}

impl RepairQuoteRequest {
    pub(super) fn parse(&self) -> Result<Vec<Grosze>, Failure> {
        let mut faults = Faults::new();
        let prices =
            faults.each("prices", &self.prices, |faults, price| faults.take("", Grosze::parse(price)));
        faults.finish_with(prices)
    }
}

/// Where a repair is taken up.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = RepairTakeUpRequest, example = json!({"place": "M-1"}))]
pub(crate) struct RepairTakeUpRequest {
    /// The place of service, by its code in the contract.
    #[schema(min_length = 1, max_length = 40, example = "M-1")]
    place: String,
}

impl RepairTakeUpRequest {
    pub(super) fn parse(&self) -> Result<Text<40>, Failure> {
        let mut faults = Faults::new();
        let place = faults.take("/place", Text::parse(&self.place));
        faults.finish_with(place)
    }
}

/// What was repaired, what it cost, and who took the device (part III of the form).
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = RepairRealisationRequest, example = examples::repair_realisation_request)]
pub(crate) struct RepairRealisationRequest {
    /// What was done.
    #[schema(min_length = 1, max_length = 1000, example = "Wymiana osi i łożysk prawego koła.")]
    description: String,
    /// Gross, in PLN.
    #[schema(pattern = r"^[0-9]{1,9}(\.[0-9]{2})?$", example = "150.00")]
    price: String,
    /// Of the guarantee on the repair.
    #[schema(minimum = 0, maximum = 120, example = 12)]
    guarantee_months: u32,
    /// Within the hold, today at the latest.
    issued_on: NaiveDate,
    method: IssueMethod,
    /// Who handed the device over.
    #[schema(min_length = 1, max_length = 120, example = "Renata Przykładowa")]
    staff: String,
    /// Given at once.
    #[validate(nested)]
    receipt: ReceiptRequest,
}

impl RepairRealisationRequest {
    pub(super) fn parse(&self) -> Result<RealiseRepairOrder, Failure> {
        let mut faults = Faults::new();
        let asked = self.read(&mut faults);
        faults.finish_with(asked)
    }

    fn read(&self, faults: &mut Faults) -> Option<RealiseRepairOrder> {
        let description = faults.take("/description", Text::parse(&self.description));
        let price = faults.take("/price", Grosze::parse(&self.price));
        let staff = faults.take("/staff", Text::parse(&self.staff));
        let receipt = faults.within("receipt", |faults| ReceiptRequest::read(faults, &self.receipt));
        Some(RealiseRepairOrder {
            description: description?,
            price: price?,
            guarantee_months: self.guarantee_months,
            issued_on: self.issued_on,
            method: self.method.into(),
            staff: staff?,
            receipt: receipt?,
        })
    }
}
