//! Units in which a quantity is demanded, released and dispensed.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! units {
    ($($unit:ident $code:literal $pl:literal $en:literal;)+) => {
        /// A unit of quantity. The codes are stable; the labels are the singular for prints and forms.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum QuantityUnit {
            $(#[serde(rename = $code)] $unit,)+
        }

        impl QuantityUnit {
            pub const ALL: &'static [Self] = &[$(Self::$unit),+];

            pub fn as_str(self) -> &'static str {
                match self { $(Self::$unit => $code,)+ }
            }

            pub fn label_pl(self) -> &'static str {
                match self { $(Self::$unit => $pl,)+ }
            }

            pub fn label_en(self) -> &'static str {
                match self { $(Self::$unit => $en,)+ }
            }
        }
    };
}

units! {
    Pack "PACK" "opakowanie" "pack";
    Tablet "TABLET" "tabletka" "tablet";
    Capsule "CAPSULE" "kapsułka" "capsule";
    Ampoule "AMPOULE" "ampułka" "ampoule";
    Vial "VIAL" "fiolka" "vial";
    PrefilledSyringe "PREFILLED_SYRINGE" "ampułko-strzykawka" "pre-filled syringe";
    PrefilledPen "PREFILLED_PEN" "wstrzykiwacz" "pre-filled pen";
    Cartridge "CARTRIDGE" "wkład" "cartridge";
    InfusionBag "INFUSION_BAG" "worek" "infusion bag";
    Sachet "SACHET" "saszetka" "sachet";
    Suppository "SUPPOSITORY" "czopek" "suppository";
    Pessary "PESSARY" "globulka" "pessary";
    Patch "PATCH" "plaster" "patch";
    Bottle "BOTTLE" "butelka" "bottle";
    Tube "TUBE" "tuba" "tube";
    Can "CAN" "puszka" "can";
    Inhaler "INHALER" "inhalator" "inhaler";
    Implant "IMPLANT" "implant" "implant";
    Kit "KIT" "zestaw" "kit";
    Dose "DOSE" "dawka" "dose";
    Litre "L" "l" "l";
    Millilitre "ML" "ml" "ml";
    Kilogram "KG" "kg" "kg";
    Gram "G" "g" "g";
    Milligram "MG" "mg" "mg";
    Microgram "UG" "µg" "µg";
    InternationalUnit "IU" "j.m." "IU";
    Unit "UNIT" "jednostka" "unit";
    Megabecquerel "MBQ" "MBq" "MBq";
    OtherPiece "OTHER_PIECE" "sztuka" "piece";
}

impl fmt::Display for QuantityUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_comes_back_from_its_code_and_from_json() {
        for unit in QuantityUnit::ALL {
            let json = serde_json::to_string(unit).unwrap_or_default();
            assert_eq!(json, format!("\"{unit}\""));
            assert_eq!(serde_json::from_str(&json).ok(), Some(*unit));
            assert!(!unit.label_pl().is_empty() && !unit.label_en().is_empty());
        }
    }

    #[test]
    fn an_unknown_unit_is_refused() {
        for text in ["", "pack", "BOX", "PACK "] {
            assert!(serde_json::from_value::<QuantityUnit>(text.into()).is_err(), "{text}");
        }
    }
}
