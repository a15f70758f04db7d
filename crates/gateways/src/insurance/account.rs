//! The account with the payer under which is asked.

use super::totp::TotpSecret;
use domain::redacted::Redacted;

/// Branches of the NFZ whose accounts name their kind and its identifier, too.
const BRANCHES_WITH_OPERATORS: [u8; 8] = [1, 4, 5, 6, 8, 9, 11, 12];
const BRANCHES: std::ops::RangeInclusive<u8> = 1..=16;

/// Whose account it is, as some branches want to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `LEK` with `idntLek`
    Physician(String),
    /// `SWD` with `idntSwd`
    Provider(String),
}

/// Checked when made.
#[derive(Clone, Debug)]
pub struct EwusAccount {
    pub(super) branch: String,
    pub(super) operator: Option<Operator>,
    pub(super) login: String,
    pub(super) password: Redacted<String>,
    pub(super) totp: Option<TotpSecret>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccountFault {
    #[error("must be a branch of the NFZ, 01 to 16")]
    Branch,
    #[error("must be set for a branch that asks for the operator")]
    Operator,
}

/// Whether accounts of this branch name their operator.
pub fn asks_for_operator(branch: u8) -> bool {
    BRANCHES_WITH_OPERATORS.contains(&branch)
}

impl EwusAccount {
    /// Without a secret no second factor is sent; the NFZ demands one since 17 November 2025.
    pub fn new(
        branch: u8,
        operator: Option<Operator>,
        login: String,
        password: Redacted<String>,
        totp: Option<TotpSecret>,
    ) -> Result<Self, AccountFault> {
        if !BRANCHES.contains(&branch) {
            return Err(AccountFault::Branch);
        }
        if asks_for_operator(branch) && operator.is_none() {
            return Err(AccountFault::Operator);
        }
        Ok(Self { branch: format!("{branch:02}"), operator, login, password, totp })
    }

    pub fn has_second_factor(&self) -> bool {
        self.totp.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(branch: u8, operator: Option<Operator>) -> Result<String, AccountFault> {
        let password = Redacted::new("hasło".to_owned());
        EwusAccount::new(branch, operator, "TEST".to_owned(), password, None).map(|account| account.branch)
    }

    #[test]
    fn a_branch_that_asks_for_the_operator_gets_one() {
        assert_eq!(account(0, None), Err(AccountFault::Branch));
        assert_eq!(account(17, None), Err(AccountFault::Branch));
        assert_eq!(account(7, None).as_deref(), Ok("07"));
        assert_eq!(account(1, None), Err(AccountFault::Operator));
        assert_eq!(account(1, Some(Operator::Provider("123".to_owned()))).as_deref(), Ok("01"));
        let asking: Vec<u8> = (0..=17).filter(|branch| asks_for_operator(*branch)).collect();
        assert_eq!(asking, BRANCHES_WITH_OPERATORS);
    }
}
