//! The code of an entity, of its unit or of its cell.

use super::{RpwdlNumber, faults};
use crate::problem::ProblemType;

public_value! {
    /// The register book number, for a unit with part V and for a cell with part VII of the
    /// departmental code after a hyphen (Dz.U. 2019 poz. 173; `^\d{12}(-\d{2,4})?$`).
    UnitCode
}

impl UnitCode {
    pub fn parse(text: &str) -> Result<Self, &'static ProblemType> {
        let (book, part) = match text.split_once('-') {
            Some((book, part)) => (book, Some(part)),
            None => (text, None),
        };
        let is_part = |part: &str| (2..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        if RpwdlNumber::parse(book).is_ok() && part.is_none_or(is_part) {
            Ok(Self(text.to_owned()))
        } else {
            Err(faults::UNIT_CODE)
        }
    }

    /// Whether this is a unit or cell of the entity with that book.
    pub fn belongs_to(&self, book: &RpwdlNumber) -> bool {
        self.0.split('-').next() == Some(book.as_str())
    }
}
