//! What is wrong with the configuration, in a sentence for the operator.

use std::fmt;

/// One fault; its message never repeats a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigFault {
    /// The variable to change.
    pub variable: String,
    pub message: String,
}

impl ConfigFault {
    pub(super) fn new(variable: &str, message: impl Into<String>) -> Self {
        Self { variable: variable.to_owned(), message: message.into() }
    }
}

impl fmt::Display for ConfigFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.variable, self.message)
    }
}

impl std::error::Error for ConfigFault {}
