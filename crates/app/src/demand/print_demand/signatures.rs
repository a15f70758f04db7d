//! Who signed, and with what, in Polish.

use super::full_name;
use domain::demand::model::{Attested, SignatureKind, SignatureLevel, Signed};
use print::demand as paper;

pub(crate) fn electronic(attested: &Attested, function: &str) -> Option<paper::SignaturePrint> {
    match attested {
        Attested::Electronic(signed) => Some(signature(signed, function)),
        Attested::OnPaper(_) => None,
    }
}

pub(crate) fn signature(signed: &Signed, function: &str) -> paper::SignaturePrint {
    paper::SignaturePrint {
        who: full_name(Some(&signed.given_names), Some(&signed.family_name)),
        function: function.to_owned(),
        kind: kind_in_polish(signed),
        signed_at: signed.received_at,
    }
}

/// A signature that only this service has checked is not called qualified: the certificate's own claim is named.
fn kind_in_polish(signed: &Signed) -> String {
    let kind = match signed.kind {
        SignatureKind::Qualified => "certyfikat kwalifikowany",
        SignatureKind::Personal => "podpis osobisty",
        SignatureKind::Zus => "certyfikat ZUS",
        SignatureKind::Trusted => "podpis zaufany",
    };
    format!("{kind}, {}", checked(signed.level))
}

fn checked(level: SignatureLevel) -> &'static str {
    match level {
        SignatureLevel::BasicChecked => "kontrola podstawowa",
        SignatureLevel::Validated => "zweryfikowany",
    }
}

pub(crate) fn signed_with(signed: &Signed) -> String {
    let kind = match signed.kind {
        SignatureKind::Qualified => "podpisem elektronicznym z certyfikatem kwalifikowanym",
        SignatureKind::Personal => "podpisem osobistym",
        SignatureKind::Zus => "podpisem z certyfikatem ZUS",
        SignatureKind::Trusted => "podpisem zaufanym",
    };
    format!("{kind} ({})", checked(signed.level))
}
