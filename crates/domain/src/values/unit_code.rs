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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn good_ones_are_read_and_printed_alike() {
        for text in ["000000001688", "000000001688-01", "000000001688-012", "000000001688-1000"] {
            assert_eq!(UnitCode::parse(text).map(String::from).as_deref(), Ok(text));
        }
    }

    #[test]
    fn bad_ones_are_refused() {
        for text in [
            "",
            "1688-01",
            "000000001688-",
            "000000001688-1",
            "000000001688-10000",
            "000000001688-01-02",
            "000000001688-0a",
            "000000001688/01",
            "000000000000-01",
        ] {
            assert_eq!(UnitCode::parse(text), Err(faults::UNIT_CODE), "{text}");
        }
    }

    #[test]
    fn it_belongs_to_its_own_book_only() {
        let belongs = |code, book| {
            UnitCode::parse(code).and_then(|code| Ok(code.belongs_to(&RpwdlNumber::parse(book)?)))
        };
        assert_eq!(belongs("000000001688-012", "000000001688"), Ok(true));
        assert_eq!(belongs("000000001688", "000000001688"), Ok(true));
        assert_eq!(belongs("000000001688-012", "000000001689"), Ok(false));
    }

    proptest! {
        #[test]
        fn every_code_of_the_shape_comes_back(book in "0{6}[1-9][0-9]{5}", part in "(-[0-9]{2,4})?") {
            let text = book + &part;
            prop_assert_eq!(UnitCode::parse(&text).map(String::from), Ok(text));
        }
    }
}
