//! What was issued, by its number on the list of products that belongs to the contract (DO-45).

use crate::device_group::DeviceGroup;
use crate::device_order::model::IssuedProduct;
use crate::device_order::refusals::{PRODUCT_CODE, PRODUCT_NUMBER, PRODUCT_UNLISTED};
use crate::device_provider::Coverage;
use crate::problem::{ProblemType, Sentence, Violation};
use crate::provider_product::Offer;
use crate::provider_product::limits::is_of;
use crate::rule::RuleEntry;
use crate::values::{DeviceCode, Grosze, Text, TradeProductNumber};

pub(super) fn entries() -> [RuleEntry; 2] {
    [
        RuleEntry {
            operation: "realisation",
            number: "DO-45d",
            legal: "eZWM v2.1.6 p. 93",
            says: Sentence {
                pl: "Wyrób ma na liście umowy kod grupy, którą wydano, albo jej kod płatnika.",
                en: "The contract's list has the product under the group that is issued, or under a payer's code of it.",
            },
            code: PRODUCT_CODE.code,
        },
        RuleEntry {
            operation: "realisation",
            number: "DO-45e",
            legal: "eZWM v2.1.6 p. 93",
            says: Sentence {
                pl: "Wytwórca, model i nazwa są z listy umowy z dnia wydania; wyrób, którego tam nie ma, opisuje realizator.",
                en: "Maker, model and name are those of the contract's list on the day of issue; a product that is not on it is described by the provider.",
            },
            code: PRODUCT_UNLISTED.code,
        },
    ]
}

/// A product as the provider names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedProduct {
    pub number: TradeProductNumber,
    /// Where the list does not have it.
    pub words: Option<Words>,
    pub serial_number: Option<Text<40>>,
    pub pieces: u32,
    pub price: Grosze,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    pub maker: Text<250>,
    pub model: Text<250>,
    pub name: Text<500>,
}

/// The product under that code, as the list of the day of issue offers it, else in the provider's own words.
pub fn named(
    product: &NamedProduct,
    offer: Option<&Offer>,
    code: &DeviceCode,
    groups: &[DeviceGroup],
) -> Result<IssuedProduct, Violation> {
    let at = |problem: &'static ProblemType| Violation::new(problem, "/product");
    let words = match offer {
        Some(offer) if !is_under(offer, code, groups) => return Err(at(PRODUCT_CODE)),
        Some(Offer { maker, model, name, .. }) => {
            Words { maker: maker.clone(), model: model.clone(), name: name.clone() }
        }
        None => product.words.clone().ok_or_else(|| at(PRODUCT_UNLISTED))?,
    };
    Ok(IssuedProduct {
        product: Text::parse(product.number.as_str()).map_err(|_| at(PRODUCT_NUMBER))?,
        maker: words.maker,
        model: words.model,
        name: words.name,
        serial_number: product.serial_number.clone(),
        pieces: product.pieces,
        price: product.price,
    })
}

/// The list's price of a product under that code, refused as an issue of it would be.
pub fn listed_price(
    offer: Option<&Offer>,
    code: &DeviceCode,
    groups: &[DeviceGroup],
) -> Result<Grosze, &'static ProblemType> {
    match offer {
        Some(offer) if !is_under(offer, code, groups) => Err(PRODUCT_CODE),
        Some(offer) => Ok(offer.price),
        None => Err(PRODUCT_NUMBER),
    }
}

fn is_under(offer: &Offer, code: &DeviceCode, groups: &[DeviceGroup]) -> bool {
    let is_narrower = Coverage::parse(code.as_str()).is_ok_and(|whole| whole.covers(offer.code.as_str()));
    is_narrower || groups.iter().any(|group| group.code == *code && is_of(offer, group))
}
