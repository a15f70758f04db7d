//! The payer's register of the insured (eWUŚ), and the account under which it is asked.

use super::reader::Reader;
use super::validation::address;
use super::variable::{Variable, variables};
use domain::redacted::Redacted;
use gateways::insurance::{EwusAccount, Operator, TotpSecret, asks_for_operator};
use std::time::Duration;
use url::Url;

variables! {
    URL = "SOID_EWUS_URL", optional "https://ewus.nfz.gov.pl/ws-broker-server-ewus/",
        "Base address of the payer's register of the insured (eWUŚ); without it nobody is asked about, and patients state their right.";
    BRANCH = "SOID_EWUS_BRANCH", optional "07",
        "The branch of the NFZ that gave the account, 01 to 16.";
    OPERATOR_TYPE = "SOID_EWUS_OPERATOR_TYPE", optional "SWD",
        "Whose account it is: LEK or SWD; needed in the branches 01, 04, 05, 06, 08, 09, 11 and 12.";
    OPERATOR_ID = "SOID_EWUS_OPERATOR_ID", optional "123456789",
        "The number of that physician or provider at the branch.";
    LOGIN = "SOID_EWUS_LOGIN", optional "soid",
        "The account's name.";
    PASSWORD_FILE = "SOID_EWUS_PASSWORD_FILE", optional "/etc/soid/ewus-password",
        "The file that holds the account's password.";
    TOTP_SECRET_FILE = "SOID_EWUS_TOTP_SECRET_FILE", optional "/etc/soid/ewus-totp",
        "The file that holds the secret of the second factor, base32 as the payer's portal shows it.";
    TIMEOUT = "SOID_EWUS_TIMEOUT_SECONDS", default "10",
        "How long one question may take, in seconds.";
}

/// `None` where nobody is asked about.
#[derive(Clone, Debug)]
pub struct InsuranceConfig(pub Option<EwusConfig>);

/// How the register is asked.
#[derive(Clone, Debug)]
pub struct EwusConfig {
    /// `SOID_EWUS_URL`
    pub url: Url,
    /// `SOID_EWUS_BRANCH` and all below it
    pub account: EwusAccount,
    /// `SOID_EWUS_TIMEOUT_SECONDS`
    pub timeout: Duration,
}

pub(super) fn read(reader: &mut Reader<'_>) -> Option<InsuranceConfig> {
    let timeout = reader.seconds(&TIMEOUT, 1, 60)?;
    if reader.text(&URL).is_none() {
        return unused(reader).then_some(InsuranceConfig(None));
    }
    let url = reader.parsed(&URL, address);
    let account = read_account(reader);
    Some(InsuranceConfig(Some(EwusConfig { url: url?, account: account?, timeout })))
}

/// Whether nothing of an account is set, of which nobody would know that it is not used.
fn unused(reader: &mut Reader<'_>) -> bool {
    let parts = [&BRANCH, &OPERATOR_TYPE, &OPERATOR_ID, &LOGIN, &PASSWORD_FILE, &TOTP_SECRET_FILE];
    match parts.into_iter().find(|part| reader.text(part).is_some()) {
        Some(part) => {
            reader.refuse(&URL, format!("must be set where {} is", part.name));
            false
        }
        None => true,
    }
}

fn read_account(reader: &mut Reader<'_>) -> Option<EwusAccount> {
    let needed = [&BRANCH, &LOGIN, &PASSWORD_FILE].map(|part| needed(reader, part));
    if needed.contains(&false) {
        return None;
    }
    let branch = reader.number(&BRANCH, 1_u8, 16)?;
    let operator = read_operator(reader, branch).ok()?;
    let login = reader.text(&LOGIN)?;
    let password = Redacted::new(secret(reader, &PASSWORD_FILE)?);
    let totp = read_totp(reader).ok()?;
    let account = EwusAccount::new(branch, operator, login, password, totp);
    account.map_err(|fault| reader.refuse(&BRANCH, fault.to_string())).ok()
}

fn needed(reader: &mut Reader<'_>, part: &Variable) -> bool {
    let is_set = reader.text(part).is_some();
    if !is_set {
        reader.refuse(part, format!("must be set where {} is", URL.name));
    }
    is_set
}

/// The reader has been told what is wrong.
struct Told;

fn read_totp(reader: &mut Reader<'_>) -> Result<Option<TotpSecret>, Told> {
    if reader.text(&TOTP_SECRET_FILE).is_none() {
        return Ok(None);
    }
    let text = secret(reader, &TOTP_SECRET_FILE).ok_or(Told)?;
    TotpSecret::parse(&text).map(Some).map_err(|fault| {
        reader.refuse(&TOTP_SECRET_FILE, fault);
        Told
    })
}

fn read_operator(reader: &mut Reader<'_>, branch: u8) -> Result<Option<Operator>, Told> {
    let (variable, fault) = match (reader.text(&OPERATOR_TYPE), reader.text(&OPERATOR_ID)) {
        (None, None) if asks_for_operator(branch) => {
            (&OPERATOR_TYPE, format!("must be set in the branch {branch:02}"))
        }
        (None, None) => return Ok(None),
        (Some(kind), Some(id)) => match kind.as_str() {
            "LEK" => return Ok(Some(Operator::Physician(id))),
            "SWD" => return Ok(Some(Operator::Provider(id))),
            _ => (&OPERATOR_TYPE, "must be LEK or SWD".to_owned()),
        },
        (Some(_), None) => (&OPERATOR_ID, format!("must be set beside {}", OPERATOR_TYPE.name)),
        (None, Some(_)) => (&OPERATOR_TYPE, format!("must be set beside {}", OPERATOR_ID.name)),
    };
    reader.refuse(variable, fault);
    Err(Told)
}

/// A line of text; no message repeats any of it.
fn secret(reader: &mut Reader<'_>, file: &Variable) -> Option<String> {
    let text = String::from_utf8(reader.file(file)?).unwrap_or_default();
    let text = text.trim();
    if text.is_empty() || text.chars().any(char::is_control) {
        reader.refuse(file, "the file holds no line of text");
        return None;
    }
    Some(text.to_owned())
}
