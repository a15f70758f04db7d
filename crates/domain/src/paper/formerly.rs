//! A paper that was entered before, until that was withdrawn: whoever enters it again is told, and is not kept from it.

use super::refusals::WITHDRAWN_BEFORE;
use crate::demand::model::DemandKind;
use crate::ids::{AuthorisationId, DemandId};
use crate::problem::{Sentence, Violation};
use crate::rule::{self, Rule, at};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a paper was entered as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "SCREAMING_SNAKE_CASE")]
pub enum EnteredAs {
    Demand { kind: DemandKind, id: DemandId },
    Authorisation { id: AuthorisationId },
}

/// The last document that the same paper was entered as and that was withdrawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Formerly {
    pub document: EnteredAs,
    pub withdrawn_on: NaiveDate,
}

pub type FormerlyCheck = fn(Option<&Formerly>) -> Vec<String>;

/// It warns and refuses nothing: a paper that was entered wrongly is entered rightly once that was withdrawn.
pub const RULES: &[Rule<FormerlyCheck>] = &[Rule {
    number: "PE-40",
    legal: "design",
    says: Sentence {
        pl: "Kto wpisuje papier, który wpisano wcześniej i wycofano, dowiaduje się, co z niego wpisano i kiedy to wycofano; wpisać go może.",
        en: "Whoever enters a paper that was entered before and withdrawn is told as what it was entered and when that was withdrawn; it may be entered.",
    },
    problem: WITHDRAWN_BEFORE,
    broken_at: |formerly| at("/scan/sha256", formerly.is_some()),
}];

/// What whoever enters the paper is warned of.
pub fn warnings(formerly: Option<&Formerly>) -> Vec<Violation> {
    rule::broken(RULES, |check| check(formerly))
}
