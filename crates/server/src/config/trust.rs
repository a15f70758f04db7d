//! Whose signatures count: pinned roots per kind, and where revocation lists may be fetched.

use super::reader::Reader;
use super::variable::{Variable, variables};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject as _;
use url::Url;

variables! {
    QUALIFIED = "SOID_ANCHORS_QUALIFIED_FILE", optional "/etc/soid/anchors/qualified.pem",
        "File with the roots of qualified signatures, PEM; without it none is accepted.";
    PERSONAL = "SOID_ANCHORS_PERSONAL_FILE", optional "/etc/soid/anchors/personal.pem",
        "File with the roots of personal signatures (e-dowód), PEM; without it none is accepted.";
    ZUS = "SOID_ANCHORS_ZUS_FILE", optional "/etc/soid/anchors/zus.pem",
        "File with the roots of signatures by ZUS certificates, PEM; without it none is accepted.";
    CRL_HOSTS = "SOID_CRL_HOSTS", optional "crl.przyklad.pl,crl2.przyklad.pl:8080",
        "Hosts, separated by commas, from which revocation lists may be fetched; with a port where it is not the usual one.";
}

/// Anchors are certificates as DER.
#[derive(Clone, Debug, Default)]
pub struct TrustConfig {
    /// `SOID_ANCHORS_QUALIFIED_FILE`
    pub qualified: Vec<Vec<u8>>,
    /// `SOID_ANCHORS_PERSONAL_FILE`
    pub personal: Vec<Vec<u8>>,
    /// `SOID_ANCHORS_ZUS_FILE`
    pub zus: Vec<Vec<u8>>,
    /// `SOID_CRL_HOSTS`, in lower case
    pub crl_hosts: Vec<String>,
}

impl TrustConfig {
    /// The anchors of each kind with the variable that names their file.
    pub(super) fn anchors(&self) -> [(&'static str, &[Vec<u8>]); 3] {
        [(QUALIFIED.name, &self.qualified), (PERSONAL.name, &self.personal), (ZUS.name, &self.zus)]
    }
}

pub(super) fn read(reader: &mut Reader<'_>) -> Option<TrustConfig> {
    let qualified = anchors(reader, &QUALIFIED);
    let personal = anchors(reader, &PERSONAL);
    let zus = anchors(reader, &ZUS);
    let crl_hosts = reader.list(&CRL_HOSTS, host);
    Some(TrustConfig { qualified: qualified?, personal: personal?, zus: zus?, crl_hosts: crl_hosts? })
}

/// No variable, no anchors; a variable whose file holds none is a fault.
pub(super) fn anchors(reader: &mut Reader<'_>, variable: &Variable) -> Option<Vec<Vec<u8>>> {
    if reader.text(variable).is_none() {
        return Some(Vec::new());
    }
    let pem = reader.file(variable)?;
    let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&pem).collect();
    match certificates {
        Ok(found) if !found.is_empty() => Some(found.iter().map(|der| der.to_vec()).collect()),
        Ok(_) => {
            reader.refuse(variable, "the file holds no certificate");
            None
        }
        Err(error) => {
            reader.refuse(variable, format!("the file is no sequence of PEM certificates: {error}"));
            None
        }
    }
}

fn host(text: &str) -> Result<String, String> {
    let host = text.to_ascii_lowercase();
    let plain = !host.is_empty() && !host.contains(['/', '@', '*', '?', '#']);
    (plain && Url::parse(&format!("http://{host}")).is_ok())
        .then_some(host)
        .ok_or_else(|| format!("holds {text:?}, which is no host"))
}
