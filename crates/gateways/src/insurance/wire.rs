//! What goes over the wire: SOAP 1.1 of the NFZ's `WSBroker` and version 5 of `status_cwu`.
//!
//! Confirmed by answers of the payer's test system that other clients publish (`gilek/ewus`, `medfile-services-api-wiki`)
//! and by what working clients send (`konczak/zarnow-ewus`): namespaces, `login` with its items (`mfaTotp` among them),
//! the header with session and token, `checkCWU` 5.0, `status_cwu_odp`, and the faults of session, token and
//! authentication. Not confirmed: the empty `SOAPAction`; that a fault's class is always the end of its `faultcode` or
//! `xsi:type`; the form of `passExpiredException` and of the account's administrative blocks, which are told apart by the
//! same rule or not at all; SHA-1, six digits and thirty seconds of the second factor. The signature inside an answer
//! (XML-DSig with SHA-1) is not verified: the answer comes over TLS from the payer itself.

use super::account::{EwusAccount, Operator};
use super::xml::{self, Element};
use super::{Answer, NoAnswer, Notice, Standing};
use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use domain::redacted::Redacted;
use domain::values::{Pesel, Text};
use quick_xml::events::BytesText;
use quick_xml::writer::Writer;
use std::io;

const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";
const AUTH: &str = "http://xml.kamsoft.pl/ws/kaas/login_types";
const COMMON: &str = "http://xml.kamsoft.pl/ws/common";
const BROKER: &str = "http://xml.kamsoft.pl/ws/broker";
const STATUS: &str = "https://ewus.nfz.gov.pl/ws/broker/ewus/status_cwu/v5";
const PREFIXES: [(&str, &str); 5] = [
    ("xmlns:soapenv", SOAP),
    ("xmlns:auth", AUTH),
    ("xmlns:com", COMMON),
    ("xmlns:brok", BROKER),
    ("xmlns:ewus", STATUS),
];

type Out = Writer<Vec<u8>>;
type Written = io::Result<Vec<u8>>;

/// What the header of every question repeats.
#[derive(Clone, Debug)]
pub(super) struct Ticket {
    session: Redacted<String>,
    token: Redacted<String>,
}

/// Why an answer about another day is none.
pub(super) const ANOTHER_DAY: &str = "it is about another day";

pub(super) fn login(account: &EwusAccount, now: DateTime<Utc>) -> Written {
    envelope(None, |out| {
        within(out, "auth:login", |out| {
            within(out, "auth:credentials", |out| credentials(out, account, now))?;
            text(out, "auth:password", account.password.reveal())
        })
    })
}

fn credentials(out: &mut Out, account: &EwusAccount, now: DateTime<Utc>) -> io::Result<()> {
    item(out, "domain", &account.branch)?;
    match &account.operator {
        Some(Operator::Physician(id)) => {
            item(out, "type", "LEK")?;
            item(out, "idntLek", id)?;
        }
        Some(Operator::Provider(id)) => {
            item(out, "type", "SWD")?;
            item(out, "idntSwd", id)?;
        }
        None => {}
    }
    item(out, "login", &account.login)?;
    match &account.totp {
        Some(secret) => item(out, "mfaTotp", secret.code(now).reveal()),
        None => Ok(()),
    }
}

fn item(out: &mut Out, name: &str, value: &str) -> io::Result<()> {
    within(out, "auth:item", |out| {
        text(out, "auth:name", name)?;
        within(out, "auth:value", |out| text(out, "auth:stringValue", value))
    })
}

pub(super) fn logout(ticket: &Ticket) -> Written {
    envelope(Some(ticket), |out| out.create_element("auth:logout").write_empty().map(drop))
}

pub(super) fn check(ticket: &Ticket, pesel: &Pesel, now: DateTime<Utc>) -> Written {
    envelope(Some(ticket), |out| {
        within(out, "brok:executeService", |out| {
            within(out, "com:location", |out| {
                text(out, "com:namespace", "nfz.gov.pl/ws/broker/cwu")?;
                text(out, "com:localname", "checkCWU")?;
                text(out, "com:version", "5.0")
            })?;
            text(out, "brok:date", &now.to_rfc3339_opts(SecondsFormat::Millis, true))?;
            within(out, "brok:payload", |out| within(out, "brok:textload", |out| question(out, pesel)))
        })
    })
}

fn question(out: &mut Out, pesel: &Pesel) -> io::Result<()> {
    within(out, "ewus:status_cwu_pyt", |out| {
        text(out, "ewus:numer_pesel", pesel.reveal())?;
        let system = out.create_element("ewus:system_swiad");
        let named = system.with_attributes([("nazwa", "soid"), ("wersja", env!("CARGO_PKG_VERSION"))]);
        named.write_empty().map(drop)
    })
}

fn envelope(ticket: Option<&Ticket>, body: impl FnOnce(&mut Out) -> io::Result<()>) -> Written {
    let mut out = Writer::new(Vec::new());
    let root = out.create_element("soapenv:Envelope").with_attributes(PREFIXES);
    root.write_inner_content(|out| {
        within(out, "soapenv:Header", |out| {
            let Some(ticket) = ticket else { return Ok(()) };
            identified(out, "com:session", ticket.session.reveal())?;
            identified(out, "com:authToken", ticket.token.reveal())
        })?;
        within(out, "soapenv:Body", body)
    })?;
    Ok(out.into_inner())
}

fn within(out: &mut Out, name: &str, inside: impl FnOnce(&mut Out) -> io::Result<()>) -> io::Result<()> {
    out.create_element(name).write_inner_content(inside).map(drop)
}

fn text(out: &mut Out, name: &str, value: &str) -> io::Result<()> {
    out.create_element(name).write_text_content(BytesText::new(value)).map(drop)
}

fn identified(out: &mut Out, name: &str, id: &str) -> io::Result<()> {
    out.create_element(name).with_attribute(("id", id)).write_empty().map(drop)
}

/// What stands in the way of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// The session has ended, or was forgotten: log in and ask again.
    SessionLost,
    No(NoAnswer),
}

impl From<NoAnswer> for Fault {
    fn from(no: NoAnswer) -> Self {
        Self::No(no)
    }
}

/// The days until the password expires, where the service says that it will.
pub(super) type Expiry = Option<&'static str>;

pub(super) fn read_login(body: &[u8]) -> Result<(Ticket, Expiry), Fault> {
    let root = root(body)?;
    let said = body_of(&root)?.only(AUTH, "loginReturn").ok_or(unusable("it is no answer to a login"))?;
    let expiry = match said.text.trim().get(..5) {
        Some("[000]") => None,
        Some("[001]") => Some("in some days"),
        Some("[002]") => Some("in a day"),
        Some("[003]") => Some("today"),
        _ => return Err(unusable("it has an unknown code of a login").into()),
    };
    let id = |name| {
        let header = root.only(SOAP, "Header")?;
        let id = header.only(COMMON, name)?.attribute("id")?;
        (!id.is_empty()).then(|| Redacted::new(id.to_owned()))
    };
    let (Some(session), Some(token)) = (id("session"), id("authToken")) else {
        return Err(unusable("it has no session").into());
    };
    Ok((Ticket { session, token }, expiry))
}

/// An answer about another PESEL or another day is none.
pub(super) fn read_check(body: &[u8], pesel: &Pesel, day: NaiveDate) -> Result<Answer, Fault> {
    let root = root(body)?;
    let load = body_of(&root)?.path(BROKER, &["executeServiceReturn", "payload", "textload"]);
    let said = load.and_then(|load| load.only(STATUS, "status_cwu_odp"));
    let said = said.ok_or(unusable("it is no answer to the question"))?;
    if value(said, "numer_pesel")? != pesel.reveal() {
        return Err(unusable("it is about somebody else").into());
    }
    let operation = said.attribute("id_operacji").and_then(|id| Text::parse(id).ok());
    let operation = operation.ok_or(unusable("it has no number of the operation"))?;
    let (standing, patient) = match value(said, "status_cwu")? {
        "1" => {
            let patient = said.only(STATUS, "pacjent").ok_or(unusable("it has no patient"))?;
            (insured(patient)?, Some(patient))
        }
        "0" => (Standing::NotKnown, None),
        "-1" => (Standing::PeselOutdated, None),
        _ => return Err(unusable("it has an unknown status").into()),
    };
    let valid_on = patient.map_or(Some(day), valid_on).ok_or(unusable("it does not say for which day"))?;
    if valid_on != day {
        return Err(unusable(ANOTHER_DAY).into());
    }
    let notices = patient.map(notices).unwrap_or_default();
    Ok(Answer { standing, operation, valid_on, notices })
}

fn insured(patient: &Element) -> Result<Standing, NoAnswer> {
    let status = patient.only(STATUS, "status_ubezp").ok_or(unusable("it does not say who is insured"))?;
    match status.text.trim() {
        "1" => Ok(Standing::Insured { mark: status.attribute("ozn_rec").map(str::to_owned) }),
        "0" => Ok(Standing::NotInsured),
        _ => Err(unusable("it has an unknown status")),
    }
}

/// An `xs:date`, with a zone or without: `2026-11-26+01:00`.
fn valid_on(patient: &Element) -> Option<NaiveDate> {
    let stated = patient.only(STATUS, "data_waznosci_potwierdzenia")?.text.trim();
    NaiveDate::parse_from_str(stated.get(..10)?, "%Y-%m-%d").ok()
}

fn notices(patient: &Element) -> Vec<Notice> {
    let Some(list) = patient.only(STATUS, "informacje_dodatkowe") else { return Vec::new() };
    let said = |of: &Element, name| of.attribute(name).unwrap_or_default().to_owned();
    let named = list.children.iter().filter(|child| child.is(STATUS, "informacja"));
    let notice = |of: &Element| Notice {
        code: said(of, "kod"),
        level: said(of, "poziom"),
        text: Redacted::new(said(of, "wartosc")),
    };
    named.map(notice).collect()
}

fn value<'e>(of: &'e Element, name: &str) -> Result<&'e str, NoAnswer> {
    of.only(STATUS, name).map(|found| found.text.trim()).ok_or(unusable("it is not complete"))
}

fn unusable(why: &'static str) -> NoAnswer {
    NoAnswer::Unusable(why)
}

fn root(body: &[u8]) -> Result<Element, NoAnswer> {
    let root = xml::read(body)?;
    if root.is(SOAP, "Envelope") { Ok(root) } else { Err(unusable("it is no envelope")) }
}

fn body_of(root: &Element) -> Result<&Element, Fault> {
    let body = root.only(SOAP, "Body").ok_or(unusable("it has no body"))?;
    match body.only(SOAP, "Fault") {
        Some(fault) => Err(of_class(class(fault))),
        None => Ok(body),
    }
}

/// `AuthTokenException` out of `Client.AuthTokenException` or of `ns1:AuthTokenException`.
fn class(fault: &Element) -> &str {
    let Some(detail) = fault.any("detail").and_then(|detail| detail.children.first()) else { return "" };
    let code = detail.any("faultcode").map(|code| code.text.trim());
    let stated = code.or_else(|| detail.attribute("type")).unwrap_or_default();
    stated.rsplit(['.', ':']).next().unwrap_or_default()
}

fn of_class(class: &str) -> Fault {
    Fault::No(match class {
        "SessionException" | "AuthTokenException" => return Fault::SessionLost,
        "AuthenticationException" => NoAnswer::AccountRefused,
        "passExpiredException" | "PassExpiredException" => NoAnswer::PasswordExpired,
        "AuthorizationException" => NoAnswer::NotAllowed,
        "InputException" => NoAnswer::Never,
        "ServiceException" | "ServerException" => NoAnswer::Later(format!("it reports a {class}")),
        // The text of a fault may repeat the question.
        _ => NoAnswer::Later("it reports a fault".to_owned()),
    })
}

#[cfg(test)]
mod tests;
