//! Fields of medicine, in which consultants are appointed.

use super::{faults, table};
use crate::problem::ProblemType;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::LazyLock;

static FIELDS: LazyLock<Vec<Field>> = LazyLock::new(|| {
    let rows = table::rows(include_str!("../../../../data/fields-of-medicine.csv"));
    let field = |[code, name, kind]: [&'static str; 3]| {
        let kind = match kind {
            "dental" => FieldKind::Dental,
            "both" => FieldKind::Both,
            _ => FieldKind::Medical,
        };
        Field { code, name, kind }
    };
    rows.map(field).collect()
});

#[derive(PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Field {
    code: &'static str,
    name: &'static str,
    kind: FieldKind,
}

/// Whose specialisation a field is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FieldKind {
    Medical,
    Dental,
    Both,
}

/// A field of medicine with the ministry's four-digit code (Dz.U. 2020 poz. 1566, annex 1).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FieldOfMedicine(&'static Field);

impl FieldOfMedicine {
    pub fn parse(text: &str) -> Result<Self, &'static ProblemType> {
        Self::all().find(|field| field.0.code == text).ok_or(faults::FIELD_OF_MEDICINE)
    }

    /// Every field, by code.
    pub fn all() -> impl Iterator<Item = Self> {
        FIELDS.iter().map(Self)
    }

    pub fn as_str(&self) -> &'static str {
        self.0.code
    }

    /// The Polish name, which is the only official one.
    pub fn name(&self) -> &'static str {
        self.0.name
    }

    pub fn kind(&self) -> FieldKind {
        self.0.kind
    }
}

impl fmt::Debug for FieldOfMedicine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FieldOfMedicine({})", self.0.code)
    }
}

impl fmt::Display for FieldOfMedicine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.code)
    }
}

impl TryFrom<String> for FieldOfMedicine {
    type Error = &'static ProblemType;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<FieldOfMedicine> for String {
    fn from(field: FieldOfMedicine) -> Self {
        field.0.code.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_ones_are_read_and_printed_alike() {
        for text in ["0701", "0718", "0781", "0801"] {
            assert_eq!(FieldOfMedicine::parse(text).map(String::from).as_deref(), Ok(text));
        }
    }

    #[test]
    fn bad_ones_are_refused() {
        for text in ["", "718", "0715", "neurologia", "07181", "0802"] {
            assert_eq!(FieldOfMedicine::parse(text), Err(faults::FIELD_OF_MEDICINE), "{text}");
        }
    }

    #[test]
    fn the_list_has_all_medical_and_dental_fields_once() {
        let count = |kind| FieldOfMedicine::all().filter(|field| field.kind() == kind).count();
        assert_eq!((count(FieldKind::Medical), count(FieldKind::Both), count(FieldKind::Dental)), (74, 3, 6));
        let codes: Vec<_> = FieldOfMedicine::all().map(|field| field.as_str()).collect();
        assert!(codes.is_sorted_by(|left, right| left < right));
        assert!(codes.iter().all(|code| code.len() == 4 && code.bytes().all(|b| b.is_ascii_digit())));
    }

    #[test]
    fn a_field_has_its_polish_name() {
        assert_eq!(FieldOfMedicine::parse("0718").map(|field| field.name()), Ok("neurologia"));
        assert_eq!(FieldOfMedicine::parse("0704").map(|field| field.kind()), Ok(FieldKind::Both));
    }
}
