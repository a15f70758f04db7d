//! A variable of the environment as it is declared: name, meaning, and what holds when it is not set.

/// Declared beside the configuration that it feeds, by [`variables!`].
#[derive(Debug, PartialEq, Eq)]
pub struct Variable {
    pub name: &'static str,
    /// One line of meaning, for `.env.example`.
    pub says: &'static str,
    pub absent: Absent,
}

/// What holds when a variable is not set or empty; required and optional ones have an example for `.env.example`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absent {
    Refused { example: &'static str },
    Default(&'static str),
    Nothing { example: &'static str },
}

/// Declares the variables of one file and lists them as `VARIABLES`, so that none is read undeclared.
macro_rules! variables {
    ($($id:ident = $name:literal, $kind:ident $value:literal, $says:literal;)+) => {
        $(const $id: $crate::config::variable::Variable = $crate::config::variable::Variable {
            name: $name,
            says: $says,
            absent: $crate::config::variable::variables!(@$kind $value),
        };)+
        pub(in crate::config) const VARIABLES: &[&$crate::config::variable::Variable] = &[$(&$id),+];
    };
    (@required $example:literal) => { $crate::config::variable::Absent::Refused { example: $example } };
    (@default $value:literal) => { $crate::config::variable::Absent::Default($value) };
    (@optional $example:literal) => { $crate::config::variable::Absent::Nothing { example: $example } };
}
pub(super) use variables;
