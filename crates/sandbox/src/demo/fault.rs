//! Why the demo stops: something could not be asked, was refused, or came out differently.

use crate::SandboxFault;
use std::io;

#[derive(Debug, thiserror::Error)]
pub enum DemoFault {
    #[error("the service does not answer: {0}")]
    Unreachable(#[from] reqwest::Error),
    #[error("{step} as {actor}: answered {status}\n{problem}")]
    Refused { step: String, actor: String, status: u16, problem: String },
    #[error("{step}: {what} differs\n    expected: {expected}\n    got:      {got}")]
    Differs { step: String, what: &'static str, expected: String, got: String },
    #[error("there is no scenario {0}")]
    NoScenario(&'static str),
    #[error("there is no persona {0}")]
    NoPersona(&'static str),
    #[error("a scenario cannot be read: {0}")]
    Scenario(#[from] serde_json::Error),
    #[error("the clock cannot be moved: {0}")]
    Clock(#[from] crate::clock::MoveFault),
    #[error(transparent)]
    Start(#[from] SandboxFault),
    #[error("{0}")]
    Output(#[from] io::Error),
}

/// Compares what came with what had to come.
pub(super) fn same<T: PartialEq + ToString>(
    step: &str,
    what: &'static str,
    expected: &T,
    got: &T,
) -> Result<(), DemoFault> {
    if expected == got {
        return Ok(());
    }
    Err(differs(step, what, &expected.to_string(), got.to_string()))
}

/// What came cannot be compared; it is not what had to come.
pub(super) fn differs(step: &str, what: &'static str, expected: &str, got: String) -> DemoFault {
    DemoFault::Differs { step: step.to_owned(), what, expected: expected.to_owned(), got }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_says_where_and_what() {
        assert!(same("opinion", "the state", &"WITH_MINISTER", &"WITH_MINISTER").is_ok());
        let fault = same("opinion", "the state", &"WITH_MINISTER", &"RETURNED").expect_err("a difference");
        let told = "opinion: the state differs\n    expected: WITH_MINISTER\n    got:      RETURNED";
        assert_eq!(fault.to_string(), told);
    }
}
