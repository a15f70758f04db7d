//! Access tokens of personas, from an issuer that no production system accepts.

use crate::personas::Persona;
use app::caller::Role;
use chrono::{DateTime, Utc};
use domain::ids::SpaceId;
use domain::redacted::Redacted;
use jsonwebtoken::jwk::JwkSet;
use serde_json::json;
use server::config::production::SANDBOX_ISSUER;
use signing::access_token::{self, Claims, LONGEST_LIFE};
use signing::keys::{KeyError, SigningKey};
use uuid::Uuid;

/// What the tokens' `aud` says and the sandbox expects.
pub const AUDIENCE: &str = "soid-sandbox";

/// What a token is for.
#[derive(Clone, Debug)]
pub struct TokenRequest<'a> {
    pub space: &'a SpaceId,
    pub persona: &'a Persona,
    /// The software that calls; [`client_of`] the persona when left out.
    pub client_id: Option<String>,
    /// Real time: no space can move what tokens are judged by.
    pub now: DateTime<Utc>,
    pub jti: Uuid,
}

/// A five-minute `at+jwt` (RFC 9068) for the persona in its role.
pub fn issue(key: &SigningKey, asked: &TokenRequest<'_>) -> Result<String, KeyError> {
    access_token::issue(key, &claims(asked), AUDIENCE)
}

/// The software of the persona's organisation; patients share one portal.
pub fn client_of(space: &SpaceId, persona: &Persona) -> String {
    let organisation = persona.organisation.map_or("patient-portal", |organisation| organisation.spec.key);
    format!("{space}.{organisation}")
}

/// The public keys under which the tokens verify.
pub fn key_set(key: &SigningKey) -> Result<JwkSet, serde_json::Error> {
    serde_json::from_value(json!({ "keys": [key.public_jwk()] }))
}

fn claims(asked: &TokenRequest<'_>) -> Claims {
    let TokenRequest { space, persona, now, .. } = asked;
    let org = persona.organisation.map(|organisation| access_token::Org {
        id: organisation.id.to_string(),
        kind: organisation.spec.kind.name().to_owned(),
    });
    let person = persona.register_id().map(|(system, id)| access_token::Person {
        id_system: system.name().to_owned(),
        id: Redacted::new(id.to_owned()),
        role: persona.spec.role.name().to_owned(),
    });
    let is_patient = persona.spec.role == Role::Patient;
    Claims {
        iss: SANDBOX_ISSUER.to_owned(),
        sub: Redacted::new(format!("{space}.{}", persona.key())),
        client_id: asked.client_id.clone().unwrap_or_else(|| client_of(space, persona)),
        jti: asked.jti.to_string(),
        exp: (*now + LONGEST_LIFE).timestamp(),
        iat: now.timestamp(),
        nbf: None,
        scope: String::new(),
        org,
        person,
        pesel: is_patient.then(|| Redacted::new(persona.spec.pesel.to_owned())),
        represents: None,
        space: Some(space.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{keys, personas};
    use signing::access_token::{Issuer, verify};

    #[test]
    fn everybody_gets_a_token_that_says_who_they_are_and_nothing_more() {
        let now = DateTime::from_timestamp(1_772_445_600, 0).expect("an instant");
        let key = keys::generate().expect("a key");
        let issuer = Issuer {
            issuer: SANDBOX_ISSUER.to_owned(),
            audience: AUDIENCE.to_owned(),
            keys: key_set(&key).expect("a key set"),
        };
        let space = personas::default_space();
        for persona in personas::all(&space) {
            let asked =
                TokenRequest { space: &space, persona: &persona, client_id: None, now, jti: Uuid::nil() };
            let token = issue(&key, &asked).expect("a token");
            let claims = verify(&token, std::slice::from_ref(&issuer), now).expect("valid claims");
            assert_eq!(claims.org.is_none(), persona.is_patient(), "{}", persona.key());
            assert_eq!(claims.person.is_none(), persona.is_patient(), "{}", persona.key());
            assert_eq!(claims.pesel.is_some(), persona.is_patient(), "{}", persona.key());
            assert_eq!(claims.exp - claims.iat, 300);
        }
    }
}
