//! Public addresses: of places of service, and of a branch's service points.

use domain::values::Address;
use serde::Serialize;
use utoipa::ToSchema;

/// An address in Poland that everybody may know.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = PublicAddress)]
pub(crate) struct PublicAddressView {
    #[schema(example = "rynek Testowy 9")]
    street_line: String,
    #[schema(example = "00-904")]
    postal_code: String,
    #[schema(example = "Próbowo")]
    city: String,
}

impl PublicAddressView {
    pub(super) fn of(address: &Address) -> Self {
        Self {
            street_line: address.reveal_street_line().to_owned(),
            postal_code: address.reveal_postal_code().to_owned(),
            city: address.reveal_city().to_owned(),
        }
    }
}
