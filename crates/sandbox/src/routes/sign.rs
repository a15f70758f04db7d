//! A signature of a persona.

use super::persona_of;
use crate::personas::default_space;
use crate::signatures::{Defect, SignatureRequest};
use crate::state::Sandbox;
use crate::xades::{Packaging, TrustedRequest};
use actix_web::{HttpResponse, post, web};
use app::clock::Clock;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::body::{Validate, ValidationErrors};
use http::faults::SHAPE;
use http::{Open, Problem, SIGNED, answer};
use serde::{Deserialize, Serialize};
use signing::{Algorithm, SignatureKind};
use utoipa::ToSchema;

#[derive(Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
#[schema(as = PersonaSignatureKind)]
pub(super) enum Kind {
    #[default]
    Qualified,
    Personal,
    Zus,
    /// By a trusted profile (podpis zaufany).
    Trusted,
}

/// Where the content of a trusted signature stands.
#[derive(Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
#[schema(as = TrustedSignaturePackaging)]
pub(super) enum Packed {
    /// Outside.
    #[default]
    Detached,
    /// Inside, in base64.
    Enveloping,
}

#[derive(Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
#[schema(as = PersonaSignatureAlgorithm)]
pub(super) enum SignedWith {
    #[default]
    Es256,
    Es384,
    Ps256,
    Rs256,
}

/// What to sign as whom.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PersonaSignatureRequest, example = json!({"persona": "clinic-physician", "payload": "eyJpZCI6IjEiLCJ0eXBlIjoiZGVtYW5kIn0"}))]
pub(super) struct SignBody {
    /// Key of a persona; their certificate is the same in every space.
    #[schema(example = "clinic-physician")]
    persona: String,
    /// The bytes to sign, base64url: `payload` of `POST …/document`.
    #[schema(
        format = "base64url",
        pattern = "^[A-Za-z0-9_-]+$",
        example = "eyJpZCI6IjEiLCJ0eXBlIjoiZGVtYW5kIn0"
    )]
    payload: String,
    /// A trusted signature is XAdES; the step answers 202 and is taken once the sandbox's own validation service has
    /// confirmed it.
    #[serde(default)]
    kind: Option<Kind>,
    /// Of the kind `TRUSTED` only.
    #[serde(default)]
    packaging: Option<Packed>,
    /// Not of the kind `TRUSTED`, whose seal has its own.
    #[serde(default)]
    algorithm: Option<SignedWith>,
    /// Makes the signature wrong in this way.
    #[serde(default)]
    defect: Option<Defect>,
}

impl Validate for SignBody {
    fn validate(&self) -> Result<(), ValidationErrors> {
        Ok(())
    }
}

/// A signature as the signed steps take it.
#[derive(Serialize, ToSchema)]
#[schema(as = PersonaSignature, example = json!({"kind": "QUALIFIED",
    "value": "eyJhbGciOiJFUzI1NiIsIng1YyI6WyJNSUlCLi4uIl19.eyJpZCI6IjEiLCJ0eXBlIjoiZGVtYW5kIn0.c2lnbmF0dXJl"}))]
pub(super) struct SignatureView {
    kind: Kind,
    /// Attached compact JWS (RFC 7515) with the test certificate; of `TRUSTED` XAdES in base64.
    #[schema(
        example = "eyJhbGciOiJFUzI1NiIsIng1YyI6WyJNSUlCLi4uIl19.eyJpZCI6IjEiLCJ0eXBlIjoiZGVtYW5kIn0.c2lnbmF0dXJl"
    )]
    value: String,
}

fn signed_by(kind: Kind) -> Option<SignatureKind> {
    match kind {
        Kind::Qualified => Some(SignatureKind::Qualified),
        Kind::Personal => Some(SignatureKind::Personal),
        Kind::Zus => Some(SignatureKind::Zus),
        Kind::Trusted => None,
    }
}

fn packaging_of(packed: Packed) -> Packaging {
    match packed {
        Packed::Detached => Packaging::Detached,
        Packed::Enveloping => Packaging::Enveloping,
    }
}

fn algorithm_of(with: SignedWith) -> Algorithm {
    match with {
        SignedWith::Es256 => Algorithm::ES256,
        SignedWith::Es384 => Algorithm::ES384,
        SignedWith::Ps256 => Algorithm::PS256,
        SignedWith::Rs256 => Algorithm::RS256,
    }
}

/// Sign as a persona
///
/// With a certificate of the sandbox's own authority, which no production system trusts. `defect` makes a signature that
/// the service must refuse, to see what it says of it.
#[utoipa::path(tag = "sandbox", security(()), request_body = SignBody,
    responses((status = 200, description = "The signature, as `signature` of a signed step", body = SignatureView)))]
#[post("/api/v1/sandbox/signatures")]
pub(super) async fn sign(
    sandbox: web::Data<Sandbox>,
    asked: Open<SignBody, SIGNED>,
) -> Result<HttpResponse, Problem> {
    let body = &asked.body;
    let persona = persona_of(&default_space(), &body.persona)?;
    let payload = URL_SAFE_NO_PAD.decode(&body.payload).map_err(|_| Problem::at(SHAPE, "/payload"))?;
    let kind = body.kind.unwrap_or_default();
    let now = sandbox.clock.real_now();
    let value = match signed_by(kind) {
        Some(kind) => sandbox.sign(&SignatureRequest {
            persona: &persona,
            payload: &payload,
            kind,
            algorithm: algorithm_of(body.algorithm.unwrap_or_default()),
            defect: body.defect,
            now,
        }),
        None => sandbox.sign_trusted(&TrustedRequest {
            persona: &persona,
            payload: &payload,
            packaging: packaging_of(body.packaging.unwrap_or_default()),
            defect: body.defect,
            now,
        }),
    };
    let value = value.map_err(|fault| Problem::bug(Box::new(fault)))?;
    answer::plain(&SignatureView { kind, value })
}
