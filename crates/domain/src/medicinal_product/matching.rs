//! Compares what a demand asks for with what is registered: substances as a set, strength and form.

use super::model::RegisteredProduct;
use super::normalise::{Form, Strength, Substances};
use crate::medicine_demand::model::Product;
use crate::values::Text;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a demand asks for, as far as it says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    substances: Substances,
    strength: Option<Strength>,
    form: Option<Form>,
}

/// Which of the three agree. What one side does not say does not agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[expect(clippy::struct_excessive_bools, reason = "findings that do not depend on each other")]
pub struct Agreement {
    pub substances: bool,
    pub strength: bool,
    pub form: bool,
    /// Both sides name salts, and not the same ones; the moieties may agree all the same.
    pub salts_differ: bool,
}

impl Agreement {
    pub fn is_whole(self) -> bool {
        self.substances && self.strength && self.form
    }
}

/// A registered product of the same substances.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Match {
    pub product: RegisteredProduct,
    pub agreement: Agreement,
}

impl Match {
    /// Substances, strength and form agree: what PF art. 4(3)(2) asks, but for the availability.
    pub fn is_equivalent(&self) -> bool {
        self.agreement.is_whole()
    }
}

impl Wanted {
    /// `None` where the demand does not say which substances: trade names match nothing.
    pub fn of(product: &Product) -> Option<Self> {
        let substances = Substances::of(product.international_name.as_ref().map(Text::as_str)?);
        (!substances.is_empty()).then(|| Self {
            substances,
            strength: product.strength.as_ref().and_then(|text| Strength::of(text.as_str())),
            form: product.form.as_ref().and_then(|text| Form::of(text.as_str())),
        })
    }

    /// The key under which products of the same substances are kept.
    pub fn substances_key(&self) -> String {
        self.substances.key()
    }

    pub fn compare(&self, product: &RegisteredProduct) -> Agreement {
        let registered = product.substances();
        let strength = self.strength.as_ref().is_some_and(|wanted| product.strengths().contains(wanted));
        Agreement {
            substances: registered.key() == self.substances.key(),
            strength,
            form: self.form.is_some() && product.form() == self.form,
            salts_differ: self.substances.salts_differ(&registered),
        }
    }

    /// The products for people whose authorisation holds on that day, that have the same substances and agree in
    /// strength or form at least; those that agree in all come first.
    pub fn matches(
        &self,
        products: impl IntoIterator<Item = RegisteredProduct>,
        on: NaiveDate,
    ) -> Vec<Match> {
        let mut found: Vec<Match> = products
            .into_iter()
            .filter(|product| !product.is_veterinary() && !product.permit.has_lapsed(on))
            .map(|product| Match { agreement: self.compare(&product), product })
            .filter(|it| it.agreement.substances && (it.agreement.strength || it.agreement.form))
            .collect();
        found.sort_by_key(|it| (!it.is_equivalent(), !it.agreement.strength, it.product.id));
        found
    }
}

#[cfg(test)]
mod tests;
