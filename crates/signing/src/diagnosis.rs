//! The ordered list of checks that a signature went through.

use crate::verify::Verified;
use domain::problem::ProblemType;

/// What is wrong, and with which element of the signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub problem: &'static ProblemType,
    /// Names the offending element, e.g. `header.x5t#S256`; never its value.
    pub element: String,
}

impl Fault {
    pub fn new(problem: &'static ProblemType, element: impl Into<String>) -> Self {
        Self { problem, element: element.into() }
    }
}

/// How one check ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Passed,
    Failed(Fault),
    /// Not carried out, since a check it depends on failed or there was nothing to compare with.
    NotReached,
}

/// One check by its stable name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    pub name: &'static str,
    pub outcome: Outcome,
}

/// All checks in order, and the verified signature when every one of them passed.
#[derive(Clone, Debug)]
pub struct Diagnosis {
    checks: Vec<Check>,
    verified: Option<Verified>,
}

impl Diagnosis {
    pub(crate) fn new(checks: Vec<Check>, verified: Option<Verified>) -> Self {
        let all_passed = checks.iter().all(|check| check.outcome == Outcome::Passed);
        Self { verified: verified.filter(|_| all_passed), checks }
    }

    pub fn checks(&self) -> &[Check] {
        &self.checks
    }

    /// The first check that failed, with its fault.
    pub fn first_failure(&self) -> Option<(&'static str, &Fault)> {
        self.checks.iter().find_map(|check| match &check.outcome {
            Outcome::Failed(fault) => Some((check.name, fault)),
            Outcome::Passed | Outcome::NotReached => None,
        })
    }

    /// Present only when every check passed.
    pub fn verified(&self) -> Option<&Verified> {
        self.verified.as_ref()
    }

    pub(crate) fn into_parts(self) -> (Vec<Check>, Option<Verified>) {
        (self.checks, self.verified)
    }
}

/// Carries the checks out one after another and notes how each ended.
#[derive(Default)]
pub(crate) struct Run {
    checks: Vec<Check>,
}

impl Run {
    /// Runs `check` on what earlier checks found; without it the check is not reached.
    pub(crate) fn check<I, O>(
        &mut self,
        name: &'static str,
        input: Option<I>,
        check: impl FnOnce(I) -> Result<O, Fault>,
    ) -> Option<O> {
        let (outcome, found) = match input.map(check) {
            None => (Outcome::NotReached, None),
            Some(Ok(found)) => (Outcome::Passed, Some(found)),
            Some(Err(fault)) => (Outcome::Failed(fault), None),
        };
        self.checks.push(Check { name, outcome });
        found
    }

    pub(crate) fn finish(self, verified: Option<Verified>) -> Diagnosis {
        Diagnosis::new(self.checks, verified)
    }
}
