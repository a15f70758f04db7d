//! What is asked of repair orders.

use super::content::DeviceRepairOrderContent;
use super::examples;
use crate::demand::requests::SignatureRequest;
use crate::parsing::Faults;
use app::device_repair_order::CreateRepairOrder;
use app::failure::Failure;
use app::signature::AskedSignature;
use domain::device_repair_order::Content;
use domain::values::ClientReference;
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

/// A draft of a repair order; a whole new content where one is replaced.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = examples::request)]
pub struct DeviceRepairOrderRequest {
    #[validate(nested)]
    pub content: DeviceRepairOrderContent,
    /// Your own name for the order, without patient data.
    #[schema(min_length = 1, max_length = 64, pattern = "^[!-~]+$", example = "HIS-NAP-000123")]
    pub client_reference: Option<String>,
}

impl DeviceRepairOrderRequest {
    pub fn parse(&self) -> Result<CreateRepairOrder, Failure> {
        let mut faults = Faults::new();
        let content = faults.within("content", |faults| self.content.read(faults));
        let reference =
            faults.optional("/clientReference", self.client_reference.as_deref(), ClientReference::parse);
        let draft = content.zip(reference);
        faults.finish_with(
            draft.map(|(content, client_reference)| CreateRepairOrder { content, client_reference }),
        )
    }
}

/// A content to be judged, or of which the bytes to sign are asked for.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = examples::content_request)]
pub struct DeviceRepairOrderContentRequest {
    #[validate(nested)]
    pub content: DeviceRepairOrderContent,
}

fn content(sent: &DeviceRepairOrderContent) -> Result<Content, Failure> {
    let mut faults = Faults::new();
    let content = faults.within("content", |faults| sent.read(faults));
    faults.finish_with(content)
}

impl DeviceRepairOrderContentRequest {
    pub fn parse(&self) -> Result<Content, Failure> {
        content(&self.content)
    }
}

/// The whole corrected content, and its signature.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = examples::correction_request)]
pub struct DeviceRepairOrderCorrectionRequest {
    #[validate(nested)]
    pub content: DeviceRepairOrderContent,
    #[validate(nested)]
    pub signature: SignatureRequest,
}

impl DeviceRepairOrderCorrectionRequest {
    pub fn parse(self) -> Result<(Content, AskedSignature), Failure> {
        Ok((content(&self.content)?, self.signature.asked()))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop where it fails")]
    use super::*;
    use serde_json::{Value, json};

    fn read(content: &Value) -> (Option<Content>, Vec<(String, &'static str)>) {
        let sent: DeviceRepairOrderContent = serde_json::from_value(content.clone()).unwrap();
        let mut faults = Faults::new();
        let read = sent.read(&mut faults);
        let found = faults.into_violations().into_iter().map(|it| (it.pointer, it.problem.code));
        (read, found.collect())
    }

    #[test]
    fn every_example_is_a_request_without_faults() {
        serde_json::from_value::<DeviceRepairOrderRequest>(examples::request()).unwrap().parse().unwrap();
        let correction =
            serde_json::from_value::<DeviceRepairOrderCorrectionRequest>(examples::correction_request());
        correction.unwrap().parse().unwrap();
    }

    #[test]
    fn what_is_sent_is_read_and_shown_again() {
        for content in [examples::content(), examples::original_unknown()] {
            let (read, faults) = read(&content);
            assert_eq!(faults, []);
            let shown = serde_json::to_value(DeviceRepairOrderContent::of(&read.unwrap())).unwrap();
            assert_eq!(shown, content);
        }
    }

    #[test]
    fn an_original_order_is_known_or_the_reason_is() {
        let mut content = examples::content();
        content["original"] = json!({"kind": "UNKNOWN", "number": "T5-3K7M9QXT-22A4CDEF"});
        let mut places: Vec<String> = read(&content).1.into_iter().map(|(place, _)| place).collect();
        places.sort();
        assert_eq!(places, ["/original/number", "/original/reason"]);
    }
}
