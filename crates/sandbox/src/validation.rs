//! A validation service that speaks the REST interface of EU DSS on the loopback interface. It judges what the sandbox's
//! own seals sign: the digests, the signature under the certificate inside, and the certificate itself.

use crate::pki::TrustedSeals;
use actix_web::dev::ServerHandle;
use actix_web::{App, HttpResponse, HttpServer, web};
use app::clock::Clock;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey, VerificationAlgorithm,
};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Deserialize;
use serde_json::{Value, json};
use signing::canonical;
use std::io;
use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use x509_parser::prelude::{FromDer, X509Certificate};

const PATH: &str = "/services/rest/validation/validateSignature";
/// More than the largest signature that a request may carry.
const LARGEST: usize = 8 * 1024 * 1024;

/// How it behaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mood {
    #[default]
    Judges,
    /// Answers that it cannot answer.
    IsDown,
    /// Answers that it fails on this signature.
    Fails,
    /// Judges after so long.
    Delays(Duration),
    /// Says this of everything, after so long.
    DelaysAndSays(Duration, &'static str, &'static str),
    /// Says this of everything: indication and sub-indication.
    Says(&'static str, &'static str),
}

/// What all its workers share.
struct Service {
    seals: Arc<TrustedSeals>,
    clock: Arc<dyn Clock>,
    mood: Mutex<Mood>,
    asked: AtomicUsize,
}

/// One that runs until it is stopped.
pub struct ValidationService {
    service: Arc<Service>,
    handle: ServerHandle,
    base_url: String,
}

impl ValidationService {
    /// Starts on a free port.
    pub fn start(seals: Arc<TrustedSeals>, clock: Arc<dyn Clock>) -> io::Result<Self> {
        let service = Arc::new(Service { seals, clock, mood: Mutex::default(), asked: AtomicUsize::new(0) });
        let shared = web::Data::from(Arc::clone(&service));
        let server = HttpServer::new(move || {
            App::new()
                .app_data(shared.clone())
                .app_data(web::JsonConfig::default().limit(LARGEST))
                .route(PATH, web::post().to(validate))
        })
        .workers(1)
        .disable_signals()
        .bind((Ipv4Addr::LOCALHOST, 0))?;
        let address = server.addrs().first().copied().ok_or(io::ErrorKind::AddrNotAvailable)?;
        let running = server.run();
        let handle = running.handle();
        tokio::spawn(running);
        Ok(Self { service, handle, base_url: format!("http://{address}/") })
    }

    /// What `SOID_DSS_URL` would name.
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    pub fn set_mood(&self, mood: Mood) {
        *self.service.mood.lock().unwrap_or_else(PoisonError::into_inner) = mood;
    }

    /// How often it was asked.
    pub fn asked(&self) -> usize {
        self.service.asked.load(Ordering::SeqCst)
    }

    pub async fn stop(&self) {
        self.handle.stop(false).await;
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct DataToValidate {
    signed_document: RemoteDocument,
    original_documents: Option<Vec<RemoteDocument>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct RemoteDocument {
    bytes: String,
    digest_algorithm: Option<String>,
}

async fn validate(service: web::Data<Service>, asked: web::Json<DataToValidate>) -> HttpResponse {
    service.asked.fetch_add(1, Ordering::SeqCst);
    let mood = *service.mood.lock().unwrap_or_else(PoisonError::into_inner);
    let judged = || Judged::of(&asked, &service.seals, service.clock.real_now());
    let judged = match mood {
        Mood::IsDown => return HttpResponse::ServiceUnavailable().finish(),
        Mood::Fails => return HttpResponse::InternalServerError().finish(),
        Mood::Says(indication, sub) => Judged { finding: Some((indication, sub)), ..judged() },
        Mood::DelaysAndSays(delay, indication, sub) => {
            tokio::time::sleep(delay).await;
            Judged { finding: Some((indication, sub)), ..judged() }
        }
        Mood::Judges => judged(),
        Mood::Delays(delay) => {
            tokio::time::sleep(delay).await;
            judged()
        }
    };
    HttpResponse::Ok().json(judged.reports(service.clock.real_now()))
}

/// What was found of a signature.
struct Judged {
    /// Indication and sub-indication; nothing where it is valid.
    finding: Option<(&'static str, &'static str)>,
    signed_by: Option<String>,
    signing_time: Option<String>,
}

impl Judged {
    fn of(asked: &DataToValidate, seals: &TrustedSeals, now: DateTime<Utc>) -> Self {
        let xml = STANDARD.decode(&asked.signed_document.bytes).ok();
        let xml = xml.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
        let signing_time = between(&xml, "<xades:SigningTime>", "</xades:SigningTime>").map(str::to_owned);
        let certificate = between(&xml, "<ds:X509Certificate>", "</ds:X509Certificate>");
        let certificate = certificate.and_then(|text| STANDARD.decode(text).ok()).unwrap_or_default();
        let Ok((_, read)) = X509Certificate::from_der(&certificate) else {
            return Self { finding: Some(("TOTAL_FAILED", "FORMAT_FAILURE")), signed_by: None, signing_time };
        };
        let names = read.subject().iter_common_name().next();
        let signed_by = names.and_then(|name| name.as_str().ok()).map(str::to_owned);
        let finding = integrity(&xml, asked, &read).or_else(|| standing(&certificate, &read, seals, now));
        Self { finding, signed_by, signing_time }
    }

    fn reports(&self, now: DateTime<Utc>) -> Value {
        let (indication, sub) = self.finding.map_or(("TOTAL_PASSED", None), |(it, sub)| (it, Some(sub)));
        let now = now.to_rfc3339_opts(SecondsFormat::Secs, true);
        let passed = u8::from(self.finding.is_none());
        json!({
            "DiagnosticData": { "DocumentName": "signature.xml", "ValidationDate": now },
            "SimpleReport": {
                "ValidationPolicy": { "PolicyName": "QES AdESQC TL based" },
                "DocumentName": "signature.xml", "ValidSignaturesCount": passed, "SignaturesCount": 1,
                "signatureOrTimestampOrEvidenceRecord": [{ "Signature": {
                    "Id": "S-SANDBOX", "SignatureFormat": "XAdES-BASELINE-B", "Indication": indication,
                    "SubIndication": sub, "SignedBy": self.signed_by, "SigningTime": self.signing_time,
                    "BestSignatureTime": now,
                    "SignatureLevel": { "value": "QESeal", "description": "Qualified Electronic Seal" },
                }}],
                "ValidationTime": now,
            },
            "DetailedReport": { "ValidationTime": now },
            "validationReportDataHandler": STANDARD.encode("<ValidationReport></ValidationReport>"),
        })
    }
}

/// Whether the bytes are those that were signed. The sandbox writes in canonical form, so the text is what is digested.
fn integrity(
    xml: &str,
    asked: &DataToValidate,
    certificate: &X509Certificate<'_>,
) -> Option<(&'static str, &'static str)> {
    const FORMAT: Option<(&str, &str)> = Some(("TOTAL_FAILED", "FORMAT_FAILURE"));
    const HASH: Option<(&str, &str)> = Some(("TOTAL_FAILED", "HASH_FAILURE"));
    let Some(info) = whole(xml, "<ds:SignedInfo ", "</ds:SignedInfo>") else { return FORMAT };
    let Some(properties) = whole(xml, "<xades:SignedProperties ", "</xades:SignedProperties>") else {
        return FORMAT;
    };
    let digests: Vec<&str> = info
        .split("<ds:DigestValue>")
        .skip(1)
        .filter_map(|rest| rest.split("</ds:DigestValue>").next())
        .collect();
    let [of_content, of_properties] = digests.as_slice() else { return FORMAT };
    if content_digest(xml, asked).as_deref() != Some(*of_content) {
        return HASH;
    }
    if STANDARD.encode(canonical::sha256(properties.as_bytes())) != *of_properties {
        return HASH;
    }
    let value = between(xml, "<ds:SignatureValue>", "</ds:SignatureValue>");
    let value = value.and_then(|text| STANDARD.decode(text).ok()).unwrap_or_default();
    let key = &certificate.public_key().subject_public_key.data;
    let algorithm: &dyn VerificationAlgorithm =
        if info.contains("#rsa-sha256") { &RSA_PKCS1_2048_8192_SHA256 } else { &ECDSA_P256_SHA256_FIXED };
    let holds = UnparsedPublicKey::new(algorithm, key).verify(info.as_bytes(), &value).is_ok();
    if holds { None } else { Some(("TOTAL_FAILED", "SIG_CRYPTO_FAILURE")) }
}

/// Of the original as it was sent, or of what stands inside.
fn content_digest(xml: &str, asked: &DataToValidate) -> Option<String> {
    if let Some([original]) = asked.original_documents.as_deref() {
        return match original.digest_algorithm.as_deref() {
            Some("SHA256") => Some(original.bytes.clone()),
            Some(_) => None,
            None => Some(STANDARD.encode(canonical::sha256(&STANDARD.decode(&original.bytes).ok()?))),
        };
    }
    let inside = between(xml, r#"<ds:Object Id="content">"#, "</ds:Object>")?;
    Some(STANDARD.encode(canonical::sha256(&STANDARD.decode(inside).ok()?)))
}

/// What is to be said of the seal's certificate.
fn standing(
    der: &[u8],
    certificate: &X509Certificate<'_>,
    seals: &TrustedSeals,
    now: DateTime<Utc>,
) -> Option<(&'static str, &'static str)> {
    let validity = certificate.validity();
    let is_running = validity.not_before.timestamp() <= now.timestamp()
        && now.timestamp() <= validity.not_after.timestamp();
    let commits = certificate.key_usage().ok().flatten().is_some_and(|usage| usage.value.non_repudiation());
    let sub = if !seals.certificates().iter().any(|known| known == der) {
        "NO_CERTIFICATE_CHAIN_FOUND"
    } else if !is_running {
        "OUT_OF_BOUNDS_NO_POE"
    } else if !commits {
        "CHAIN_CONSTRAINTS_FAILURE"
    } else if seals.is_revoked(der) {
        "REVOKED_NO_POE"
    } else {
        return None;
    };
    Some(("INDETERMINATE", sub))
}

fn between<'x>(xml: &'x str, begin: &str, end: &str) -> Option<&'x str> {
    let (_, rest) = xml.split_once(begin)?;
    rest.split_once(end).map(|(inside, _)| inside)
}

/// The same with its tags.
fn whole<'x>(xml: &'x str, begin: &str, end: &str) -> Option<&'x str> {
    let from = xml.find(begin)?;
    let rest = xml.get(from..)?;
    rest.get(..rest.find(end)? + end.len())
}
