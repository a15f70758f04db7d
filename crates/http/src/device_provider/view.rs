//! A provider as everybody is shown it.

use super::place::PublicAddressView;
use app::device_provider::{ListedProvider, Supplies};
use chrono::NaiveDate;
use domain::device_provider::{Coverage, Place};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

/// A provider of medical devices with the contracts that are in force for it on the day.
#[derive(Serialize, ToSchema)]
#[schema(as = DeviceProvider, example = provider_example)]
pub(crate) struct DeviceProviderView {
    id: Uuid,
    #[schema(example = "Sklep Medyczny „Próbka”")]
    name: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, pattern = "^[0-9]{10}$", example = "1230121216")]
    nip: Option<String>,
    contracts: Vec<SuppliesView>,
}

/// A contract with the payer for the supply of medical devices, and where this provider hands out under it.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
#[schema(as = DeviceContract)]
pub(crate) struct SuppliesView {
    #[schema(max_length = 40, example = "PIASKOWNICA/07/0001")]
    number: String,
    /// The branch whose contract it is.
    #[schema(pattern = "^(0[1-9]|1[0-6])$", example = "07")]
    branch: String,
    /// First and last day of this provider's part in it.
    valid_from: NaiveDate,
    valid_to: NaiveDate,
    /// Letters, parts and codes of device groups; each covers every code that begins with its parts.
    #[schema(example = json!(["S", "Y.06"]))]
    covers: Vec<String>,
    /// The holder of the contract, where this provider is a subcontractor.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    acts_for: Option<HolderView>,
    places: Vec<PlaceView>,
}

/// The holder of a contract.
#[derive(Serialize, ToSchema)]
#[schema(as = DeviceContractHolder)]
pub(crate) struct HolderView {
    id: Uuid,
    name: String,
}

/// A place of service.
#[derive(Serialize, ToSchema)]
#[schema(as = DeviceProviderPlace)]
pub(crate) struct PlaceView {
    /// As the contract numbers it.
    #[schema(max_length = 40, example = "M-1")]
    code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    name: Option<String>,
    address: PublicAddressView,
}

pub(super) fn provider_example() -> Value {
    json!({"id": "7d5a0f0e-2f7b-8c1d-9b3e-5a4c1f2e6d70", "name": "Sklep Medyczny „Próbka”", "nip": "1230121216",
        "contracts": [{"number": "PIASKOWNICA/07/0001", "branch": "07", "validFrom": "2024-01-01",
            "validTo": "2035-12-31", "covers": ["S", "Y"], "places": [{"code": "M-1", "address":
                {"streetLine": "rynek Testowy 9", "postalCode": "00-904", "city": "Próbowo"}}]}]})
}

impl DeviceProviderView {
    pub(super) fn of(listed: ListedProvider) -> Self {
        let ListedProvider { id, name, nip, supplies } = listed;
        Self { id: id.0, name, nip, contracts: supplies.into_iter().map(SuppliesView::of).collect() }
    }
}

impl SuppliesView {
    fn of(supplies: Supplies) -> Self {
        let Supplies { contract, days, acts_for, places } = supplies;
        Self {
            number: contract.number.into(),
            branch: contract.branch.into(),
            valid_from: days.0,
            valid_to: days.1,
            covers: contract.covers.iter().map(Coverage::to_string).collect(),
            acts_for: acts_for.map(|(id, name)| HolderView { id: id.0, name }),
            places: places.into_iter().map(PlaceView::of).collect(),
        }
    }
}

impl PlaceView {
    fn of(place: Place) -> Self {
        let address = PublicAddressView::of(&place.address);
        Self { code: place.code.into(), name: place.name.map(Into::into), address }
    }
}
