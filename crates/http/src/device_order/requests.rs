//! What is asked of orders for devices.

use super::content::DeviceOrderContent;
use super::examples;
use crate::demand::requests::SignatureRequest;
use crate::parsing::Faults;
use app::device_order::CreateDeviceOrder;
use app::failure::Failure;
use app::signature::AskedSignature;
use domain::device_order::Content;
use domain::values::{ClientReference, Text};
use serde::Deserialize;
use utoipa::ToSchema;
use validator::Validate;

/// A draft of an order; a whole new content where one is replaced.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = examples::request)]
pub struct DeviceOrderRequest {
    #[validate(nested)]
    pub content: DeviceOrderContent,
    /// Your own name for the order, without patient data.
    #[schema(min_length = 1, max_length = 64, pattern = "^[!-~]+$", example = "HIS-ZW-000123")]
    pub client_reference: Option<String>,
}

impl DeviceOrderRequest {
    pub fn parse(&self) -> Result<CreateDeviceOrder, Failure> {
        let mut faults = Faults::new();
        let content = faults.within("content", |faults| self.content.read(faults));
        let reference =
            faults.optional("/clientReference", self.client_reference.as_deref(), ClientReference::parse);
        let draft = content.zip(reference);
        faults.finish_with(
            draft.map(|(content, client_reference)| CreateDeviceOrder { content, client_reference }),
        )
    }
}

/// A content to be judged, or of which the bytes to sign are asked for.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = examples::validation_request)]
pub struct DeviceOrderContentRequest {
    #[validate(nested)]
    pub content: DeviceOrderContent,
}

fn content(sent: &DeviceOrderContent) -> Result<Content, Failure> {
    let mut faults = Faults::new();
    let content = faults.within("content", |faults| sent.read(faults));
    faults.finish_with(content)
}

impl DeviceOrderContentRequest {
    pub fn parse(&self) -> Result<Content, Failure> {
        content(&self.content)
    }
}

/// Signed with `QUALIFIED` or `ZUS`; a `PERSONAL` signature is refused.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"signature": {"kind": "QUALIFIED", "value": "eyJhbGciOiJFUzI1NiIsIng1YyI6WyI…"}}))]
pub struct DeviceOrderSubmissionRequest {
    #[validate(nested)]
    pub signature: SignatureRequest,
}

impl DeviceOrderSubmissionRequest {
    pub fn parse(self) -> AskedSignature {
        self.signature.asked()
    }
}

/// The whole corrected content, and its signature.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = examples::correction_request)]
pub struct DeviceOrderCorrectionRequest {
    #[validate(nested)]
    pub content: DeviceOrderContent,
    #[validate(nested)]
    pub signature: SignatureRequest,
}

impl DeviceOrderCorrectionRequest {
    pub fn parse(self) -> Result<(Content, AskedSignature), Failure> {
        Ok((content(&self.content)?, self.signature.asked()))
    }
}

/// Why; patient and provider see it.
#[derive(Deserialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(example = json!({"reason": "Pacjent zrezygnował z wyrobu."}))]
pub struct DeviceOrderReasonRequest {
    #[schema(min_length = 1, max_length = 500)]
    pub reason: String,
}

impl DeviceOrderReasonRequest {
    pub fn parse(&self) -> Result<Text<500>, Failure> {
        let mut faults = Faults::new();
        let text = faults.take("/reason", Text::parse(&self.reason));
        faults.finish_with(text)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop where it fails")]
    use super::*;
    use crate::device_order::content::DeviceOrderContent;
    use serde::de::DeserializeOwned;
    use serde_json::{Value, json};
    use utoipa::PartialSchema;

    fn example<T: DeserializeOwned + PartialSchema>() -> T {
        let schema = serde_json::to_value(T::schema()).unwrap();
        serde_json::from_value(schema["example"].clone()).unwrap()
    }

    fn read(content: &Value) -> (Option<Content>, Vec<(String, &'static str)>) {
        let sent: DeviceOrderContent = serde_json::from_value(content.clone()).unwrap();
        let mut faults = Faults::new();
        let read = sent.read(&mut faults);
        let found = faults.into_violations().into_iter().map(|it| (it.pointer, it.problem.code));
        (read, found.collect())
    }

    #[test]
    fn every_example_is_a_request_without_faults() {
        example::<DeviceOrderRequest>().parse().unwrap();
        example::<DeviceOrderContentRequest>().parse().unwrap();
        example::<DeviceOrderSubmissionRequest>().parse();
        example::<DeviceOrderCorrectionRequest>().parse().unwrap();
        example::<DeviceOrderReasonRequest>().parse().unwrap();
    }

    #[test]
    fn what_is_sent_is_read_and_shown_again() {
        for content in [examples::monthly(), examples::one_off(), examples::lenses(), examples::entitled()] {
            let (read, faults) = read(&content);
            assert_eq!(faults, []);
            let shown = serde_json::to_value(DeviceOrderContent::of(&read.unwrap())).unwrap();
            assert_eq!(shown, content);
        }
    }

    #[test]
    fn a_kind_has_its_own_members_and_no_others() {
        let mut content = examples::one_off();
        content["supply"] = json!({"kind": "ONE_OFF", "months": 2});
        content["device"] = json!({"kind": "LENSES", "code": "S.12.01"});
        content["right"] = json!({"kind": "STATEMENT", "madeOn": "2026-12-01", "country": "DE"});
        let mut places: Vec<(String, &str)> = read(&content).1;
        places.sort();
        let unknown = "request.unknown_member";
        let missing = "request.missing_member";
        let expected = [
            ("/device/code", unknown),
            ("/device/lenses", missing),
            ("/right/country", unknown),
            ("/right/madeBy", missing),
            ("/supply/months", unknown),
            ("/supply/pieces", missing),
        ];
        assert_eq!(places, expected.map(|(place, code)| (place.to_owned(), code)));
    }
}
