//! Who signed with a trusted profile, and when: the seal is the minister's, the person stands in a signed property.

use super::document::{XADES, Xades, at, structure, text};
use crate::certificates::SignerIdentity;
use crate::diagnosis::Fault;
use crate::faults;
use chrono::{DateTime, TimeDelta, Utc};
use domain::redacted::Redacted;

const PPZP: &str = "http://crd.gov.pl/xml/schematy/ppzp/";
const PERSON: &str = "http://crd.gov.pl/xml/schematy/osoba/2009/03/06/";

const PROPERTIES: (&str, &str) = (XADES, "SignedSignatureProperties");

/// Signing happens on a page of its own, and what is signed there is sent by hand or by a clinic's system.
const LONGEST_WAY: TimeDelta = TimeDelta::hours(24);
const CLOCKS_DIFFER: TimeDelta = TimeDelta::minutes(10);

/// A claimed role of the seal: `ppZP:PodpisZP/ppZP:DaneZP/ppZP:DaneZPOsobyFizycznej`, with names and PESEL of the schema
/// of persons.
pub(super) fn person(xades: &Xades<'_>) -> Result<SignerIdentity, Fault> {
    let document = &xades.document;
    let unidentified = |_| Fault::new(faults::SIGNER_UNIDENTIFIED, "ppZP:DaneZPOsobyFizycznej");
    let properties = at(document, xades.signed_properties, &[PROPERTIES]).map_err(unidentified)?;
    let role = ["SignerRoleV2", "SignerRole"]
        .into_iter()
        .find_map(|name| at(document, properties, &[(XADES, name)]).ok())
        .ok_or_else(|| unidentified(structure("xades:SignerRole")))?;
    let path = [
        (XADES, "ClaimedRoles"),
        (XADES, "ClaimedRole"),
        (PPZP, "PodpisZP"),
        (PPZP, "DaneZP"),
        (PPZP, "DaneZPOsobyFizycznej"),
    ];
    let person = at(document, role, &path).map_err(unidentified)?;
    let part = |name| {
        let found = at(document, person, &[(PERSON, name)]).map(|node| text(document, node));
        found.ok().filter(|text| !text.is_empty()).ok_or_else(|| unidentified(structure(name)))
    };
    let pesel = part("PESEL")?;
    if pesel.len() != 11 || !pesel.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(unidentified(structure("PESEL")));
    }
    Ok(SignerIdentity {
        given_name: Redacted::new(part("Imie")?),
        surname: Redacted::new(part("Nazwisko")?),
        pesel: Redacted::new(pesel),
    })
}

/// The signing time as the seal states it; `now` is real time.
pub(super) fn signed_at(xades: &Xades<'_>, now: DateTime<Utc>) -> Result<DateTime<Utc>, Fault> {
    let document = &xades.document;
    let stated = at(document, xades.signed_properties, &[PROPERTIES, (XADES, "SigningTime")])?;
    let stated: DateTime<Utc> = text(document, stated).parse().map_err(|_| structure("xades:SigningTime"))?;
    if stated > now + CLOCKS_DIFFER || stated < now - LONGEST_WAY {
        return Err(Fault::new(faults::XADES_TIME, "xades:SigningTime"));
    }
    Ok(stated)
}
