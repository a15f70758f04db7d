//! A strength as amounts in base units, so that `0,3 g` is `300 mg` and `20 mg/2 ml` is `10 mg/ml`.

mod reading;

use rust_decimal::Decimal;
use std::fmt;

/// What an amount is counted in, brought to one unit of each kind.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Unit {
    /// Micrograms.
    Mass,
    /// Millilitres.
    Volume,
    /// International units.
    International,
    /// Micromoles.
    Moles,
    /// Megabecquerels.
    Activity,
    /// A unit that is compared by its letters.
    Other(String),
}

/// What holds the amount; a tablet, a dose or an ampoule holds it without a word.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Per {
    /// A millilitre or a gram of the preparation: a percentage is either, and the form tells which.
    Preparation,
    Hour,
    Other(String),
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Component {
    unit: Unit,
    amount: Decimal,
    per: Option<Per>,
}

/// The strength of a product; of a combination the amounts in no order.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Strength(Read);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Read {
    Amounts(Vec<Component>),
    /// What no rule reads is compared by its letters.
    Words(String),
}

impl Strength {
    /// `None` for a text that says nothing, such as `-`.
    pub fn of(text: &str) -> Option<Self> {
        if let Some(mut components) = reading::read(&super::fold(text)) {
            components.sort();
            return Some(Self(Read::Amounts(components)));
        }
        let words = super::words(text).join(" ");
        (!words.is_empty()).then_some(Self(Read::Words(words)))
    }

    /// Equal for equal strengths.
    pub fn key(&self) -> String {
        match &self.0 {
            Read::Amounts(components) => {
                components.iter().map(ToString::to_string).collect::<Vec<_>>().join("+")
            }
            Read::Words(words) => words.clone(),
        }
    }
}

impl fmt::Display for Component {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match &self.unit {
            Unit::Mass => "ug",
            Unit::Volume => "ml",
            Unit::International => "iu",
            Unit::Moles => "umol",
            Unit::Activity => "mbq",
            Unit::Other(name) => name,
        };
        write!(f, "{}{unit}", self.amount)?;
        match &self.per {
            None => Ok(()),
            Some(Per::Preparation) => f.write_str("/ml"),
            Some(Per::Hour) => f.write_str("/h"),
            Some(Per::Other(name)) => write!(f, "/{name}"),
        }
    }
}

#[cfg(test)]
mod tests;
