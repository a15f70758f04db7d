//! The payer's register of who is insured (eWUŚ of the NFZ) behind a trait.

mod account;
mod cache;
mod ewus;
mod sessions;
mod totp;
mod wire;
mod xml;

pub use account::{AccountFault, EwusAccount, Operator, asks_for_operator};
pub use ewus::{EwusPace, EwusRegister, EwusState};
pub use totp::TotpSecret;

use crate::Asked;
use chrono::{DateTime, NaiveDate, Utc};
use domain::device_order::verification::Insurance;
use domain::redacted::Redacted;
use domain::values::{Pesel, Text};

/// What the register says of one PESEL. Names, which it says too, are not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub standing: Standing,
    /// By which the question can be proved to the payer: `L1712M01200000001`.
    pub operation: Text<20>,
    /// The one day for which it holds.
    pub valid_on: NaiveDate,
    /// What else it says of the patient; health data, such as an isolation.
    pub notices: Vec<Notice>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// With the mark for prescriptions (`ozn_rec`), as `DN`, where there is one.
    Insured {
        mark: Option<String>,
    },
    NotInsured,
    /// The register does not know the PESEL.
    NotKnown,
    /// The person has another PESEL by now.
    PeselOutdated,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// `UKR`
    pub code: String,
    /// `O` informs, other levels warn.
    pub level: String,
    pub text: Redacted<String>,
}

/// Why there is no answer; none of it repeats anything of the question.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoAnswer {
    /// The service is away, slow or overloaded, or was left alone because it was.
    #[error("no answer at present: {0}")]
    Later(String),
    /// It answers what nobody can use.
    #[error("the answer cannot be used: {0}")]
    Unusable(&'static str),
    /// It refuses the question as such; asking it again changes nothing.
    #[error("the service does not take the question")]
    Never,
    /// Login, password, branch, operator or the second factor is wrong, or the account is blocked.
    #[error("the service does not accept the account")]
    AccountRefused,
    /// Somebody has to change it in the payer's own portal.
    #[error("the account's password has expired")]
    PasswordExpired,
    /// The account may log in, but not ask this.
    #[error("the account has no right to ask")]
    NotAllowed,
}

/// What the payer's look at an order rests on (DO-28, DO-29): without an answer a statement of the patient stands in.
pub fn insurance(asked: Result<Answer, NoAnswer>) -> Insurance {
    match asked {
        Ok(Answer { standing: Standing::Insured { .. }, operation, .. }) => {
            Insurance::Confirmed { operation }
        }
        Ok(Answer { standing: Standing::NotInsured | Standing::NotKnown, .. }) => Insurance::NotConfirmed,
        Ok(Answer { standing: Standing::PeselOutdated, .. }) => Insurance::PeselOutdated,
        Err(_) => Insurance::NotAsked { is_outage: true },
    }
}

/// Who knows whether somebody is insured.
pub trait InsuranceRegister: Send + Sync {
    /// Asks about the Warsaw day of `now`, which is the real one: the register knows no other day.
    fn ask<'a>(&'a self, pesel: &'a Pesel, now: DateTime<Utc>) -> Asked<'a, Result<Answer, NoAnswer>>;

    /// Ends what it keeps open at the service.
    fn leave(&self) -> Asked<'_, ()>;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(standing: Standing) -> Answer {
        Answer {
            standing,
            operation: Text::parse("L1712M01200000001").expect("an operation"),
            valid_on: NaiveDate::from_ymd_opt(2026, 11, 26).expect("a day"),
            notices: Vec::new(),
        }
    }

    #[test]
    fn what_the_register_says_is_what_a_look_rests_on() {
        let insured = answer(Standing::Insured { mark: None });
        let operation = insured.operation.clone();
        assert_eq!(insurance(Ok(insured)), Insurance::Confirmed { operation });
        for standing in [Standing::NotInsured, Standing::NotKnown] {
            assert_eq!(insurance(Ok(answer(standing))), Insurance::NotConfirmed);
        }
        assert_eq!(insurance(Ok(answer(Standing::PeselOutdated))), Insurance::PeselOutdated);
        for fault in [NoAnswer::Never, NoAnswer::PasswordExpired, NoAnswer::Later(String::new())] {
            assert_eq!(insurance(Err(fault)), Insurance::NotAsked { is_outage: true });
        }
    }
}
