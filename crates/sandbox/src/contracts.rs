//! Contracts of the made-up providers: a holder, a subcontractor that acts under its contract, and one whose contract
//! has ended. Numbers, places and service points exist nowhere.

use crate::personas::{Organisation, find_organisation};
use app::App;
use app::device_provider::ContractsFault;
use domain::ids::SpaceId;
use serde_json::{Value, json};

/// The name under which the sample is kept.
pub const NAME: &str = "piaskownica.json";
/// The contract of `device-shop`, under which `device-shop-second` acts.
pub const CONTRACT: &str = "PIASKOWNICA/07/0001";

/// Puts the sample in where the space has no contracts; a tester's own stay.
pub async fn import_sample(app: &App, space: &SpaceId) -> Result<(), ContractsFault> {
    let asked = space.clone();
    if app.store().read(move |tx| store::device_provider::current(tx, &asked)).await?.is_some() {
        return Ok(());
    }
    match app.import_contracts(space.clone(), (NAME, &sample(space).to_string())).await {
        // Another sandbox on the same database did it meanwhile.
        Err(ContractsFault::Overtaken) => Ok(()),
        imported => imported.map(drop),
    }
}

/// The file that a branch of the payer would pass on.
pub fn sample(space: &SpaceId) -> Value {
    let known = |key: &str| find_organisation(space, key);
    let (Some(shop), Some(second), Some(former)) =
        (known("device-shop"), known("device-shop-second"), known("device-shop-former"))
    else {
        return json!({ "contracts": [] });
    };
    json!({
        "contracts": [
            {
                "number": CONTRACT, "branch": "07", "holder": shop.id, "validFrom": "2024-01-01",
                "validTo": "2035-12-31", "covers": ["R", "S", "U", "W", "Y", "Z"], "places": [place("M-1", &shop)],
                "subcontractors": [{
                    "organisation": second.id, "validFrom": "2025-01-01", "validTo": "2035-12-31",
                    "places": [place("M-2", &second)],
                }],
            },
            {
                "number": "PIASKOWNICA/07/0002", "branch": "07", "holder": shop.id, "validFrom": "2024-01-01",
                "validTo": "2035-12-31", "places": [place("M-1", &shop)],
                "covers": ["A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O"],
            },
            {
                "number": "PIASKOWNICA/12/0003", "branch": "12", "holder": former.id, "validFrom": "2023-01-01",
                "validTo": "2025-12-31", "covers": ["S"], "places": [place("M-1", &former)],
            },
        ],
        "branches": [{
            "code": "07",
            "servicePoints": [{
                "name": "Punkt obsługi (piaskownica)",
                "address": { "streetLine": "ul. Zmyślona 17", "postalCode": "00-912", "city": "Wzorcowice" },
            }],
        }],
    })
}

fn place(code: &str, of: &Organisation) -> Value {
    let spec = of.spec;
    let address = json!({ "streetLine": spec.street, "postalCode": spec.postal_code, "city": spec.city });
    json!({ "code": code, "name": spec.name, "address": address })
}
