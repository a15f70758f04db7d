//! What goes over the wire: `DataToValidateDTO` and `WSReportsDTO` of EU DSS 6 (`dss-validation-dto`), in the names of its
//! JSON. The reports keep the names of their XML schemas; of them only the simple report is read.

use super::{NoVerdict, Report, ToValidate, Verdict};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// `evidenceRecords`, which older versions do not know, is left out.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DataToValidate {
    signed_document: RemoteDocument,
    original_documents: Option<Vec<RemoteDocument>>,
    policy: Option<RemoteDocument>,
    token_extraction_strategy: &'static str,
    signature_id: Option<String>,
}

/// With a digest algorithm the bytes are a digest.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct RemoteDocument {
    bytes: String,
    digest_algorithm: Option<&'static str>,
    name: Option<String>,
}

impl DataToValidate {
    pub(super) fn of(asked: &ToValidate) -> Self {
        let original = asked.original.as_ref().map(|original| RemoteDocument {
            bytes: STANDARD.encode(&original.digest),
            digest_algorithm: Some(original.algorithm),
            name: original.name.clone(),
        });
        Self {
            signed_document: RemoteDocument {
                bytes: STANDARD.encode(&asked.signed_document),
                digest_algorithm: None,
                name: Some("signature.xml".to_owned()),
            },
            original_documents: original.map(|original| vec![original]),
            policy: None,
            token_extraction_strategy: "NONE",
            signature_id: None,
        }
    }
}

/// Sub-indications of ETSI EN 319 102-1 §5.1.3 that find nothing wrong with the signature: what is missing are trusted lists,
/// revocation data or proofs that the service may have the next time.
const MISSING_DATA: [&str; 6] = [
    "TRY_LATER",
    "NO_CERTIFICATE_CHAIN_FOUND",
    "NO_CERTIFICATE_CHAIN_FOUND_NO_POE",
    "CERTIFICATE_CHAIN_GENERAL_FAILURE",
    "NO_POE",
    "REVOCATION_OUT_OF_BOUNDS_NO_POE",
];

#[derive(Deserialize)]
struct Reports {
    #[serde(rename = "SimpleReport")]
    simple_report: Value,
    /// The report of ETSI TS 119 102-2.
    #[serde(rename = "validationReportDataHandler")]
    etsi_report: Option<String>,
}

#[derive(Deserialize)]
struct SimpleReport {
    /// Before DSS 5.13 without evidence records.
    #[serde(rename = "signatureOrTimestampOrEvidenceRecord", alias = "signatureOrTimestamp", default)]
    tokens: Vec<Token>,
}

/// An object with one member that names the kind.
#[derive(Deserialize)]
struct Token {
    #[serde(rename = "Signature")]
    signature: Option<Signature>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Signature {
    indication: String,
    sub_indication: Option<String>,
    #[serde(rename = "SignatureFormat")]
    format: Option<String>,
    signed_by: Option<String>,
    /// Text, or a number where the service is set up so.
    signing_time: Option<Value>,
    #[serde(rename = "SignatureLevel")]
    level: Option<SignatureLevel>,
}

#[derive(Deserialize)]
struct SignatureLevel {
    value: String,
}

fn instant(stated: &Value) -> Option<DateTime<Utc>> {
    match stated {
        Value::Number(milliseconds) => DateTime::from_timestamp_millis(milliseconds.as_i64()?),
        other => other.as_str()?.parse().ok(),
    }
}

/// What an answer says; one that cannot be read may be another one next time.
pub(super) fn read(body: &[u8]) -> Result<Verdict, NoVerdict> {
    let unusable = |why: &str| NoVerdict::Failing(format!("the answer cannot be used: {why}"));
    let reports: Reports = serde_json::from_slice(body).map_err(|_| unusable("no reports"))?;
    let simple =
        SimpleReport::deserialize(&reports.simple_report).map_err(|_| unusable("no simple report"))?;
    let mut signatures = simple.tokens.into_iter().filter_map(|token| token.signature);
    let (Some(signature), None) = (signatures.next(), signatures.next()) else {
        return Err(NoVerdict::Never("it finds another number of signatures than one".to_owned()));
    };
    let report = Report {
        sub_indication: signature.sub_indication,
        signed_by: signature.signed_by,
        format: signature.format,
        level: signature.level.map(|level| level.value),
        signing_time: signature.signing_time.as_ref().and_then(instant),
        simple_report: reports.simple_report.to_string(),
        etsi_report: reports.etsi_report,
    };
    match signature.indication.as_str() {
        "TOTAL_PASSED" => Ok(Verdict::Passed(report)),
        "TOTAL_FAILED" => Ok(Verdict::Failed(report)),
        "INDETERMINATE" => match report.sub_indication.as_deref().filter(|sub| MISSING_DATA.contains(sub)) {
            Some(sub) => Err(NoVerdict::Undecided(sub.to_owned())),
            None => Ok(Verdict::Indeterminate(report)),
        },
        _ => Err(unusable("an unknown indication")),
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may stop where it fails")]
    use super::super::OriginalDigest;
    use super::*;
    use serde_json::json;

    fn answer(tokens: &Value) -> Result<Verdict, NoVerdict> {
        let answer = json!({
            "DiagnosticData": {}, "DetailedReport": {}, "validationReportDataHandler": "PGE+",
            "SimpleReport": { "ValidSignaturesCount": 1, "signatureOrTimestampOrEvidenceRecord": tokens },
        });
        read(answer.to_string().as_bytes())
    }

    fn signature(indication: &str, sub: Option<&str>) -> Value {
        json!([{ "Signature": {
            "Id": "S-1", "Indication": indication, "SubIndication": sub, "SignatureFormat": "XAdES-BASELINE-B",
            "SignedBy": "Pieczęć", "SigningTime": "2026-11-26T10:00:00Z", "BestSignatureTime": "2026-11-26T10:00:00Z",
            "SignatureLevel": { "value": "QESeal", "description": "Qualified Electronic Seal" },
            "AdESValidationDetails": { "Error": [], "Warning": [], "Info": [] },
        } }])
    }

    #[test]
    fn the_question_has_the_names_of_the_interface() {
        let original = OriginalDigest {
            algorithm: "SHA256",
            digest: vec![1, 2],
            name: Some("document.json".to_owned()),
        };
        let asked = ToValidate { signed_document: b"<a/>".to_vec(), original: Some(original) };
        assert_eq!(
            serde_json::to_value(DataToValidate::of(&asked)).unwrap(),
            json!({
                "signedDocument": { "bytes": "PGEvPg==", "digestAlgorithm": null, "name": "signature.xml" },
                "originalDocuments": [{ "bytes": "AQI=", "digestAlgorithm": "SHA256", "name": "document.json" }],
                "policy": null, "tokenExtractionStrategy": "NONE", "signatureId": null,
            })
        );
    }

    #[test]
    fn the_verdict_stands_in_the_simple_report() {
        let passed = answer(&signature("TOTAL_PASSED", None)).unwrap();
        let Verdict::Passed(report) = &passed else { panic!("{passed:?}") };
        assert_eq!(report.signed_by.as_deref(), Some("Pieczęć"));
        assert_eq!(
            (report.format.as_deref(), report.level.as_deref()),
            (Some("XAdES-BASELINE-B"), Some("QESeal"))
        );
        assert_eq!(report.etsi_report.as_deref(), Some("PGE+"));
        assert!(report.simple_report.contains("TOTAL_PASSED"));
        let failed = answer(&signature("TOTAL_FAILED", Some("HASH_FAILURE"))).unwrap();
        assert!(matches!(failed, Verdict::Failed(_)));
        let open = answer(&signature("INDETERMINATE", Some("OUT_OF_BOUNDS_NO_POE"))).unwrap();
        assert_eq!(open.report().sub_indication.as_deref(), Some("OUT_OF_BOUNDS_NO_POE"));
        assert!(matches!(open, Verdict::Indeterminate(_)));
    }

    #[test]
    fn what_may_change_is_asked_again_and_what_cannot_is_not() {
        for sub in MISSING_DATA {
            let undecided = answer(&signature("INDETERMINATE", Some(sub)));
            assert_eq!(undecided, Err(NoVerdict::Undecided(sub.to_owned())));
        }
        for sub in [None, Some("REVOKED_NO_POE"), Some("SIG_CONSTRAINTS_FAILURE")] {
            let open = answer(&signature("INDETERMINATE", sub));
            assert!(matches!(open, Ok(Verdict::Indeterminate(_))), "{open:?}");
        }
        for failing in [answer(&signature("PASSED", None)), read(b"{}")] {
            assert!(matches!(failing, Err(NoVerdict::Failing(_))), "{failing:?}");
        }
        let two = json!([signature("TOTAL_PASSED", None)[0], signature("TOTAL_PASSED", None)[0]]);
        for never in [answer(&json!([])), answer(&json!([{ "Timestamp": {} }])), answer(&two)] {
            assert!(matches!(never, Err(NoVerdict::Never(_))), "{never:?}");
        }
    }
}
