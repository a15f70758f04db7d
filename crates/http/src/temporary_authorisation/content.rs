//! The content of a notification as clients send and see it.

use super::choices::{NotifierCapacity, ProductPurpose};
use crate::demand::content::{Address, Quantity};
use crate::demand::parse;
use crate::demand::product::{MedicineProduct, Product};
use crate::demand::view::content as shown;
use crate::parsing::Faults;
use crate::threat::Threat;
use chrono::NaiveDate;
use domain::temporary_authorisation::content as model;
use domain::values::{BatchNumber, Email, Nip, PersonName, Text};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use validator::Validate;

/// What the responsible person, or whom they authorised, signs (PF art. 4ac(5)–(6)). A draft may lack any member but the purpose.
#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TemporaryAuthorisationContent {
    pub purpose: ProductPurpose,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    pub wholesaler: Option<NotifyingWholesaler>,
    /// The responsible person, or whom they authorised.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    pub responsible_person: Option<Signatory>,
    /// As what that person signs; `RESPONSIBLE_PERSON` where nothing is said. An authorised person names the authorisation in
    /// `attachments.responsiblePersonAuthorisation`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub signs_as: Option<NotifierCapacity>,
    /// The person entitled to represent the wholesaler.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    pub representative: Option<Signatory>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    #[schema(value_type = Option<MedicineProduct>)]
    pub product: Option<Product>,
    /// All batches together.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    pub quantity: Option<Quantity>,
    #[serde(default)]
    #[validate(nested)]
    pub batches: Vec<AuthorisedBatch>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    pub threat: Option<Threat>,
    /// Why the consent is needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(min_length = 1, max_length = 8000)]
    pub justification: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    pub attachments: Option<NotificationAttachments>,
}

#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NotifyingWholesaler {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 300, example = "Hurtownia Farmaceutyczna Testpol")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(pattern = "^[0-9]{10}$", example = "1230044444")]
    pub nip: Option<String>,
    /// Unique identifier of the wholesale warehouse.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 40, example = "1000123")]
    pub identifier: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    pub address: Option<Address>,
    /// Where the outcome is sent (PF art. 4ad(4)).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 254, example = "import@testpol.example.org")]
    pub email: Option<String>,
}

#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[schema(as = NotificationSignatory)]
pub struct Signatory {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 100, example = "Wiktoria")]
    pub given_names: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 100, example = "Przykładowa")]
    pub family_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(max_length = 200, example = "osoba odpowiedzialna")]
    pub position: Option<String>,
}

#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AuthorisedBatch {
    #[schema(min_length = 1, max_length = 60, example = "L26A001")]
    pub number: String,
    /// The last day on which the batch may be used.
    pub expires_on: NaiveDate,
    /// In the unit of the whole.
    #[validate(nested)]
    pub quantity: Quantity,
}

/// Documents that go with the notification. Their digests are signed with it, so that no other file can take their
/// place.
#[derive(Default, Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NotificationAttachments {
    /// Proof that the signatories may act for the wholesaler.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    pub power_of_representation: Option<AttachedDocument>,
    /// For a veterinary product only (PF art. 4(8)).
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    pub agriculture_minister_request: Option<AttachedDocument>,
    /// By which the responsible person authorised whoever signs as an `AUTHORISED_PERSON`; for nobody else.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[validate(nested)]
    pub responsible_person_authorisation: Option<AttachedDocument>,
}

#[derive(Deserialize, Serialize, ToSchema, Validate)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct AttachedDocument {
    #[schema(min_length = 1, max_length = 300, example = "Odpis z rejestru przedsiębiorców")]
    pub title: String,
    pub dated: NaiveDate,
    /// SHA-256 of the file.
    #[schema(pattern = "^[0-9a-f]{64}$")]
    pub sha256: String,
}

impl TemporaryAuthorisationContent {
    /// The content, or every illegal value in it.
    pub fn read(&self, faults: &mut Faults) -> Option<model::Content> {
        let wholesaler = faults.within_optional("wholesaler", self.wholesaler.as_ref(), wholesaler);
        let responsible =
            faults.within_optional("responsiblePerson", self.responsible_person.as_ref(), signatory);
        let representative =
            faults.within_optional("representative", self.representative.as_ref(), signatory);
        let product =
            faults.within_optional("product", self.product.as_ref(), |faults, it| it.read_medicine(faults));
        let quantity = faults.within_optional("quantity", self.quantity.as_ref(), parse::quantity);
        let batches = faults.each("batches", &self.batches, batch);
        let threat = faults.within_optional("threat", self.threat.as_ref(), Threat::read);
        let justification = faults.optional("/justification", self.justification.as_deref(), Text::parse);
        let attachments = faults.within_optional("attachments", self.attachments.as_ref(), attachments);
        Some(model::Content {
            purpose: self.purpose.into(),
            wholesaler: wholesaler?.unwrap_or_default(),
            responsible_person: responsible?.unwrap_or_default(),
            signs_as: self.signs_as.map(Into::into),
            representative: representative?.unwrap_or_default(),
            product: product?.unwrap_or_default(),
            quantity: quantity?,
            batches: batches?,
            threat: threat?,
            justification: justification?,
            attachments: attachments?.unwrap_or_default(),
        })
    }
}

fn wholesaler(faults: &mut Faults, it: &NotifyingWholesaler) -> Option<model::Wholesaler> {
    let name = faults.optional("/name", it.name.as_deref(), Text::parse);
    let nip = faults.optional("/nip", it.nip.as_deref(), Nip::parse);
    let identifier = faults.optional("/identifier", it.identifier.as_deref(), Text::parse);
    let address = faults.within_optional("address", it.address.as_ref(), parse::address);
    let email = faults.optional("/email", it.email.as_deref(), Email::parse);
    Some(model::Wholesaler {
        name: name?,
        nip: nip?,
        identifier: identifier?,
        address: address?,
        email: email?,
    })
}

fn signatory(faults: &mut Faults, it: &Signatory) -> Option<model::Signatory> {
    let given_names = faults.optional("/givenNames", it.given_names.as_deref(), PersonName::parse);
    let family_name = faults.optional("/familyName", it.family_name.as_deref(), PersonName::parse);
    let position = faults.optional("/position", it.position.as_deref(), Text::parse);
    Some(model::Signatory { given_names: given_names?, family_name: family_name?, position: position? })
}

/// A batch; its faults stand below the member that is being read.
pub(super) fn batch(faults: &mut Faults, it: &AuthorisedBatch) -> Option<model::Batch> {
    let number = faults.take("/number", BatchNumber::parse(&it.number));
    let quantity = faults.within("quantity", |faults| parse::quantity(faults, &it.quantity));
    Some(model::Batch { number: number?, expires_on: it.expires_on, quantity: quantity? })
}

fn attachments(faults: &mut Faults, it: &NotificationAttachments) -> Option<model::Attachments> {
    let mut document = |place, it: &Option<_>| faults.within_optional(place, it.as_ref(), attached);
    let power = document("powerOfRepresentation", &it.power_of_representation);
    let request = document("agricultureMinisterRequest", &it.agriculture_minister_request);
    let authorisation = document("responsiblePersonAuthorisation", &it.responsible_person_authorisation);
    Some(model::Attachments {
        power_of_representation: power?,
        agriculture_minister_request: request?,
        responsible_person_authorisation: authorisation?,
    })
}

fn attached(faults: &mut Faults, it: &AttachedDocument) -> Option<model::AttachedDocument> {
    let title = faults.take("/title", Text::parse(&it.title));
    let sha256 = faults.take("/sha256", model::FileDigest::parse(&it.sha256));
    Some(model::AttachedDocument { title: title?, dated: it.dated, sha256: sha256? })
}

fn text<const MAX: usize>(it: Option<&Text<MAX>>) -> Option<String> {
    it.map(|text| text.as_str().to_owned())
}

/// Nothing where nothing is said.
fn unless_empty<T: Default + PartialEq, S>(it: &T, show: impl FnOnce(&T) -> S) -> Option<S> {
    (*it != T::default()).then(|| show(it))
}

impl TemporaryAuthorisationContent {
    pub fn of(it: &model::Content) -> Self {
        Self {
            purpose: it.purpose.into(),
            wholesaler: unless_empty(&it.wholesaler, NotifyingWholesaler::of),
            responsible_person: unless_empty(&it.responsible_person, Signatory::of),
            signs_as: it.signs_as.map(Into::into),
            representative: unless_empty(&it.representative, Signatory::of),
            product: unless_empty(&it.product, Product::of_medicine),
            quantity: it.quantity.as_ref().map(Quantity::of),
            batches: it.batches.iter().map(AuthorisedBatch::of).collect(),
            threat: it.threat.as_ref().map(Threat::of),
            justification: text(it.justification.as_ref()),
            attachments: unless_empty(&it.attachments, NotificationAttachments::of),
        }
    }
}

impl NotificationAttachments {
    fn of(it: &model::Attachments) -> Self {
        let document = |it: &Option<_>| it.as_ref().map(AttachedDocument::of);
        Self {
            power_of_representation: document(&it.power_of_representation),
            agriculture_minister_request: document(&it.agriculture_minister_request),
            responsible_person_authorisation: document(&it.responsible_person_authorisation),
        }
    }
}

impl NotifyingWholesaler {
    fn of(it: &model::Wholesaler) -> Self {
        Self {
            name: text(it.name.as_ref()),
            nip: it.nip.as_ref().map(|nip| nip.as_str().to_owned()),
            identifier: text(it.identifier.as_ref()),
            address: it.address.as_ref().map(shown::address),
            email: it.email.as_ref().map(|email| email.reveal().to_owned()),
        }
    }
}

impl Signatory {
    fn of(it: &model::Signatory) -> Self {
        let name = |name: &Option<PersonName>| name.as_ref().map(|name| name.reveal().to_owned());
        Self {
            given_names: name(&it.given_names),
            family_name: name(&it.family_name),
            position: text(it.position.as_ref()),
        }
    }
}

impl AuthorisedBatch {
    pub(super) fn of(it: &model::Batch) -> Self {
        Self {
            number: it.number.as_str().to_owned(),
            expires_on: it.expires_on,
            quantity: Quantity::of(&it.quantity),
        }
    }
}

impl AttachedDocument {
    fn of(it: &model::AttachedDocument) -> Self {
        Self { title: it.title.as_str().to_owned(), dated: it.dated, sha256: it.sha256.as_str().to_owned() }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop where it fails")]
    use super::*;
    use crate::temporary_authorisation::examples;
    use serde_json::{Value, json};

    fn read(content: Value) -> (Option<model::Content>, Vec<String>) {
        let sent: TemporaryAuthorisationContent = serde_json::from_value(content).unwrap();
        let mut faults = Faults::new();
        let content = sent.read(&mut faults);
        (
            content,
            faults.into_violations().into_iter().map(|it| format!("{} {}", it.pointer, it.problem)).collect(),
        )
    }

    #[test]
    fn what_is_read_is_shown_again_unchanged() {
        let bare = json!({"purpose": "HUMAN", "batches": []});
        for sent in [examples::content(), examples::veterinary(), examples::authorised(), bare] {
            let (content, faults) = read(sent.clone());
            assert_eq!(faults, [""; 0]);
            let shown = TemporaryAuthorisationContent::of(&content.unwrap());
            assert_eq!(serde_json::to_value(shown).unwrap(), sent);
        }
    }

    #[test]
    fn every_fault_is_named_with_its_place() {
        let (content, faults) = read(json!({
            "purpose": "HUMAN", "wholesaler": {"nip": "1", "email": "?"},
            "batches": [{"number": " ", "expiresOn": "2027-01-01", "quantity": {"amount": "0", "unit": "PACK"}}],
            "attachments": {"powerOfRepresentation": {"title": "", "dated": "2026-01-01", "sha256": "AB"}}
        }));
        assert!(content.is_none());
        let expected = [
            "/wholesaler/nip value.nip",
            "/wholesaler/email value.email",
            "/batches/0/number value.batch",
            "/batches/0/quantity/amount value.quantity",
            "/attachments/powerOfRepresentation/title value.text_empty",
            "/attachments/powerOfRepresentation/sha256 authorisation.file_digest",
        ];
        assert_eq!(faults, expected);
    }
}
