//! One rule with its proof.

/// What is said of one number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    pub(crate) number: u8,
    pub(crate) says: &'static str,
    /// Empty where the rule book has the number, and with it the unit.
    pub(crate) legal: &'static str,
    /// `module::name` of what holds it.
    pub(crate) code: &'static [&'static str],
    /// Names of tests, with `module::` where two have one name.
    pub(crate) tests: &'static [&'static str],
    /// What is not held, and why.
    pub(crate) open: Option<&'static str>,
}

pub(crate) const fn row(number: u8, says: &'static str) -> Row {
    Row { number, says, legal: "", code: &[], tests: &[], open: None }
}

impl Row {
    pub(crate) const fn legal(self, legal: &'static str) -> Self {
        Self { legal, ..self }
    }

    pub(crate) const fn held(self, code: &'static [&'static str], tests: &'static [&'static str]) -> Self {
        Self { code, tests, ..self }
    }

    pub(crate) const fn open(self, why: &'static str) -> Self {
        Self { open: Some(why), ..self }
    }
}
