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

fn is_under(offer: &Offer, code: &DeviceCode, groups: &[DeviceGroup]) -> bool {
    let is_narrower = Coverage::parse(code.as_str()).is_ok_and(|whole| whole.covers(offer.code.as_str()));
    is_narrower || groups.iter().any(|group| group.code == *code && is_of(offer, group))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::date;
    use crate::support::device_orders::groups;
    use crate::values::PayerCode;

    fn offer(code: &str) -> Offer {
        Offer {
            code: PayerCode::parse(code).expect("a code"),
            maker: Text::parse("Wytwórnia Przykładowa").expect("a maker"),
            model: Text::parse("Próbka M").expect("a model"),
            name: Text::parse("Pieluchomajtki próbne").expect("a name"),
            price: Grosze::parse("2.30").expect("a price"),
        }
    }

    fn product(words: Option<&str>) -> NamedProduct {
        NamedProduct {
            number: TradeProductNumber::parse("900000000001").expect("a number"),
            words: words.map(|name| Words {
                maker: Text::parse("Inna Wytwórnia").expect("a maker"),
                model: Text::parse("Inny").expect("a model"),
                name: Text::parse(name).expect("a name"),
            }),
            serial_number: None,
            pieces: 3,
            price: Grosze::parse("2.50").expect("a price"),
        }
    }

    fn code() -> DeviceCode {
        DeviceCode::parse("Y.06.01").expect("a code")
    }

    #[test]
    fn the_list_of_the_day_describes_a_product_before_the_provider_does() {
        let groups = groups(date("2026-12-01"));
        let listed = named(&product(Some("Inna nazwa")), Some(&offer("Y.06.01")), &code(), &groups);
        let listed = listed.expect("a product");
        assert_eq!(
            (listed.name.as_str(), listed.price.to_string().as_str()),
            ("Pieluchomajtki próbne", "2.50")
        );
        assert!(named(&product(None), Some(&offer("Y.06.01.00")), &code(), &groups).is_ok(), "narrower");
        let free = named(&product(Some("Inna nazwa")), None, &code(), &groups).expect("a product");
        assert_eq!(free.name.as_str(), "Inna nazwa");
    }

    #[test]
    fn a_product_of_another_group_or_of_no_list_is_refused() {
        let groups = groups(date("2026-12-01"));
        let refused = |offer: Option<&Offer>| {
            let told = named(&product(None), offer, &code(), &groups).expect_err("a refusal");
            (told.problem.code, told.pointer)
        };
        assert_eq!(refused(Some(&offer("S.12.01"))), (PRODUCT_CODE.code, "/product".to_owned()));
        assert_eq!(refused(None), (PRODUCT_UNLISTED.code, "/product".to_owned()));
    }
}
